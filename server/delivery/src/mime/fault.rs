//! Which field of a mail cannot go into a message, and why.

use std::fmt;

/// A field that was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MimeFault {
    /// Which field.
    pub field: Field,
    /// What is wrong with it.
    pub reason: Reason,
}

/// A field of a [`Mail`](super::Mail); numbers count from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    /// The sender's name or address.
    From,
    /// The name of one *reply to*.
    ReplyTo(usize),
    /// The name of one recipient.
    To(usize),
    /// The name of one copy.
    Cc(usize),
    /// The subject.
    Subject,
    /// The date.
    Date,
    /// The Message-ID.
    MessageId,
    /// The name of a file.
    FileName(usize),
    /// The media type of a file.
    FileType(usize),
    /// The content id of a file.
    FileContentId(usize),
    /// A further header, by its name.
    Header(String),
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// There is nothing.
    Empty,
    /// A line break or another control character stands in it.
    ControlCharacter,
    /// It is longer than it may be.
    TooLong,
    /// It does not have the form it needs.
    Malformed,
    /// This header is made of other fields.
    Reserved,
}

impl fmt::Display for MimeFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reason = match self.reason {
            Reason::Empty => "is empty",
            Reason::ControlCharacter => "contains a line break or another control character",
            Reason::TooLong => "is too long",
            Reason::Malformed => "is malformed",
            Reason::Reserved => "is made of other fields",
        };
        write!(f, "{:?} {reason}", self.field)
    }
}

impl std::error::Error for MimeFault {}

impl Field {
    /// Refuses the field.
    pub(super) fn because(self, reason: Reason) -> MimeFault {
        MimeFault { field: self, reason }
    }
}

/// Whether a character would break a header line or mean something to a terminal: C0, C1 and the line separators.
pub(super) fn is_control(it: char) -> bool {
    it.is_control() || matches!(it, '\u{2028}' | '\u{2029}')
}
