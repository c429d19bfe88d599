//! HTML of a mail made harmless for the screen.

use std::fmt;

use crate::Error;

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
    /// They stay; only `https:` addresses do.
    Shown,
}

/// HTML that can be put into a sandboxed frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Screened {
    /// The HTML document.
    pub html: String,
    /// What was taken out.
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

/// The kinds of things that never reach the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stripped {
    /// Scripts, event handlers and addresses that run code.
    Script,
    /// Frames, plug-ins and media.
    Embedded,
    /// Form controls.
    Form,
    /// Pictures on other machines.
    RemotePicture,
    /// Pictures inside the mail that are missing.
    MissingPicture,
    /// Style sheets and style rules that load something or leave their place.
    Style,
    /// Vector drawings and formulas.
    Drawing,
    /// Redirects, base addresses and linked files.
    Document,
    /// Unknown elements, attributes and comments.
    Unknown,
}

impl fmt::Debug for Pictures<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pictures").field("remote", &self.remote).finish_non_exhaustive()
    }
}

/// Makes the HTML of a mail harmless in one pass over the whole document.
///
/// The result still belongs into a sandboxed frame with a policy that forbids scripts: this is the second wall, not the first.
///
/// # Errors
/// Fails when the HTML is too large or too deeply nested.
pub fn for_screen(html: &str, pictures: Pictures<'_>) -> Result<Screened, Error> {
    todo!("{html}{pictures:?}")
}
