//! Contacts: people and companies we may write to.

mod address;
mod alteration;
mod consent;
mod consent_question;
mod draft;
mod field;
mod filter;
mod kin;
mod line;
mod obtained;
mod password;

use serde::{Deserialize, Serialize};

pub use address::{AddressLine, ContactAddresses, ContactEmail, ContactPhone, PostalAddress, Purpose};
pub use alteration::Alteration;
pub use consent::{Consent, ConsentDraft, ConsentEntry, ConsentState, ConsentWay};
pub use consent_question::{ConsentPage, ConsentQuestion, LINK_MS, QuestionState};
pub use draft::ContactDraft;
pub use field::{FieldChange, FieldChoice, FieldDefinition, FieldDraft, FieldKind, FieldValue, OwnValue};
pub use filter::{ContactFilter, ContactQuery, ContactSort, FieldCondition, FieldTest};
pub use kin::{Kin, ParentLink, Relation, kin_fault};
pub use line::{
    ContactChoice, ContactColumn, ContactColumns, ContactCount, ContactLine, ContactListSettings, ContactView, ContactViewDraft,
};
pub use obtained::{Obtained, ObtainedWay};
pub use password::check_password;

use crate::{ContactId, EmailAddress, Moment, TagId};

/// Whether a contact is one person or a company.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Nature {
    /// One person.
    #[default]
    Person,
    /// A company or another organisation.
    Company,
}

/// What a contact is to us.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ContactKind {
    /// Buys from us.
    #[default]
    Client,
    /// Supplies us or works with us.
    Partner,
    /// Works for us.
    Employee,
    /// Anybody else.
    Other,
}

impl ContactKind {
    /// All kinds, in the order the screens offer them.
    pub const ALL: [Self; 4] = [Self::Client, Self::Partner, Self::Employee, Self::Other];
}

/// How a person is addressed, as far as it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Gender {
    /// Not known; texts speak neutrally.
    #[default]
    Unknown,
    /// As a woman.
    Woman,
    /// As a man.
    Man,
}

impl Gender {
    /// All there are, in the order the screens offer them.
    pub const ALL: [Self; 3] = [Self::Unknown, Self::Woman, Self::Man];
}

/// A word that contacts are grouped by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// Which tag.
    pub id: TagId,
    /// The word as it was first typed.
    pub name: String,
    /// How many contacts bear it.
    pub contacts: u64,
}

/// A contact as its page shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contact {
    /// Which contact.
    pub id: ContactId,
    /// Its fields; addresses are normalised.
    pub fields: ContactDraft,
    /// Name of the contact it belongs to; empty when there is none.
    pub parent_name: String,
    /// Name of the user who looks after it; empty when there is none.
    pub owner_name: String,
    /// Whether a password for attachments is kept. The password itself is only told by a call of its own.
    pub has_password: bool,
    /// What was last said about each channel; a channel that is missing is unknown.
    pub consents: Vec<Consent>,
    /// Counts every change; an edit of an older revision is refused as stale.
    pub revision: i64,
    /// When it was created.
    pub created_at: Moment,
    /// When it was last changed.
    pub updated_at: Moment,
}

/// A contact in the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ContactRow {
    /// Which contact.
    pub id: ContactId,
    /// Person or company.
    pub nature: Nature,
    /// What it is to us.
    pub kind: ContactKind,
    /// Name shown.
    pub name: String,
    /// Company where the person works; empty for a company itself.
    pub company_name: String,
    /// Default e-mail address; may be empty.
    pub email: String,
    /// Default phone number; may be empty.
    pub phone: String,
    /// Town.
    pub city: String,
    /// When it was last changed.
    pub updated_at: Moment,
}

/// What the recipient field offers while one types.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecipientOffer {
    /// Whose address it is.
    pub contact: ContactId,
    /// Name of the contact.
    pub name: String,
    /// Company where the person works; may be empty.
    pub company_name: String,
    /// The address.
    pub email: EmailAddress,
}
