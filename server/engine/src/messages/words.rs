//! What a message says, filled for the one it is written to and made into what leaves.

use content::letter::{self, Filled, Letter, Unfillable};
use content::merge::{Diacritics, MAX_OUTPUT, has_code};
use content::signature;
use model::address::parse_list;
use model::message::{RECIPIENTS_MAX, Role};
use model::{
    AttachmentId, ContactId, Fault, Faults, Language, MergeValues, MessageDraft, MessageValues, Permission, Recipient, Refusal,
    TemplateFault, TemplatePlace,
};
use render::{Body, Content};
use store::{Connection, Tx};

use super::prepare;
use crate::templates::{Office, all_fields};
use crate::{Ctx, Error};

/// What stands in the fields of an e-mail to these typed recipients, or of one that is written from a contact.
///
/// # Errors
/// Refuses who may not write messages, and a contact that is not there.
pub async fn values(ctx: &Ctx, contact: Option<ContactId>, to: &str) -> Result<MessageValues, Error> {
    ctx.require(Permission::MessageWrite)?;
    let mut reader = ctx.engine.store.read().await?;
    let typed = parse_list(to).into_iter().filter_map(|it| Some((it.name(), it.address.ok()?)));
    let recipient = |(name, address): (String, model::EmailAddress)| Recipient {
        role: Role::To,
        name,
        address: address.into(),
        contact: None,
    };
    let mut recipients: Vec<_> = typed.take(RECIPIENTS_MAX).map(recipient).collect();
    if ctx.may(Permission::ContactsView) {
        prepare::name_all(&mut reader, &mut recipients).await?;
    }
    let language = prepare::language(&mut reader, &recipients).await?;
    let values = known(ctx, &mut reader, addressee(&recipients, contact), language).await?;
    Ok(MessageValues { language, values })
}

/// What leaves of a message besides its files.
pub(super) struct Words {
    /// The subject.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The complete HTML document.
    pub html: String,
    /// Payment codes that were drawn for it; loose files of the person who writes.
    pub codes: Vec<AttachmentId>,
}

/// Fills the fields with the data of the first recipient and makes HTML and plain text.
///
/// # Errors
/// Names wrong merge code, fields without a value, and a payment that no bank would understand.
pub(super) async fn make(
    ctx: &Ctx,
    tx: &mut Tx,
    draft: &MessageDraft,
    recipients: &[Recipient],
    language: Language,
) -> Result<Words, Error> {
    let filled = fill(ctx, tx, draft, recipients, language).await?;
    let signed = if draft.with_signature { store::users::get(tx, ctx.actor.id).await?.signature } else { String::new() };
    let content =
        |body| render::email(&Content { subject: filled.subject.trim(), body, signature: &signed, language: language.code() });
    if draft.body.html().is_none() {
        let made = content(Body::Text(&filled.text))?;
        return Ok(Words { subject: made.subject, text: made.text, html: made.html, codes: Vec::new() });
    }
    let (html, codes) = crate::payments::draw(ctx, tx, &filled.html_with_preheader(), "body").await?;
    let made = content(Body::Html(&html))?;
    // A mail of nothing but pictures says in its text part what it is about.
    let text = if filled.text.trim().is_empty() { &made.subject } else { &filled.text };
    Ok(Words { text: signature::append(text, &signed), subject: made.subject, html: made.html, codes })
}

async fn fill(
    ctx: &Ctx,
    tx: &mut Tx,
    draft: &MessageDraft,
    recipients: &[Recipient],
    language: Language,
) -> Result<Filled, Error> {
    // Most mails name no field, and for them nothing needs to be fetched.
    let names_fields = [&draft.subject, &draft.preheader, draft.body.source()].iter().any(|it| has_code(it));
    let (fields, values) = if names_fields {
        let contact = addressee(recipients, draft.contact);
        (all_fields(tx, None, language).await?, known(ctx, tx, contact, language).await?)
    } else {
        Default::default()
    };
    let compiled = Letter::compile(&letter::of_message(draft, language), &letter::catalogue(&fields)).map_err(refused)?;
    let filled = compiled.fill(&letter::values(&values), Diacritics::Keep).map_err(|it| match it {
        Unfillable::TooLong | Unfillable::TooMuchWork => Refusal::field("body", Fault::TooLong { max: MAX_OUTPUT as u32 }),
    })?;
    let mut faults = Faults::default();
    for it in &filled.unresolved {
        faults.add(field(it.place), Fault::Unfilled(it.path.clone()));
    }
    faults.finish()?;
    Ok(filled)
}

/// Whose data stand in the fields: those of the first recipient, or of the contact that it is written from.
fn addressee(recipients: &[Recipient], contact: Option<ContactId>) -> Option<ContactId> {
    recipients.first().and_then(|it| it.contact).or(contact)
}

/// What is known about the recipient, for those who may see contacts, and about the office.
async fn known(
    ctx: &Ctx,
    connection: &mut Connection,
    contact: Option<ContactId>,
    language: Language,
) -> Result<MergeValues, Error> {
    let contact = match contact.filter(|_| ctx.may(Permission::ContactsView)) {
        Some(id) => Some(store::contacts::by_id(connection, id).await?),
        None => None,
    };
    Office::of(ctx, connection).await?.values(connection, contact.as_ref(), language).await
}

/// The field of the screen in which a place of the text is typed.
fn field(place: TemplatePlace) -> &'static str {
    match place {
        TemplatePlace::Subject => "subject",
        TemplatePlace::Preheader => "preheader",
        TemplatePlace::Body | TemplatePlace::Plain => "body",
    }
}

fn refused(found: Vec<TemplateFault>) -> Error {
    let mut faults = Faults::default();
    for it in found {
        faults.add(field(it.place), Fault::MergeCode { line: it.line, column: it.column, suggestion: it.suggestion });
    }
    Refusal::Invalid(faults.list().to_vec()).into()
}
