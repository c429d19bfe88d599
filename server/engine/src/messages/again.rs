//! A message once more: sent again, written again, passed on.

use content::merge::{has_code, literal};
use model::address::written;
use model::message::{Recipient, Role};
use model::{
    Address, AttachmentId, Copying, Deed, DomainMail, MessageBody, MessageDraft, MessageId, MessageState, Noun, Origin,
    Permission, Refusal, Released, ResendLook, ResendTo,
};
use store::{Connection, Tx};

use super::{changed, prepare, release, see_all};
use crate::history::require_sight;
use crate::reactions::shown;
use crate::{Ctx, Error};

/// Tells what would go when these messages are sent again, and to whom not.
///
/// # Errors
/// Refuses who may not send again.
pub async fn look(ctx: &Ctx, ids: Vec<MessageId>) -> Result<ResendLook, Error> {
    ctx.require(Permission::MessageResend)?;
    let mut look = ResendLook::default();
    for id in ids {
        match require_sight(ctx, id).await {
            Ok(_) => look_at(ctx, &mut look, id).await?,
            Err(Error::Refused(Refusal::NotFound(_))) => look.not_possible += 1,
            Err(error) => return Err(error),
        }
    }
    Ok(look)
}

async fn look_at(ctx: &Ctx, look: &mut ResendLook, id: MessageId) -> Result<(), Error> {
    let mut reader = ctx.engine.store.read().await?;
    let recipients = store::messages::recipients(&mut reader, id).await?;
    if !is_possible(ctx, &mut reader, id, &recipients).await? {
        look.not_possible += 1;
        return Ok(());
    }
    look.ids.push(id);
    let had_it = store::deliveries::reached(&mut reader, id).await?;
    let domains: Vec<String> = recipients.iter().filter_map(|it| domain(&it.address)).collect();
    let known = store::suppressions::domains(&mut reader, &domains).await?;
    for recipient in recipients {
        let is_suppressed = store::suppressions::why(&mut reader, recipient.address.as_str()).await?.is_some();
        let check = domain(&recipient.address).and_then(|it| known.get(&it).copied());
        let is_invalid = check.is_some_and(|it| it.found != DomainMail::Takes);
        look.everybody.add(is_suppressed, is_invalid);
        if had_it.contains(recipient.address.as_str()) {
            look.had_it += 1;
        } else {
            look.unreached.add(is_suppressed, is_invalid);
        }
    }
    Ok(())
}

fn domain(address: &Address) -> Option<String> {
    match address {
        Address::Email(it) => Some(it.domain().to_owned()),
        Address::Phone(_) => None,
    }
}

/// Whether a message can be sent again.
async fn is_possible(ctx: &Ctx, reader: &mut Connection, id: MessageId, recipients: &[Recipient]) -> Result<bool, Error> {
    let (_, state) = store::drafts::author_and_state(reader, id).await?;
    let is_there = state.is_history() && !store::retention::binned(reader, id).await?;
    let is_erased = recipients.is_empty() || recipients.iter().any(|it| it.address.as_str() == model::person::ERASED_ADDRESS);
    Ok(is_there && !is_erased && store::messages::by_id(&ctx.engine.store, reader, id).await?.origin != Origin::Archive)
}

/// Sends messages of the history again to everybody, as new messages of origin Resend; all or none.
///
/// # Errors
/// Refuses messages that may not be seen, have not ended yet, lie in the bin or came from an old archive.
pub async fn resend(ctx: &Ctx, ids: Vec<MessageId>) -> Result<Vec<Released>, Error> {
    ctx.require(Permission::MessageResend)?;
    again(ctx, ids, ResendTo::Everybody).await
}

/// The same to those alone whom each message did not reach; a message that reached everybody is left out.
///
/// # Errors
/// Refuses what [`resend`] refuses.
pub async fn resend_to_unreached(ctx: &Ctx, ids: Vec<MessageId>) -> Result<Vec<Released>, Error> {
    ctx.require(Permission::MessageResend)?;
    again(ctx, ids, ResendTo::Unreached).await
}

async fn again(ctx: &Ctx, ids: Vec<MessageId>, to: ResendTo) -> Result<Vec<Released>, Error> {
    see_all(ctx, &ids).await?;
    let mut tx = ctx.engine.store.write().await?;
    let mut released = Vec::with_capacity(ids.len());
    for id in ids {
        let mut recipients = store::messages::recipients(&mut tx, id).await?;
        if !is_possible(ctx, &mut tx, id, &recipients).await? {
            return Err(Refusal::IllegalStep(Noun::Message).into());
        }
        if to == ResendTo::Unreached {
            recipients = unreached(&mut tx, id, recipients).await?;
            if recipients.is_empty() {
                continue;
            }
        }
        let mut old = store::messages::parts(&ctx.engine.store, &mut tx, id).await?;
        let header_id = prepare::header_id(&old.sender_address)?;
        let copy = store::messages::copy(&ctx.engine.store, &mut tx, id, ctx.actor.id, &header_id, ctx.now()).await?;
        if to == ResendTo::Unreached {
            store::messages::narrow(&mut tx, copy, &recipients).await?;
            old.recipients = recipients;
        }
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

/// Those whom a message did not reach. Without anybody it was addressed to, the first of them is: a mail needs somebody.
async fn unreached(tx: &mut Tx, id: MessageId, recipients: Vec<Recipient>) -> Result<Vec<Recipient>, Error> {
    let had_it = store::deliveries::reached(tx, id).await?;
    let mut left: Vec<Recipient> = recipients.into_iter().filter(|it| !had_it.contains(it.address.as_str())).collect();
    if left.iter().all(|it| it.role != Role::To)
        && let Some(first) = left.first_mut()
    {
        first.role = Role::To;
    }
    Ok(left)
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
