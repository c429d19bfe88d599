//! Serving one account: what is due is leased in groups and given to its connections until nothing is left, the limits are reached, the
//! account rests or a person stops it.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use delivery::Relay;
use delivery::sms::SmsGateway;
use model::{Account, AccountId, AccountState, OauthUse, Transport};
use store::deliveries::Leased;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;

use super::claim::{Met, claim};
use super::letter::Carried;
use super::lot::Lot;
use super::{book, carrier, settle, throttle};
use crate::clock::Stopwatch;
use crate::{Engine, Error};

/// How many deliveries are leased in one go at most.
const GROUP: usize = 200;
/// How much the connections should find waiting, in milliseconds of their work.
const AHEAD: u64 = 1_000;
/// After so many deliveries it is known how long one takes.
const ENOUGH: u32 = 50;
/// The longest pause between two looks at the account while its connections work.
const LOOK: std::time::Duration = std::time::Duration::from_secs(1);

/// What carries the messages of an account.
pub(super) enum Way {
    /// Nothing leaves; it is kept.
    Capture,
    /// A relay.
    Relay(Box<Relay>),
    /// A gateway for text messages.
    Gateway(Box<SmsGateway>),
}

/// An account while it is served.
pub(super) struct Shift {
    pub engine: Engine,
    pub account: Account,
    pub way: Way,
    pub lot: Lot,
    /// The files of what is in the lot.
    pub files: Carried,
    /// Which settings of the account it was begun with; see [`Connections::version`](super::Connections::version).
    pub version: u64,
    over: watch::Sender<bool>,
    carried: AtomicU32,
    begun: Stopwatch,
    /// How long one message takes on one connection, in microseconds, without waiting for the database.
    each_us: AtomicU64,
    error: Mutex<Option<Error>>,
}

/// Serves an account and tells how many deliveries were carried, whatever their end.
pub(super) async fn serve(engine: Engine, id: AccountId, stop: watch::Receiver<bool>) -> Result<u32, Error> {
    let version = engine.connections.version(id);
    let mut reader = engine.store.read().await?;
    let account = store::accounts::for_sending(&mut reader, id).await?;
    let way = way(&engine, &mut reader, &account).await?;
    drop(reader);
    throttle::load(&engine, &account).await?;
    let connections = match way {
        Way::Capture => 1,
        Way::Relay(_) | Way::Gateway(_) => engine.backoff.connections(id, account.pace.connections),
    };
    let shift = Arc::new(Shift {
        engine,
        account,
        way,
        lot: Lot::default(),
        files: Carried::default(),
        version,
        over: watch::Sender::new(false),
        carried: AtomicU32::new(0),
        begun: Stopwatch::begin(),
        each_us: AtomicU64::new(20_000),
        error: Mutex::new(None),
    });
    let (book, entries) = mpsc::unbounded_channel();
    let mut parts = JoinSet::new();
    for number in 0..connections {
        let (shift, book) = (shift.clone(), book.clone());
        parts.spawn(async move { carrier::run(&shift, number, &book).await });
    }
    let writing = shift.clone();
    parts.spawn(async move { book::keep(&writing, entries).await });
    if let Err(error) = fill(&shift, stop, usize::from(connections)).await {
        shift.fail(error);
    }
    shift.lot.close();
    let left_over: Vec<Leased> = shift.lot.left_over().into_iter().map(|it| it.leased).collect();
    if !left_over.is_empty() {
        // Nobody listens only when the writer has ended, which it does last.
        let _ = book.send(book::Entry::GiveBack(left_over, settle::Reached::Leased));
    }
    drop(book);
    while let Some(ended) = parts.join_next().await {
        ended?;
    }
    match shift.error.lock().unwrap_or_else(PoisonError::into_inner).take() {
        Some(error) => Err(error),
        None => Ok(shift.carried.load(Ordering::Relaxed)),
    }
}

/// Gives the connections work until there is none, or the shift is over.
async fn fill(shift: &Shift, mut stop: watch::Receiver<bool>, connections: usize) -> Result<(), Error> {
    let (mut bell, mut over) = (shift.engine.bell.listen(), shift.over.subscribe());
    let mut turns = shift.engine.ways.turns();
    loop {
        if *stop.borrow() || *over.borrow() || !still_sends(shift).await? {
            shift.end();
            return Ok(());
        }
        turns.mark_unchanged();
        let mut met = Met::default();
        loop {
            let room = shift.lot.room(shift.goal(connections));
            let now = if room == 0 || *over.borrow() { Met::default() } else { claim(shift, room).await? };
            met = Met { n: met.n + now.n, waits_for_equals: now.waits_for_equals };
            if now.n == 0 {
                break;
            }
        }
        if met.n == 0 && !met.waits_for_equals && shift.lot.is_idle() {
            return Ok(());
        }
        tokio::select! {
            () = shift.lot.drained() => {}
            _ = bell.changed() => {}
            _ = turns.changed(), if met.waits_for_equals => {}
            _ = stop.changed() => {}
            _ = over.changed() => {}
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

/// Whether the account still sends, in the way that this shift was begun with.
async fn still_sends(shift: &Shift) -> Result<bool, Error> {
    let mut reader = shift.engine.store.read().await?;
    if store::sending::is_paused(&mut reader).await? {
        return Ok(false);
    }
    let account = store::accounts::for_sending(&mut reader, shift.account.id).await?;
    let is_stopped = store::sms_accounts::is_stopped(&mut reader, shift.account.id).await?;
    Ok(account.state == AccountState::Active && account == shift.account && !is_stopped && shift.is_current())
}

/// The relay of the account with its password or by a token, or its gateway with its secrets.
pub(super) async fn way(engine: &Engine, reader: &mut store::Reader, account: &Account) -> Result<Way, Error> {
    match &account.transport {
        Transport::Capture => Ok(Way::Capture),
        Transport::Sms(_) => {
            Ok(crate::sms::of_account(engine, reader, account).await?.map_or(Way::Capture, |it| Way::Gateway(Box::new(it))))
        }
        Transport::Smtp(smtp) => {
            let password = store::accounts::password(&engine.store, reader, account.id).await?;
            let pipelining = engine.connections.pipelining(account.id);
            let name = crate::oauth::name_of(account, smtp);
            let token = crate::oauth::with_token(reader, account.id, OauthUse::Relay, name).await?;
            let relay = crate::accounts::relay(engine, smtp, password);
            Ok(Way::Relay(Box::new(Relay { pipelining, credentials: token.or(relay.credentials), ..relay })))
        }
    }
}

impl Shift {
    /// Ends the shift: nothing new is begun, and what may not leave yet is given back.
    pub fn end(&self) {
        self.over.send_replace(true);
        self.lot.close();
    }

    /// Whether the account still signs in as it did when the shift was begun.
    pub fn is_current(&self) -> bool {
        self.engine.connections.version(self.account.id) == self.version
    }

    /// Whether it is over.
    pub fn is_over(&self) -> bool {
        *self.over.borrow()
    }

    /// Hears when it is over.
    pub fn over(&self) -> watch::Receiver<bool> {
        self.over.subscribe()
    }

    /// Ends the shift because something failed; the first failure is told.
    pub fn fail(&self, error: Error) {
        self.error.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
        self.end();
    }

    /// Counts deliveries that were carried.
    pub fn carried(&self, n: u32) {
        let carried = self.carried.fetch_add(n, Ordering::Relaxed) + n;
        if ENOUGH <= carried {
            let ms = self.begun.us() as f64 / 1_000.0 / f64::from(carried);
            self.engine.connections.note_ms_each(self.account.id, ms);
        }
        self.engine.carried.fetch_add(u64::from(n), Ordering::Relaxed);
    }

    /// Notes how long a message took on its connection.
    pub fn took(&self, us: u64) {
        let before = self.each_us.load(Ordering::Relaxed);
        self.each_us.store((before * 7 + us) / 8, Ordering::Relaxed);
    }

    /// How many deliveries one connection marks as handed together. A fast relay would wait for the database most of the time; what is
    /// uncertain after a crash is at most this for each connection. Where a limit counts, only what leaves may be marked.
    pub fn together(&self) -> usize {
        let pace = &self.account.pace;
        let limited = self.account.hourly_limit.is_some() || pace.minute_limit.is_some() || pace.ramp.is_some();
        match self.each_us.load(Ordering::Relaxed) {
            _ if limited || !pace.domains.is_empty() => 1,
            0..2_000 => carrier::TOGETHER,
            2_000..5_000 => 2,
            _ => 1,
        }
    }

    /// How many deliveries should wait for the connections.
    fn goal(&self, connections: usize) -> usize {
        let each = self.each_us.load(Ordering::Relaxed).max(1);
        let work = connections as u64 * AHEAD * 1_000 / each;
        (work as usize).clamp(2 * connections, GROUP)
    }
}
