//! What the action log notes about keeping messages.

use serde::{Deserialize, Serialize};

use crate::{CampaignId, ContactId, MessageId, Subject};

/// What the action log notes about keeping and deleting messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RetentionDeed {
    /// The periods were changed.
    RulesChanged,
    /// It is done each night by itself (`true`), or no longer.
    Switched(bool),
    /// It was looked what the periods would do.
    Looked,
    /// Somebody let it be done.
    Begun,
    /// It was stopped.
    Stopped,
    /// It came to its end; so many messages went into the bin.
    Ended(u64),
    /// A person put a message into the bin.
    Binned(MessageId),
    /// So many messages had had their time and went into the bin.
    BinnedMany(u32),
    /// A message was taken out of the bin.
    Restored(MessageId),
    /// A message is kept as proof (`true`), or no longer.
    KeptAsProof(MessageId, bool),
    /// So many messages of a campaign are kept as proof (`true`), or no longer.
    CampaignKeptAsProof(CampaignId, bool, u32),
    /// Somebody let the bin be emptied, in which so many messages lay.
    Emptied(u64),
    /// Subject, texts, files and recipients of so many messages were destroyed.
    Anonymised(u32),
    /// So many messages were deleted with everything.
    Deleted(u32),
    /// The content of so many messages to a contact was destroyed, and that they went there.
    Forgotten(ContactId, u32),
}

impl RetentionDeed {
    /// The thing it is about, if it is one that has a page.
    pub fn subject(self) -> Option<Subject> {
        match self {
            Self::Binned(id) | Self::Restored(id) | Self::KeptAsProof(id, _) => Some(Subject::Message(id)),
            Self::Forgotten(id, _) => Some(Subject::Contact(id)),
            Self::CampaignKeptAsProof(id, ..) => Some(Subject::Campaign(id)),
            Self::RulesChanged
            | Self::Switched(_)
            | Self::Looked
            | Self::Begun
            | Self::Stopped
            | Self::Ended(_)
            | Self::BinnedMany(_)
            | Self::Emptied(_)
            | Self::Anonymised(_)
            | Self::Deleted(_) => None,
        }
    }
}
