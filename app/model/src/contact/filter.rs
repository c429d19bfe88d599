//! Which contacts a list shows, and in which order.

use serde::{Deserialize, Serialize};

use super::{ConsentState, ContactKind, FieldValue, Nature, ObtainedWay};
use crate::segment::ResolvedRule;
use crate::{ContactId, Cursor, Direction, FieldId, RecipientListId, SegmentId, TagId, UserId};

/// Which contacts a list shows; everything that is set must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ContactFilter {
    /// Words that names, addresses, companies, towns, tags and own texts begin with; case and diacritics do not matter.
    pub words: String,
    /// Only this kind.
    pub kind: Option<ContactKind>,
    /// Only people or only companies.
    pub nature: Option<Nature>,
    /// Only with this tag.
    pub tag: Option<TagId>,
    /// Only looked after by this user.
    pub owner: Option<UserId>,
    /// Conditions on own fields.
    pub fields: Vec<FieldCondition>,
    /// Only obtained in this way.
    pub obtained: Option<ObtainedWay>,
    /// Only those who get bulk messages (`false`) or who do not (`true`).
    pub no_bulk: Option<bool>,
    /// Only members of this recipient list.
    pub list: Option<RecipientListId>,
    /// Only those whom this segment takes in.
    pub segment: Option<SegmentId>,
    /// Only branches and contact persons of this contact.
    pub parent: Option<ContactId>,
    /// Only with or without an e-mail address.
    pub has_email: Option<bool>,
    /// Only with or without a phone number.
    pub has_phone: Option<bool>,
    /// Only those whose e-mail address must not be written to, or those whose address is not closed.
    pub suppressed_email: Option<bool>,
    /// Only those whose phone number must not be written to, or those whose number is not closed.
    pub suppressed_phone: Option<bool>,
    /// Only those whose consent to e-mail is so; a given one may be confirmed as well.
    pub consent_email: Option<ConsentState>,
    /// Only those whose consent to text messages is so; a given one may be confirmed as well.
    pub consent_sms: Option<ConsentState>,
    /// The rule of the segment, looked up when the filter is used and never taken from outside.
    #[serde(skip)]
    pub resolved: Option<Box<ResolvedRule>>,
}

/// A condition on an own field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldCondition {
    /// Which field.
    pub field: FieldId,
    /// What its value must be.
    pub test: FieldTest,
}

/// What the value of an own field must be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FieldTest {
    /// There is one.
    Filled,
    /// There is none.
    Empty,
    /// This one; texts whatever their case and accents.
    Is(FieldValue),
    /// A text that has this inside, whatever the case and accents.
    Contains(String),
    /// This one or a greater one; a day or a later one.
    AtLeast(FieldValue),
    /// This one or a lesser one; a day or an earlier one.
    AtMost(FieldValue),
}

/// What contacts are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ContactSort {
    /// By name in the order of the Czech and Slovak alphabet.
    #[default]
    Name,
    /// By company, people beside the company they work for.
    Company,
    /// By town.
    City,
    /// By time of the last change.
    Updated,
}

impl ContactSort {
    /// All orders, as the screens offer them.
    pub const ALL: [Self; 4] = [Self::Name, Self::Company, Self::City, Self::Updated];
}

/// A question for one page of contacts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactQuery {
    /// Which ones.
    pub filter: ContactFilter,
    /// By what.
    pub sort: ContactSort,
    /// Which way.
    pub direction: Direction,
    /// Behind which row.
    pub after: Option<Cursor>,
}
