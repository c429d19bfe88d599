//! Use cases about contacts.

use model::{
    Alteration, AuditId, Change, Contact, ContactCount, ContactDraft, ContactFilter, ContactId, ContactLine, ContactQuery, Deed,
    Fault, HomeCountry, Kin, Nature, Noun, Page, Permission, Refusal, Tag, UserId,
};
use store::Tx;

use crate::{Ctx, Error};

/// How many changed entries the history of a contact tells in full.
const ALTERATIONS: i64 = 300;

/// Lists one page of contacts.
///
/// # Errors
/// Refuses who may not see contacts.
pub async fn list(ctx: &Ctx, mut query: ContactQuery) -> Result<Page<ContactLine>, Error> {
    ctx.require(Permission::ContactsView)?;
    let mut reader = ctx.engine.store.read().await?;
    store::segments::filter(&mut reader, &mut query.filter, ctx.now()).await?;
    Ok(store::contacts::page(&mut reader, &query).await?)
}

/// Counts the contacts that a filter lets through, as far as that is quick.
///
/// # Errors
/// Refuses who may not see contacts.
pub async fn count(ctx: &Ctx, mut filter: ContactFilter) -> Result<ContactCount, Error> {
    ctx.require(Permission::ContactsView)?;
    let mut reader = ctx.engine.store.read().await?;
    store::segments::filter(&mut reader, &mut filter, ctx.now()).await?;
    Ok(store::contacts::count(&mut reader, &filter).await?)
}

/// Counts exactly the contacts that a filter lets through.
///
/// # Errors
/// Refuses who may not see contacts.
pub async fn count_exactly(ctx: &Ctx, mut filter: ContactFilter) -> Result<ContactCount, Error> {
    ctx.require(Permission::ContactsView)?;
    let mut reader = ctx.engine.store.read().await?;
    store::segments::filter(&mut reader, &mut filter, ctx.now()).await?;
    Ok(store::contacts::count_exactly(&mut reader, &filter).await?)
}

/// Opens a contact; one that went into another one leads there.
///
/// # Errors
/// Refuses when there is none.
pub async fn open(ctx: &Ctx, id: ContactId) -> Result<Contact, Error> {
    ctx.require(Permission::ContactsView)?;
    let mut reader = ctx.engine.store.read().await?;
    let id = store::duplicates::survivor(&mut reader, id).await?.unwrap_or(id);
    Ok(store::contacts::by_id(&mut reader, id).await?)
}

/// Makes a contact, or changes the one given if its revision is still the given one.
///
/// # Errors
/// Names wrong fields; refuses a stale revision.
pub async fn save(ctx: &Ctx, key: Option<(ContactId, i64)>, mut draft: ContactDraft) -> Result<ContactId, Error> {
    ctx.require(Permission::ContactsEdit)?;
    let mut tx = ctx.engine.store.write().await?;
    let home = store::company::get(&mut tx).await?.map_or(HomeCountry::default(), |it| it.country);
    let own = store::fields::all(&mut tx).await?;
    let addresses = draft.check(home, &own)?;
    check_links(&mut tx, key.map(|it| it.0), &mut draft).await?;
    let id = match key {
        Some((id, revision)) => {
            let before = store::contacts::by_id(&mut tx, id).await?.fields;
            store::contacts::change(&mut tx, id, revision, &draft, &addresses, ctx.now()).await?;
            let after = store::contacts::by_id(&mut tx, id).await?.fields;
            let entry = ctx.log(&mut tx, Deed::ContactChanged(id)).await?;
            let changes = after.alterations(&before, &own);
            if !changes.is_empty() {
                store::alterations::put(&ctx.engine.store, &mut tx, entry, id, &changes).await?;
            }
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

/// Checks what the contact belongs to and who looks after it. A person of a company works there, unless something else is typed.
pub(crate) async fn check_links(tx: &mut Tx, id: Option<ContactId>, draft: &mut ContactDraft) -> Result<(), Error> {
    if let Some(owner) = draft.owner
        && !store::users::exists(tx, owner).await?
    {
        return Err(Refusal::field("owner", Fault::Gone).into());
    }
    if let Some(id) = id
        && draft.nature == Nature::Person
        && 0 < store::contacts::levels_below(tx, id).await?
    {
        return Err(Refusal::field("nature", Fault::NoCompany).into());
    }
    let Some(parent) = draft.parent else { return Ok(()) };
    let ancestors = store::contacts::ancestors(tx, parent.contact).await?;
    if ancestors.is_empty() {
        return Err(Refusal::field("parent", Fault::Gone).into());
    }
    let below = match id {
        Some(id) => store::contacts::levels_below(tx, id).await?,
        None => 0,
    };
    if let Some(fault) = model::contact::kin_fault(id, &ancestors, below) {
        return Err(Refusal::field("parent", fault).into());
    }
    if draft.nature == Nature::Person && draft.company_name.trim().is_empty() {
        draft.company_name = store::contacts::by_id(tx, parent.contact).await?.fields.display_name();
    }
    Ok(())
}

/// What belongs to a contact, and what it belongs to.
///
/// # Errors
/// Refuses who may not see contacts.
pub async fn kin(ctx: &Ctx, id: ContactId) -> Result<Kin, Error> {
    ctx.require(Permission::ContactsView)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::contacts::kin(&mut reader, id).await?)
}

/// The tags in which the words begin something, the most used first.
///
/// # Errors
/// Refuses who may not see contacts.
pub async fn tags(ctx: &Ctx, words: String) -> Result<Vec<Tag>, Error> {
    ctx.require(Permission::ContactsView)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::contacts::tags(&mut reader, &words).await?)
}

/// Users who can look after contacts: id and name, by name.
///
/// # Errors
/// Refuses who may not see contacts.
pub async fn owners(ctx: &Ctx) -> Result<Vec<(UserId, String)>, Error> {
    ctx.require(Permission::ContactsView)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::users::names(&mut reader).await?)
}

/// What the newest entries of the action log changed in a contact: which entry, and each field before and after.
///
/// # Errors
/// Refuses who may not see contacts.
pub async fn alterations(ctx: &Ctx, id: ContactId) -> Result<Vec<(AuditId, Vec<Alteration>)>, Error> {
    ctx.require(Permission::ContactsView)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::alterations::of_contact(&ctx.engine.store, &mut reader, id, ALTERATIONS).await?)
}

/// Keeps a password for attachments, or forgets it. What it is stands nowhere but in the vault.
///
/// # Errors
/// Refuses a password shorter than 8 characters or longer than 100, and a contact that is not there.
pub async fn set_password(ctx: &Ctx, id: ContactId, password: Option<String>) -> Result<(), Error> {
    ctx.require(Permission::ContactsEdit)?;
    if let Some(password) = &password {
        model::contact::check_password(password)?;
    }
    let mut tx = ctx.engine.store.write().await?;
    store::contacts::set_password(&ctx.engine.store, &mut tx, id, password.as_deref()).await?;
    let deed = if password.is_some() { Deed::ContactPasswordSet(id) } else { Deed::ContactPasswordRemoved(id) };
    ctx.log(&mut tx, deed).await?;
    tx.commit().await?;
    ctx.tell(Change::Contacts);
    Ok(())
}

/// Shows the password for attachments, which leaves an entry in the action log.
///
/// # Errors
/// Refuses who lacks the right, and when none is kept.
pub async fn show_password(ctx: &Ctx, id: ContactId) -> Result<String, Error> {
    ctx.require(Permission::PasswordsShow)?;
    let mut tx = ctx.engine.store.write().await?;
    let password = store::contacts::open_password(&ctx.engine.store, &mut tx, id).await?;
    let password = password.ok_or(Refusal::NotFound(Noun::Contact))?;
    ctx.log(&mut tx, Deed::ContactPasswordShown(id)).await?;
    tx.commit().await?;
    ctx.tell(Change::Contacts);
    Ok(password)
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
