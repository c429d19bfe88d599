//! From what is typed to what will leave.

use model::{Account, AccountId, DraftKey, Fault, Language, MessageDraft, MessageId, Noun, Origin, Recipient, Refusal};
use render::{Body, Content};
use store::Tx;
use store::messages::Complete;

use crate::{Ctx, Error, secret};

/// Keeps the draft as typed.
pub(super) async fn keep(ctx: &Ctx, tx: &mut Tx, key: Option<DraftKey>, draft: &MessageDraft) -> Result<DraftKey, Error> {
    let store = &ctx.engine.store;
    let kept = match key {
        Some(key) => store::drafts::save(store, tx, key, ctx.actor.id, draft).await,
        None => store::drafts::create(store, tx, ctx.actor.id, Origin::Manual, draft, ctx.now()).await,
    };
    kept.map_err(crate::attachments::as_field)
}

/// Keeps the draft and makes of it everything that will leave.
pub(super) async fn complete(ctx: &Ctx, tx: &mut Tx, key: Option<DraftKey>, draft: &MessageDraft) -> Result<MessageId, Error> {
    let mut recipients = draft.check()?;
    let id = keep(ctx, tx, key, draft).await?.id;
    crate::attachments::check_total(ctx, tx, id).await?;
    name(tx, &mut recipients).await?;
    let account = account(ctx, tx, draft.account).await?;
    let signature = if draft.with_signature { store::users::get(tx, ctx.actor.id).await?.signature } else { String::new() };
    let language = language(tx, &recipients).await?;
    let rendered = render::email(&Content {
        subject: draft.subject.trim(),
        body: Body::Text(&draft.body),
        signature: &signature,
        language: language.code(),
    })?;
    let message = Complete {
        account: account.id,
        sender_name: &account.sender_name,
        sender_address: &account.sender_address,
        reply_to: &account.reply_to,
        header_id: &header_id(&account.sender_address)?,
        contact: draft.contact.or_else(|| recipients.first().and_then(|it| it.contact)),
        subject: &rendered.subject,
        text: &rendered.text,
        html: &rendered.html,
        recipients: &recipients,
        attachments: draft.attachments.len() as u32,
    };
    store::messages::complete(&ctx.engine.store, tx, id, &message).await?;
    store::search_jobs::add(tx, id).await?;
    Ok(id)
}

/// A new Message-ID: random, under the sender's domain (RFC 5322 §3.6.4).
pub(super) fn header_id(sender: &str) -> Result<String, Error> {
    let domain = sender.rsplit_once('@').map_or("posel.invalid", |(_, domain)| domain);
    Ok(format!("{}@{domain}", secret::make()?))
}

/// Gives recipients the contact and the name that belong to their address.
async fn name(tx: &mut Tx, recipients: &mut [Recipient]) -> Result<(), Error> {
    for recipient in recipients {
        if let Some((contact, name)) = store::contacts::by_email(tx, &recipient.address).await? {
            recipient.contact = Some(contact);
            if recipient.name.is_empty() {
                recipient.name = name;
            }
        }
    }
    Ok(())
}

/// The chosen account, or the default one.
pub(super) async fn account(ctx: &Ctx, tx: &mut Tx, chosen: Option<AccountId>) -> Result<Account, Error> {
    let id = match chosen {
        Some(id) => id,
        None => store::accounts::default_id(tx).await?,
    };
    store::accounts::by_id(tx, id, ctx.now()).await.map_err(|error| match error.into() {
        Error::Refused(Refusal::NotFound(Noun::Account)) => Refusal::field("account", Fault::Gone).into(),
        error => error,
    })
}

/// The language of the first recipient whose language is known, or the company's.
async fn language(tx: &mut Tx, recipients: &[Recipient]) -> Result<Language, Error> {
    for contact in recipients.iter().filter_map(|it| it.contact) {
        if let Some(language) = store::contacts::by_id(tx, contact).await?.fields.language {
            return Ok(language);
        }
    }
    Ok(store::company::get(tx).await?.map_or(Language::default(), |it| it.language))
}
