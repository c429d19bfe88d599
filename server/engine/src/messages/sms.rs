//! From a typed text message to what will leave.

use content::sms::{count_as, without_diacritics};
use model::message::sms_title;
use model::{Account, Channel, DraftKey, Fault, MessageDraft, MessageId, Refusal, SmsSettings, Transport};
use store::Tx;
use store::messages::Complete;

use super::prepare;
use crate::{Ctx, Error};

/// Keeps the draft and makes of it the text that will leave.
pub(super) async fn complete(ctx: &Ctx, tx: &mut Tx, key: Option<DraftKey>, draft: &MessageDraft) -> Result<MessageId, Error> {
    let own = draft.sms_sender.trim().to_owned();
    let sender = match own.is_empty() {
        true => prepare::template_sender(ctx, tx, draft).await?.unwrap_or_default().0,
        false => own,
    };
    let id = prepare::keep(ctx, tx, key, draft).await?.id;
    put(ctx, tx, id, draft, &sender).await?;
    Ok(id)
}

/// Writes what will leave of a kept draft; an empty `sender` leaves it to the account.
pub(super) async fn put(ctx: &Ctx, tx: &mut Tx, id: MessageId, draft: &MessageDraft, sender: &str) -> Result<(), Error> {
    let (account, settings) = account(ctx, tx, draft).await?;
    let mut recipients = draft.check_sms(settings.home)?;
    prepare::name_all(tx, &mut recipients).await?;
    let text = text(draft, &settings)?;
    let message = Complete {
        account: account.id,
        sender_name: if sender.trim().is_empty() { settings.sender.trim() } else { sender.trim() },
        sender_address: "",
        reply_to: "",
        header_id: "",
        contact: draft.contact.or_else(|| recipients.first().and_then(|it| it.contact)),
        subject: &sms_title(&text),
        text: &text,
        html: "",
        recipients: &recipients,
        attachments: 0,
    };
    store::messages::complete(&ctx.engine.store, tx, id, &message).await?;
    Ok(store::search_jobs::add(tx, id).await?)
}

/// The account that a text message leaves by.
///
/// # Errors
/// Refuses when there is none, and one that carries no text messages.
async fn account(ctx: &Ctx, tx: &mut Tx, draft: &MessageDraft) -> Result<(Account, SmsSettings), Error> {
    let account = prepare::account(ctx, tx, draft.account, Channel::Sms).await?;
    match account.transport.clone() {
        Transport::Sms(settings) => Ok((account, settings)),
        _ => Err(Refusal::field("account", Fault::Gone).into()),
    }
}

/// The final text: with diacritics only where they are wanted, in no more parts than the account allows.
fn text(draft: &MessageDraft, settings: &SmsSettings) -> Result<String, Refusal> {
    let typed = draft.body.source().trim();
    let text = if draft.keeps_diacritics { typed.to_owned() } else { without_diacritics(typed) };
    match count_as(&text, settings.writes_latin1()).n_segments <= usize::from(settings.parts_max) {
        true => Ok(text),
        false => Err(Refusal::field("body", Fault::TooManyParts { max: u32::from(settings.parts_max) })),
    }
}
