//! A message once more: sent again, written again, passed on.

use content::merge::{has_code, literal};
use model::address::written;
use model::message::Role;
use model::{
    AttachmentId, Copying, Deed, MessageBody, MessageDraft, MessageId, MessageState, Noun, Origin, Permission, Refusal, Released,
};

use super::{changed, prepare, release, see_all};
use crate::history::require_sight;
use crate::reactions::shown;
use crate::{Ctx, Error};

/// Sends messages of the history again as new messages of origin Resend; all or none.
///
/// # Errors
/// Refuses messages that may not be seen, have not ended yet, lie in the bin or came from an old archive.
pub async fn resend(ctx: &Ctx, ids: Vec<MessageId>) -> Result<Vec<Released>, Error> {
    ctx.require(Permission::MessageResend)?;
    see_all(ctx, &ids).await?;
    let mut tx = ctx.engine.store.write().await?;
    let mut released = Vec::with_capacity(ids.len());
    for id in ids {
        let (_, state) = store::drafts::author_and_state(&mut tx, id).await?;
        if !state.is_history() || store::retention::binned(&mut tx, id).await? {
            return Err(Refusal::IllegalStep(Noun::Message).into());
        }
        if store::messages::by_id(&ctx.engine.store, &mut tx, id).await?.origin == Origin::Archive {
            return Err(Refusal::IllegalStep(Noun::Message).into());
        }
        let mut old = store::messages::parts(&ctx.engine.store, &mut tx, id).await?;
        if old.recipients.iter().any(|it| it.address.as_str() == model::person::ERASED_ADDRESS) {
            return Err(Refusal::IllegalStep(Noun::Message).into());
        }
        let header_id = prepare::header_id(&old.sender_address)?;
        let copy = store::messages::copy(&ctx.engine.store, &mut tx, id, ctx.actor.id, &header_id, ctx.now()).await?;
        let typed = store::drafts::typed(&ctx.engine.store, &mut tx, id).await?;
        // What is written further counts for nobody.
        old.html = shown(&ctx.engine, &mut tx, old.html).await?.0;
        let files = store::attachments::of_message(&ctx.engine.store, &mut tx, copy).await?;
        let draft = as_draft(old, typed, files.into_iter().map(|it| it.id).collect());
        store::drafts::put(&ctx.engine.store, &mut tx, copy, &draft).await?;
        store::search_jobs::add(&mut tx, copy).await?;
        ctx.log(&mut tx, Deed::MessageResent(id, copy)).await?;
        released.push(release::one(ctx, &mut tx, copy).await?);
    }
    tx.commit().await?;
    changed(ctx);
    Ok(released)
}

/// Makes a draft of one's own of a message that stays as it is: for the same people, or to pass it on.
///
/// # Errors
/// Refuses messages that may not be seen, are drafts themselves, lie in the bin, or were erased.
pub async fn copy(ctx: &Ctx, id: MessageId, way: Copying) -> Result<MessageId, Error> {
    ctx.require(Permission::MessageWrite)?;
    require_sight(ctx, id).await?;
    let store = &ctx.engine.store;
    let mut tx = store.write().await?;
    let stored = store::messages::by_id(store, &mut tx, id).await?;
    if stored.state == MessageState::Draft || stored.erased_at.is_some() || stored.binned_at.is_some() {
        return Err(Refusal::IllegalStep(Noun::Message).into());
    }
    let mut old = store::messages::parts(store, &mut tx, id).await?;
    // Whoever reads the copy is another reader.
    old.html = shown(&ctx.engine, &mut tx, old.html).await?.0;
    let typed = store::drafts::typed(store, &mut tx, id).await?;
    // Passed on it says what it said, not what it would say to somebody else.
    let typed = typed.filter(|it| way == Copying::Again || !has_code(it.body.source()) && !has_code(&it.subject));
    let files = store::attachments::copy_loose(store, &mut tx, &stored.attachments, ctx.actor.id, ctx.now()).await?;
    let mut draft = as_draft(old, typed, files.into_iter().map(|it| it.id).collect());
    if way == Copying::Forward {
        draft = MessageDraft { contact: None, to: String::new(), cc: String::new(), bcc: String::new(), ..draft };
    }
    let kept = store::drafts::create(store, &mut tx, ctx.actor.id, Origin::Manual, &draft, ctx.now()).await;
    let key = kept.map_err(crate::attachments::as_field)?;
    tx.commit().await?;
    changed(ctx);
    Ok(key.id)
}

/// What one types to write this message again: what was typed then, or what left. `files` are copies of its files in their order, the
/// payment codes behind those that were attached.
fn as_draft(old: store::messages::Parts, typed: Option<MessageDraft>, mut files: Vec<AttachmentId>) -> MessageDraft {
    let list = |role: Role| {
        let of_role = old.recipients.iter().filter(|it| it.role == role);
        of_role.map(|it| written(&it.name, &it.address)).collect::<Vec<_>>().join("; ")
    };
    let (to, cc, bcc) = (list(Role::To), list(Role::Cc), list(Role::Bcc));
    let contact = old.recipients.first().and_then(|it| it.contact);
    let words = typed.unwrap_or_else(|| MessageDraft {
        channel: old.channel,
        subject: literal(&old.subject).into_owned(),
        // The signature is in it already.
        body: MessageBody::Html(literal(&old.html).into_owned()),
        attachments: files.clone(),
        template: old.template,
        ..MessageDraft::default()
    });
    files.truncate(words.attachments.len());
    MessageDraft { contact, account: None, to, cc, bcc, attachments: files, ..words }
}
