//! A template put into a message, or its texts into a campaign.

use content::letter::{self, Letter, Unfillable};
use content::merge::literal;
use model::address::{parse_list, parse_phones};
use model::{
    Address, Attachment, ContactId, HomeCountry, Language, MergeValues, Noun, Permission, Refusal, Template, TemplateApplied,
    TemplateDraft, TemplateId, TemplateRef, TemplateText, UserId,
};
use store::Connection;

use super::merging::{Office, all_fields};
use crate::{Ctx, Error};

/// Fills a template for whoever has the first of the typed addresses, else for a contact, in that contact's language, with copies of its
/// files. Fields without a value are listed and marked in the texts. Without a contact only what is known about the sender is filled.
///
/// # Errors
/// Refuses a template that one is not offered, and a contact that is not there.
pub async fn apply(ctx: &Ctx, id: TemplateId, contact: Option<ContactId>, to: &str) -> Result<TemplateApplied, Error> {
    ctx.require(Permission::MessageWrite)?;
    if contact.is_some() {
        ctx.require(Permission::ContactsView)?;
    }
    let store = &ctx.engine.store;
    let mut tx = store.write().await?;
    let template = store::templates::by_id(store, &mut tx, id).await?;
    require_offered(&template, ctx.actor.id)?;
    let office = Office::of(ctx, &mut tx).await?;
    let contact = match addressee(ctx, &mut tx, to).await?.or(contact) {
        Some(id) => Some(store::contacts::by_id(&mut tx, id).await?),
        None => None,
    };
    let wanted = contact.as_ref().map_or(office.company.language, |it| office.language_of(it));
    let spoken = template.draft.text_for(wanted, office.company.language).map_or(wanted, |it| it.language);
    let values = office.values(&mut tx, contact.as_ref(), spoken).await?;
    let filled = fill(&mut tx, &template.draft, spoken, &values).await?;
    let attachments = store::attachments::copy_loose(store, &mut tx, &template.files, ctx.actor.id, ctx.now()).await?;
    tx.commit().await?;
    Ok(TemplateApplied {
        template: TemplateRef { id, version: template.version },
        language: spoken,
        subject: literal(&filled.subject).into_owned(),
        preheader: literal(&filled.preheader).into_owned(),
        html: literal(&filled.html).into_owned(),
        text: filled.text,
        sender: (template.draft.sender_name, template.draft.sender_address),
        attachments,
        unresolved: filled.unresolved,
    })
}

/// The texts of a template to be written on in a campaign, with copies of its files for who asks, pictures of the texts among them.
///
/// # Errors
/// Refuses when there is none, and one that is offered to others only.
pub async fn take(ctx: &Ctx, id: TemplateId) -> Result<(Vec<TemplateText>, Vec<Attachment>), Error> {
    ctx.require(Permission::CampaignWrite)?;
    let store = &ctx.engine.store;
    let mut tx = store.write().await?;
    let template = store::templates::by_id(store, &mut tx, id).await?;
    require_offered(&template, ctx.actor.id)?;
    let files = store::attachments::copy_loose(store, &mut tx, &template.files, ctx.actor.id, ctx.now()).await?;
    tx.commit().await?;
    Ok((template.draft.texts, files))
}

/// The contact that has the first of the typed addresses, for those who may see contacts.
async fn addressee(ctx: &Ctx, connection: &mut Connection, to: &str) -> Result<Option<ContactId>, Error> {
    let email = || parse_list(to).into_iter().next().and_then(|it| it.address.ok()).map(Address::from);
    let phone = || parse_phones(to, HomeCountry::default()).into_iter().next().and_then(|it| it.number.ok()).map(Address::from);
    let first = email().or_else(phone);
    match first {
        Some(address) if ctx.may(Permission::ContactsView) => {
            Ok(store::contacts::by_address(connection, &address).await?.map(|(id, _)| id))
        }
        _ => Ok(None),
    }
}

/// Fills what a draft says in a language.
///
/// # Errors
/// Refuses a draft without texts, and one whose merge code does not compile: an own field may have gone since it was saved.
pub(super) async fn fill(
    connection: &mut Connection,
    draft: &TemplateDraft,
    language: Language,
    values: &MergeValues,
) -> Result<letter::Filled, Error> {
    let fields = all_fields(connection, draft.record.as_ref(), language).await?;
    let text = draft.texts.iter().find(|it| it.language == language).ok_or(Refusal::NotFound(Noun::Template))?;
    let compiled = Letter::compile(text, &letter::catalogue(&fields)).map_err(super::refused)?;
    let filled = compiled.fill(&letter::values(values), letter::diacritics(draft));
    filled.map_err(|it| match it {
        Unfillable::TooLong | Unfillable::TooMuchWork => Refusal::field("body", too_long()).into(),
    })
}

fn too_long() -> model::Fault {
    model::Fault::TooLong { max: content::merge::MAX_OUTPUT as u32 }
}

/// Whoever is not offered a template does not know of it.
fn require_offered(template: &Template, user: UserId) -> Result<(), Refusal> {
    let draft = &template.draft;
    let is_offered = draft.is_active && (draft.offered_to.is_empty() || draft.offered_to.contains(&user));
    if is_offered { Ok(()) } else { Err(Refusal::NotFound(Noun::Template)) }
}
