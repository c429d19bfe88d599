//! Where a template is put, and how each value is written so that it cannot leave its place.

use super::fault::Refused;
use super::html::Html;
use super::url::Url;

/// What a whole template becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// The body of a mail, or a part of one.
    Html,
    /// The plain part of a mail.
    Text,
    /// A subject or another line of a header: one line.
    Subject,
    /// A text message.
    Sms,
    /// The target of a link or picture: `http`, `https`, `mailto`, `tel`.
    Url,
}

impl Place {
    /// Whether only one line without tables fits.
    pub(super) fn is_small(self) -> bool {
        matches!(self, Self::Subject | Self::Sms | Self::Url)
    }
}

/// How one value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Writing {
    /// As text of HTML; it also fits quoted attributes.
    Html,
    /// As a whole address, in an attribute or alone.
    Address { is_html: bool },
    /// As a part of an address, in an attribute or alone; of a mail address or phone number where such signs stay.
    Part { url: Url, is_html: bool },
    /// As it is, without control characters.
    Plain,
    /// As it is; a line end is a fault.
    Line,
    /// As it is, with spaces that every phone knows.
    Sms,
}

/// Follows the literal text of a template and knows how a value must be written where it has come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Scanner {
    Html(Box<Html>),
    Url(Url),
    Other(Writing),
}

impl Scanner {
    pub(super) fn new(place: Place) -> Self {
        match place {
            Place::Html => Self::Html(Box::default()),
            Place::Url => Self::Url(Url::Start),
            Place::Text => Self::Other(Writing::Plain),
            Place::Subject => Self::Other(Writing::Line),
            Place::Sms => Self::Other(Writing::Sms),
        }
    }

    /// Goes over literal text.
    pub(super) fn pass(&mut self, text: &str) {
        match self {
            Self::Html(html) => text.bytes().for_each(|it| html.pass(it)),
            Self::Url(url) => text.bytes().for_each(|it| url.pass(it)),
            Self::Other(_) => {}
        }
    }

    /// How a value is written here; goes over it.
    ///
    /// # Errors
    /// Says why no value may stand here.
    pub(super) fn value(&mut self) -> Result<Writing, Refused> {
        match self {
            Self::Html(html) => html.value(),
            Self::Url(url) => url.value(false),
            Self::Other(writing) => Ok(*writing),
        }
    }
}
