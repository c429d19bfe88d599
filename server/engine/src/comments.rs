//! Use cases about comments. Whoever sees a thing reads what is said about it; whoever may change it, or write such things, says something.

use model::comment::check_comment;
use model::{Change, Comment, CommentId, CommentOn, Deed, Permission};

use crate::{Ctx, Error};

/// The comments on a thing, newest first.
///
/// # Errors
/// Refuses who may not see the thing.
pub async fn list(ctx: &Ctx, on: CommentOn) -> Result<Vec<Comment>, Error> {
    require_sight(ctx, on).await?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::comments::of(&ctx.engine.store, &mut reader, on).await?)
}

/// Writes a comment.
///
/// # Errors
/// Refuses who may not, an empty or overlong text, and a thing that is not there.
pub async fn write(ctx: &Ctx, on: CommentOn, text: &str) -> Result<CommentId, Error> {
    require_writing(ctx, on).await?;
    let text = check_comment(text)?;
    let mut tx = ctx.engine.store.write().await?;
    let id = store::comments::insert(&ctx.engine.store, &mut tx, on, ctx.actor.id, &text, ctx.now()).await?;
    ctx.log(&mut tx, Deed::CommentWritten(on, id)).await?;
    tx.commit().await?;
    tell(ctx, on);
    Ok(id)
}

/// Changes one's own comment.
///
/// # Errors
/// Refuses a comment of somebody else, and an empty or overlong text.
pub async fn change(ctx: &Ctx, on: CommentOn, id: CommentId, text: &str) -> Result<(), Error> {
    require_writing(ctx, on).await?;
    let text = check_comment(text)?;
    let mut tx = ctx.engine.store.write().await?;
    store::comments::update(&ctx.engine.store, &mut tx, (on, id), ctx.actor.id, &text, ctx.now()).await?;
    ctx.log(&mut tx, Deed::CommentChanged(on, id)).await?;
    tx.commit().await?;
    tell(ctx, on);
    Ok(())
}

/// Deletes one's own comment.
///
/// # Errors
/// Refuses a comment of somebody else.
pub async fn delete(ctx: &Ctx, on: CommentOn, id: CommentId) -> Result<(), Error> {
    require_writing(ctx, on).await?;
    let mut tx = ctx.engine.store.write().await?;
    store::comments::delete(&mut tx, (on, id), ctx.actor.id).await?;
    ctx.log(&mut tx, Deed::CommentDeleted(on, id)).await?;
    tx.commit().await?;
    tell(ctx, on);
    Ok(())
}

async fn require_sight(ctx: &Ctx, on: CommentOn) -> Result<(), Error> {
    match on {
        CommentOn::Contact(_) => Ok(ctx.require(Permission::ContactsView)?),
        CommentOn::Campaign(_) => Ok(crate::campaigns::require_sight(ctx)?),
        CommentOn::Message(id) => crate::history::require_sight(ctx, id).await.map(|_| ()),
    }
}

async fn require_writing(ctx: &Ctx, on: CommentOn) -> Result<(), Error> {
    let right = match on {
        CommentOn::Contact(_) => Permission::ContactsEdit,
        CommentOn::Campaign(_) => Permission::CampaignWrite,
        CommentOn::Message(_) => Permission::MessageWrite,
    };
    ctx.require(right)?;
    require_sight(ctx, on).await
}

fn tell(ctx: &Ctx, on: CommentOn) {
    ctx.tell(match on {
        CommentOn::Contact(_) => Change::Contacts,
        CommentOn::Campaign(_) => Change::Campaigns,
        CommentOn::Message(_) => Change::Messages,
    });
}
