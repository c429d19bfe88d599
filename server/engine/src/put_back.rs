//! A database that is a copy made earlier and put back in its place: noticed at the start, and nothing leaves until a person has decided. What
//! the one before it handed over since the copy was made, the copy does not know.

use model::time::days;
use model::{Change, Deed, DeliveryState, DeliveryStep, Noun, Permission, PutBackDecision, Refusal};
use store::Tx;

use crate::{Ctx, Engine, Error};

/// How long what waits is worth trying at least, once it may leave, in milliseconds.
const WORTH: i64 = days(1);
/// What stands as the answer of the try that nobody saw.
const REASON: &str = "an older copy of the database was put back: this may have left since it was made";

/// Notes in the action log, once, that a copy was put back.
pub(crate) async fn notice(engine: &Engine) -> Result<(), Error> {
    let ctx = Ctx::system(engine);
    let mut tx = engine.store.write().await?;
    if store::put_back::set_noticed(&mut tx, ctx.now()).await? {
        ctx.log(&mut tx, Deed::DatabasePutBack).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Decides about a copy of the database that was put back; after that messages leave again.
///
/// # Errors
/// Refuses who may not manage the outbox, and as stale when there is nothing to decide about.
pub async fn decide(ctx: &Ctx, decision: PutBackDecision) -> Result<(), Error> {
    ctx.require(Permission::OutboxManage)?;
    let mut tx = ctx.engine.store.write().await?;
    let found = store::put_back::get(&mut tx, ctx.now()).await?.ok_or(Refusal::Stale(Noun::Delivery))?;
    let deed = match decision {
        PutBackDecision::LetRun => Deed::PutBackLetRun(u32::try_from(found.waiting).unwrap_or(u32::MAX)),
        PutBackDecision::SetAside => Deed::PutBackSetAside(set_aside(ctx, &mut tx).await?),
    };
    store::put_back::prolong(&mut tx, ctx.now().plus(WORTH)).await?;
    store::put_back::end(&mut tx).await?;
    ctx.log(&mut tx, deed).await?;
    tx.commit().await?;
    ctx.engine.bell.ring();
    ctx.engine.campaign_bell.notify_one();
    ctx.engine.copy_bell.notify_one();
    ctx.tell(Change::Messages);
    ctx.tell(Change::Campaigns);
    ctx.tell(Change::Settings);
    Ok(())
}

/// Marks what waited when the copy was made as unknown and holds campaigns; tells how many deliveries those are.
async fn set_aside(ctx: &Ctx, tx: &mut Tx) -> Result<u32, Error> {
    let doubted = store::put_back::doubt(tx, DeliveryState::Waiting.step(DeliveryStep::Doubt)?, REASON).await?;
    let deeds: Vec<Deed> = doubted.iter().map(|(delivery, message)| Deed::DeliveryUnknown(*message, *delivery)).collect();
    store::audit::write_all(tx, ctx.actor.id, &deeds, ctx.now()).await?;
    crate::campaigns::hold_all(ctx, tx).await?;
    Ok(u32::try_from(doubted.len()).unwrap_or(u32::MAX))
}
