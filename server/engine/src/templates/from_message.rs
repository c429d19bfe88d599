//! A template made from a message of the history.

use content::merge::literal;
use model::{
    Change, Channel, Deed, Language, MessageId, MessageState, Noun, Origin, Permission, Refusal, TemplateAttachment,
    TemplateBody, TemplateDraft, TemplateId, TemplateText,
};

use super::{require_sound, require_users};
use crate::history::require_sight;
use crate::{Ctx, Error, unsubscribe};

/// Makes a template that says what a message said, with copies of its files. Nothing is guessed back: names and other values of the person
/// it went to stay as they left, until somebody puts fields in their place; only links that belong to one recipient become fields again. It
/// is not offered yet.
///
/// # Errors
/// Refuses messages that may not be seen, are being written, lie in the bin or were erased; messages of campaigns, which have a template or
/// texts of their own; and a name that another template has.
pub async fn from_message(ctx: &Ctx, id: MessageId, name: String, language: Language) -> Result<TemplateId, Error> {
    ctx.require(Permission::TemplatesManage)?;
    require_sight(ctx, id).await?;
    let store = &ctx.engine.store;
    let mut tx = store.write().await?;
    let stored = store::messages::by_id(store, &mut tx, id).await?;
    let is_gone = stored.erased_at.is_some() || stored.binned_at.is_some();
    if stored.state == MessageState::Draft || stored.origin == Origin::Campaign || is_gone {
        return Err(Refusal::IllegalStep(Noun::Message).into());
    }
    let parts = store::messages::parts(store, &mut tx, id).await?;
    let files = store::attachments::copy_loose(store, &mut tx, &stored.attachments, ctx.actor.id, ctx.now()).await?;
    let body = match parts.channel {
        Channel::Email => {
            let (html, _) = crate::reactions::shown(&ctx.engine, &mut tx, parts.html).await?;
            TemplateBody::Html(unsubscribe::with_fields(&ctx.engine, &literal(&html)))
        }
        Channel::Sms => TemplateBody::Sms(unsubscribe::with_fields(&ctx.engine, &literal(&parts.text))),
    };
    let subject = match parts.channel {
        Channel::Email => literal(&parts.subject).into_owned(),
        Channel::Sms => String::new(),
    };
    let draft = TemplateDraft {
        channel: parts.channel,
        name,
        attachments: files.into_iter().map(|it| TemplateAttachment::File(it.id)).collect(),
        keeps_diacritics: parts.channel == Channel::Sms && !parts.text.is_ascii(),
        texts: vec![TemplateText { subject, body, ..TemplateText::empty(language, parts.channel) }],
        ..TemplateDraft::default()
    };
    draft.check()?;
    require_sound(&mut tx, &draft).await?;
    require_users(&mut tx, &draft).await?;
    let made = store::templates::create(store, &mut tx, &draft, None, ctx.actor.id, ctx.now()).await;
    let template = made.map_err(crate::attachments::as_field)?;
    ctx.log(&mut tx, Deed::TemplateCreated(template)).await?;
    tx.commit().await?;
    ctx.tell(Change::Templates);
    Ok(template)
}
