//! Use cases about how the list of contacts looks: columns and saved views.

use model::{Change, ContactColumns, ContactListSettings, Deed, Noun, Permission, Refusal, ViewDraft, ViewId};
use store::Tx;

use crate::{Ctx, Error};

/// One's columns, one's views and those that others share.
///
/// # Errors
/// Refuses who may not see contacts.
pub async fn settings(ctx: &Ctx) -> Result<ContactListSettings, Error> {
    ctx.require(Permission::ContactsView)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::views::settings(&mut reader, ctx.actor.id).await?)
}

/// Keeps the columns that one sees when no view is open.
///
/// # Errors
/// Refuses who may not see contacts.
pub async fn set_columns(ctx: &Ctx, columns: ContactColumns) -> Result<(), Error> {
    ctx.require(Permission::ContactsView)?;
    let mut tx = ctx.engine.store.write().await?;
    store::views::set_columns(&mut tx, ctx.actor.id, &columns.tidy()).await?;
    tx.commit().await?;
    Ok(())
}

/// Makes a view, or changes one that is one's own. A shared one may also be changed by those who manage lists.
///
/// # Errors
/// Names a missing or taken name; refuses a view of somebody else.
pub async fn save(ctx: &Ctx, id: Option<ViewId>, draft: ViewDraft) -> Result<ViewId, Error> {
    ctx.require(Permission::ContactsView)?;
    draft.check()?;
    let draft = ViewDraft { name: draft.name.trim().to_owned(), columns: draft.columns.tidy(), ..draft };
    let mut tx = ctx.engine.store.write().await?;
    let id = match id {
        Some(id) => {
            require_mine(ctx, &mut tx, id).await?;
            store::views::update(&mut tx, id, &draft).await?;
            id
        }
        None => store::views::insert(&mut tx, ctx.actor.id, &draft, ctx.now()).await?,
    };
    ctx.log(&mut tx, Deed::ViewSaved(id)).await?;
    tx.commit().await?;
    ctx.tell(Change::Settings);
    Ok(id)
}

/// Deletes a view that is one's own, or a shared one for those who manage lists.
///
/// # Errors
/// Refuses a view of somebody else.
pub async fn delete(ctx: &Ctx, id: ViewId) -> Result<(), Error> {
    ctx.require(Permission::ContactsView)?;
    let mut tx = ctx.engine.store.write().await?;
    require_mine(ctx, &mut tx, id).await?;
    store::views::delete(&mut tx, id).await?;
    ctx.log(&mut tx, Deed::ViewDeleted(id)).await?;
    tx.commit().await?;
    ctx.tell(Change::Settings);
    Ok(())
}

/// Lets one's list open with a view, or with none.
///
/// # Errors
/// Refuses a view that one does not see.
pub async fn set_default(ctx: &Ctx, id: Option<ViewId>) -> Result<(), Error> {
    ctx.require(Permission::ContactsView)?;
    let mut tx = ctx.engine.store.write().await?;
    store::views::set_default(&mut tx, ctx.actor.id, id).await?;
    tx.commit().await?;
    ctx.tell(Change::Settings);
    Ok(())
}

/// Somebody else's view that is not shared is as if it were not there.
async fn require_mine(ctx: &Ctx, tx: &mut Tx, id: ViewId) -> Result<(), Error> {
    match store::views::author(tx, id).await? {
        (author, _) if author == ctx.actor.id => Ok(()),
        (_, true) => Ok(ctx.require(Permission::ListsManage)?),
        (_, false) => Err(Refusal::NotFound(Noun::View).into()),
    }
}
