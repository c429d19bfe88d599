//! What the first screen tells.

use serde::{Deserialize, Serialize};

use crate::{Account, AccountId, AccountState, CreditLevel, MessageRow, Transport};

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
    pub accounts: Vec<AccountGlance>,
    /// The newest messages.
    pub latest: Vec<MessageRow>,
}

/// What the first screen tells of an account: without its settings, whose code the first load need not carry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountGlance {
    /// Which account.
    pub id: AccountId,
    /// Its name among colleagues.
    pub name: String,
    /// Whether it is Capture, from which nothing leaves.
    pub is_capture: bool,
    /// Whether it sends.
    pub state: AccountState,
    /// How much credit an account for text messages has; nothing for others, and while it is served.
    pub credit: Option<CreditLevel>,
    /// Messages per sliding hour at most; nothing means without limit.
    pub hourly_limit: Option<u32>,
    /// How many deliveries wait for it.
    pub waiting: u64,
    /// How many messages it handed over within the last hour.
    pub sent_last_hour: u64,
}

impl From<Account> for AccountGlance {
    fn from(account: Account) -> Self {
        Self {
            id: account.id,
            name: account.name,
            is_capture: account.transport == Transport::Capture,
            state: account.state,
            credit: account.sms.map(|it| it.level),
            hourly_limit: account.hourly_limit,
            waiting: account.waiting,
            sent_last_hour: account.sent_last_hour,
        }
    }
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

impl Change {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Messages,
        Self::Contacts,
        Self::Imports,
        Self::Campaigns,
        Self::Lists,
        Self::Templates,
        Self::Library,
        Self::Suppressions,
        Self::Accounts,
        Self::Captured,
        Self::Retention,
        Self::Settings,
    ];
}

/// What the top bar shows, pushed while it changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pulse {
    /// Deliveries that wait or move.
    pub waiting: u64,
    /// Why nothing can be written now, if so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trouble: Option<Trouble>,
}

/// Why nothing can be written. What was written is not touched by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Trouble {
    /// The disk is full; it is tried again by itself.
    DiskFull,
    /// The disk failed in a way after which nothing is written until the program is started anew.
    Halted,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_change_stands_once_among_all() {
        // Whoever adds one has to come by here.
        let place = |it| match it {
            Change::Messages => 0,
            Change::Contacts => 1,
            Change::Imports => 2,
            Change::Campaigns => 3,
            Change::Lists => 4,
            Change::Templates => 5,
            Change::Library => 6,
            Change::Suppressions => 7,
            Change::Accounts => 8,
            Change::Captured => 9,
            Change::Retention => 10,
            Change::Settings => 11,
        };
        assert_eq!(Change::ALL.map(place).to_vec(), (0..12).collect::<Vec<_>>());
    }
}
