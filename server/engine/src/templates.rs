//! Use cases about templates.

mod apply;
pub(crate) mod delivered;
mod from_message;
mod merging;
mod presence;
mod survey;
mod trial;
mod versions;

use content::letter;
use model::{
    Change, Channel, Deed, Fault, Faults, Noun, Page, Permission, Refusal, Template, TemplateAttachment, TemplateDraft,
    TemplateFault, TemplateId, TemplateOffer, TemplatePlace, TemplateQuery, TemplateRow, VersionHow,
};
use store::Tx;
use store::templates::Stamp;

pub use apply::{apply, take};
pub use from_message::from_message;
pub use merging::{fields, record_types, values};
pub use presence::{hold, leave};
pub use survey::survey;
pub use trial::{test, test_addresses};
pub use versions::{history, reset, restore, version, versions};

pub(crate) use merging::{Office, all_fields};
pub(crate) use presence::Presence;
pub(crate) use trial::{Beside, test_beside};

use crate::{Ctx, Error};

/// A template and the revision that the screen last saw.
pub type TemplateKey = (TemplateId, i64);

/// Lists one page of templates.
///
/// # Errors
/// Refuses who may not manage templates.
pub async fn list(ctx: &Ctx, query: TemplateQuery) -> Result<Page<TemplateRow>, Error> {
    ctx.require(Permission::TemplatesManage)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::templates::page(&mut reader, &query).await?)
}

/// The active templates of a channel that one is offered, in which words begin so.
///
/// # Errors
/// Refuses who may not write messages.
pub async fn offers(ctx: &Ctx, channel: Channel, words: String) -> Result<Vec<TemplateOffer>, Error> {
    ctx.require(Permission::MessageWrite)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::templates::offers(&mut reader, ctx.actor.id, channel, &words).await?)
}

/// Opens a template.
///
/// # Errors
/// Refuses when there is none.
pub async fn open(ctx: &Ctx, id: TemplateId) -> Result<Template, Error> {
    ctx.require(Permission::TemplatesManage)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::templates::by_id(&ctx.engine.store, &mut reader, id).await?)
}

/// Makes a template, or changes the one given if its revision is still the given one. A save that changes nothing makes no version.
///
/// # Errors
/// Names wrong fields, and wrong merge code by its place; refuses a stale revision, a name that another template has, another channel
/// than the template has, and files that are gone.
pub async fn save(ctx: &Ctx, key: Option<TemplateKey>, draft: TemplateDraft) -> Result<TemplateKey, Error> {
    ctx.require(Permission::TemplatesManage)?;
    draft.check()?;
    let mut tx = ctx.engine.store.write().await?;
    require_sound(&mut tx, &draft).await?;
    require_users(&mut tx, &draft).await?;
    let Some((id, revision)) = key else {
        let store = &ctx.engine.store;
        let made = store::templates::create(store, &mut tx, &draft, None, ctx.actor.id, ctx.now()).await;
        let id = made.map_err(crate::attachments::as_field)?;
        ctx.log(&mut tx, Deed::TemplateCreated(id)).await?;
        tx.commit().await?;
        ctx.tell(Change::Templates);
        return Ok((id, 1));
    };
    let old = store::templates::by_id(&ctx.engine.store, &mut tx, id).await?;
    if old.draft.channel != draft.channel {
        return Err(Refusal::IllegalStep(Noun::Template).into());
    }
    if old.revision == revision && old.draft == draft {
        return Ok((id, revision));
    }
    let version = write(ctx, &mut tx, (id, revision), &draft, VersionHow::Saved).await?;
    ctx.log_changed(&mut tx, Deed::TemplateChanged(id, version), (&old.draft, &draft)).await?;
    tx.commit().await?;
    ctx.tell(Change::Templates);
    Ok((id, revision + 1))
}

/// Everything that is wrong with the merge code and the markup of a draft, as a save would find it.
///
/// # Errors
/// Refuses a record type that there is not.
pub async fn check(ctx: &Ctx, draft: TemplateDraft) -> Result<Vec<TemplateFault>, Error> {
    ctx.require(Permission::TemplatesManage)?;
    let mut reader = ctx.engine.store.read().await?;
    let fields = merging::all_fields(&mut reader, draft.record.as_ref(), model::Language::default()).await?;
    Ok(letter::check(&draft, &letter::catalogue(&fields)))
}

/// Makes a template like another one under another name; it is not delivered and not offered yet.
///
/// # Errors
/// Refuses a name that another template has.
pub async fn duplicate(ctx: &Ctx, id: TemplateId, name: String) -> Result<TemplateId, Error> {
    ctx.require(Permission::TemplatesManage)?;
    let store = &ctx.engine.store;
    let mut tx = store.write().await?;
    let old = store::templates::by_id(store, &mut tx, id).await?;
    let mut draft = TemplateDraft { name, is_active: false, ..old.draft };
    draft.check()?;
    let copies = store::attachments::copy_loose(store, &mut tx, &old.files, ctx.actor.id, ctx.now()).await?;
    for it in &mut draft.attachments {
        if let TemplateAttachment::File(file) = it
            && let Some(at) = old.files.iter().position(|it| it.id == *file)
        {
            *file = copies[at].id;
        }
    }
    let id = store::templates::create(store, &mut tx, &draft, None, ctx.actor.id, ctx.now()).await?;
    ctx.log(&mut tx, Deed::TemplateCreated(id)).await?;
    tx.commit().await?;
    ctx.tell(Change::Templates);
    Ok(id)
}

/// Offers templates from now on, or no longer; all or none.
///
/// # Errors
/// Refuses a stale revision.
pub async fn switch(ctx: &Ctx, keys: Vec<TemplateKey>, is_active: bool) -> Result<(), Error> {
    ctx.require(Permission::TemplatesManage)?;
    let mut tx = ctx.engine.store.write().await?;
    for key in keys {
        store::templates::switch(&mut tx, key, is_active, ctx.actor.id, ctx.now()).await?;
        ctx.log(&mut tx, Deed::TemplateSwitched(key.0, is_active)).await?;
    }
    tx.commit().await?;
    ctx.tell(Change::Templates);
    Ok(())
}

/// Deletes templates, all or none. The messages made from them stay as they are.
///
/// # Errors
/// Refuses what was delivered, and what messages being written use.
pub async fn delete(ctx: &Ctx, ids: Vec<TemplateId>) -> Result<(), Error> {
    ctx.require(Permission::TemplatesManage)?;
    let mut tx = ctx.engine.store.write().await?;
    for id in ids {
        if store::templates::by_id(&ctx.engine.store, &mut tx, id).await?.delivered.is_some() {
            return Err(Refusal::BuiltIn(Noun::Template).into());
        }
        ctx.log(&mut tx, Deed::TemplateDeleted(id)).await?;
        store::templates::delete(&mut tx, id, ctx.now()).await?;
    }
    tx.commit().await?;
    ctx.tell(Change::Templates);
    Ok(())
}

/// Makes a new version.
async fn write(ctx: &Ctx, tx: &mut Tx, key: TemplateKey, draft: &TemplateDraft, how: VersionHow) -> Result<u32, Error> {
    let stamp = Stamp { how, author: ctx.actor.id, at: ctx.now() };
    let written = store::templates::save(&ctx.engine.store, tx, key, draft, stamp).await;
    written.map_err(crate::attachments::as_field)
}

/// Refuses merge code and markup that cannot be filled: each place by its field.
async fn require_sound(tx: &mut Tx, draft: &TemplateDraft) -> Result<(), Error> {
    let fields = merging::all_fields(tx, draft.record.as_ref(), model::Language::default()).await?;
    match letter::check(draft, &letter::catalogue(&fields)) {
        found if found.is_empty() => Ok(()),
        found => Err(refused(found)),
    }
}

/// Wrong merge code as faults of fields.
pub(crate) fn refused(found: Vec<TemplateFault>) -> Error {
    let mut faults = Faults::default();
    for it in found {
        let place = match it.place {
            TemplatePlace::Subject => "subject",
            TemplatePlace::Preheader => "preheader",
            TemplatePlace::Body => "body",
            TemplatePlace::Plain => "plain",
        };
        let fault = Fault::MergeCode { line: it.line, column: it.column, suggestion: it.suggestion };
        faults.add(format!("texts.{}.{place}", it.language.code()), fault);
    }
    Refusal::Invalid(faults.list().to_vec()).into()
}

/// Refuses users that there are not.
async fn require_users(tx: &mut Tx, draft: &TemplateDraft) -> Result<(), Error> {
    for id in &draft.offered_to {
        store::users::get(tx, *id).await.map_err(|error| match error.into() {
            Error::Refused(Refusal::NotFound(_)) => Refusal::field("offered_to", Fault::Gone).into(),
            error => error,
        })?;
    }
    Ok(())
}
