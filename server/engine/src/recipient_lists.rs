//! Use cases about recipient lists.

use model::{
    AddedHow, BULK_ROWS, BulkStep, Change, Chosen, ContactId, Deed, ListDraft, ListQuery, Membership, Page, Permission,
    RecipientList, RecipientListId, Takeover,
};
use store::Tx;
use store::chosen::Step;

use crate::{Ctx, Error};

/// Lists one page of lists.
///
/// # Errors
/// Refuses who may not see contacts.
pub async fn list(ctx: &Ctx, query: ListQuery) -> Result<Page<RecipientList>, Error> {
    ctx.require(Permission::ContactsView)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::recipient_lists::page(&mut reader, &query).await?)
}

/// The names of lists; those that are gone are left out, as are those beyond a thousand.
///
/// # Errors
/// Refuses who may not see contacts.
pub async fn names(ctx: &Ctx, mut ids: Vec<RecipientListId>) -> Result<Vec<(RecipientListId, String)>, Error> {
    ctx.require(Permission::ContactsView)?;
    ids.truncate(1_000);
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::recipient_lists::names(&mut reader, &ids).await?)
}

/// Opens a list.
///
/// # Errors
/// Refuses when there is none.
pub async fn open(ctx: &Ctx, id: RecipientListId) -> Result<RecipientList, Error> {
    ctx.require(Permission::ContactsView)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::recipient_lists::by_id(&mut reader, id).await?)
}

/// The lists that a contact is in.
///
/// # Errors
/// Refuses who may not see contacts.
pub async fn of_contact(ctx: &Ctx, contact: ContactId) -> Result<Vec<Membership>, Error> {
    ctx.require(Permission::ContactsView)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::recipient_lists::members::of_contact(&mut reader, contact).await?)
}

/// Makes a list, or changes name and description of the one given if its revision is still the given one.
///
/// # Errors
/// Names wrong fields; refuses a stale revision and a name that another list has.
pub async fn save(ctx: &Ctx, key: Option<(RecipientListId, i64)>, draft: ListDraft) -> Result<RecipientListId, Error> {
    ctx.require(Permission::ListsManage)?;
    draft.check()?;
    let mut tx = ctx.engine.store.write().await?;
    let id = match key {
        Some((id, revision)) => {
            let before = store::recipient_lists::by_id(&mut tx, id).await?;
            store::recipient_lists::change(&mut tx, id, revision, &draft, ctx.now()).await?;
            let after = store::recipient_lists::by_id(&mut tx, id).await?;
            ctx.log_changed(&mut tx, Deed::ListChanged(id), (&before, &after)).await?;
            id
        }
        None => {
            let id = store::recipient_lists::create(&mut tx, &draft, ctx.actor.id, ctx.now()).await?;
            ctx.log(&mut tx, Deed::ListCreated(id)).await?;
            id
        }
    };
    tx.commit().await?;
    ctx.tell(Change::Lists);
    Ok(id)
}

/// Deletes a list; its contacts stay.
///
/// # Errors
/// Refuses when there is none, or when a segment asks about it.
pub async fn delete(ctx: &Ctx, id: RecipientListId) -> Result<(), Error> {
    ctx.require(Permission::ListsManage)?;
    let mut tx = ctx.engine.store.write().await?;
    store::recipient_lists::delete(&mut tx, id).await?;
    ctx.log(&mut tx, Deed::ListDeleted(id)).await?;
    tx.commit().await?;
    ctx.tell(Change::Lists);
    Ok(())
}

/// Puts the next of the chosen contacts into a list, up to a thousand in one call.
///
/// # Errors
/// Refuses when there is no such list.
pub async fn add(ctx: &Ctx, id: RecipientListId, chosen: Chosen, after: Option<ContactId>) -> Result<BulkStep, Error> {
    ctx.require(Permission::ListsManage)?;
    let how = match chosen {
        Chosen::Ticked(_) => AddedHow::Hand,
        Chosen::Matching { .. } => AddedHow::Search,
    };
    let mut tx = ctx.engine.store.write().await?;
    store::recipient_lists::by_id(&mut tx, id).await?;
    let step = next(ctx, &mut tx, chosen, after).await?;
    let done = put(ctx, &mut tx, id, &step.ids, how).await?;
    tx.commit().await?;
    ctx.tell(Change::Lists);
    Ok(came(done, &step))
}

/// Takes the next of the chosen contacts out of a list, up to a thousand in one call.
///
/// # Errors
/// Refuses when there is no such list.
pub async fn remove(ctx: &Ctx, id: RecipientListId, chosen: Chosen, after: Option<ContactId>) -> Result<BulkStep, Error> {
    ctx.require(Permission::ListsManage)?;
    let mut tx = ctx.engine.store.write().await?;
    store::recipient_lists::by_id(&mut tx, id).await?;
    let step = next(ctx, &mut tx, chosen, after).await?;
    let done = store::recipient_lists::members::remove(&mut tx, id, &step.ids, ctx.now()).await?;
    if 0 < done {
        ctx.log(&mut tx, Deed::ListShrank(id, small(done))).await?;
    }
    tx.commit().await?;
    ctx.tell(Change::Lists);
    Ok(came(done, &step))
}

/// Puts the next contacts of some kinds into a list, with their branches and contact persons if wanted, up to a thousand in one call.
///
/// # Errors
/// Refuses when there is no such list.
pub async fn take_over(ctx: &Ctx, id: RecipientListId, takeover: Takeover, after: Option<ContactId>) -> Result<BulkStep, Error> {
    ctx.require(Permission::ListsManage)?;
    let mut tx = ctx.engine.store.write().await?;
    store::recipient_lists::by_id(&mut tx, id).await?;
    let ids = store::recipient_lists::members::taken_over(&mut tx, &takeover, after, BULK_ROWS as u32).await?;
    let next = ids.last().copied().filter(|_| ids.len() == BULK_ROWS);
    let done = put(ctx, &mut tx, id, &ids, AddedHow::Takeover).await?;
    tx.commit().await?;
    ctx.tell(Change::Lists);
    Ok(came(done, &Step { ids, gone: 0, next }))
}

/// Puts contacts into a list within a transaction of a larger use case and tells how many were not in it yet.
pub(crate) async fn put(
    ctx: &Ctx,
    tx: &mut Tx,
    id: RecipientListId,
    contacts: &[ContactId],
    how: AddedHow,
) -> Result<u64, Error> {
    let added = store::recipient_lists::members::add(tx, id, contacts, how, ctx.actor.id, ctx.now()).await?;
    if 0 < added {
        ctx.log(tx, Deed::ListGrew(id, small(added))).await?;
    }
    Ok(added)
}

/// The next of the chosen contacts.
async fn next(ctx: &Ctx, tx: &mut Tx, mut chosen: Chosen, after: Option<ContactId>) -> Result<Step, Error> {
    if let Chosen::Matching { filter, .. } = &mut chosen {
        store::segments::filter(tx, filter, ctx.now()).await?;
    }
    Ok(store::chosen::step(tx, &chosen, after).await?)
}

/// What came of a step in which so many members changed.
fn came(done: u64, step: &Step) -> BulkStep {
    let done = small(done);
    BulkStep { done, left: step.gone + (step.ids.len() as u32).saturating_sub(done), next: step.next }
}

fn small(n: u64) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
