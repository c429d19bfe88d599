//! Capture: what would have left, kept and shown like a mailbox.

use serde::{Deserialize, Serialize};

use crate::{CapturedId, Channel, MessageId, Moment};

/// A captured mail in the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CapturedRow {
    /// Which mail.
    pub id: CapturedId,
    /// What it would have travelled by.
    pub channel: Channel,
    /// The message it came from.
    pub message: MessageId,
    /// Address of the envelope it would have gone to.
    pub recipient: String,
    /// Subject.
    pub subject: String,
    /// When it would have left.
    pub at: Moment,
    /// Size in bytes as it would have left.
    pub size: u64,
}

/// A captured mail, opened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CapturedMail {
    /// The row.
    pub row: CapturedRow,
    /// Sender as the mail says it.
    pub from: String,
    /// Recipients as the mail says it.
    pub to: String,
    /// All headers in their order, decoded.
    pub headers: Vec<(String, String)>,
    /// Whether it has an HTML part.
    pub has_html: bool,
    /// Plain text part.
    pub text: String,
    /// The mail as it would have left; cut after 512 KiB.
    pub source: String,
    /// Files in it.
    pub parts: Vec<CapturedPart>,
}

/// A file in a captured mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CapturedPart {
    /// Position among the files, from 0.
    pub index: u32,
    /// Name with ending.
    pub name: String,
    /// Media type.
    pub media_type: String,
    /// Size in bytes.
    pub size: u64,
}
