//! The worker: the only one that hands messages to a transport.
//!
//! A turn leases what is due, account by account, carries it and settles each delivery. *Handed* is committed before the final dot
//! leaves, so that after any crash nothing is lost, nothing doubled, and what is uncertain is at most what was in flight.

mod account;
mod carry;
mod retry;
mod settle;

use std::sync::atomic::Ordering;
use std::time::Duration;

use model::{Change, Deed, Moment};
use tokio::sync::watch;
use tokio::task::JoinSet;

pub(crate) use account::Connections;
pub(crate) use carry::build as build_mail;
pub(crate) use retry::Backoff;

use crate::{Ctx, Engine, Error};

/// The longest pause between two looks at the queue; bells shorten it.
const PAUSE: i64 = 60_000;

/// What a turn did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// How many deliveries were carried, whatever their end.
    pub carried: u32,
    /// When the next one is due, if any waits.
    pub next_due: Option<Moment>,
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
    for (delivery, message) in store::deliveries::recover(&mut tx, now).await? {
        ctx.log(&mut tx, Deed::DeliveryUnknown(message, delivery)).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Carries what is due now.
///
/// # Errors
/// Fails when the database fails; what was leased and not handed waits again after a restart.
pub async fn turn(engine: &Engine) -> Result<Turn, Error> {
    let (_keep, stop) = watch::channel(false);
    turn_until(engine, &stop).await
}

/// Carries what is due now, but begins nothing new after `stop` has become true.
async fn turn_until(engine: &Engine, stop: &watch::Receiver<bool>) -> Result<Turn, Error> {
    expire(engine).await?;
    let now = engine.clock().now();
    let mut reader = engine.store.read().await?;
    let due = store::deliveries::next_due(&mut reader).await?;
    drop(reader);
    let mut accounts = JoinSet::new();
    for (id, _) in due.iter().filter(|(id, at)| *at <= now && engine.backoff.until(*id) <= now) {
        let (engine, stop, id) = (engine.clone(), stop.clone(), *id);
        accounts.spawn(async move { account::serve(&engine, id, &stop).await });
    }
    let mut carried = 0;
    while let Some(served) = accounts.join_next().await {
        carried += served??;
    }
    if 0 < carried {
        engine.tell(Change::Messages);
    }
    count(engine).await?;
    let mut reader = engine.store.read().await?;
    let mut next_due = None;
    for (id, at) in store::deliveries::next_due(&mut reader).await? {
        let at = at.max(engine.backoff.until(id)).max(account::free_at(engine, &mut reader, id).await?);
        next_due = Some(next_due.map_or(at, |it: Moment| it.min(at)));
    }
    Ok(Turn { carried, next_due })
}

/// Carries until `stop` becomes true.
pub async fn run(engine: Engine, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        let pause = match turn_until(&engine, &stop).await {
            Ok(Turn { next_due: Some(at), .. }) => at.since(engine.clock().now()).clamp(0, PAUSE),
            Ok(Turn { next_due: None, .. }) => PAUSE,
            Err(error) => {
                tracing::error!(%error, "the queue could not be served");
                5_000
            }
        };
        tokio::select! {
            () = tokio::time::sleep(Duration::from_millis(pause as u64)) => {}
            () = engine.bell.notified() => {}
            _ = stop.changed() => {}
        }
    }
    engine.connections.close().await;
}

/// Ends what waited longer than it was worth, and leases that nobody ended, as when the disk was full at the wrong moment.
async fn expire(engine: &Engine) -> Result<(), Error> {
    let now = engine.clock().now();
    let mut reader = engine.store.read().await?;
    let expired = store::deliveries::any_expired(&mut reader, now).await?;
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
    for (delivery, message) in store::deliveries::expire(&mut tx, now).await? {
        ctx.log(&mut tx, Deed::DeliveryExpired(message, delivery)).await?;
        crate::messages::settle(&mut tx, message, None).await?;
    }
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
