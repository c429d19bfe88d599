//! What goes on in the background for campaigns: audiences are gathered, messages are made, a batch at a time. Each batch is one
//! transaction that also keeps how far the work is, so that after a crash it goes on exactly there.

use std::sync::Arc;
use std::time::Duration;

use model::{CampaignDeed, CampaignId, CampaignState, CampaignStep, Change, Deed, Noun, Permission, Refusal, WorkKind};
use store::Tx;
use store::campaigns::{Gather, Stored, prepared, work};
use tokio::sync::watch;

use super::make::Maker;
use super::serve::{Table, look, serve};
use super::{freeze, gather};
use crate::{Ctx, Engine, Error};

/// How many messages are made in one go.
const BATCH: u32 = 512;
/// How many messages are thrown away in one go.
const DISCARDED: u32 = 2_000;
/// How long the loop waits when nobody rings.
const PAUSE: Duration = Duration::from_secs(1);

/// Begins to resolve the audience of a draft and to look for missing values; stores no message.
///
/// # Errors
/// Names what is missing; refuses a campaign that is prepared, and one for which something goes on.
pub async fn check(ctx: &Ctx, id: CampaignId) -> Result<(), Error> {
    ctx.require(Permission::CampaignWrite)?;
    let mut tx = ctx.engine.store.write().await?;
    let it = store::campaigns::by_id(&ctx.engine.store, &mut tx, id).await?;
    it.draft.check_complete()?;
    if it.state != CampaignState::Draft {
        return Err(Refusal::IllegalStep(Noun::Campaign).into());
    }
    let content = freeze::Draft::of(ctx, &mut tx, &it).await?.unkept(ctx);
    Maker::of(ctx, &mut tx, &it, content).await?;
    work::begin(&mut tx, id, WorkKind::Check, Some(Gather::default()), ctx.now()).await?;
    tx.commit().await?;
    begun(ctx);
    Ok(())
}

/// Begins to make the messages; again, it adds only those of new recipients.
///
/// # Errors
/// Names what is missing or wrong; refuses a campaign that is on its way, one for which something goes on, and one that has forgotten to
/// whom it was sent: it would be sent to them once more.
pub async fn prepare(ctx: &Ctx, id: CampaignId) -> Result<(), Error> {
    ctx.require(Permission::CampaignWrite)?;
    let mut tx = ctx.engine.store.write().await?;
    let it = store::campaigns::by_id(&ctx.engine.store, &mut tx, id).await?;
    it.draft.check_complete()?;
    let next = it.state.step(CampaignStep::Prepare)?;
    if it.started_at.is_some() && prepared::any_forgotten(&mut tx, id).await? {
        return Err(Refusal::IllegalStep(Noun::Campaign).into());
    }
    freeze::freeze(ctx, &mut tx, &it).await?;
    store::campaigns::set_state(&mut tx, id, it.state, next, ctx.now()).await?;
    work::begin(&mut tx, id, WorkKind::Prepare, Some(Gather::default()), ctx.now()).await?;
    tx.commit().await?;
    begun(ctx);
    Ok(())
}

/// Begins a work over messages that are there, in the transaction of what asks for it.
pub(super) async fn begin_anew(ctx: &Ctx, tx: &mut Tx, it: &Stored, kind: WorkKind) -> Result<(), Error> {
    let next = it.state.step(CampaignStep::Prepare)?;
    store::campaigns::set_state(tx, it.id, it.state, next, ctx.now()).await?;
    Ok(work::begin(tx, it.id, kind, None, ctx.now()).await?)
}

/// How a work over messages ends: one that had begun is held again.
fn ending(it: &Stored) -> CampaignStep {
    if it.started_at.is_some() { CampaignStep::Hold } else { CampaignStep::Settle }
}

/// Rings for the background.
pub(super) fn begun(ctx: &Ctx) {
    ctx.engine.campaign_bell.notify_one();
    ctx.tell(Change::Campaigns);
}

/// Stops the background work of a campaign; what was made stays.
///
/// # Errors
/// Refuses when nothing goes on.
pub async fn stop_work(ctx: &Ctx, id: CampaignId) -> Result<(), Error> {
    ctx.require(Permission::CampaignWrite)?;
    let mut tx = ctx.engine.store.write().await?;
    let it = store::campaigns::by_id(&ctx.engine.store, &mut tx, id).await?;
    work::end(&mut tx, id, None, ctx.now()).await?;
    if it.state == CampaignState::Preparing {
        let next = it.state.step(ending(&it))?;
        store::campaigns::set_state(&mut tx, id, it.state, next, ctx.now()).await?;
    }
    ctx.log(&mut tx, Deed::Campaign(id, CampaignDeed::PreparationStopped)).await?;
    tx.commit().await?;
    ctx.tell(Change::Campaigns);
    Ok(())
}

/// Throws the prepared messages away; the campaign is a draft again.
///
/// # Errors
/// Refuses a campaign that was released.
pub async fn discard(ctx: &Ctx, id: CampaignId) -> Result<(), Error> {
    ctx.require(Permission::CampaignWrite)?;
    let store = &ctx.engine.store;
    let mut discarded = 0;
    loop {
        let mut tx = store.write().await?;
        let it = store::campaigns::by_id(store, &mut tx, id).await?;
        let next = it.state.step(CampaignStep::Discard)?;
        let n = prepared::discard(&mut tx, id, DISCARDED).await?;
        discarded += n;
        if n < u64::from(DISCARDED) {
            prepared::forget(&mut tx, id).await?;
            store::campaigns::set_state(&mut tx, id, it.state, next, ctx.now()).await?;
            ctx.log(&mut tx, Deed::Campaign(id, CampaignDeed::Discarded(discarded as u32))).await?;
            tx.commit().await?;
            break;
        }
        tx.commit().await?;
    }
    ctx.tell(Change::Campaigns);
    ctx.tell(Change::Messages);
    Ok(())
}

/// Works until `stop` becomes true. Ends between two batches; what is left goes on after the next start.
pub async fn run(engine: Engine, mut stop: watch::Receiver<bool>) {
    let feeding = tokio::spawn(super::feed::run(engine.clone(), stop.clone()));
    while !*stop.borrow() {
        let more = work_step(&engine).await.unwrap_or_else(|error| {
            tracing::error!(%error, "working for campaigns failed");
            false
        });
        if more {
            continue;
        }
        tokio::select! {
            () = engine.campaign_bell.notified() => {}
            () = tokio::time::sleep(PAUSE) => {}
            _ = stop.changed() => {}
        }
    }
    if let Err(error) = feeding.await {
        tracing::error!(%error, "letting campaigns go ended unexpectedly");
    }
}

/// Does everything that waits to be done for campaigns.
///
/// # Errors
/// Fails when the database fails; the work goes on at the next turn.
pub async fn work_turn(engine: &Engine) -> Result<(), Error> {
    while work_step(engine).await? {}
    Ok(())
}

/// Does one batch for each campaign that has work; false when none has.
///
/// # Errors
/// Fails when the database fails; the work goes on at the next step.
pub async fn work_step(engine: &Engine) -> Result<bool, Error> {
    let mut reader = engine.store.read().await?;
    let open = work::open(&mut reader).await?;
    drop(reader);
    let ctx = Ctx::system(engine);
    for id in &open {
        match batch(&ctx, *id).await {
            // Somebody stopped it meanwhile.
            Ok(()) | Err(Error::Refused(Refusal::Stale(_))) => {}
            Err(Error::Refused(refusal)) => give_up(&ctx, *id, &refusal).await?,
            Err(error) => return Err(error),
        }
        engine.tell(Change::Campaigns);
    }
    Ok(!open.is_empty())
}

/// Ends a work that can never be done, as when an own field is gone that a text shows.
async fn give_up(ctx: &Ctx, id: CampaignId, refusal: &Refusal) -> Result<(), Error> {
    tracing::warn!(campaign = %id, ?refusal, "the work cannot be done");
    stop_work(ctx, id).await
}

/// Does one batch for a campaign.
async fn batch(ctx: &Ctx, id: CampaignId) -> Result<(), Error> {
    let store = &ctx.engine.store;
    let mut reader = store.read().await?;
    let it = store::campaigns::by_id(store, &mut reader, id).await?;
    let Some(going) = it.work else { return Ok(()) };
    if let Some(gather) = it.gather {
        drop(reader);
        gather::step(ctx, &it, gather).await?;
        return Ok(());
    }
    let of = if going.of == 0 { how_many(&mut reader, &it, going.kind).await? } else { going.of };
    let wanted = match going.kind {
        WorkKind::Check | WorkKind::Prepare => prepared::gathered(&mut reader, id, it.work_after, BATCH).await?,
        WorkKind::Regenerate => prepared::unsent(&mut reader, id, false, it.work_after, BATCH).await?,
        WorkKind::Fill => prepared::unsent(&mut reader, id, true, it.work_after, BATCH).await?,
    };
    let Some(last) = wanted.last().map(|it| it.place) else {
        drop(reader);
        return finish(ctx, &it, going.kind, going.done).await;
    };
    let content = match going.kind {
        WorkKind::Check => freeze::Draft::of(ctx, &mut reader, &it).await?.unkept(ctx),
        _ => freeze::content(ctx, &mut reader, &it).await?,
    };
    let maker = Arc::new(Maker::of(ctx, &mut reader, &it, content).await?);
    let table = Table::lay(ctx, &mut reader, &it, wanted).await?;
    drop(reader);
    match going.kind {
        WorkKind::Check => look(ctx, &it, maker, table, last, of).await,
        _ => serve(ctx, &it, maker, table, last, of).await,
    }
}

/// How many are to be done.
async fn how_many(reader: &mut store::Connection, it: &Stored, kind: WorkKind) -> Result<u64, Error> {
    Ok(match kind {
        WorkKind::Check | WorkKind::Prepare => store::campaigns::audience::counts(reader, it.id).await?.1,
        WorkKind::Fill => store::campaigns::audience::counts(reader, it.id).await?.0[1],
        WorkKind::Regenerate => {
            let (unsent, edited) = prepared::count_unsent(reader, it.id).await?;
            unsent.saturating_sub(edited)
        }
    })
}

/// Ends a work.
async fn finish(ctx: &Ctx, it: &Stored, kind: WorkKind, done: u64) -> Result<(), Error> {
    let mut tx = ctx.engine.store.write().await?;
    let now = ctx.now();
    let checked = matches!(kind, WorkKind::Check | WorkKind::Prepare).then_some((now, it.revision));
    work::end(&mut tx, it.id, checked, now).await?;
    let n = u32::try_from(done).unwrap_or(u32::MAX);
    let deed = match kind {
        WorkKind::Check => None,
        WorkKind::Prepare => Some(CampaignDeed::Prepared(n)),
        WorkKind::Regenerate => Some(CampaignDeed::Regenerated(n)),
        WorkKind::Fill => Some(CampaignDeed::Filled(n)),
    };
    if let Some(deed) = deed {
        let next = it.state.step(ending(it))?;
        store::campaigns::set_state(&mut tx, it.id, it.state, next, now).await?;
        store::audit::write(&mut tx, it.author.0, "", &Deed::Campaign(it.id, deed), now).await?;
    }
    tx.commit().await?;
    ctx.tell(Change::Messages);
    Ok(())
}
