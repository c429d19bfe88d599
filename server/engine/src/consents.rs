//! Use cases about consents to be written to.

use model::{Change, ConsentDraft, ConsentEntry, ContactId, Deed, Permission};

use crate::{Ctx, Error};

/// Notes what was said about writing to a contact.
///
/// # Errors
/// Refuses a consent without proof, a day in the future, and a contact that is not there.
pub async fn note(ctx: &Ctx, contact: ContactId, draft: ConsentDraft) -> Result<(), Error> {
    ctx.require(Permission::ContactsEdit)?;
    draft.check(ctx.now())?;
    let mut tx = ctx.engine.store.write().await?;
    store::consents::add(&mut tx, contact, &draft, ctx.actor.id, ctx.now()).await?;
    ctx.log(&mut tx, Deed::ConsentNoted(contact, draft.channel, draft.state)).await?;
    tx.commit().await?;
    ctx.tell(Change::Contacts);
    Ok(())
}

/// The whole log of a contact with its proofs, the newest note first.
///
/// # Errors
/// Refuses who may not see contacts.
pub async fn log(ctx: &Ctx, contact: ContactId) -> Result<Vec<ConsentEntry>, Error> {
    ctx.require(Permission::ContactsView)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::consents::log(&mut reader, contact).await?)
}
