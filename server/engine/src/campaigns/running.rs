//! Letting campaigns go: released at once or at a moment, fed into the queue a little ahead of what leaves, held, and stopped.
//!
//! Prepared messages become deliveries of the one queue shortly before their turn, in the lane of campaigns. So holding and stopping touch
//! few rows however large a campaign is, its own pace is kept by when deliveries are due, and a restart goes on with what is prepared.

use std::time::Duration;

use model::time::{days, hours, minutes};
use model::{
    ApprovalState, CampaignCancelled, CampaignCounts, CampaignDeed, CampaignId, CampaignPace, CampaignState, CampaignStep,
    Change, Deed, Faults, Hindrance, Moment, Noun, Permission, Refusal,
};
use store::campaigns::running::{self, feed};
use store::campaigns::{Stored, prepared};
use store::{Connection, Tx};
use tokio::sync::watch;

use crate::{Ctx, Engine, Error};

/// How long a delivery is worth trying, in milliseconds.
const WORTH: i64 = days(5);
/// How many deliveries of one campaign are in the queue at most.
const AHEAD: u64 = 20_000;
/// How far ahead of its time a message with a slot is put into the queue, in milliseconds.
const HORIZON: i64 = minutes(2);
/// How many messages are put into the queue in one transaction.
const BATCH: u32 = 2_000;
/// How long the loop waits between two looks.
const PAUSE: Duration = Duration::from_millis(500);

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
    require_ready(ctx, &mut tx, &it, at).await?;
    store::campaigns::set_state(&mut tx, id, it.state, next, ctx.now()).await?;
    store::campaigns::set_start(&mut tx, id, at).await?;
    let n = running::counts(&mut tx, id).await?.prepared as u32;
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
async fn require_ready(ctx: &Ctx, tx: &mut Tx, it: &Stored, at: Option<Moment>) -> Result<(), Error> {
    let mut found = super::hindrances(ctx, tx, it).await?;
    if at.is_some_and(|it| it <= ctx.now()) {
        found.push(Hindrance::StartPassed);
    }
    if it.approval == ApprovalState::Approved && it.approved_hash != Some(prepared::hash(tx, it.id).await?) {
        let counts = running::counts(tx, it.id).await?;
        if super::approval_of(ctx, tx, it, counts.prepared).await?.is_needed {
            found.push(Hindrance::ApprovalBroken);
        }
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

/// Holds what has not left: whoever holds a delivery loses it before its last byte may leave.
///
/// # Errors
/// Refuses a campaign that does not run.
pub async fn pause(ctx: &Ctx, id: CampaignId) -> Result<(), Error> {
    ctx.require(Permission::CampaignRelease)?;
    let mut tx = ctx.engine.store.write().await?;
    step(ctx, &mut tx, id, CampaignStep::Pause).await?;
    running::hold(&mut tx, id).await?;
    ctx.log(&mut tx, Deed::Campaign(id, CampaignDeed::Paused)).await?;
    tx.commit().await?;
    changed(ctx);
    Ok(())
}

/// Lets it go on.
///
/// # Errors
/// Refuses a campaign that is not paused.
pub async fn resume(ctx: &Ctx, id: CampaignId) -> Result<(), Error> {
    ctx.require(Permission::CampaignRelease)?;
    let mut tx = ctx.engine.store.write().await?;
    step(ctx, &mut tx, id, CampaignStep::Resume).await?;
    running::let_go(&mut tx, id, ctx.now(), WORTH).await?;
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
    store::campaigns::by_id(store, &mut tx, id).await?;
    store::campaigns::set_pace(&mut tx, id, &pace, ctx.now()).await?;
    ctx.log(&mut tx, Deed::Campaign(id, CampaignDeed::Paced)).await?;
    tx.commit().await?;
    changed(ctx);
    Ok(())
}

/// Moves a campaign on.
async fn step(ctx: &Ctx, tx: &mut Tx, id: CampaignId, step: CampaignStep) -> Result<(), Error> {
    let it = store::campaigns::by_id(&ctx.engine.store, tx, id).await?;
    store::campaigns::set_state(tx, id, it.state, it.state.step(step)?, ctx.now()).await?;
    Ok(())
}

fn changed(ctx: &Ctx) {
    ctx.engine.bell.ring();
    ctx.tell(Change::Campaigns);
    ctx.tell(Change::Messages);
}

/// When all that is let go and is still to be let go will have left, as far as can be told.
pub(super) async fn forecast(
    ctx: &Ctx,
    connection: &mut Connection,
    it: &Stored,
    counts: &CampaignCounts,
) -> Result<Option<Moment>, Error> {
    let left = counts.prepared + counts.waiting + counts.sending;
    if left == 0 || !matches!(it.state, CampaignState::Prepared | CampaignState::Scheduled | CampaignState::Running) {
        return Ok(None);
    }
    let Some(content) = it.content else { return Ok(None) };
    let content = store::campaigns::contents::by_id(&ctx.engine.store, connection, content).await?;
    let account = match store::accounts::for_sending(connection, content.account).await {
        Ok(account) => account,
        Err(store::Error::Refused(Refusal::NotFound(Noun::Account))) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let Some(per_hour) = [it.pace.per_hour, account.hourly_limit].into_iter().flatten().min() else { return Ok(None) };
    let window = it.pace.window.unwrap_or(account.pace.window);
    let begin = it.starts_at.filter(|_| it.state == CampaignState::Scheduled).unwrap_or(ctx.now());
    Ok(Some(end_of(window, begin, hours(1).saturating_mul(left as i64) / i64::from(per_hour))))
}

/// When a work of so many milliseconds ends that goes on only while a window is open.
fn end_of(window: model::SendingWindow, begin: Moment, work_ms: i64) -> Moment {
    let weekly = window.weekly();
    if window.is_always() || weekly == 0 {
        return begin.plus(work_ms);
    }
    // Whole weeks first, the rest by steps of a minute.
    let mut at = begin.plus(days(7) * (work_ms / weekly));
    let mut rest = work_ms % weekly;
    while 0 < rest {
        at = window.next_open(at);
        let piece = rest.min(minutes(1));
        at = at.plus(piece);
        rest -= piece;
    }
    at
}

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

/// Begins campaigns whose moment has come, puts messages of running ones into the queue, and ends those of which nothing is left.
///
/// # Errors
/// Fails when the database fails.
pub async fn feed_turn(engine: &Engine) -> Result<(), Error> {
    let mut reader = engine.store.read().await?;
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
    while let Fed::Some = feed_some(ctx, id).await? {}
    Ok(())
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

/// What a feeding did.
enum Fed {
    /// Some went into the queue; there may be room for more.
    Some,
    /// There is no room, no time, or nothing left.
    Nothing,
}

/// Puts some messages into the queue, or ends the campaign when nothing is left.
async fn feed_some(ctx: &Ctx, id: CampaignId) -> Result<Fed, Error> {
    let store = &ctx.engine.store;
    let now = ctx.now();
    let mut tx = store.write().await?;
    let it = store::campaigns::by_id(store, &mut tx, id).await?;
    if it.state != CampaignState::Running {
        return Ok(Fed::Nothing);
    }
    let open = running::count_open(&mut tx, id).await?;
    let room = AHEAD.saturating_sub(open).min(u64::from(BATCH)) as u32;
    let (first, gap, n) = slots(&it.pace, it.next_slot, now, room);
    let fed = if n == 0 { Vec::new() } else { feed(&mut tx, id, (first, gap), WORTH, n).await? };
    if fed.is_empty() {
        if open == 0 && !running::any_unsent(&mut tx, id).await? {
            return finish(ctx, tx, &it).await;
        }
        return Ok(Fed::Nothing);
    }
    running::set_next_slot(&mut tx, id, first.plus(gap * fed.len() as i64)).await?;
    let ended = running::counts(&mut tx, id).await?.ended();
    running::set_ended(&mut tx, id, ended).await?;
    tx.commit().await?;
    ctx.engine.bell.ring();
    ctx.engine.index_bell.notify_one();
    ctx.tell(Change::Campaigns);
    Ok(if fed.len() as u32 == n { Fed::Some } else { Fed::Nothing })
}

/// The first free slot, the gap between two, and how many may be taken now.
fn slots(pace: &CampaignPace, next: Moment, now: Moment, room: u32) -> (Moment, i64, u32) {
    let gap = pace.per_hour.map_or(0, |it| hours(1) / i64::from(it.max(1)));
    let first = if gap == 0 { now } else { next.max(now) };
    let window = pace.window.unwrap_or(model::SendingWindow::ALWAYS);
    let first = window.next_open(first);
    let horizon = if gap == 0 && window.is_always() { now } else { now.plus(HORIZON) };
    if horizon < first {
        return (first, gap, 0);
    }
    if gap == 0 {
        return (first, 0, room);
    }
    let is_free = |n: &u32| {
        let at = first.plus(gap * i64::from(*n));
        at <= horizon && window.next_open(at) == at
    };
    (first, gap, (0..room).take_while(is_free).count() as u32)
}

async fn finish(ctx: &Ctx, mut tx: Tx, it: &Stored) -> Result<Fed, Error> {
    let next = it.state.step(CampaignStep::Finish)?;
    store::campaigns::set_state(&mut tx, it.id, it.state, next, ctx.now()).await?;
    let ended = running::counts(&mut tx, it.id).await?.ended();
    running::set_ended(&mut tx, it.id, ended).await?;
    ctx.log(&mut tx, Deed::Campaign(it.id, CampaignDeed::Finished)).await?;
    tx.commit().await?;
    ctx.tell(Change::Campaigns);
    Ok(Fed::Nothing)
}

#[cfg(test)]
mod tests {
    use model::SendingWindow;
    use model::time::seconds;

    use super::*;

    const NOW: Moment = Moment(1_780_000_000_000);

    #[test]
    fn without_a_pace_all_that_fit_are_due_at_once() {
        assert_eq!(slots(&CampaignPace::default(), Moment(0), NOW, 2_000), (NOW, 0, 2_000));
    }

    #[test]
    fn a_pace_spreads_messages_evenly_a_little_ahead() {
        let pace = CampaignPace { per_hour: Some(600), window: None };
        assert_eq!(slots(&pace, Moment(0), NOW, 2_000), (NOW, seconds(6), 21));
        let taken = NOW.plus(HORIZON + 1);
        assert_eq!(slots(&pace, taken, NOW, 2_000).2, 0);
    }

    #[test]
    fn outside_the_window_nothing_is_let_go() {
        // The clock of tests stands at 22:26 on a Thursday in Slovakia.
        let window = SendingWindow { days: 0x1f, from: 8 * 60, until: 16 * 60 };
        let pace = CampaignPace { per_hour: None, window: Some(window) };
        assert_eq!(slots(&pace, Moment(0), NOW, 2_000).2, 0);
        let open = window.next_open(NOW);
        assert_eq!(slots(&pace, Moment(0), open, 2_000), (open, 0, 2_000));
    }

    #[test]
    fn work_stops_while_the_window_is_closed() {
        let window = SendingWindow { days: 0x1f, from: 8 * 60, until: 16 * 60 };
        let open = window.next_open(NOW);
        assert_eq!(end_of(window, open, hours(8)), open.plus(hours(8)));
        assert_eq!(end_of(window, open, hours(9)), window.next_open(open.plus(hours(8))).plus(hours(1)));
        assert_eq!(end_of(SendingWindow::ALWAYS, NOW, hours(9)), NOW.plus(hours(9)));
    }
}
