//! MJML, the markup for mails that looks the same in every mail program: written by hand or made from blocks, turned into HTML.
//!
//! The engine (mrml) is only shown what it must understand: elements and their attributes. Texts, styles, merge tags and signs
//! that it would write as Rust does stand in it as marks and are put back afterwards, so they survive byte for byte, and each
//! place of the HTML still knows where in the source it comes from. Nothing is fetched: includes and fonts are refused, and so
//! are elements that would show a stranger's pictures.

mod elements;
mod fault;
mod map;
mod mask;
mod style;

use mrml::prelude::parser::{Error, ParserOptions, Span};
use mrml::prelude::render::RenderOptions;

pub use elements::ELEMENTS;
pub use fault::{Fault, FaultKind};
pub use map::Map;
use mask::{Mask, Masked};

use crate::merge::Spot;

/// The longest source, in bytes.
pub const MAX_SOURCE: usize = 512 * 1024;

/// HTML that was made, with the way back to the source.
#[derive(Clone, Debug, Default)]
pub struct Made {
    /// The HTML; merge tags stand in it as they were written.
    pub html: String,
    /// Where its parts come from.
    pub map: Map,
}

/// Turns MJML into HTML.
///
/// # Errors
/// Lists what is wrong, at most a hundred faults, in the order of their places.
pub fn to_html(source: &str) -> Result<Made, Vec<Fault>> {
    if MAX_SOURCE < source.len() {
        return Err(vec![Fault::at(source, 0..0, FaultKind::TooLong(MAX_SOURCE))]);
    }
    let masked = Mask::new(source).run()?;
    let html = engine(&masked.text).map_err(|wrong| vec![unreadable(source, &masked, wrong)])?;
    Ok(unmask(source, &masked, &html))
}

/// What the engine makes of a masked text.
fn engine(text: &str) -> Result<String, Option<Span>> {
    // The loader of these options finds nothing.
    let read = mrml::parse_with_options(text, &ParserOptions::default()).map_err(|error| place(&error))?;
    // Without its fonts the engine links no style sheets of strangers.
    let options = RenderOptions { fonts: Default::default(), ..RenderOptions::default() };
    read.element.render(&options).map_err(|_| None)
}

fn place(error: &Error) -> Option<Span> {
    match error {
        Error::UnexpectedElement { position, .. }
        | Error::UnexpectedToken { position, .. }
        | Error::MissingAttribute { position, .. }
        | Error::InvalidAttribute { position, .. }
        | Error::InvalidFormat { position, .. }
        | Error::IncludeLoaderError { position, .. } => Some(*position),
        Error::EndOfStream { .. } | Error::SizeLimit { .. } | Error::ParserError { .. } | Error::NoRootNode => None,
    }
}

fn unreadable(source: &str, masked: &Masked, at: Option<Span>) -> Fault {
    let at = at.and_then(|it| masked.map.source(it.start)).unwrap_or(0);
    Fault { kind: FaultKind::Unreadable, spot: Spot::of(source, at..at), suggestion: None }
}

/// Puts what the marks stand for back into their places.
fn unmask(source: &str, masked: &Masked, html: &str) -> Made {
    let mut made = Made { html: String::with_capacity(html.len() + source.len()), map: Map::default() };
    let mut rest = html;
    while let Some(at) = rest.find(&masked.prefix) {
        let (before, mark) = rest.split_at(at);
        made.html.push_str(before);
        let digits: &str = &mark[masked.prefix.len()..];
        let len = digits.bytes().take_while(u8::is_ascii_digit).count();
        if let Some(kept) = digits[..len].parse().ok().and_then(|it: usize| masked.kept.get(it)) {
            made.map.push(made.html.len(), kept.text.len(), kept.source.start);
            made.html.push_str(&kept.text);
        }
        // The sign that ends a mark.
        rest = digits.get(len + 1..).unwrap_or_default();
    }
    made.html.push_str(rest);
    made
}

#[cfg(test)]
mod tests;
