//! Plain text out of HTML, for the text part of a mail and for the index.

use crate::Error;

/// Turns HTML into plain text: no decoration, a link as `text (address)`, tables as lines.
///
/// # Errors
/// Fails when the HTML is too large or too deeply nested.
pub fn from_html(html: &str) -> Result<String, Error> {
    todo!("{html}")
}
