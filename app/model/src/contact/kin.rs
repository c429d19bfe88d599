//! What belongs together: a company with its branches and contact persons.

use serde::{Deserialize, Serialize};

use super::{ContactRow, Nature};
use crate::{ContactId, Fault};

/// What a contact is to the one it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Relation {
    /// A branch or establishment of it.
    Branch,
    /// A person to talk to there.
    ContactPerson,
}

impl Relation {
    /// All relations, in the order the screens offer them.
    pub const ALL: [Self; 2] = [Self::Branch, Self::ContactPerson];

    /// What a contact of this nature can be to a company.
    pub fn of(nature: Nature) -> Self {
        match nature {
            Nature::Company => Self::Branch,
            Nature::Person => Self::ContactPerson,
        }
    }
}

/// The contact that another one belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ParentLink {
    /// Which contact.
    pub contact: ContactId,
    /// What the other one is to it.
    pub relation: Relation,
}

/// What belongs to a contact, and what it belongs to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Kin {
    /// The contact it belongs to.
    pub parent: Option<ContactRow>,
    /// Its branches by name, the first hundred.
    pub branches: Vec<ContactRow>,
    /// Its contact persons by name, the first hundred.
    pub people: Vec<ContactRow>,
    /// How many there are in all.
    pub count: u64,
}

/// How many contacts may stand in one line from the company to the last person.
const LEVELS: usize = 4;

/// Why a contact may not be put under a parent: `ancestors` are the parent, its parent and so on; `below` is how many levels already
/// hang under the contact itself.
pub fn kin_fault(id: Option<ContactId>, ancestors: &[(ContactId, Nature)], below: usize) -> Option<Fault> {
    let (_, nature) = ancestors.first()?;
    if ancestors.iter().any(|it| Some(it.0) == id) {
        return Some(Fault::Cycle);
    }
    if *nature != Nature::Company {
        return Some(Fault::NoCompany);
    }
    (LEVELS < ancestors.len() + 1 + below).then_some(Fault::TooDeep { max: LEVELS as u32 })
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMPANY: fn(i64) -> (ContactId, Nature) = |id| (ContactId(id), Nature::Company);

    #[test]
    fn nobody_belongs_to_themselves_even_over_others() {
        assert_eq!(kin_fault(Some(ContactId(3)), &[COMPANY(2), COMPANY(3)], 0), Some(Fault::Cycle));
        assert_eq!(kin_fault(Some(ContactId(3)), &[COMPANY(3)], 0), Some(Fault::Cycle));
        assert_eq!(kin_fault(None, &[COMPANY(3)], 0), None);
    }

    #[test]
    fn only_companies_have_branches_and_people() {
        assert_eq!(kin_fault(None, &[(ContactId(1), Nature::Person)], 0), Some(Fault::NoCompany));
        assert_eq!(kin_fault(None, &[], 7), None);
    }

    #[test]
    fn a_line_of_kin_ends_at_its_fourth_level() {
        let line = [COMPANY(1), COMPANY(2), COMPANY(3)];
        assert_eq!(kin_fault(Some(ContactId(9)), &line, 0), None);
        assert_eq!(kin_fault(Some(ContactId(9)), &line, 1), Some(Fault::TooDeep { max: 4 }));
    }
}
