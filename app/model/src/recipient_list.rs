//! Recipient lists: named sets of contacts, picked by hand or taken over from elsewhere.

use serde::{Deserialize, Serialize};

use crate::{ContactKind, Cursor, Direction, Faults, Moment, RecipientListId, Refusal, Required};

/// How the first members of a list came together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ListOrigin {
    /// Picked one by one.
    #[default]
    Hand,
    /// Ticked in the list of contacts.
    Ticked,
    /// All that a search found.
    Search,
    /// Brought in by an import.
    Import,
    /// Taken over from employees.
    Employees,
    /// Taken over from clients and partners.
    Partners,
}

/// How a contact came into a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum AddedHow {
    /// By hand, one or several ticked ones.
    #[default]
    Hand,
    /// Because a search found it.
    Search,
    /// By an import.
    Import,
    /// Taken over by kind, as itself, a branch or a contact person.
    Takeover,
    /// Typed as a recipient.
    Typed,
}

/// What is typed to make or change a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListDraft {
    /// Its name, told apart without case and diacritics.
    pub name: String,
    /// What it is for; may be empty.
    pub description: String,
    /// The name under which its members know it and may leave it; empty keeps it from them.
    #[serde(default)]
    pub public_name: String,
    /// How it comes together; kept from its making on.
    pub origin: ListOrigin,
}

impl ListDraft {
    /// Checks the fields.
    ///
    /// # Errors
    /// Names each wrong field.
    pub fn check(&self) -> Result<(), Refusal> {
        let mut faults = Faults::default();
        faults.line("name", &self.name, Required::Yes, 120);
        faults.text("description", &self.description, Required::No, 1_000);
        faults.line("public_name", &self.public_name, Required::No, 120);
        faults.finish()
    }
}

/// A list as its page and the list of lists show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecipientList {
    /// Which list.
    pub id: RecipientListId,
    /// Its name.
    pub name: String,
    /// What it is for; may be empty.
    pub description: String,
    /// The name under which its members know it and may leave it; empty keeps it from them.
    pub public_name: String,
    /// How it came together.
    pub origin: ListOrigin,
    /// How many contacts it has.
    pub members: u64,
    /// Counts every change of its name and description; an edit of an older revision is refused as stale.
    pub revision: i64,
    /// Who made it.
    pub author: String,
    /// When it was made.
    pub created_at: Moment,
    /// When it or its members last changed.
    pub updated_at: Moment,
}

/// A list that a contact is in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// Which list.
    pub list: RecipientListId,
    /// Its name.
    pub name: String,
    /// How the contact came into it.
    pub how: AddedHow,
    /// When.
    pub added_at: Moment,
    /// Who added it.
    pub added_by: String,
}

/// What lists and segments are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ListSort {
    /// By name in the order of the Czech and Slovak alphabet.
    #[default]
    Name,
    /// By number of members.
    Members,
    /// By time of the last change.
    Updated,
}

/// A question for one page of lists.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListQuery {
    /// What words of the name begin with; case and diacritics do not matter.
    pub words: String,
    /// By what.
    pub sort: ListSort,
    /// Which way.
    pub direction: Direction,
    /// Behind which row.
    pub after: Option<Cursor>,
}

/// Which channel a taken-over contact must have an address for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Reachable {
    /// Any contact.
    #[default]
    Anyhow,
    /// Only with an e-mail address.
    Email,
    /// Only with a phone number.
    Phone,
    /// With an e-mail address or a phone number.
    Either,
}

/// Which contacts a list takes over by kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Takeover {
    /// The kinds taken over; none takes nobody.
    pub kinds: Vec<ContactKind>,
    /// With the branches of the companies.
    pub branches: bool,
    /// With the contact persons of the companies.
    pub persons: bool,
    /// Only those that can be reached so.
    pub reachable: Reachable,
}

/// How far a change of many members has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MembersMoved {
    /// How many members were added or taken out by this call; those that were there already do not count.
    pub changed: u64,
    /// How many contacts were looked at.
    pub seen: u64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Fault;

    #[test]
    fn a_list_needs_a_name_of_one_line() {
        assert_eq!(ListDraft::default().check(), Err(Refusal::field("name", Fault::Missing)));
        let broken = ListDraft { name: "a\nb".into(), ..ListDraft::default() };
        assert_eq!(broken.check(), Err(Refusal::field("name", Fault::Character)));
        assert_eq!(ListDraft { name: "Jarný veľtrh".into(), ..ListDraft::default() }.check(), Ok(()));
    }
}
