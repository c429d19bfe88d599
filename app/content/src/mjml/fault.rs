//! What is wrong with MJML, and where.

use std::ops::Range;

use crate::merge::Spot;

/// One fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub kind: FaultKind,
    /// Where.
    pub spot: Spot,
    /// The nearest name there is, for names that there are not.
    pub suggestion: Option<String>,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// It does not begin with `<mjml>`, or there is no `<mj-body>` in it.
    NoBody,
    /// The source is longer than it may be, in bytes.
    TooLong(usize),
    /// No such element.
    UnknownElement(String),
    /// The element may not stand here; the one around it.
    Misplaced {
        /// The element.
        element: String,
        /// What it stands in, empty outside of all.
        inside: String,
    },
    /// An element has no end.
    Unclosed(String),
    /// An end without its beginning.
    Unopened(String),
    /// A tag that cannot be read.
    BrokenTag,
    /// Text outside of the elements that show text.
    StrayText,
    /// Another file would have to be fetched: `mj-include`, `mj-font`, a style sheet in a style.
    Fetches(String),
    /// The element would show a stranger's pictures unless these attributes give others.
    Strangers {
        /// The element.
        element: String,
        /// The attribute that is missing.
        attribute: &'static str,
    },
    /// `inline="inline"` of a style has no effect here.
    InlineStyle,
    /// The engine cannot read what stands here.
    Unreadable,
}

impl Fault {
    pub(super) fn at(source: &str, range: Range<usize>, kind: FaultKind) -> Self {
        Self { kind, spot: Spot::of(source, range), suggestion: None }
    }
}
