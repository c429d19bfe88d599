//! What a template said before, and how it was delivered.

use model::{
    AuditEntry, AuditQuery, Change, Deed, Noun, Permission, Refusal, Subject, TemplateDraft, TemplateId, TemplateVersion,
    VersionHow,
};

use super::{TemplateKey, delivered, require_sound, write};
use crate::{Ctx, Error};

/// The versions of a template, newest first.
///
/// # Errors
/// Refuses who may not manage templates.
pub async fn versions(ctx: &Ctx, id: TemplateId) -> Result<Vec<TemplateVersion>, Error> {
    ctx.require(Permission::TemplatesManage)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::templates::versions(&mut reader, id).await?)
}

/// What was done to a template, newest first: the latest entries of the action log about it.
///
/// # Errors
/// Refuses who may not manage templates.
pub async fn history(ctx: &Ctx, id: TemplateId) -> Result<Vec<AuditEntry>, Error> {
    ctx.require(Permission::TemplatesManage)?;
    let mut reader = ctx.engine.store.read().await?;
    let query = AuditQuery { subject: Some(Subject::Template(id)), ..AuditQuery::default() };
    let mut entries = store::audit::page(&mut reader, &query).await?.rows;
    crate::audit::add_changes(ctx, &mut reader, &mut entries).await?;
    Ok(entries)
}

/// A version as it was saved.
///
/// # Errors
/// Refuses when there is none.
pub async fn version(ctx: &Ctx, id: TemplateId, version: u32) -> Result<TemplateDraft, Error> {
    ctx.require(Permission::TemplatesManage)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::templates::version(&ctx.engine.store, &mut reader, id, version).await?)
}

/// Takes an earlier version up again, as a new one. Whether it is offered stays as it is.
///
/// # Errors
/// Refuses a stale revision, a version that there is not, and one whose fields are gone.
pub async fn restore(ctx: &Ctx, key: TemplateKey, version: u32) -> Result<TemplateKey, Error> {
    ctx.require(Permission::TemplatesManage)?;
    let store = &ctx.engine.store;
    let mut tx = store.write().await?;
    let now = store::templates::by_id(store, &mut tx, key.0).await?;
    let earlier = store::templates::version(store, &mut tx, key.0, version).await?;
    let draft = TemplateDraft { is_active: now.draft.is_active, ..earlier };
    require_sound(&mut tx, &draft).await?;
    write(ctx, &mut tx, key, &draft, VersionHow::Restored(version)).await?;
    ctx.log_changed(&mut tx, Deed::TemplateRestored(key.0, version), (&now.draft, &draft)).await?;
    tx.commit().await?;
    ctx.tell(Change::Templates);
    Ok((key.0, key.1 + 1))
}

/// Gives templates the texts back with which they were delivered; all or none. Everything else about them stays, and so do those that
/// still have these texts.
///
/// # Errors
/// Refuses a stale revision, and a template that was not delivered.
pub async fn reset(ctx: &Ctx, keys: Vec<TemplateKey>) -> Result<(), Error> {
    ctx.require(Permission::TemplatesManage)?;
    let store = &ctx.engine.store;
    let mut tx = store.write().await?;
    for key in keys {
        let now = store::templates::by_id(store, &mut tx, key.0).await?;
        let texts = now.delivered.as_ref().and_then(|it| delivered::texts(&it.key));
        let Some(texts) = texts else { return Err(Refusal::IllegalStep(Noun::Template).into()) };
        if now.draft.texts == texts {
            continue;
        }
        let draft = TemplateDraft { texts, ..now.draft.clone() };
        write(ctx, &mut tx, key, &draft, VersionHow::Reset).await?;
        store::templates::set_untouched(&mut tx, key.0).await?;
        ctx.log_changed(&mut tx, Deed::TemplateReset(key.0), (&now.draft, &draft)).await?;
    }
    tx.commit().await?;
    ctx.tell(Change::Templates);
    Ok(())
}
