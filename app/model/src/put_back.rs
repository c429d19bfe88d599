//! A database that is a copy made earlier and put back in its place: what it does not know may have left.

use serde::{Deserialize, Serialize};

use crate::Moment;

/// What is known about a copy that was put back. Nothing leaves until a person has decided about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PutBack {
    /// When the copy was made, as its newest entry tells.
    pub made_at: Moment,
    /// When it was noticed, at a start.
    pub noticed_at: Moment,
    /// Until when the database before it was written; nothing when that is not known.
    pub ran_until: Option<Moment>,
    /// How many deliveries the one before it handed over since the copy was made; nothing when that is not known.
    pub left_since: Option<u64>,
    /// How many deliveries waited when the copy was made, and wait in it.
    pub waiting: u64,
    /// How many campaigns ran then, or would have begun since.
    pub campaigns: u64,
}

/// What a person decides about a copy that was put back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PutBackDecision {
    /// Everything goes on: what left since the copy was made leaves once more.
    LetRun,
    /// What waited then stays, with an unknown end that is decided about one by one, and campaigns are held; new messages leave.
    SetAside,
}
