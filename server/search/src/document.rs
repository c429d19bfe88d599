//! What goes into the index and what comes out of it.

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
}

/// One change to the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Puts a document in, or replaces the one with the same id.
    Put(Document),
    /// Takes the document with this id out; an unknown id is fine.
    Remove(i64),
}

/// One found message, and at once the place where the next page begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hit {
    /// When the message was made, Unix milliseconds.
    pub created_at: i64,
    /// The message's id.
    pub id: i64,
}

/// What bounds a search besides the user's words; everything absent bounds nothing.
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
}
