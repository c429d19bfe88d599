//! Use cases about segments.

use model::{
    Change, ContactId, ContactRow, Deed, Explained, Fault, ListQuery, Page, Permission, Refusal, Segment, SegmentDraft,
    SegmentId, SegmentRule,
};
use store::Tx;

use crate::{Ctx, Error};

/// How many contacts a preview shows.
const PREVIEWED: u32 = 12;

/// Lists one page of segments.
///
/// # Errors
/// Refuses who may not see contacts.
pub async fn list(ctx: &Ctx, query: ListQuery) -> Result<Page<Segment>, Error> {
    ctx.require(Permission::ContactsView)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::segments::page(&mut reader, &query).await?)
}

/// Opens a segment.
///
/// # Errors
/// Refuses when there is none.
pub async fn open(ctx: &Ctx, id: SegmentId) -> Result<Segment, Error> {
    ctx.require(Permission::ContactsView)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::segments::by_id(&mut reader, id).await?)
}

/// Makes a segment, or changes the one given if its revision is still the given one.
///
/// # Errors
/// Names wrong fields and places of the rule; refuses a stale revision and a name that another segment has.
pub async fn save(ctx: &Ctx, key: Option<(SegmentId, i64)>, draft: SegmentDraft) -> Result<SegmentId, Error> {
    ctx.require(Permission::ListsManage)?;
    draft.check()?;
    let mut tx = ctx.engine.store.write().await?;
    require_lists(&mut tx, &draft.rule).await?;
    let id = match key {
        Some((id, revision)) => {
            let before = store::segments::by_id(&mut tx, id).await?;
            store::segments::change(&mut tx, id, revision, &draft, ctx.now()).await?;
            let after = store::segments::by_id(&mut tx, id).await?;
            ctx.log_changed(&mut tx, Deed::SegmentChanged(id), (&before, &after)).await?;
            id
        }
        None => {
            let id = store::segments::create(&mut tx, &draft, ctx.actor.id, ctx.now()).await?;
            ctx.log(&mut tx, Deed::SegmentCreated(id)).await?;
            id
        }
    };
    tx.commit().await?;
    ctx.tell(Change::Lists);
    Ok(id)
}

/// Deletes a segment; the contacts stay.
///
/// # Errors
/// Refuses when there is none.
pub async fn delete(ctx: &Ctx, id: SegmentId) -> Result<(), Error> {
    ctx.require(Permission::ListsManage)?;
    let mut tx = ctx.engine.store.write().await?;
    store::segments::delete(&mut tx, id).await?;
    ctx.log(&mut tx, Deed::SegmentDeleted(id)).await?;
    tx.commit().await?;
    ctx.tell(Change::Lists);
    Ok(())
}

/// Counts the contacts that a rule takes in, as it is while it is being built.
///
/// # Errors
/// Names the places of the rule that are wrong.
pub async fn count(ctx: &Ctx, rule: SegmentRule) -> Result<u64, Error> {
    ctx.require(Permission::ContactsView)?;
    rule.check()?;
    let mut reader = ctx.engine.store.read().await?;
    let resolved = store::segments::resolved(&mut reader, &rule, ctx.now()).await?;
    Ok(store::segments::count(&mut reader, &resolved).await?)
}

/// Some of the contacts that a rule takes in, by name.
///
/// # Errors
/// Names the places of the rule that are wrong.
pub async fn preview(ctx: &Ctx, rule: SegmentRule) -> Result<Vec<ContactRow>, Error> {
    ctx.require(Permission::ContactsView)?;
    rule.check()?;
    let mut reader = ctx.engine.store.read().await?;
    let resolved = store::segments::resolved(&mut reader, &rule, ctx.now()).await?;
    Ok(store::segments::some(&mut reader, &resolved, PREVIEWED).await?)
}

/// Says of each place of a rule whether it holds of a contact.
///
/// # Errors
/// Refuses when there is no such contact; names the places of the rule that are wrong.
pub async fn explain(ctx: &Ctx, rule: SegmentRule, contact: ContactId) -> Result<Explained, Error> {
    ctx.require(Permission::ContactsView)?;
    rule.check()?;
    let mut reader = ctx.engine.store.read().await?;
    let facts = store::segments::facts(&mut reader, contact).await?;
    Ok(rule.explain(&facts, ctx.now()))
}

/// Refuses a rule that asks about lists that are gone.
async fn require_lists(tx: &mut Tx, rule: &SegmentRule) -> Result<(), Error> {
    for list in rule.lists() {
        store::recipient_lists::by_id(tx, list).await.map_err(|error| match error.into() {
            Error::Refused(Refusal::NotFound(_)) => Refusal::field("rule", Fault::Gone).into(),
            error => error,
        })?;
    }
    Ok(())
}
