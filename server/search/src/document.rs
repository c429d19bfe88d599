//! What goes into the index and what comes out of it.

use std::sync::Arc;

/// One message as the index sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The message's id; putting a document replaces an older one with the same id.
    pub id: i64,
    /// When the message was made, Unix milliseconds.
    pub created_at: i64,
    /// The user who made it.
    pub author: i64,
    /// The contacts it goes to.
    pub contacts: Vec<i64>,
    /// The campaign it belongs to.
    pub campaign: Option<i64>,
    /// The campaign's name; may be empty.
    pub campaign_name: String,
    /// The subject line.
    pub subject: String,
    /// The body as plain text.
    pub body: String,
    /// The sender, `Name <address>`, an address or a number.
    pub sender: String,
    /// The recipients in all roles, each `Name <address>`, an address or a number.
    pub recipients: Vec<String>,
    /// The file names of the attachments.
    pub attachments: Vec<String>,
    /// The words inside the attachments, where they are taken in.
    pub contents: Vec<String>,
}

/// One change to the index.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "nearly every change puts a document in")]
pub enum Change {
    /// Puts a document in, or replaces the one with the same id.
    Put(Document),
    /// Takes the document with this id out; an unknown id is fine.
    Remove(i64),
}

/// One found message, and at once the place where the next page begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hit {
    /// What hits are ordered by, the greatest first: when the message was made, Unix milliseconds, or how well it answers, in thousandths.
    pub key: i64,
    /// The message's id.
    pub id: i64,
}

/// What comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The newest.
    #[default]
    Newest,
    /// What answers best: seldom words, often, in a short text, in the subject.
    Best,
}

/// How far words reach.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// Messages that answer as it was typed, in any form of the words.
    #[default]
    Exact,
    /// Those that answer only when long words may differ in a letter or two.
    Similar,
}

/// How a search goes besides the user's words; everything absent bounds nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Restriction {
    /// Only messages made by this user.
    pub author: Option<i64>,
    /// Only messages to this contact.
    pub contact: Option<i64>,
    /// Only messages of this campaign.
    pub campaign: Option<i64>,
    /// Only messages made at this time or later, Unix milliseconds.
    pub since: Option<i64>,
    /// Only messages made before this time, Unix milliseconds.
    pub until: Option<i64>,
    /// Only messages with these ids, which stand in their order.
    pub among: Option<Arc<[i64]>>,
    /// How far the words reach.
    pub reach: Reach,
    /// What comes first.
    pub order: Order,
}
