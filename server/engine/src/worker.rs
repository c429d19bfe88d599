//! The worker: the only one that hands messages to a transport.
//!
//! Accounts are served beside each other, each over its connections; see `shift`. *Handed* is committed before the final dot leaves, in
//! groups, so that after any crash nothing is lost, nothing doubled, and what is uncertain is at most what was in flight: one delivery for
//! each connection, or four where a fast relay is served without limits.

mod bell;
mod book;
mod carrier;
mod claim;
mod connections;
mod copy;
mod letter;
mod lot;
mod mail_out;
mod retry;
mod settle;
mod shares;
mod shift;
mod texts;
mod throttle;
mod ways;

use std::collections::HashMap;
use std::sync::atomic::Ordering;
use std::time::Duration;

use model::time::seconds;
use model::{AccountId, Change, Deed, Moment, Refusal, Trouble};
use tokio::sync::watch;
use tokio::task::JoinSet;

pub(crate) use bell::Bell;
pub(crate) use book::Unwritten;
pub(crate) use connections::Connections;
pub(crate) use copy::{CopyEnd, CopyLine};
pub(crate) use letter::build as build_mail;
pub(crate) use mail_out::{MailOut, unsigned as unsigned_mail};
pub(crate) use retry::Backoff;
pub(crate) use settle::messages as settle_messages;
pub(crate) use throttle::{CarriedBy, Throttle, load as load_limits, wind_back};
pub(crate) use ways::{Ways, load as load_ways, may_carry, who_carry};

use crate::{Ctx, Engine, Error};

/// The longest pause between two looks at the queue; bells shorten it.
const PAUSE: i64 = 60_000;
/// The longest pause while something is carried.
const BUSY_PAUSE: i64 = 1_000;
/// The pause after which a full disk is looked at again.
const FULL_PAUSE: i64 = 5_000;

/// What a turn did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// How many deliveries were carried, whatever their end.
    pub carried: u32,
    /// When the next one is due, if any waits.
    pub next_due: Option<Moment>,
}

/// The accounts that are being served.
#[derive(Default)]
struct Served {
    shifts: JoinSet<(AccountId, Result<u32, Error>)>,
    /// The account of each shift; one that found nothing to do is left alone until then.
    until: HashMap<AccountId, Moment>,
}

/// After a crash, before anything is sent: what was leased waits again, what was handed and never answered is unknown.
pub(crate) async fn recover(engine: &Engine) -> Result<(), Error> {
    // One process owns the folder, so every lease that is left belongs to nobody.
    end_leases(engine, Moment(i64::MAX)).await?;
    count(engine).await
}

/// Ends the leases that ran out before `now`.
async fn end_leases(engine: &Engine, now: Moment) -> Result<(), Error> {
    let ctx = Ctx::system(engine);
    let mut tx = engine.store.write().await?;
    let unknown = store::deliveries::recover(&mut tx, now).await?;
    let deeds: Vec<Deed> = unknown.into_iter().map(|(delivery, message)| Deed::DeliveryUnknown(message, delivery)).collect();
    store::audit::write_all(&mut tx, ctx.actor.id, &deeds, ctx.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// Carries what is due now.
///
/// # Errors
/// Fails when the database fails; what was leased and not handed waits again.
pub async fn turn(engine: &Engine) -> Result<Turn, Error> {
    let (_keep, stop) = watch::channel(false);
    let mut served = Served::default();
    served.begin(engine, &stop).await?;
    let mut carried = 0;
    while let Some(ended) = served.shifts.join_next().await {
        carried += ended?.1?;
    }
    if 0 < carried {
        engine.tell(Change::Messages);
    }
    count(engine).await?;
    Ok(Turn { carried, next_due: due(engine).await?.into_iter().map(|it| it.1).min() })
}

/// Carries until `stop` becomes true.
pub async fn run(engine: Engine, mut stop: watch::Receiver<bool>) {
    let mut served = Served::default();
    let mut bell = engine.bell.listen();
    let mut told = 0;
    while !*stop.borrow() {
        let pause = served.look(&engine, &stop).await.unwrap_or_else(|error| {
            tracing::error!(%error, "the queue could not be served");
            note_full(&engine, &error);
            FULL_PAUSE
        });
        if told != engine.carried.load(Ordering::Relaxed) {
            told = engine.carried.load(Ordering::Relaxed);
            engine.tell(Change::Messages);
        }
        tokio::select! {
            () = tokio::time::sleep(Duration::from_millis(pause as u64)) => {}
            _ = bell.changed() => {}
            _ = stop.changed() => {}
            Some(ended) = served.shifts.join_next() => served.end(&engine, ended),
        }
    }
    while let Some(ended) = served.shifts.join_next().await {
        served.end(&engine, ended);
    }
    engine.connections.close().await;
}

impl Served {
    /// Begins serving every account that may send something now.
    async fn begin(&mut self, engine: &Engine, stop: &watch::Receiver<bool>) -> Result<(), Error> {
        if !has_room(engine).await? {
            return Ok(());
        }
        book::write_again(engine).await?;
        expire(engine).await?;
        let now = engine.clock().now();
        // Those that share what waits have to know of each other before the first of them takes anything.
        let mut begin = Vec::new();
        for (id, at) in due(engine).await? {
            if at <= now && self.until.get(&id).is_none_or(|it| *it <= now) {
                self.until.insert(id, Moment(i64::MAX));
                begin.push(id);
                engine.ways.enter(id, now);
            }
        }
        for id in begin {
            let (engine, stop) = (engine.clone(), stop.clone());
            self.shifts.spawn(async move {
                let served = shift::serve(engine.clone(), id, stop).await;
                engine.ways.leave(id);
                (id, served)
            });
        }
        Ok(())
    }

    /// Begins what is due and tells after how many milliseconds to look again.
    async fn look(&mut self, engine: &Engine, stop: &watch::Receiver<bool>) -> Result<i64, Error> {
        self.begin(engine, stop).await?;
        if engine.trouble().borrow().is_some() {
            return Ok(FULL_PAUSE);
        }
        count(engine).await?;
        let now = engine.clock().now();
        engine.connections.close_idle(now).await;
        let most = if self.shifts.is_empty() { PAUSE } else { BUSY_PAUSE };
        let next = due(engine).await?.into_iter().filter(|it| self.until.get(&it.0) != Some(&Moment(i64::MAX)));
        let next = next.map(|(id, at)| at.max(self.until.get(&id).copied().unwrap_or(at))).min();
        Ok(next.map_or(most, |it| it.since(now).clamp(0, most)))
    }

    /// Notes that a shift has ended; one that failed or found nothing to do is not begun again at once.
    fn end(&mut self, engine: &Engine, ended: Result<(AccountId, Result<u32, Error>), tokio::task::JoinError>) {
        let now = engine.clock().now();
        match ended {
            Ok((id, Ok(0))) => {
                self.until.insert(id, now.plus(seconds(1)));
            }
            Ok((id, Ok(_))) => {
                self.until.remove(&id);
            }
            Ok((id, Err(error))) => {
                tracing::error!(%error, account = %id, "an account could not be served");
                note_full(engine, &error);
                self.until.insert(id, now.plus(seconds(5)));
            }
            Err(error) => {
                tracing::error!(%error, "serving an account ended unexpectedly");
                self.until.clear();
            }
        }
    }
}

/// Whether what becomes of a delivery could be written. Nothing leaves while it could not: what was handed over would be forgotten.
async fn has_room(engine: &Engine) -> Result<bool, Error> {
    let trouble = *engine.trouble().borrow();
    match trouble {
        None => Ok(true),
        Some(Trouble::Halted) => Ok(false),
        Some(Trouble::DiskFull) => Ok(engine.store.find_room().await?),
    }
}

/// Notes a full disk that a statement met.
fn note_full(engine: &Engine, error: &Error) {
    if matches!(error, Error::Refused(Refusal::DiskFull)) {
        engine.store.note_full();
    }
}

/// When each account may carry its next delivery, of what waits for it or for others, if any does and nothing holds everything.
async fn due(engine: &Engine) -> Result<Vec<(AccountId, Moment)>, Error> {
    let now = engine.clock().now();
    let mut reader = engine.store.read().await?;
    if store::sending::is_paused(&mut reader).await? {
        return Ok(Vec::new());
    }
    ways::load(engine, &mut reader).await?;
    let mut first: HashMap<AccountId, Moment> = HashMap::new();
    let mut note = |id, at: Moment| {
        first.entry(id).and_modify(|it| *it = at.min(*it)).or_insert(at);
    };
    for (id, lane, at) in store::deliveries::next_due(&mut reader).await? {
        let carriers = engine.ways.carriers(id);
        for carrier in &carriers {
            if let Some(at) = ways::carries_at(engine, id, *carrier, (lane, at), now) {
                note(carrier.id, at);
            }
        }
        if carriers.is_empty() {
            let at = if at <= now { engine.throttle.free_at(id, lane, now).max(at) } else { at };
            note(id, at.max(engine.backoff.until(id)));
        }
    }
    Ok(first.into_iter().collect())
}

/// Ends what waited longer than it was worth, and leases that nobody ended, as when the disk was full at the wrong moment.
async fn expire(engine: &Engine) -> Result<(), Error> {
    let now = engine.clock().now();
    let mut reader = engine.store.read().await?;
    // What nobody has decided about keeps its chance to leave.
    let expired = !store::put_back::is_undecided(&mut reader).await? && store::deliveries::any_expired(&mut reader, now).await?;
    let lost = store::deliveries::any_lost(&mut reader, now).await?;
    drop(reader);
    if lost {
        end_leases(engine, now).await?;
    }
    if !expired {
        return Ok(());
    }
    let ctx = Ctx::system(engine);
    let mut tx = engine.store.write().await?;
    let ended = store::deliveries::expire(&mut tx, now).await?;
    let deeds: Vec<Deed> = ended.iter().map(|(delivery, message)| Deed::DeliveryExpired(*message, *delivery)).collect();
    store::audit::write_all(&mut tx, ctx.actor.id, &deeds, now).await?;
    settle::messages(&mut tx, &ended.into_iter().map(|it| it.1).collect::<Vec<_>>()).await?;
    tx.commit().await?;
    engine.tell(Change::Messages);
    Ok(())
}

/// Counts what waits, for the top bar.
async fn count(engine: &Engine) -> Result<(), Error> {
    let mut reader = engine.store.read().await?;
    let counts = store::deliveries::counts(&mut reader).await?;
    engine.waiting.store(counts.waiting, Ordering::Relaxed);
    Ok(())
}
