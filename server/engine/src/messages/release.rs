//! Letting a prepared message go.

use model::message::UNDO_MS;
use model::{AccountId, Deed, Lane, MessageId, MessageState, MessageStep, Noun, Origin, Refusal, Released};
use store::Tx;
use store::deliveries::NewDelivery;

use crate::{Ctx, Error};

/// Puts one delivery per address into the queue. It is due when the time for undo is over. An address that must not be written to gets a
/// delivery as well, which has ended already and says why.
pub(super) async fn one(ctx: &Ctx, tx: &mut Tx, id: MessageId) -> Result<Released, Error> {
    after(ctx, tx, id, UNDO_MS).await
}

/// The same with another time for undo in milliseconds; without any it is due now.
pub(super) async fn after(ctx: &Ctx, tx: &mut Tx, id: MessageId, undo_ms: i64) -> Result<Released, Error> {
    let (_, state) = store::drafts::author_and_state(tx, id).await?;
    let next = state.step(MessageStep::Release)?;
    super::require_no_campaign(tx, id, state).await?;
    let (account, origin, sender) = account_of(ctx, tx, id).await?;
    // Text messages leave under a name that belongs to their account.
    if !sender.is_empty() {
        crate::senders::require_usable(tx, &sender, "sender").await?;
    }
    let undo_until = ctx.now().plus(undo_ms);
    let worth = store::sending::retry_rules(tx).await?.worth();
    let recipients = store::messages::recipients(tx, id).await?;
    let mut suppressed = 0;
    for recipient in &recipients {
        let delivery = NewDelivery {
            message: id,
            account,
            address: &recipient.address,
            lane: Lane::Single,
            due_at: undo_until,
            expires_at: undo_until.plus(worth),
        };
        match store::suppressions::why(tx, recipient.address.as_str()).await? {
            Some(cause) => {
                let delivery = store::deliveries::put_suppressed(tx, &delivery, cause.id, ctx.now()).await?;
                ctx.log(tx, Deed::DeliverySuppressed(id, delivery)).await?;
                suppressed += 1;
            }
            None => {
                store::deliveries::queue(tx, &delivery).await?;
            }
        }
    }
    store::messages::set_state(tx, id, MessageState::Prepared, next).await?;
    store::messages::set_undo(tx, id, (0 < undo_ms).then_some(undo_until)).await?;
    let n = recipients.len() as u32;
    ctx.log(tx, if origin == Origin::Test { Deed::TestSent(id, n) } else { Deed::MessageReleased(id, n) }).await?;
    // Where nobody may be written to, nothing waits for the worker and the message has ended.
    super::settle(tx, id, None).await?;
    Ok(Released { id, recipients: n, suppressed, undo_until })
}

/// The account of the message and the address it leaves under; when the account was deleted meanwhile, the default one takes over with
/// its sender.
async fn account_of(ctx: &Ctx, tx: &mut Tx, id: MessageId) -> Result<(AccountId, Origin, String), Error> {
    let stored = store::messages::by_id(&ctx.engine.store, tx, id).await?;
    if let Some((account, _)) = stored.account {
        match store::accounts::by_id(tx, account, ctx.now()).await {
            Ok(account) => return Ok((account.id, stored.origin, stored.sender_address)),
            Err(store::Error::Refused(Refusal::NotFound(Noun::Account))) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let heir = super::prepare::account(ctx, tx, None, stored.channel).await?;
    store::messages::set_account(tx, id, &heir).await?;
    Ok((heir.id, stored.origin, heir.sender_address))
}
