//! Use cases about everything that is known of one person: handing it out, and erasing it.

mod export;
mod traces;

use model::{Change, ContactId, Deed, MessageState, MessageStep, Permission, PersonHoldings, Refusal};
use store::Tx;
use store::erasure::Correspondence;

pub use export::{Export, export};

use crate::{Ctx, Error};

/// What there is about a contact besides its own fields.
///
/// # Errors
/// Refuses who may not see contacts, and a contact that is not there.
pub async fn holdings(ctx: &Ctx, id: ContactId) -> Result<PersonHoldings, Error> {
    ctx.require(Permission::ContactsView)?;
    let mut reader = ctx.engine.store.read().await?;
    store::contacts::by_id(&mut reader, id).await?;
    let messages = store::erasure::correspondence(&mut reader, id).await?;
    Ok(PersonHoldings {
        messages: messages.alone.len() as u64,
        shared: messages.shared.len() as u64,
        drafts: messages.drafts.len() as u64,
        kin: store::contacts::kin(&mut reader, id).await?.count,
    })
}

/// Erases a person for ever: destroys their key, so that messages to nobody else cannot be read any more, takes them off other messages,
/// deletes drafts to them and the contact itself, and empties the rows of reports of imports about them. Counts, deliveries and the action log stay.
///
/// # Errors
/// Refuses while a delivery to the person is on its way, while a message to them is kept as proof, and a contact that is not there.
pub async fn erase(ctx: &Ctx, id: ContactId) -> Result<(), Error> {
    ctx.require(Permission::ContactsErase)?;
    let mut reader = ctx.engine.store.read().await?;
    let traces = traces::Traces::of(&store::contacts::by_id(&mut reader, id).await?);
    drop(reader);
    let pieces = traces.find(ctx).await?;
    let mut tx = ctx.engine.store.write().await?;
    store::erasure::tie(&mut tx, id).await?;
    let messages = store::erasure::correspondence(&mut tx, id).await?;
    if store::erasure::holds_proof(&mut tx, &messages).await? {
        return Err(Refusal::KeptAsProof.into());
    }
    store::destroy::begin(&mut tx).await?;
    traces.wipe(ctx, &mut tx, &pieces).await?;
    store::erasure::erase(&mut tx, id, &messages, ctx.now()).await?;
    end_messages(&mut tx, &messages).await?;
    let all = messages.alone.iter().chain(&messages.shared).chain(&messages.drafts);
    for message in all {
        store::search_jobs::add(&mut tx, *message).await?;
    }
    ctx.log(&mut tx, Deed::PersonErased(id, u32::try_from(messages.alone.len()).unwrap_or(u32::MAX))).await?;
    tx.commit().await?;
    ctx.engine.tidying.ask();
    ctx.engine.index_bell.notify_one();
    ctx.tell(Change::Contacts);
    ctx.tell(Change::Messages);
    Ok(())
}

/// Ends the messages that had something left to do for the person.
async fn end_messages(tx: &mut Tx, messages: &Correspondence) -> Result<(), Error> {
    for id in messages.alone.iter().chain(&messages.shared) {
        let (_, state) = store::drafts::author_and_state(tx, *id).await?;
        match state {
            // Nobody is left to get it.
            MessageState::Prepared if messages.alone.contains(id) => {
                store::messages::set_state(tx, *id, state, state.step(MessageStep::Cancel)?).await?;
            }
            MessageState::Queued => crate::messages::settle(tx, *id, None).await?,
            _ => {}
        }
    }
    Ok(())
}
