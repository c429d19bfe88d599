//! What receipts do: find their part, move it, and with it the delivery and the message; never backwards.

use delivery::sms::Receipt;
use model::{AccountId, Deed, DeliveryId, DeliveryState, DeliveryStep, Moment, SmsState};
use store::Tx;
use store::sms::SmsReceipt;

use super::credit::decimal;
use super::delivery_of;
use crate::{Ctx, Engine, Error};

/// How a receipt is kept; nothing for a word that is not known here, which changes nothing.
pub(super) fn stored(engine: &Engine, receipt: &Receipt) -> Option<SmsReceipt> {
    let Some(state) = receipt.state else {
        tracing::debug!(word = %receipt.word, "a gateway used a word that is not known");
        return None;
    };
    Some(SmsReceipt {
        delivery: receipt.reference.as_ref().and_then(|it| delivery_of(engine, it)),
        name: receipt.segment.as_ref().map(ToString::to_string).unwrap_or_default(),
        number: receipt.number,
        state,
        word: receipt.word.clone(),
        at: receipt.at.map(Moment),
        price: receipt.price.map(decimal),
        carrier: receipt.carrier.clone().unwrap_or_default(),
        error: receipt.error.clone().unwrap_or_default(),
    })
}

/// Applies a receipt, or keeps it while nothing is known that it could be about. Tells which delivery it was about.
pub(super) async fn apply(ctx: &Ctx, tx: &mut Tx, account: AccountId, receipt: &SmsReceipt) -> Result<Option<DeliveryId>, Error> {
    let named = store::sms::named(tx, account, &receipt.name).await?;
    let found = named.or_else(|| receipt.delivery.map(|id| (id, receipt.number.unwrap_or(1))));
    let Some((id, number)) = found else {
        store::sms::keep(tx, account, receipt, ctx.now()).await?;
        return Ok(None);
    };
    let (_, state) = store::deliveries::by_id(tx, id).await?;
    // What is handed over and not answered yet has no parts to move: the receipt waits for the answer.
    if matches!(state, DeliveryState::Leased | DeliveryState::Handed | DeliveryState::Waiting) {
        store::sms::keep(tx, account, receipt, ctx.now()).await?;
        return Ok(Some(id));
    }
    if named.is_none() {
        store::sms::add_part(tx, id, account, number, &receipt.name).await?;
    }
    store::sms::note(tx, id, number, receipt).await?;
    follow(ctx, tx, account, id).await?;
    Ok(Some(id))
}

/// Applies the receipts that came before the delivery was settled.
pub(crate) async fn settle_kept(
    ctx: &Ctx,
    tx: &mut Tx,
    account: AccountId,
    id: DeliveryId,
    names: &[String],
) -> Result<(), Error> {
    for receipt in store::sms::kept(tx, account, id, names).await? {
        Box::pin(apply(ctx, tx, account, &receipt)).await?;
    }
    Ok(())
}

/// Moves a delivery by the states of its parts.
async fn follow(ctx: &Ctx, tx: &mut Tx, account: AccountId, id: DeliveryId) -> Result<(), Error> {
    let (_, state) = store::deliveries::by_id(tx, id).await?;
    let whole = SmsState::of_message(store::sms::states(tx, id).await?);
    if whole.is_final() {
        store::sms::asked(tx, id, None).await?;
    }
    let Some(step) = whole.delivery_step(state) else { return Ok(()) };
    step_to(ctx, tx, id, step).await?;
    if state == DeliveryState::Unknown && !whole.is_final() {
        store::sms::take(tx, id, account, &[], Some(ctx.now())).await?;
    }
    Ok(())
}

/// Moves a delivery by evidence, and its message with it.
pub(super) async fn step_to(ctx: &Ctx, tx: &mut Tx, id: DeliveryId, step: DeliveryStep) -> Result<(), Error> {
    let (message, state) = store::deliveries::by_id(tx, id).await?;
    let next = state.step(step)?;
    store::deliveries::decide(tx, id, state, next, ctx.now()).await?;
    ctx.log(tx, deed(step, message, id)).await?;
    let sent_at = (state == DeliveryState::Unknown && next.is_accepted()).then(|| ctx.now());
    crate::messages::settle(tx, message, sent_at).await
}

fn deed(step: DeliveryStep, message: model::MessageId, id: DeliveryId) -> Deed {
    match step {
        DeliveryStep::Deliver => Deed::DeliveryArrived(message, id),
        DeliveryStep::Return => Deed::DeliveryReturned(message, id),
        DeliveryStep::SendAgain => Deed::DeliveryDecided(message, id, model::Decision::SendAgain),
        _ => Deed::DeliveryDecided(message, id, model::Decision::TakeAsAccepted),
    }
}
