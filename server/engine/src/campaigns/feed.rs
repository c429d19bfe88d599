//! Feeding the queue: prepared messages of running campaigns become deliveries shortly before their turn.

use std::time::Duration;

use model::{CampaignDeed, CampaignId, CampaignState, CampaignStep, Change, Deed, Moment, Refusal};
use store::Tx;
use store::campaigns::{Stored, running};
use tokio::sync::watch;

use super::pace::{closed_until, slots};
use super::running::{changed, recall, step};
use crate::{Ctx, Engine, Error};

/// How many deliveries of one campaign are in the queue at most.
const AHEAD: u64 = 20_000;
/// How many messages are put into the queue in one transaction.
const BATCH: u32 = 2_000;
/// How long the loop waits between two looks.
const PAUSE: Duration = Duration::from_millis(500);

/// Feeds running campaigns until `stop` becomes true.
pub(super) async fn run(engine: Engine, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        if let Err(error) = feed_turn(&engine).await {
            tracing::error!(%error, "letting campaigns go failed");
        }
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            _ = stop.changed() => {}
        }
    }
}

/// Begins campaigns whose moment has come, puts messages of running ones into the queue, and ends those of which nothing is left. Does
/// nothing while a person has to decide about a copy of the database that was put back.
///
/// # Errors
/// Fails when the database fails.
pub async fn feed_turn(engine: &Engine) -> Result<(), Error> {
    let mut reader = engine.store.read().await?;
    if store::put_back::is_undecided(&mut reader).await? {
        return Ok(());
    }
    let moving = running::moving(&mut reader).await?;
    drop(reader);
    let ctx = Ctx::system(engine);
    for id in moving {
        match one(&ctx, id).await {
            // Somebody moved it meanwhile.
            Ok(()) | Err(Error::Refused(Refusal::Stale(_) | Refusal::IllegalStep(_))) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

async fn one(ctx: &Ctx, id: CampaignId) -> Result<(), Error> {
    if !begin(ctx, id).await? {
        return Ok(());
    }
    let mut reader = ctx.engine.store.read().await?;
    // More of them can only end meanwhile, so that counting once is safe.
    let mut open = running::count_open(&mut reader, id).await?;
    let sent = running::count_sent(&mut reader, id).await?;
    drop(reader);
    let mut tx = ctx.engine.store.write().await?;
    running::set_ended(&mut tx, id, sent).await?;
    tx.leave().await?;
    loop {
        let fed = feed_some(ctx, id, open).await?;
        open += fed;
        if fed < u64::from(BATCH) || AHEAD <= open {
            return Ok(());
        }
    }
}

/// Whether a campaign runs; one whose moment has come begins.
async fn begin(ctx: &Ctx, id: CampaignId) -> Result<bool, Error> {
    let store = &ctx.engine.store;
    let mut reader = store.read().await?;
    let it = store::campaigns::by_id(store, &mut reader, id).await?;
    drop(reader);
    if it.state != CampaignState::Scheduled {
        return Ok(it.state == CampaignState::Running);
    }
    if it.starts_at.is_none_or(|at| ctx.now() < at) {
        return Ok(false);
    }
    let mut tx = store.write().await?;
    step(ctx, &mut tx, id, CampaignStep::Release).await?;
    ctx.log(&mut tx, Deed::Campaign(id, CampaignDeed::Begun)).await?;
    tx.commit().await?;
    changed(ctx);
    Ok(true)
}

/// Puts some messages into the queue and tells how many, or ends the campaign when nothing is left.
async fn feed_some(ctx: &Ctx, id: CampaignId, open: u64) -> Result<u64, Error> {
    let store = &ctx.engine.store;
    let mut tx = store.write().await?;
    let it = store::campaigns::by_id(store, &mut tx, id).await?;
    if it.state != CampaignState::Running {
        return Ok(0);
    }
    if let Some(until) = closed_until(&it.pace, ctx.now()).filter(|_| 0 < open) {
        return hold_back(ctx, tx, id, until).await;
    }
    let room = AHEAD.saturating_sub(open).min(u64::from(BATCH)) as u32;
    let (first, gap, n) = slots(&it.pace, it.next_slot, ctx.now(), room);
    let fed = if n == 0 { Vec::new() } else { running::feed(&mut tx, id, (first, gap), n).await? };
    if fed.is_empty() {
        if open == 0 && !running::any_unsent(&mut tx, id).await? {
            finish(ctx, tx, &it).await?;
        }
        return Ok(0);
    }
    running::set_next_slot(&mut tx, id, first.plus(gap * fed.len() as i64)).await?;
    tx.commit().await?;
    ctx.engine.bell.ring();
    ctx.engine.index_bell.notify_one();
    ctx.tell(Change::Campaigns);
    Ok(fed.len() as u64)
}

/// Keeps what waits in the queue from leaving while the window is closed: what was never tried is let go again later.
async fn hold_back(ctx: &Ctx, mut tx: Tx, id: CampaignId, until: Moment) -> Result<u64, Error> {
    let held = recall(ctx, &mut tx, id).await? + running::put_off(&mut tx, id, until).await?;
    if 0 < held {
        tx.commit().await?;
        changed(ctx);
    }
    Ok(0)
}

/// Ends a campaign of which every message has ended.
async fn finish(ctx: &Ctx, mut tx: Tx, it: &Stored) -> Result<(), Error> {
    let next = it.state.step(CampaignStep::Finish)?;
    store::campaigns::set_state(&mut tx, it.id, it.state, next, ctx.now()).await?;
    let ended = running::counts(&mut tx, it.id).await?.ended();
    running::set_ended(&mut tx, it.id, ended).await?;
    ctx.log(&mut tx, Deed::Campaign(it.id, CampaignDeed::Finished)).await?;
    tx.commit().await?;
    ctx.tell(Change::Campaigns);
    Ok(())
}
