//! The bin: messages on their way out.

use serde::{Deserialize, Serialize};

use crate::fold::fold;
use crate::{MessageRow, Moment};

/// A message in the bin.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BinRow {
    /// The message.
    pub message: MessageRow,
    /// When it was put there.
    pub binned_at: Moment,
    /// Who put it there; nothing when its time was over.
    pub by: Option<String>,
    /// When its content is destroyed.
    pub until: Moment,
}

/// How a message came into the bin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum BinnedHow {
    /// A person put it there.
    ByHand,
    /// Its time was over.
    ByTime,
}

/// What of the bin is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct BinFilter {
    /// Words that the subject, the recipient or the author has, whatever their case and accents.
    pub words: String,
    /// How it came there.
    pub how: Option<BinnedHow>,
}

impl BinFilter {
    /// Whether a message has all the words.
    pub fn has_words(&self, row: &MessageRow) -> bool {
        let text = fold(&format!("{} {} {}", row.subject, row.recipient, row.author));
        fold(&self.words).split_whitespace().all(|it| text.contains(it))
    }
}
