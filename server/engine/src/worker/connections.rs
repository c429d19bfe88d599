//! Open connections that wait for the next message, and what was learned about relays.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use delivery::Connection;
use delivery::smtp::Pipelining;
use model::time::seconds;
use model::{AccountId, Moment};
use tokio::sync::watch;

/// After so long a connection that waits is closed, in milliseconds.
const IDLE: i64 = seconds(60);

/// The warm connections of all accounts.
#[derive(Default)]
pub(crate) struct Connections(Mutex<HashMap<AccountId, Of>>);

/// What belongs to one account.
#[derive(Default)]
struct Of {
    /// How often the settings changed.
    version: u64,
    warm: Vec<(Connection, Moment)>,
    pipelining: Pipelining,
    proven: watch::Sender<bool>,
    ms_each: Option<f64>,
}

impl Connections {
    fn all(&self) -> MutexGuard<'_, HashMap<AccountId, Of>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes one of the account's connections out, the one used last.
    pub(super) fn take(&self, id: AccountId) -> Option<Connection> {
        self.all().get_mut(&id)?.warm.pop().map(|it| it.0)
    }

    /// Keeps a connection for later, unless the settings changed since it was made by whoever knows `version`.
    pub(super) fn keep(&self, id: AccountId, version: u64, connection: Connection, now: Moment) {
        let mut all = self.all();
        let of = all.entry(id).or_default();
        if of.version == version {
            of.warm.push((connection, now));
        }
    }

    /// Drops the account's connections at once, because its settings or how it signs in changed.
    pub(crate) fn forget(&self, id: AccountId) {
        let mut all = self.all();
        let of = all.entry(id).or_default();
        *of = Of { version: of.version + 1, ..Of::default() };
    }

    /// Counts how often the account's settings changed; what was begun under another number is not done by those that hold now.
    pub(crate) fn version(&self, id: AccountId) -> u64 {
        self.all().get(&id).map_or(0, |it| it.version)
    }

    /// Whether commands go to this relay in groups; all its connections share what one of them found out.
    pub(super) fn pipelining(&self, id: AccountId) -> Pipelining {
        self.all().entry(id).or_default().pipelining.clone()
    }

    /// Tells whether the relay took a message up to its final dot since the settings changed or it last failed, so that several connections
    /// are worth making.
    pub(super) fn proven(&self, id: AccountId) -> watch::Receiver<bool> {
        self.all().entry(id).or_default().proven.subscribe()
    }

    /// Whether the relay took a message up to its final dot, as [`proven`](Self::proven) tells.
    pub(super) fn is_proven(&self, id: AccountId) -> bool {
        self.all().get(&id).is_some_and(|it| *it.proven.borrow())
    }

    /// Notes whether the relay works.
    pub(super) fn prove(&self, id: AccountId, proven: bool) {
        self.all().entry(id).or_default().proven.send_if_modified(|it| std::mem::replace(it, proven) != proven);
    }

    /// How many milliseconds a message took lately, over all connections together; nothing before enough have left.
    pub(crate) fn ms_each(&self, id: AccountId) -> Option<f64> {
        self.all().get(&id)?.ms_each
    }

    /// Notes how many milliseconds a message takes.
    pub(super) fn note_ms_each(&self, id: AccountId, ms: f64) {
        self.all().entry(id).or_default().ms_each = Some(ms);
    }

    /// Says goodbye on connections that have waited too long.
    pub(super) async fn close_idle(&self, now: Moment) {
        let idle: Vec<Connection> = self
            .all()
            .values_mut()
            .flat_map(|it| {
                let (idle, warm) = std::mem::take(&mut it.warm).into_iter().partition(|(_, since)| IDLE < now.since(*since));
                it.warm = warm;
                let idle: Vec<(Connection, Moment)> = idle;
                idle
            })
            .map(|it| it.0)
            .collect();
        for connection in idle {
            connection.quit().await;
        }
    }

    /// Says goodbye on all connections.
    pub(super) async fn close(&self) {
        self.close_idle(Moment(i64::MAX)).await;
    }
}
