//! The outbox: what waits, where and why, and when it will have left.

use serde::{Deserialize, Serialize};

use crate::{AccountId, Address, Cursor, DeliveryId, Lane, MessageId, Moment};

/// The parts of the outbox.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum OutboxPart {
    /// Its time has come: it waits for its turn under the limits of its account.
    #[default]
    Turn,
    /// Its time is still to come.
    Planned,
    /// A relay put it off.
    Retry,
    /// Its domain takes less than the account may send.
    Domain,
    /// It was handed over and no answer came.
    Unknown,
}

impl OutboxPart {
    /// All parts in the order of the screen.
    pub const ALL: [Self; 5] = [Self::Turn, Self::Planned, Self::Retry, Self::Domain, Self::Unknown];
}

/// Which rows of the outbox.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OutboxQuery {
    /// The part.
    pub part: OutboxPart,
    /// Only of this account.
    pub account: Option<AccountId>,
    /// Where the page begins.
    pub after: Option<Cursor>,
}

/// One delivery of the outbox.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OutboxRow {
    /// Which delivery.
    pub id: DeliveryId,
    /// Its message.
    pub message: MessageId,
    /// Where to.
    pub address: Address,
    /// The account it leaves by.
    pub account: AccountId,
    /// Its lane.
    pub lane: Lane,
    /// When it was or is due; when it was handed over, for an unknown one.
    pub at: Moment,
    /// How many tries there were.
    pub tries: u32,
    /// The relay's last literal answer; untrusted text, empty when there was none.
    pub reply: String,
}

/// The outbox as a whole.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Outbox {
    /// Since when a person holds everything, and who.
    pub paused: Option<(Moment, String)>,
    /// How many there are in each part, in the order of [`OutboxPart::ALL`].
    pub counts: [u64; 5],
    /// The accounts that something waits for, or that do not send.
    pub accounts: Vec<OutboxAccount>,
}

/// An account in the outbox.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OutboxAccount {
    /// Which account.
    pub id: AccountId,
    /// Its name; Capture has none.
    pub name: String,
    /// How many deliveries wait for it.
    pub waiting: u64,
    /// How many it handed over within the last hour.
    pub sent_last_hour: u64,
    /// Messages per hour at most.
    pub hourly_limit: Option<u32>,
    /// Why the next one does not leave now.
    pub hold: Hold,
    /// When what waits now will have left, as far as can be told.
    pub done_at: Option<Moment>,
    /// By whom it may leave, in their order, the account itself first; empty without stand-ins.
    pub ways: Vec<OutboxWay>,
}

/// An account by which leaves what waits for an account with stand-ins.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OutboxWay {
    /// Which account.
    pub id: AccountId,
    /// Its name.
    pub name: String,
    /// Why it carries nothing now.
    pub hold: Hold,
    /// Whether what is due now goes by it.
    pub carries: bool,
}

/// Why nothing leaves by an account at this moment.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Hold {
    /// Something does, or nothing is due.
    None,
    /// A person stopped it.
    Paused,
    /// It stopped itself; the relay's answer.
    Trouble(String),
    /// The relay wants rest until then.
    Rests(Moment),
    /// The limits let the next one go then.
    Limit(Moment),
    /// Bulk messages leave again then, and text messages.
    Closed(Moment),
    /// The credit is used up: it waits until it is topped up.
    Credit,
}
