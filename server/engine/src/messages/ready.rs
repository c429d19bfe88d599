//! Messages whose texts were made elsewhere and leave at once.

use model::{MessageDraft, Origin, Released};
use store::Tx;
use store::messages::Complete;

use super::{prepare, release};
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
    let account = prepare::account(ctx, tx, ready.draft.account).await?;
    let or = |own: &'_ str, other: &'_ str| if own.trim().is_empty() { other.to_owned() } else { own.trim().to_owned() };
    let sender_address = or(ready.sender_address, &account.sender_address);
    let message = Complete {
        account: account.id,
        sender_name: &or(ready.sender_name, &account.sender_name),
        sender_address: &sender_address,
        reply_to: &account.reply_to,
        header_id: &prepare::header_id(&sender_address)?,
        contact: ready.draft.contact,
        subject: ready.draft.subject.trim(),
        text: &ready.draft.body,
        html: ready.html,
        recipients: &recipients,
        attachments: ready.draft.attachments.len() as u32,
    };
    store::messages::complete(store, tx, id, &message).await?;
    store::search_jobs::add(tx, id).await?;
    release::after(ctx, tx, id, 0).await
}
