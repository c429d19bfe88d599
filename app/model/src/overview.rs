//! What the first screen tells.

use serde::{Deserialize, Serialize};

use crate::{Account, MessageRow};

/// The state of things at one glance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Overview {
    /// Messages that wait for release, without those of campaigns.
    pub prepared: u64,
    /// One's own drafts.
    pub drafts: u64,
    /// Deliveries that wait or move.
    pub waiting: u64,
    /// Deliveries whose end is unknown.
    pub unknown: u64,
    /// Messages that failed within the last seven days.
    pub failed: u64,
    /// Deliveries accepted since midnight.
    pub sent_today: u64,
    /// Deliveries accepted in each of the last 24 hours, oldest first.
    pub by_hour: Vec<u32>,
    /// The accounts with their states, for those who may see them.
    pub accounts: Vec<Account>,
    /// The newest messages.
    pub latest: Vec<MessageRow>,
}

/// What changed, told to open screens so that they can ask again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Change {
    /// Messages or deliveries.
    Messages,
    /// Contacts.
    Contacts,
    /// Imports and how far they are.
    Imports,
    /// Campaigns and how far they are.
    Campaigns,
    /// Recipient lists and segments.
    Lists,
    /// Templates, and who has one open.
    Templates,
    /// Files and pictures of the library.
    Library,
    /// Whom we must not write to.
    Suppressions,
    /// Accounts.
    Accounts,
    /// The captured mailbox.
    Captured,
    /// How long messages are kept, and the bin.
    Retention,
    /// Users, roles or settings.
    Settings,
}

/// What the top bar shows, pushed while it changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pulse {
    /// Deliveries that wait or move.
    pub waiting: u64,
}
