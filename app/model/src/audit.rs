//! The action log: who did what to which thing, when.

mod deed;
mod family;
mod subject;
mod wording;

use serde::{Deserialize, Serialize};

pub use deed::Deed;
pub use family::DeedFamily;
pub use subject::Subject;
pub use wording::Wording;

use crate::{Alteration, AuditId, Cursor, Day, Moment, UserId};

/// One entry of the action log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// Which entry; they count up without gaps.
    pub id: AuditId,
    /// When it happened.
    pub at: Moment,
    /// Who did it.
    pub actor: (UserId, String),
    /// What was done.
    pub deed: Deed,
    /// Name or subject line of the thing it is about as it is now; empty when there is none.
    pub subject: String,
    /// Network address it was done from; empty for the background.
    pub from: String,
    /// What it changed in anything but a contact: each field before and after.
    #[serde(default)]
    pub changes: Vec<Alteration>,
}

/// Where the log ended at the end of a day. Whoever keeps it elsewhere can prove later that nothing before it was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogAnchor {
    /// The day, as calendars in Slovakia and Czechia count it.
    pub day: Day,
    /// The last entry of it.
    pub entry: AuditId,
    /// The hash of that entry, in hexadecimal.
    pub hash: String,
}

/// By what the log and evidence sheets can be proved outside the program.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogProof {
    /// The public key by which evidence sheets are signed (Ed25519, RFC 8032), in hexadecimal.
    pub key: String,
    /// Where the log ended at the end of each of the last days that have entries, newest first; the first one is today so far.
    pub anchors: Vec<LogAnchor>,
}

/// Which entries a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditQuery {
    /// Only by this user.
    pub actor: Option<UserId>,
    /// Only about this thing.
    pub subject: Option<Subject>,
    /// Only at or after.
    pub since: Option<Moment>,
    /// Only before.
    pub until: Option<Moment>,
    /// Only of this family.
    #[serde(default)]
    pub family: Option<DeedFamily>,
    /// Only what people did, without the background.
    #[serde(default)]
    pub people: bool,
    /// Only with these words: of what was done, by whom, on what, from and to what.
    #[serde(default)]
    pub words: String,
    /// Behind which row.
    pub after: Option<Cursor>,
}

impl AuditQuery {
    /// Whether an entry is of the family and by whom it asks for.
    pub fn takes(&self, entry: &AuditEntry) -> bool {
        self.family.is_none_or(|it| it == entry.deed.family()) && (!self.people || entry.actor.0 != UserId::SYSTEM)
    }
}
