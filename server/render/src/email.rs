//! One e-mail: a complete HTML document that mail programs understand, and its plain text.

use crate::Error;

/// What a person wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Content<'a> {
    /// The subject line.
    pub subject: &'a str,
    /// The body.
    pub body: Body<'a>,
    /// The signature as plain text; empty for none.
    pub signature: &'a str,
    /// The language of the text as a tag of BCP 47: `sk`, `cs`, `en`.
    pub language: &'a str,
}

/// The body in one of the two ways to write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body<'a> {
    /// Plain text with paragraphs, lists and links.
    Text(&'a str),
    /// HTML, a fragment or a whole document.
    Html(&'a str),
}

/// What leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// The subject on one line.
    pub subject: String,
    /// The complete HTML document.
    pub html: String,
    /// The plain text alternative.
    pub text: String,
}

/// Renders one e-mail.
///
/// # Errors
/// Fails when an HTML body is too large or too deeply nested.
pub fn email(content: &Content<'_>) -> Result<Rendered, Error> {
    todo!("{content:?}")
}
