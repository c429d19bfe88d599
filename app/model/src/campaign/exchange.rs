//! Campaigns on their way from one installation to another, as XML.
//!
//! What a campaign names (a list, a template, an account) is written by its name. Where it comes in, names are looked up; what nobody here
//! is called stays with the draft as [`Unmatched`], and stands in the way of checking and preparing until a person has decided about it:
//! an exclusion that got lost on the way would write to people who must be left out.

use serde::{Deserialize, Serialize};

use super::CampaignFilter;
use crate::CampaignId;

/// The greatest size of a file of campaigns in bytes.
pub const EXCHANGE_MAX: u64 = 64 << 20;
/// How many campaigns one file holds at most.
pub const EXCHANGED_MAX: usize = 1_000;

/// Which campaigns leave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChosenCampaigns {
    /// Exactly these.
    These(Vec<CampaignId>),
    /// All that a list shows, up to [`EXCHANGED_MAX`].
    Matching(CampaignFilter),
}

/// What is named, and how, in a campaign that came in from a file, and nobody here is called.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Unmatched {
    /// What kind of thing it is.
    pub kind: UnmatchedKind,
    /// Its name; of a contact the name and the address.
    pub name: String,
    /// Whether those whom it stands for were to be left out.
    pub is_excluded: bool,
}

/// A kind of thing that a campaign names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum UnmatchedKind {
    /// A template.
    Template,
    /// An account.
    Account,
    /// A recipient list.
    List,
    /// A segment.
    Segment,
    /// Another campaign.
    Campaign,
    /// A contact.
    Contact,
    /// Contacts chosen by a filter that names something nobody here is called.
    Filter,
}

impl UnmatchedKind {
    /// All kinds.
    pub const ALL: [Self; 7] =
        [Self::Template, Self::Account, Self::List, Self::Segment, Self::Campaign, Self::Contact, Self::Filter];

    /// Its name in files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Template => "template",
            Self::Account => "account",
            Self::List => "list",
            Self::Segment => "segment",
            Self::Campaign => "campaign",
            Self::Contact => "contact",
            Self::Filter => "matching",
        }
    }

    /// The kind of that name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

/// A campaign that came in from a file; it is a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CampaignImported {
    /// Which one it became.
    pub id: CampaignId,
    /// Its name.
    pub name: String,
    /// What it names and nobody here is called.
    pub unmatched: Vec<Unmatched>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_found_by_their_names() {
        assert!(UnmatchedKind::ALL.into_iter().all(|it| UnmatchedKind::from_code(it.code()) == Some(it)));
        assert_eq!(UnmatchedKind::from_code("user"), None);
    }
}
