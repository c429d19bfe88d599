//! Several contacts chosen in a list, and what is done to them step by step.

use serde::{Deserialize, Serialize};

use crate::{ContactFilter, ContactId, ContactKind, RecipientOffer, TagId, UserId};

/// How many contacts one step of a bulk act takes at most. A step is one transaction and one call, so that others write in between
/// and the person can stop.
pub const BULK_ROWS: usize = 1_000;

/// Contacts chosen in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Chosen {
    /// Exactly these.
    Ticked(Vec<ContactId>),
    /// All that a filter lets through when they are asked for, less some.
    Matching {
        /// The filter of the list.
        filter: ContactFilter,
        /// Those whose tick was taken away.
        except: Vec<ContactId>,
    },
}

/// What one step of a bulk act did. Contacts are taken in the order of their ids, so a contact is never taken twice although the act
/// changes what the filter lets through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkStep {
    /// How many contacts the act was done to.
    pub done: u32,
    /// How many were left as they are: ticked ones that are not there any more, or that the act does not apply to.
    pub left: u32,
    /// The next step begins behind this contact; nothing when all were taken.
    pub next: Option<ContactId>,
}

/// What is done to all chosen contacts alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BulkChange {
    /// They get a tag, which is made when there is none of that name.
    Tag(String),
    /// They lose a tag.
    Untag(TagId),
    /// Somebody looks after them, or nobody.
    Owner(Option<UserId>),
    /// They get no bulk messages (`true`) or do again (`false`).
    NoBulk(bool),
    /// They are this to us.
    Kind(ContactKind),
}

/// Whom a message to the chosen contacts would go to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PickedRecipients<R = RecipientOffer> {
    /// One address or number for each contact that has one, at most as many as a message may have.
    pub recipients: Vec<R>,
    /// How many of the contacts looked at have none.
    pub without: u32,
    /// Whether there are more than a message may have.
    pub too_many: bool,
}

impl<R> Default for PickedRecipients<R> {
    fn default() -> Self {
        Self { recipients: Vec::new(), without: 0, too_many: false }
    }
}

impl Chosen {
    /// How many contacts are chosen, when that is known without asking the server.
    pub fn known_count(&self) -> Option<usize> {
        match self {
            Self::Ticked(ids) => Some(ids.len()),
            Self::Matching { .. } => None,
        }
    }
}

impl BulkStep {
    /// Adds what a further step did.
    pub fn and(self, further: Self) -> Self {
        Self { done: self.done + further.done, left: self.left + further.left, next: further.next }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_add_up_and_the_last_one_says_where_to_go_on() {
        let first = BulkStep { done: 900, left: 100, next: Some(ContactId(1_000)) };
        let second = BulkStep { done: 7, left: 0, next: None };
        assert_eq!(first.and(second), BulkStep { done: 907, left: 100, next: None });
    }
}
