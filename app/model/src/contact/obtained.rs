//! How a contact came to us.

use serde::{Deserialize, Serialize};

use crate::Day;

/// The way in which a contact was obtained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ObtainedWay {
    /// Bought something or signed a contract.
    Purchase,
    /// Registered themselves.
    Registration,
    /// Asked for something.
    Inquiry,
    /// Met at a fair or another event.
    Event,
    /// Somebody recommended us to each other.
    Referral,
    /// Found in a public register.
    PublicRegister,
    /// Came from another system.
    Import,
    /// In another way.
    Other,
}

impl ObtainedWay {
    /// All ways, in the order the screens offer them.
    pub const ALL: [Self; 8] = [
        Self::Purchase,
        Self::Registration,
        Self::Inquiry,
        Self::Event,
        Self::Referral,
        Self::PublicRegister,
        Self::Import,
        Self::Other,
    ];
}

/// How and when a contact was obtained.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Obtained {
    /// In which way; nothing when it is not known.
    pub way: Option<ObtainedWay>,
    /// On which day.
    pub on: Option<Day>,
    /// What else is known about it.
    pub note: String,
}
