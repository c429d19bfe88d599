//! What the palette finds among everything there is, while one types.

use serde::{Deserialize, Serialize};

use crate::{CampaignId, Channel, ContactId, LibraryId, MessageId, RecipientListId, SegmentId, TemplateId, UserId};

/// How many things of a kind are found at most.
pub const FOUND_MAX: usize = 5;

/// Something that was found; the order is that of the palette.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Thing {
    /// A contact.
    Contact(ContactId),
    /// A message and what it travels by.
    Message(MessageId, Channel),
    /// A campaign.
    Campaign(CampaignId),
    /// A template.
    Template(TemplateId),
    /// A recipient list.
    List(RecipientListId),
    /// A segment.
    Segment(SegmentId),
    /// A file of the library.
    File(LibraryId),
    /// A user.
    User(UserId),
}

/// Something that was found, as the palette shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundThing {
    /// What it is.
    pub thing: Thing,
    /// Its name; may be empty.
    pub name: String,
    /// What tells it from others of that name: an address, a company, a recipient; may be empty.
    pub aside: String,
}
