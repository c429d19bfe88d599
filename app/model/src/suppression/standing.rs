//! What is known about an address: why it is suppressed, and whether its domain takes mail.

use serde::{Deserialize, Serialize};

use super::{Suppression, SuppressionReason, SuppressionScope};
use crate::{Moment, SuppressionId};

/// Why one address is suppressed, as compose, lists and deliveries show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuppressedBy {
    /// Which suppression.
    pub id: SuppressionId,
    /// What it was found by.
    pub scope: SuppressionScope,
    /// Why.
    pub reason: SuppressionReason,
    /// Since when.
    pub since: Moment,
    /// What was noted; may be empty.
    pub note: String,
}

/// What is known about one address of a contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressStanding {
    /// The address or number as the contact has it.
    pub address: String,
    /// Why it is suppressed, if it is.
    pub suppressed: Option<SuppressedBy>,
    /// What the last look at its domain found, if there was one.
    pub domain: Option<DomainCheck>,
}

/// What is known about a contact and its addresses.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactStanding {
    /// Suppressions of the contact itself.
    pub contact: Vec<Suppression>,
    /// Its addresses, e-mail first.
    pub addresses: Vec<AddressStanding>,
}

/// What a look into DNS found about a domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DomainCheck {
    /// What was found.
    pub found: DomainMail,
    /// When.
    pub at: Moment,
}

/// Whether a domain takes mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum DomainMail {
    /// It names hosts that take mail (MX), or is such a host itself (RFC 5321 §5.1).
    Takes,
    /// It exists and takes no mail (null MX of RFC 7505, or neither MX nor an address).
    TakesNone,
    /// There is no such domain.
    Missing,
}
