//! Use cases that write and send messages.

mod again;
pub mod export;
mod prepare;
mod ready;
mod release;
mod sms;
mod words;

use model::{
    Change, Decision, Deed, DeliveryId, DeliveryState, DeliveryStep, DraftKey, MessageDraft, MessageId, MessageState,
    MessageStep, Noun, Permission, Refusal, Released, StoredDraft,
};
use store::Tx;

pub use again::{copy, look, resend, resend_to_unreached};
pub use words::values;

pub(crate) use ready::{Ready, send as send_ready, send_text};

use crate::history::require_sight;
use crate::{Ctx, Error};

/// Keeps what is typed, complete or not; makes a draft when none is given.
///
/// # Errors
/// Refuses a stale revision and files that are gone.
pub async fn save_draft(ctx: &Ctx, key: Option<DraftKey>, draft: MessageDraft) -> Result<DraftKey, Error> {
    ctx.require(Permission::MessageWrite)?;
    let mut tx = ctx.engine.store.write().await?;
    let key = prepare::keep(ctx, &mut tx, key, &draft).await?;
    tx.commit().await?;
    Ok(key)
}

/// Opens one's draft for writing on; one's prepared message becomes a draft again.
///
/// # Errors
/// Refuses what is not there, is not theirs, or has left already.
pub async fn open_draft(ctx: &Ctx, id: MessageId) -> Result<StoredDraft, Error> {
    ctx.require(Permission::MessageWrite)?;
    let mut tx = ctx.engine.store.write().await?;
    let (author, state) = store::drafts::author_and_state(&mut tx, id).await?;
    if author != ctx.actor.id {
        return Err(Refusal::NotFound(Noun::Message).into());
    }
    if state != MessageState::Draft {
        require_no_campaign(&mut tx, id, state).await?;
        store::messages::set_state(&mut tx, id, state, state.step(MessageStep::Reopen)?).await?;
        store::search_jobs::add(&mut tx, id).await?;
        ctx.log(&mut tx, Deed::MessageReopened(id)).await?;
    }
    let mut draft = store::drafts::open(&ctx.engine.store, &mut tx, id, author).await?;
    draft.sender = prepare::template_sender(ctx, &mut tx, &draft.draft).await?;
    tx.commit().await?;
    changed(ctx);
    Ok(draft)
}

/// Deletes one's draft.
///
/// # Errors
/// Refuses what is not there or not theirs.
pub async fn delete_draft(ctx: &Ctx, id: MessageId) -> Result<(), Error> {
    ctx.require(Permission::MessageWrite)?;
    let mut tx = ctx.engine.store.write().await?;
    store::drafts::delete(&mut tx, id, ctx.actor.id).await?;
    ctx.log(&mut tx, Deed::DraftDeleted(id)).await?;
    tx.commit().await?;
    changed(ctx);
    Ok(())
}

/// Completes a message and lets it wait for release.
///
/// # Errors
/// Names every wrong field.
pub async fn prepare(ctx: &Ctx, key: Option<DraftKey>, draft: MessageDraft) -> Result<MessageId, Error> {
    ctx.require(Permission::MessageWrite)?;
    let mut tx = ctx.engine.store.write().await?;
    let id = prepare::complete(ctx, &mut tx, key, &draft).await?;
    ctx.log(&mut tx, Deed::MessagePrepared(id)).await?;
    tx.commit().await?;
    changed(ctx);
    Ok(id)
}

/// Completes a message and puts it into the queue; it leaves when the time for undo is over.
///
/// # Errors
/// Names every wrong field.
pub async fn send(ctx: &Ctx, key: Option<DraftKey>, draft: MessageDraft) -> Result<Released, Error> {
    ctx.require(Permission::MessageSend)?;
    ctx.require(Permission::MessageWrite)?;
    let mut tx = ctx.engine.store.write().await?;
    let id = prepare::complete(ctx, &mut tx, key, &draft).await?;
    let released = release::one(ctx, &mut tx, id).await?;
    tx.commit().await?;
    changed(ctx);
    Ok(released)
}

/// Completes a message and puts it into the queue without time for undo, within a greater use case that asks for the rights.
pub(crate) async fn send_now(ctx: &Ctx, tx: &mut Tx, draft: &MessageDraft) -> Result<Released, Error> {
    let id = prepare::complete(ctx, tx, None, draft).await?;
    release::after(ctx, tx, id, 0).await
}

/// Lets prepared messages go, all or none.
///
/// # Errors
/// Refuses when one of them is not prepared any more or may not be seen.
pub async fn release(ctx: &Ctx, ids: Vec<MessageId>) -> Result<Vec<Released>, Error> {
    ctx.require(Permission::MessageSend)?;
    see_all(ctx, &ids).await?;
    let mut tx = ctx.engine.store.write().await?;
    let mut released = Vec::with_capacity(ids.len());
    for id in ids {
        released.push(release::one(ctx, &mut tx, id).await?);
    }
    tx.commit().await?;
    changed(ctx);
    Ok(released)
}

/// Lists one's own messages whose sending can still be undone.
///
/// # Errors
/// Refuses who may not send.
pub async fn undoable(ctx: &Ctx) -> Result<Vec<Released>, Error> {
    ctx.require(Permission::MessageSend)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::messages::undoable(&mut reader, ctx.actor.id, ctx.now()).await?)
}

/// Takes a message back into one's drafts before it leaves.
///
/// # Errors
/// Refuses when the time is over or a worker has it already.
pub async fn undo(ctx: &Ctx, id: MessageId) -> Result<(), Error> {
    ctx.require(Permission::MessageSend)?;
    let mut tx = ctx.engine.store.write().await?;
    let undoable = store::messages::undoable(&mut tx, ctx.actor.id, ctx.now()).await?;
    if !undoable.iter().any(|it| it.id == id) {
        return Err(Refusal::UndoTooLate.into());
    }
    store::deliveries::take_back(&mut tx, id).await.map_err(|error| match Error::from(error) {
        Error::Refused(Refusal::Stale(_)) => Refusal::UndoTooLate.into(),
        error => error,
    })?;
    let next = MessageState::Queued.step(MessageStep::Undo)?;
    store::messages::set_state(&mut tx, id, MessageState::Queued, next).await?;
    store::messages::set_undo(&mut tx, id, None).await?;
    store::search_jobs::add(&mut tx, id).await?;
    ctx.log(&mut tx, Deed::MessageUndone(id)).await?;
    tx.commit().await?;
    changed(ctx);
    Ok(())
}

/// Stops what still waits of these messages and tells how many deliveries that were.
///
/// # Errors
/// Refuses messages that may not be seen or of which nothing waits.
pub async fn cancel(ctx: &Ctx, ids: Vec<MessageId>) -> Result<u64, Error> {
    ctx.require(Permission::MessageCancel)?;
    see_all(ctx, &ids).await?;
    let mut tx = ctx.engine.store.write().await?;
    let mut stopped = 0;
    for id in ids {
        let (_, state) = store::drafts::author_and_state(&mut tx, id).await?;
        let next = state.step(MessageStep::Cancel)?;
        require_no_campaign(&mut tx, id, state).await?;
        let n = if state == MessageState::Prepared {
            store::messages::set_state(&mut tx, id, state, next).await?;
            store::messages::recipients(&mut tx, id).await?.len() as u32
        } else {
            let n = store::deliveries::cancel(&mut tx, id, ctx.now()).await?;
            settle(&mut tx, id, None).await?;
            n
        };
        ctx.log(&mut tx, Deed::MessageCancelled(id, n)).await?;
        stopped += u64::from(n);
    }
    tx.commit().await?;
    changed(ctx);
    Ok(stopped)
}

/// Decides about a delivery whose end is unknown. Sent again, it keeps its Message-ID, so that the recipient's program can tell a double.
///
/// # Errors
/// Refuses a delivery that is not unknown any more.
pub async fn decide(ctx: &Ctx, id: DeliveryId, decision: Decision) -> Result<(), Error> {
    ctx.require(Permission::OutboxManage)?;
    let mut tx = ctx.engine.store.write().await?;
    decide_one(ctx, &mut tx, id, decision).await?;
    tx.commit().await?;
    changed(ctx);
    Ok(())
}

/// The decision about one delivery, within the transaction of a use case that asked for the right.
pub(crate) async fn decide_one(ctx: &Ctx, tx: &mut Tx, id: DeliveryId, decision: Decision) -> Result<(), Error> {
    let (message, state) = store::deliveries::by_id(tx, id).await?;
    let next = state.step(match decision {
        Decision::SendAgain => DeliveryStep::SendAgain,
        Decision::TakeAsAccepted => DeliveryStep::TakeAsAccepted,
    })?;
    store::deliveries::decide(tx, id, state, next, ctx.now()).await?;
    ctx.log(tx, Deed::DeliveryDecided(message, id, decision)).await?;
    settle(tx, message, (next == DeliveryState::Accepted).then(|| ctx.now())).await
}

/// Moves the message on when all its deliveries have ended; one that had settled before may end otherwise. `sent_at` is when one was accepted just now.
pub(crate) async fn settle(tx: &mut Tx, id: MessageId, sent_at: Option<model::Moment>) -> Result<(), Error> {
    if let Some(at) = sent_at {
        store::copies::queue(tx, &[id], at).await?;
        store::messages::set_sent(tx, id, at).await?;
    }
    let (_, state) = store::drafts::author_and_state(tx, id).await?;
    let states = store::messages::delivery_states(tx, id).await?;
    let settles = matches!(state, MessageState::Queued | MessageState::Sent | MessageState::PartlySent | MessageState::Failed);
    if let Some(end) = model::MessageEnd::of(&states).filter(|_| settles) {
        let next = state.step(MessageStep::Settle(end))?;
        if next != state {
            store::messages::set_state(tx, id, state, next).await?;
        }
    }
    Ok(())
}

/// What a campaign prepared is released, changed and stopped with the campaign alone, so that nothing goes past its review.
async fn require_no_campaign(tx: &mut Tx, id: MessageId, state: MessageState) -> Result<(), Error> {
    if state == MessageState::Prepared && store::campaigns::of_message(tx, id).await?.is_some() {
        return Err(Refusal::IllegalStep(Noun::Campaign).into());
    }
    Ok(())
}

async fn see_all(ctx: &Ctx, ids: &[MessageId]) -> Result<(), Error> {
    for id in ids {
        require_sight(ctx, *id).await?;
    }
    Ok(())
}

pub(crate) fn changed(ctx: &Ctx) {
    ctx.engine.bell.ring();
    ctx.engine.index_bell.notify_one();
    ctx.tell(Change::Messages);
}
