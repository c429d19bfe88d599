//! What the palette finds among everything there is, while one types.

use serde::{Deserialize, Serialize};

use crate::{CampaignId, Channel, ContactId, LibraryId, MessageId, RecipientListId, SegmentId, TemplateId, UserId};

/// How many things of a kind are found at most.
pub const FOUND_MAX: usize = 5;

/// What kind of thing something is; the order is that of the palette.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ThingKind {
    /// Contacts.
    Contact,
    /// Messages.
    Message,
    /// Campaigns.
    Campaign,
    /// Templates.
    Template,
    /// Recipient lists.
    List,
    /// Segments.
    Segment,
    /// Files of the library.
    File,
    /// Users.
    User,
}

impl ThingKind {
    /// All kinds, in their order.
    pub const ALL: [Self; 8] =
        [Self::Contact, Self::Message, Self::Campaign, Self::Template, Self::List, Self::Segment, Self::File, Self::User];
}

/// Something that was found.
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

/// What was found of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundGroup {
    /// Which kind.
    pub kind: ThingKind,
    /// How many there are of it that the person may see; nothing where they were not counted.
    pub count: Option<u64>,
    /// The best of them, or of messages the newest; at most [`FOUND_MAX`], never none.
    pub things: Vec<FoundThing>,
}
