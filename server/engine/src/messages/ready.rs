//! Messages whose texts were made elsewhere and leave at once.

use model::{Channel, MessageDraft, Origin, Released};
use store::Tx;
use store::messages::Complete;

use super::prepare::{self, Sender};
use super::{release, sms};
use crate::{Ctx, Error};

/// A message with everything that leaves.
pub(crate) struct Ready<'a> {
    /// Why it exists.
    pub origin: Origin,
    /// Recipients, files and what is kept to write it again.
    pub draft: &'a MessageDraft,
    /// Name of the sender; empty leaves it to the account.
    pub sender_name: &'a str,
    /// Address of the sender; empty leaves it to the account.
    pub sender_address: &'a str,
    /// The plain text.
    pub text: &'a str,
    /// The complete HTML document.
    pub html: &'a str,
}

/// Puts it into the first lane without time for undo, within a greater use case that asks for the rights.
///
/// # Errors
/// Names wrong recipients; refuses files that are too large together.
pub(crate) async fn send(ctx: &Ctx, tx: &mut Tx, ready: &Ready<'_>) -> Result<Released, Error> {
    let store = &ctx.engine.store;
    let recipients = ready.draft.check()?;
    let kept = store::drafts::create(store, tx, ctx.actor.id, ready.origin, ready.draft, ctx.now()).await;
    let id = kept.map_err(crate::attachments::as_field)?.id;
    crate::attachments::check_total(ctx, tx, id).await?;
    let account = prepare::account(ctx, tx, ready.draft.account, Channel::Email).await?;
    let sender = Sender::of(&account, ready.sender_name, ready.sender_address);
    crate::senders::require_usable(tx, &sender.address, "sender_address").await?;
    let message = Complete {
        account: account.id,
        sender_name: &sender.name,
        sender_address: &sender.address,
        reply_to: &account.reply_to,
        header_id: &prepare::header_id(&sender.address)?,
        contact: ready.draft.contact,
        subject: ready.draft.subject.trim(),
        text: ready.text,
        html: ready.html,
        recipients: &recipients,
        attachments: ready.draft.attachments.len() as u32,
    };
    store::messages::complete(store, tx, id, &message).await?;
    store::search_jobs::add(tx, id).await?;
    release::after(ctx, tx, id, 0).await
}

/// The same with a text message; an empty `sender` leaves it to the account.
///
/// # Errors
/// Names wrong numbers and a text that is too long; refuses when there is no account for text messages.
pub(crate) async fn send_text(
    ctx: &Ctx,
    tx: &mut Tx,
    origin: Origin,
    draft: &MessageDraft,
    sender: &str,
) -> Result<Released, Error> {
    let id = store::drafts::create(&ctx.engine.store, tx, ctx.actor.id, origin, draft, ctx.now()).await?.id;
    sms::put(ctx, tx, id, draft, sender).await?;
    release::after(ctx, tx, id, 0).await
}
