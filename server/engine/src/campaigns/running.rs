//! Letting campaigns go: released at once or at a moment, fed into the queue a little ahead of what leaves, held, and stopped.
//!
//! Prepared messages become deliveries of the one queue shortly before their turn, in the lane of campaigns. So holding and stopping touch
//! few rows however large a campaign is, its own pace is kept by when deliveries are due, and a restart goes on with what is prepared.

use model::{
    ApprovalState, CampaignCancelled, CampaignCounts, CampaignDeed, CampaignId, CampaignPace, CampaignState, CampaignStep,
    Change, Deed, Faults, Hindrance, Moment, Permission, Refusal,
};
use store::Tx;
use store::campaigns::{Stored, prepared, running};

use crate::{Ctx, Error};

/// Lets the messages go: now, or at a later moment. Of two people who do so at once, one is refused.
///
/// # Errors
/// Names everything that stands in the way: nothing prepared, values missing, an approval that is missing or broken, an account that is gone.
pub async fn release(ctx: &Ctx, id: CampaignId, at: Option<Moment>) -> Result<(), Error> {
    ctx.require(Permission::CampaignRelease)?;
    let store = &ctx.engine.store;
    let mut tx = store.write().await?;
    let it = store::campaigns::by_id(store, &mut tx, id).await?;
    let next = it.state.step(if at.is_some() { CampaignStep::Schedule } else { CampaignStep::Release })?;
    let counts = running::counts(&mut tx, id).await?;
    require_ready(ctx, &mut tx, &it, &counts, at).await?;
    store::campaigns::set_state(&mut tx, id, it.state, next, ctx.now()).await?;
    store::campaigns::set_start(&mut tx, id, at).await?;
    let n = counts.prepared as u32;
    let deed = match at {
        Some(at) => CampaignDeed::Scheduled(at, n),
        None => CampaignDeed::Released(n),
    };
    ctx.log(&mut tx, Deed::Campaign(id, deed)).await?;
    tx.commit().await?;
    ctx.tell(Change::Campaigns);
    Ok(())
}

/// Refuses what stands in the way of a release. An approval counts only for exactly what was approved.
async fn require_ready(ctx: &Ctx, tx: &mut Tx, it: &Stored, counts: &CampaignCounts, at: Option<Moment>) -> Result<(), Error> {
    let mut found = super::hindrances(ctx, tx, it, counts).await?;
    if at.is_some_and(|it| it <= ctx.now()) {
        found.push(Hindrance::StartPassed);
    }
    // What was approved before it began has left in part; only an approval of what was changed since is looked at again.
    let is_current = it.started_at.is_none_or(|begun| it.decided.as_ref().is_some_and(|it| begun < it.2));
    if it.approval == ApprovalState::Approved
        && is_current
        && it.approved_hash != Some(prepared::hash(&ctx.engine.store, tx, it.id).await?)
        && super::approval_of(ctx, tx, it, counts).await?.is_needed
    {
        found.push(Hindrance::ApprovalBroken);
    }
    if found.is_empty() { Ok(()) } else { Err(Refusal::Hindered(found).into()) }
}

/// Takes a release for a later moment back.
///
/// # Errors
/// Refuses a campaign that is not scheduled.
pub async fn unschedule(ctx: &Ctx, id: CampaignId) -> Result<(), Error> {
    ctx.require(Permission::CampaignRelease)?;
    let mut tx = ctx.engine.store.write().await?;
    step(ctx, &mut tx, id, CampaignStep::Unschedule).await?;
    store::campaigns::set_start(&mut tx, id, None).await?;
    ctx.log(&mut tx, Deed::Campaign(id, CampaignDeed::Unscheduled)).await?;
    tx.commit().await?;
    ctx.tell(Change::Campaigns);
    Ok(())
}

/// Holds what has not left: whoever holds a delivery loses it before its last byte may leave. What was never tried comes back out of the
/// queue, so that it can be changed.
///
/// # Errors
/// Refuses a campaign that does not run.
pub async fn pause(ctx: &Ctx, id: CampaignId) -> Result<(), Error> {
    ctx.require(Permission::CampaignRelease)?;
    let mut tx = ctx.engine.store.write().await?;
    step(ctx, &mut tx, id, CampaignStep::Pause).await?;
    running::hold(&mut tx, id).await?;
    recall(ctx, &mut tx, id).await?;
    ctx.log(&mut tx, Deed::Campaign(id, CampaignDeed::Paused)).await?;
    tx.commit().await?;
    changed(ctx);
    Ok(())
}

/// Holds all that run, and takes back releases whose moment has come: a copy of the database that was put back does not know how far they
/// went on.
pub(crate) async fn hold_all(ctx: &Ctx, tx: &mut Tx) -> Result<(), Error> {
    for id in running::moving(tx).await? {
        let it = store::campaigns::by_id(&ctx.engine.store, tx, id).await?;
        if it.state == CampaignState::Running {
            step(ctx, tx, id, CampaignStep::Pause).await?;
            running::hold(tx, id).await?;
            recall(ctx, tx, id).await?;
            ctx.log(tx, Deed::Campaign(id, CampaignDeed::Paused)).await?;
        } else if it.starts_at.is_some_and(|at| at <= ctx.now()) {
            step(ctx, tx, id, CampaignStep::Unschedule).await?;
            store::campaigns::set_start(tx, id, None).await?;
            ctx.log(tx, Deed::Campaign(id, CampaignDeed::Unscheduled)).await?;
        }
    }
    Ok(())
}

/// Lets it go on.
///
/// # Errors
/// Refuses a campaign that is not paused; names everything that stands in the way if something was changed while it was.
pub async fn resume(ctx: &Ctx, id: CampaignId) -> Result<(), Error> {
    ctx.require(Permission::CampaignRelease)?;
    let store = &ctx.engine.store;
    let mut tx = store.write().await?;
    let it = store::campaigns::by_id(store, &mut tx, id).await?;
    let next = it.state.step(CampaignStep::Resume)?;
    let counts = running::counts(&mut tx, id).await?;
    require_ready(ctx, &mut tx, &it, &counts, None).await?;
    store::campaigns::set_state(&mut tx, id, it.state, next, ctx.now()).await?;
    let worth = store::sending::retry_rules(&mut tx).await?.worth();
    running::let_go(&mut tx, id, ctx.now(), worth).await?;
    ctx.log(&mut tx, Deed::Campaign(id, CampaignDeed::Resumed)).await?;
    tx.commit().await?;
    changed(ctx);
    Ok(())
}

/// Stops the rest at once and tells what had gone, what was stopped and what was on its way.
///
/// # Errors
/// Refuses a campaign that is not prepared, scheduled, running or paused.
pub async fn cancel(ctx: &Ctx, id: CampaignId) -> Result<CampaignCancelled, Error> {
    ctx.require(Permission::CampaignRelease)?;
    let mut tx = ctx.engine.store.write().await?;
    step(ctx, &mut tx, id, CampaignStep::Cancel).await?;
    let (cancelled, stopped) = running::cancel(&mut tx, id, ctx.now()).await?;
    crate::worker::wind_back(&ctx.engine, &mut tx).await?;
    let messages: Vec<_> = stopped.into_iter().map(|it| it.1).collect();
    crate::worker::settle_messages(&mut tx, &messages).await?;
    let n = u32::try_from(cancelled.stopped).unwrap_or(u32::MAX);
    ctx.log(&mut tx, Deed::Campaign(id, CampaignDeed::Cancelled(n))).await?;
    tx.commit().await?;
    changed(ctx);
    Ok(cancelled)
}

/// Changes how fast a campaign leaves, also while it does.
///
/// # Errors
/// Names wrong fields.
pub async fn set_pace(ctx: &Ctx, id: CampaignId, pace: CampaignPace) -> Result<(), Error> {
    ctx.require(Permission::CampaignRelease)?;
    let mut faults = Faults::default();
    pace.check(&mut faults);
    faults.finish()?;
    let store = &ctx.engine.store;
    let mut tx = store.write().await?;
    let before = store::campaigns::by_id(store, &mut tx, id).await?.pace;
    store::campaigns::set_pace(&mut tx, id, &pace, ctx.now()).await?;
    // What waits in the queue was put there by the pace before.
    recall(ctx, &mut tx, id).await?;
    ctx.log_changed(&mut tx, Deed::Campaign(id, CampaignDeed::Paced), (&before, &pace)).await?;
    tx.commit().await?;
    changed(ctx);
    Ok(())
}

/// Takes what waits and was never tried out of the queue again, and lets others have the slots of domains that it waited for; otherwise
/// it would stand in line behind itself when it is let go anew. Tells how many messages those are.
pub(super) async fn recall(ctx: &Ctx, tx: &mut Tx, id: CampaignId) -> Result<u64, Error> {
    let n = running::recall(tx, id).await?;
    if 0 < n {
        crate::worker::wind_back(&ctx.engine, tx).await?;
    }
    Ok(n)
}

/// Moves a campaign on.
pub(super) async fn step(ctx: &Ctx, tx: &mut Tx, id: CampaignId, step: CampaignStep) -> Result<(), Error> {
    let it = store::campaigns::by_id(&ctx.engine.store, tx, id).await?;
    store::campaigns::set_state(tx, id, it.state, it.state.step(step)?, ctx.now()).await?;
    Ok(())
}

/// Lets the worker and open screens know.
pub(super) fn changed(ctx: &Ctx) {
    ctx.engine.bell.ring();
    ctx.tell(Change::Campaigns);
    ctx.tell(Change::Messages);
}
