//! From what is typed to what will leave.

use model::{Account, AccountId, Channel, DraftKey, Fault, Language, MessageDraft, MessageId, Noun, Origin, Recipient, Refusal};
use store::messages::Complete;
use store::{Connection, Tx};

use super::words;
use crate::{Ctx, Error, secret};

/// Keeps the draft as typed.
pub(super) async fn keep(ctx: &Ctx, tx: &mut Tx, key: Option<DraftKey>, draft: &MessageDraft) -> Result<DraftKey, Error> {
    let store = &ctx.engine.store;
    let kept = match key {
        Some(key) => store::drafts::save(store, tx, key, ctx.actor.id, draft).await,
        None => store::drafts::create(store, tx, ctx.actor.id, Origin::Manual, draft, ctx.now()).await,
    };
    match (key, kept) {
        // What a page sent in leaving may come in after its successor has read: the same words are no conflict.
        (Some(key), Err(stale @ store::Error::Refused(Refusal::Stale(_)))) => {
            match store::drafts::open(store, tx, key.id, ctx.actor.id).await {
                Ok(stored) if stored.draft == *draft => Ok(DraftKey { revision: stored.revision, ..key }),
                _ => Err(stale.into()),
            }
        }
        (_, kept) => kept.map_err(crate::attachments::as_field),
    }
}

/// Keeps the draft and makes of it everything that will leave.
pub(super) async fn complete(ctx: &Ctx, tx: &mut Tx, key: Option<DraftKey>, draft: &MessageDraft) -> Result<MessageId, Error> {
    if draft.channel == Channel::Sms {
        return super::sms::complete(ctx, tx, key, draft).await;
    }
    let mut recipients = draft.check()?;
    let id = keep(ctx, tx, key, draft).await?.id;
    crate::attachments::check_total(ctx, tx, id).await?;
    name_all(tx, &mut recipients).await?;
    let account = account(ctx, tx, draft.account, Channel::Email).await?;
    let (name, address) = match template_sender(ctx, tx, draft).await? {
        Some(of_template) => of_template,
        None => crate::senders::of_author(ctx, tx).await?,
    };
    let sender = Sender::of(&account, &name, &address);
    let language = language(tx, &recipients).await?;
    let words = words::make(ctx, tx, draft, &recipients, language).await?;
    store::attachments::add(tx, id, ctx.actor.id, &words.codes).await?;
    let message = Complete {
        account: account.id,
        sender_name: &sender.name,
        sender_address: &sender.address,
        reply_to: match draft.reply_to.trim() {
            "" => &account.reply_to,
            own => own,
        },
        header_id: &header_id(&sender.address)?,
        contact: draft.contact.or_else(|| recipients.first().and_then(|it| it.contact)),
        subject: &words.subject,
        text: &words.text,
        html: &words.html,
        recipients: &recipients,
        attachments: (draft.attachments.len() + words.codes.len()) as u32,
    };
    store::messages::complete(&ctx.engine.store, tx, id, &message).await?;
    store::search_jobs::add(tx, id).await?;
    Ok(id)
}

/// Who recipients see as the sender.
pub(super) struct Sender {
    pub name: String,
    pub address: String,
}

impl Sender {
    /// This name and address, and the account's for what is empty.
    pub fn of(account: &Account, name: &str, address: &str) -> Self {
        let or = |own: &str, other: &str| if own.trim().is_empty() { other.to_owned() } else { own.trim().to_owned() };
        Self { name: or(name, &account.sender_name), address: or(address, &account.sender_address) }
    }
}

/// A new Message-ID: random, under the sender's domain (RFC 5322 §3.6.4).
pub(super) fn header_id(sender: &str) -> Result<String, Error> {
    let domain = sender.rsplit_once('@').map_or("posel.invalid", |(_, domain)| domain);
    Ok(format!("{}@{domain}", secret::make()?))
}

/// Name and address of the sender that the template of a draft names, when they stand in place of the account's; each may be empty.
pub(super) async fn template_sender(
    ctx: &Ctx,
    connection: &mut Connection,
    draft: &MessageDraft,
) -> Result<Option<(String, String)>, Error> {
    let Some(it) = draft.template.filter(|_| draft.template_sender) else { return Ok(None) };
    let template = store::templates::version(&ctx.engine.store, connection, it.id, it.version).await?;
    Ok(Some((template.sender_name, template.sender_address)))
}

/// Gives recipients the contact and the name that belong to their address.
pub(super) async fn name_all(connection: &mut Connection, recipients: &mut [Recipient]) -> Result<(), Error> {
    for recipient in recipients {
        if let Some((contact, name)) = store::contacts::by_address(connection, &recipient.address).await? {
            recipient.contact = Some(contact);
            if recipient.name.is_empty() {
                recipient.name = name;
            }
        }
    }
    Ok(())
}

/// The chosen account, or the default one of the channel.
///
/// # Errors
/// Refuses an account that is gone or of the other channel, and a channel without any.
pub(super) async fn account(ctx: &Ctx, tx: &mut Tx, chosen: Option<AccountId>, channel: Channel) -> Result<Account, Error> {
    let missing = |fault: Fault| {
        move |error: store::Error| match error.into() {
            Error::Refused(Refusal::NotFound(Noun::Account)) => Refusal::field("account", fault).into(),
            error => error,
        }
    };
    let id = match chosen {
        Some(id) => id,
        None => store::accounts::default_id(tx, channel).await.map_err(missing(Fault::Missing))?,
    };
    let account = store::accounts::by_id(tx, id, ctx.now()).await.map_err(missing(Fault::Gone))?;
    if account.channel() == channel { Ok(account) } else { Err(Refusal::field("account", Fault::Gone).into()) }
}

/// The language of the first recipient whose language is known, or the company's.
pub(super) async fn language(connection: &mut Connection, recipients: &[Recipient]) -> Result<Language, Error> {
    for contact in recipients.iter().filter_map(|it| it.contact) {
        if let Some(language) = store::contacts::by_id(connection, contact).await?.fields.language {
            return Ok(language);
        }
    }
    Ok(store::company::get(connection).await?.map_or(Language::default(), |it| it.language))
}
