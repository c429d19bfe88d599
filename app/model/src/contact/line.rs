//! A contact in the list of contacts, and what the list shows of it.

use serde::{Deserialize, Serialize};

use super::{ContactFilter, ContactRow, ContactSort, ObtainedWay, OwnValue};
use crate::view::{Columns, ListColumn, ListSettings, ListView, ListViewDraft, Viewed, ViewedList};
use crate::{Direction, Faults, FieldId, Moment};

/// A contact in the list, with everything that columns can show.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ContactLine {
    /// The contact.
    pub row: ContactRow,
    /// Name of the user who looks after it; may be empty.
    pub owner: String,
    /// Names of its tags in the order of the alphabet.
    pub tags: Vec<String>,
    /// Values of own fields.
    pub values: Vec<OwnValue>,
    /// Registration number; may be empty.
    pub registration_number: String,
    /// How it came to us.
    pub obtained: Option<ObtainedWay>,
    /// Whether it gets no bulk messages.
    pub no_bulk: bool,
    /// When it was made.
    pub created_at: Moment,
}

/// A column of the list behind the name, which always stands first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ContactColumn {
    /// Default e-mail address.
    Email,
    /// Default phone number.
    Phone,
    /// What it is to us.
    Kind,
    /// Company where the person works.
    Company,
    /// Town.
    City,
    /// Tags.
    Tags,
    /// Who looks after it.
    Owner,
    /// Registration number.
    RegistrationNumber,
    /// How it came to us.
    Obtained,
    /// Whether it gets no bulk messages.
    NoBulk,
    /// When it was made.
    Created,
    /// When it was last changed.
    Updated,
    /// An own field.
    Own(FieldId),
}

impl ContactColumn {
    /// All columns that every company has, as the chooser offers them.
    pub const ALL: [Self; 12] = [
        Self::Email,
        Self::Phone,
        Self::Kind,
        Self::Company,
        Self::City,
        Self::Tags,
        Self::Owner,
        Self::RegistrationNumber,
        Self::Obtained,
        Self::NoBulk,
        Self::Created,
        Self::Updated,
    ];
}

impl ListColumn for ContactColumn {
    const LIST: ViewedList = ViewedList::Contacts;

    fn usual() -> Columns<Self> {
        let shown = [(Self::Email, 208), (Self::City, 128), (Self::Kind, 96), (Self::Phone, 144), (Self::Updated, 128)];
        Columns::of(256, &shown)
    }
}

/// Which contacts a view shows, in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ContactChoice {
    /// Which contacts.
    pub filter: ContactFilter,
    /// By what they are sorted.
    pub sort: ContactSort,
    /// Which way.
    pub direction: Direction,
}

impl Viewed for ContactChoice {
    type Column = ContactColumn;

    fn check(&self, _: &mut Faults) {}
}

/// The columns of the list of contacts.
pub type ContactColumns = Columns<ContactColumn>;
/// What a view of the list of contacts keeps.
pub type ContactViewDraft = ListViewDraft<ContactChoice, ContactColumn>;
/// A view of the list of contacts.
pub type ContactView = ListView<ContactChoice, ContactColumn>;
/// How the list of contacts looks for one user.
pub type ContactListSettings = ListSettings<ContactChoice, ContactColumn>;

/// How many contacts a filter lets through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactCount {
    /// So many, or at least so many.
    pub n: u64,
    /// Whether it is the exact number.
    pub exact: bool,
}
