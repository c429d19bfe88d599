//! Letting a prepared message go.

use model::message::UNDO_MS;
use model::time::days;
use model::{Deed, Lane, MessageId, MessageState, MessageStep, Noun, Refusal, Released};
use store::Tx;
use store::deliveries::NewDelivery;

use crate::{Ctx, Error};

/// How long a delivery is worth trying, in milliseconds.
const WORTH: i64 = days(3);

/// Puts one delivery per address into the queue. It is due when the time for undo is over. An address that must not be written to gets a
/// delivery as well, which has ended already and says why.
pub(super) async fn one(ctx: &Ctx, tx: &mut Tx, id: MessageId) -> Result<Released, Error> {
    let (_, state) = store::drafts::author_and_state(tx, id).await?;
    let next = state.step(MessageStep::Release)?;
    let account = account_of(ctx, tx, id).await?;
    let undo_until = ctx.now().plus(UNDO_MS);
    let recipients = store::messages::recipients(tx, id).await?;
    let mut suppressed = 0;
    for recipient in &recipients {
        let delivery = NewDelivery {
            message: id,
            account,
            address: &recipient.address,
            lane: Lane::Single,
            due_at: undo_until,
            expires_at: undo_until.plus(WORTH),
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
    store::messages::set_undo(tx, id, Some(undo_until)).await?;
    let n = recipients.len() as u32;
    ctx.log(tx, Deed::MessageReleased(id, n)).await?;
    // Where nobody may be written to, nothing waits for the worker and the message has ended.
    super::settle(tx, id, None).await?;
    Ok(Released { id, recipients: n, suppressed, undo_until })
}

/// The account of the message; when it was deleted meanwhile, the default one takes over with its sender.
async fn account_of(ctx: &Ctx, tx: &mut Tx, id: MessageId) -> Result<model::AccountId, Error> {
    let stored = store::messages::by_id(&ctx.engine.store, tx, id).await?;
    if let Some((account, _)) = stored.account {
        match store::accounts::by_id(tx, account, ctx.now()).await {
            Ok(account) => return Ok(account.id),
            Err(store::Error::Refused(Refusal::NotFound(Noun::Account))) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let heir = super::prepare::account(ctx, tx, None).await?;
    store::messages::set_account(tx, id, &heir).await?;
    Ok(heir.id)
}
