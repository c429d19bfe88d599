//! How people react to the mails of campaigns that measure it: links are led through us and counted, a picture tells of opening.
//!
//! A link carries which one it is, for which place in the audience, and a tag that only the vault can make. Where it leads is looked up,
//! never taken from it. What is counted waits in memory for less than a second and is written together; see [`counter`].

mod counter;
mod links;

use std::time::Duration;

use model::campaign::reaction::is_machine;
use model::{CampaignId, Change, Page, ReactionQuery, ReactionRow, Refusal};
use tokio::sync::watch;

pub(crate) use counter::Counter;
pub(crate) use links::{Marker, shown};

use crate::clock::Stopwatch;
use crate::{Ctx, Engine, Error, Guest};
use counter::{Asker, Visit};
use links::Purpose;

/// How long what is counted is gathered before it is written.
const GATHERED: Duration = Duration::from_millis(800);
/// How often open screens are told at most: of a large campaign the report is asked for by each of them.
const TOLD: Duration = Duration::from_secs(10);
/// How many counts are written in one transaction, so that others come between.
const BATCH: usize = 500;

/// Whether a request is a person's, as far as the request itself says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looking {
    /// It wants what it asks for.
    Now,
    /// It only asks what there is, or fetches ahead.
    Ahead,
}

/// Where a link leads, and counts that it was followed.
///
/// # Errors
/// Refuses a link that is not ours, and who asks for one again and again.
pub async fn follow(guest: &Guest, token: &str, looking: Looking) -> Result<String, Error> {
    let engine = &guest.engine;
    let (link, place) = links::read(engine, token, Purpose::Click).ok_or(Refusal::LinkExpired)?;
    let visit = Visit { link, place, network: &guest.network, at: engine.clock().now() };
    engine.counter.admit(&visit)?;
    let mut reader = engine.store.read().await?;
    let found = store::reactions::targets(&engine.store, &mut reader, &[link]).await?.remove(&link);
    let found = found.ok_or(Refusal::LinkExpired)?;
    let target = links::location(&found.target).ok_or(Refusal::LinkExpired)?;
    // Of a campaign that is gone nothing is counted.
    if found.campaign.is_some() {
        note(guest, &visit, found.campaign, looking);
    }
    Ok(target)
}

/// Counts that a mail was opened, if the picture is one of ours.
pub fn opened(guest: &Guest, token: &str, looking: Looking) {
    let engine = &guest.engine;
    let Some((link, place)) = links::read(engine, token, Purpose::Open) else { return };
    let visit = Visit { link, place, network: &guest.network, at: engine.clock().now() };
    if engine.counter.admit(&visit).is_ok() {
        note(guest, &visit, None, looking);
    }
}

fn note(guest: &Guest, visit: &Visit<'_>, campaign: Option<CampaignId>, looking: Looking) {
    if looking == Looking::Ahead {
        return;
    }
    let asker = if is_machine(&guest.device) { Asker::Machine } else { Asker::Person };
    guest.engine.counter.note(visit, campaign, asker);
    guest.engine.reaction_bell.notify_one();
}

/// Lists one page of those who are known by name and reacted like this.
///
/// # Errors
/// Refuses who neither makes, releases nor approves campaigns.
pub async fn list(ctx: &Ctx, query: ReactionQuery) -> Result<Page<ReactionRow>, Error> {
    crate::campaigns::require_sight(ctx)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::reactions::page(&mut reader, &query).await?)
}

/// Writes what was counted; false when that was nothing.
///
/// # Errors
/// Fails when the database fails; what was not written by then is lost.
pub async fn turn(engine: &Engine) -> Result<bool, Error> {
    let (counted, shed) = engine.counter.take();
    if 0 < shed {
        tracing::warn!(shed, "more reactions came than can be counted");
    }
    if counted.is_empty() {
        return Ok(false);
    }
    for some in counted.chunks(BATCH) {
        let asked: Vec<(i64, i64)> = some.iter().filter(|it| 0 < it.place).map(|it| (it.link, it.place)).collect();
        let mut tx = engine.store.write().await?;
        let known = store::reactions::known(&mut tx, &asked).await?;
        store::reactions::add(&mut tx, &counter::settled(some, &known)).await?;
        tx.commit().await?;
    }
    Ok(true)
}

/// Writes what is counted, each second at most once, until `stop` becomes true.
pub async fn run(engine: Engine, mut stop: watch::Receiver<bool>) {
    let (mut told, mut is_owed) = (None::<Stopwatch>, false);
    let rest = |told: Option<Stopwatch>| told.map_or(Duration::ZERO, |it| TOLD.saturating_sub(it.elapsed()));
    while !*stop.borrow() {
        tokio::select! {
            () = tokio::time::sleep(rest(told)), if is_owed => {}
            () = engine.reaction_bell.notified() => {
                tokio::select! {
                    () = tokio::time::sleep(GATHERED) => {}
                    _ = stop.changed() => {}
                }
            }
            _ = stop.changed() => {}
        }
        match turn(&engine).await {
            Ok(written) => is_owed |= written,
            Err(error) => tracing::error!(%error, "counting reactions failed"),
        }
        if is_owed && rest(told).is_zero() {
            engine.tell(Change::Campaigns);
            (told, is_owed) = (Some(Stopwatch::begin()), false);
        }
    }
}
