//! Picking recipients: what is offered while one types, and what is known about what was typed.

use serde::{Deserialize, Serialize};

use crate::{ContactId, EmailAddress, PhoneNumber, Purpose, RecipientListId, RecipientOffer, SegmentId, SuppressedBy};

/// How many addresses can be looked up in one call.
pub const LOOKED_UP: usize = 200;

/// A set of contacts that is picked as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Audience {
    /// A recipient list.
    List(RecipientListId),
    /// A segment.
    Segment(SegmentId),
}

/// A contact that is offered, with the address chosen for the purpose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactOffer {
    /// Which contact.
    pub contact: ContactId,
    /// Its name.
    pub name: String,
    /// Company where the person works; may be empty.
    pub company_name: String,
    /// The address chosen; nothing when the contact has none.
    pub email: Option<EmailAddress>,
    /// How many addresses it has in all.
    pub addresses: u32,
    /// Why the address must not be written to, if so.
    pub suppressed: Option<SuppressedBy>,
}

/// A contact that is offered for a text message, with its number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneOffer {
    /// Which contact.
    pub contact: ContactId,
    /// Its name.
    pub name: String,
    /// Company where the person works; may be empty.
    pub company_name: String,
    /// The number; nothing when the contact has none.
    pub number: Option<PhoneNumber>,
    /// Why it must not be written to, if so.
    pub suppressed: Option<SuppressedBy>,
}

/// A set that is offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetOffer {
    /// Which set.
    pub audience: Audience,
    /// Its name.
    pub name: String,
    /// How many contacts it has, when that is known without counting.
    pub members: Option<u64>,
}

/// What is offered for what is typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PickOffers<C = ContactOffer> {
    /// Contacts in which all the words begin something.
    pub contacts: Vec<C>,
    /// Lists and segments in whose names a word begins so.
    pub sets: Vec<SetOffer>,
}

impl<C> Default for PickOffers<C> {
    fn default() -> Self {
        Self { contacts: Vec::new(), sets: Vec::new() }
    }
}

/// A contact with its number for a text message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneRecipient {
    /// Which contact.
    pub contact: ContactId,
    /// Its name.
    pub name: String,
    /// The number.
    pub number: PhoneNumber,
}

/// A set taken apart into recipients.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExpandedSet<R = RecipientOffer> {
    /// One for each contact that has an address of the channel; none when there are more contacts than asked for.
    pub recipients: Vec<R>,
    /// How many contacts the set has.
    pub members: u64,
    /// How many of them have no address of the channel.
    pub without: u32,
}

impl<R> Default for ExpandedSet<R> {
    fn default() -> Self {
        Self { recipients: Vec::new(), members: 0, without: 0 }
    }
}

/// One e-mail address of a contact, to choose another one from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherAddress {
    /// The address.
    pub email: EmailAddress,
    /// What it is for.
    pub purpose: Purpose,
}

/// What is known about an address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownAddress {
    /// Whose address it is.
    pub contact: Option<(ContactId, String)>,
    /// All addresses of that contact in their order, this one too.
    pub addresses: Vec<OtherAddress>,
    /// Why it must not be written to, if so.
    pub suppressed: Option<SuppressedBy>,
}
