//! Use cases about contacts.

use model::{
    Change, Contact, ContactDraft, ContactFilter, ContactId, ContactQuery, ContactRow, Deed, HomeCountry, Page, Permission,
    RecipientOffer,
};

use crate::{Ctx, Error};

/// Lists one page of contacts.
///
/// # Errors
/// Refuses who may not see contacts.
pub async fn list(ctx: &Ctx, query: ContactQuery) -> Result<Page<ContactRow>, Error> {
    ctx.require(Permission::ContactsView)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::contacts::page(&mut reader, &query).await?)
}

/// Counts the contacts that a filter lets through.
///
/// # Errors
/// Refuses who may not see contacts.
pub async fn count(ctx: &Ctx, filter: ContactFilter) -> Result<u64, Error> {
    ctx.require(Permission::ContactsView)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::contacts::count(&mut reader, &filter).await?)
}

/// Opens a contact.
///
/// # Errors
/// Refuses when there is none.
pub async fn open(ctx: &Ctx, id: ContactId) -> Result<Contact, Error> {
    ctx.require(Permission::ContactsView)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::contacts::by_id(&mut reader, id).await?)
}

/// Makes a contact, or changes the one given if its revision is still the given one.
///
/// # Errors
/// Names wrong fields; refuses a stale revision.
pub async fn save(ctx: &Ctx, key: Option<(ContactId, i64)>, draft: ContactDraft) -> Result<ContactId, Error> {
    ctx.require(Permission::ContactsEdit)?;
    let mut tx = ctx.engine.store.write().await?;
    let home = store::company::get(&mut tx).await?.map_or(HomeCountry::default(), |it| it.country);
    let own = store::fields::all(&mut tx).await?;
    let addresses = draft.check(home, &own)?;
    let id = match key {
        Some((id, revision)) => {
            store::contacts::change(&mut tx, id, revision, &draft, &addresses, ctx.now()).await?;
            ctx.log(&mut tx, Deed::ContactChanged(id)).await?;
            id
        }
        None => {
            let id = store::contacts::create(&mut tx, &draft, &addresses, ctx.now()).await?;
            ctx.log(&mut tx, Deed::ContactCreated(id)).await?;
            id
        }
    };
    tx.commit().await?;
    ctx.tell(Change::Contacts);
    Ok(id)
}

/// Deletes a contact; messages to it stay in the history.
///
/// # Errors
/// Refuses when there is none.
pub async fn delete(ctx: &Ctx, id: ContactId) -> Result<(), Error> {
    ctx.require(Permission::ContactsDelete)?;
    let mut tx = ctx.engine.store.write().await?;
    store::contacts::delete(&mut tx, id).await?;
    ctx.log(&mut tx, Deed::ContactDeleted(id)).await?;
    tx.commit().await?;
    ctx.tell(Change::Contacts);
    Ok(())
}

/// Offers up to ten addresses for what is typed into a recipient field.
///
/// # Errors
/// Refuses who may not see contacts.
pub async fn offer(ctx: &Ctx, words: String) -> Result<Vec<RecipientOffer>, Error> {
    ctx.require(Permission::ContactsView)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::contacts::offer(&mut reader, &words).await?)
}
