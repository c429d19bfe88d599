//! Use cases about how a list looks: columns and saved views. What a view may be about is the list's own matter.

use model::{
    Change, Columns, Deed, ListColumn, ListSettings, ListViewDraft, Noun, Permission, Refusal, ViewId, Viewed, ViewedList,
};
use serde::Serialize;
use store::Tx;

use crate::{Ctx, Error};

/// What the action log compares of a view: how wide its columns are says nothing.
#[derive(Serialize)]
struct Told<'a, W: Viewed> {
    name: &'a str,
    shared: bool,
    #[serde(flatten)]
    what: &'a W,
    columns: Vec<W::Column>,
}

impl<'a, W: Viewed> Told<'a, W> {
    fn of(draft: &'a ListViewDraft<W, W::Column>) -> Self {
        let columns = draft.columns.shown.iter().map(|it| it.column).collect();
        Self { name: &draft.name, shared: draft.shared, what: &draft.what, columns }
    }
}

/// What the action log tells of a view that is gone.
#[derive(Default, Serialize)]
struct Named {
    name: String,
}

/// One's columns, one's views and those that others share.
///
/// # Errors
/// Refuses who may not see the list.
pub async fn settings<W: Viewed>(ctx: &Ctx) -> Result<ListSettings<W, W::Column>, Error> {
    require_list(ctx, <W::Column as ListColumn>::LIST)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::views::settings(&mut reader, ctx.actor.id).await?)
}

/// Keeps the columns that one sees when no view is open.
///
/// # Errors
/// Refuses who may not see the list.
pub async fn set_columns<C: ListColumn>(ctx: &Ctx, columns: Columns<C>) -> Result<(), Error> {
    require_list(ctx, C::LIST)?;
    let mut tx = ctx.engine.store.write().await?;
    store::views::set_columns(&mut tx, ctx.actor.id, &columns.tidy()).await?;
    tx.commit().await?;
    Ok(())
}

/// Makes a view, or changes one that is one's own. A shared one may also be changed by those who manage lists.
///
/// # Errors
/// Names a missing or taken name; refuses a view of somebody else.
pub async fn save<W: Viewed>(ctx: &Ctx, id: Option<ViewId>, draft: ListViewDraft<W, W::Column>) -> Result<ViewId, Error> {
    require_list(ctx, <W::Column as ListColumn>::LIST)?;
    draft.check()?;
    let draft = ListViewDraft { name: draft.name.trim().to_owned(), columns: draft.columns.tidy(), ..draft };
    let mut tx = ctx.engine.store.write().await?;
    let id = match id {
        Some(id) => {
            require_mine(ctx, &mut tx, <W::Column as ListColumn>::LIST, id).await?;
            let before = store::views::draft::<W>(&mut tx, id).await?;
            store::views::update(&mut tx, id, &draft).await?;
            ctx.log_changed(&mut tx, Deed::ViewSaved(id), (&Told::of(&before), &Told::of(&draft))).await?;
            id
        }
        None => {
            let id = store::views::insert(&mut tx, ctx.actor.id, &draft, ctx.now()).await?;
            ctx.log(&mut tx, Deed::ViewSaved(id)).await?;
            id
        }
    };
    tx.commit().await?;
    ctx.tell(Change::Settings);
    Ok(id)
}

/// Deletes a view that is one's own, or a shared one for those who manage lists.
///
/// # Errors
/// Refuses a view of somebody else.
pub async fn delete(ctx: &Ctx, list: ViewedList, id: ViewId) -> Result<(), Error> {
    require_list(ctx, list)?;
    let mut tx = ctx.engine.store.write().await?;
    require_mine(ctx, &mut tx, list, id).await?;
    let name = store::views::name(&mut tx, id).await?;
    store::views::delete(&mut tx, id).await?;
    ctx.log_changed(&mut tx, Deed::ViewDeleted(id), (&Named { name }, &Named::default())).await?;
    tx.commit().await?;
    ctx.tell(Change::Settings);
    Ok(())
}

/// Lets one's list open with a view, or with none.
///
/// # Errors
/// Refuses a view that one does not see.
pub async fn set_default(ctx: &Ctx, list: ViewedList, id: Option<ViewId>) -> Result<(), Error> {
    require_list(ctx, list)?;
    let mut tx = ctx.engine.store.write().await?;
    store::views::set_default(&mut tx, list, ctx.actor.id, id).await?;
    tx.commit().await?;
    ctx.tell(Change::Settings);
    Ok(())
}

/// Whoever sees a list may say how it looks.
fn require_list(ctx: &Ctx, list: ViewedList) -> Result<(), Refusal> {
    match list {
        ViewedList::Contacts => ctx.require(Permission::ContactsView),
        ViewedList::Messages => crate::history::scope(ctx).map(|_| ()),
    }
}

/// Somebody else's view that is not shared is as if it were not there.
async fn require_mine(ctx: &Ctx, tx: &mut Tx, list: ViewedList, id: ViewId) -> Result<(), Error> {
    match store::views::author(tx, list, id).await? {
        (author, _) if author == ctx.actor.id => Ok(()),
        (_, true) => Ok(ctx.require(Permission::ListsManage)?),
        (_, false) => Err(Refusal::NotFound(Noun::View).into()),
    }
}
