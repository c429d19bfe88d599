//! HTML of a mail made harmless for the screen.

use std::fmt;

use super::Error;
use super::purify::{Medium, purify};

/// Which pictures a screened mail may show.
#[derive(Clone, Copy)]
pub struct Pictures<'a> {
    /// What becomes of pictures on other machines.
    pub remote: RemotePictures,
    /// Gives the address of a picture inside the mail (`cid:` without the prefix and without angle brackets), if it is known.
    pub inline: &'a dyn Fn(&str) -> Option<String>,
}

/// What becomes of pictures on other machines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RemotePictures {
    /// They are replaced by an empty frame, so that nobody learns that the mail was looked at.
    Blocked,
    /// They stay.
    Shown,
}

/// HTML that can be put into a sandboxed frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Screened {
    /// The HTML document.
    pub html: String,
    /// What was taken out, each kind once; empty when everything is as it was sent.
    pub removed: Vec<Removed>,
}

/// A kind of thing that was taken out, and how often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Removed {
    /// The kind.
    pub what: Stripped,
    /// How many times.
    pub count: u32,
}

/// The kinds of things that never reach the screen and that a reader should know of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stripped {
    /// Scripts, event handlers and addresses that run code.
    Script,
    /// Frames, plug-ins and media.
    Embedded,
    /// Forms and their controls.
    Form,
    /// Pictures on other machines.
    RemotePicture,
    /// Pictures inside the mail that are missing, or of a kind that may not be shown.
    MissingPicture,
    /// Style rules that load something.
    Style,
    /// Vector drawings and formulas.
    Drawing,
    /// Redirects, base addresses and linked files.
    Document,
}

impl fmt::Debug for Pictures<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pictures").field("remote", &self.remote).finish_non_exhaustive()
    }
}

/// What every screened mail begins with: white paper, since mails are written for it, and a frame where a picture was left out.
const PAPER: &str = "html{background:#fff;color:#000;color-scheme:light}\
    body{margin:16px;font-family:system-ui,sans-serif;overflow-wrap:break-word}\
    img{max-width:100%}\
    img[data-blocked]:not([width=\"1\"]){min-width:16px;min-height:16px;outline:1px dashed #999;outline-offset:-1px}";

/// Makes the HTML of a mail harmless, a fragment or a whole document of up to 32 MiB, and gives a complete document.
///
/// The result still belongs into a frame with `sandbox` and without `allow-scripts`, under a policy that loads nothing. Links carry
/// `target="_blank"`, so the frame needs `allow-popups`.
///
/// # Errors
/// Fails with [`Error::TooLarge`] when the HTML is larger.
pub fn screened(html: &str, pictures: Pictures<'_>) -> Result<Screened, Error> {
    let pure = purify(html, Medium::Screen, pictures)?;
    let (attributes, styles, body) = (pure.attributes, pure.styles, pure.body);
    let html = format!(
        "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><meta name=\"referrer\" content=\"no-referrer\">\
         <style>{PAPER}</style><style>{styles}</style></head>\n<body{attributes}>{body}</body></html>\n"
    );
    Ok(Screened { html, removed: pure.removed })
}
