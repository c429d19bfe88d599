//! Trying a template out on oneself.

use content::merge::literal;
use model::{
    AccountId, Attachment, Channel, Fault, Faults, MergeValues, MessageBody, MessageDraft, Origin, Permission,
    TemplateAttachment, TemplatePlace, TestOrder, TestSent,
};
use render::{Body, Content};
use store::Tx;

use super::apply::fill;
use super::merging::{Office, all_fields};
use crate::messages::{self, Ready};
use crate::{Ctx, Error};

/// What a test of a campaign leaves by and carries besides what its draft says.
#[derive(Default)]
pub(crate) struct Beside {
    /// The account; nothing means the default one.
    pub account: Option<AccountId>,
    /// Further files; copies are sent.
    pub files: Vec<Attachment>,
    /// What stands in fields that only a campaign knows.
    pub values: MergeValues,
}

/// Sends a draft of a template, saved or not, to typed addresses, filled with a contact's data or with samples. It leaves at once in the
/// first lane, is marked as a test and counted nowhere; the addresses are remembered.
///
/// # Errors
/// Names wrong addresses or numbers, wrong merge code, and fields without a value; a text message needs an account for them.
pub async fn test(ctx: &Ctx, order: TestOrder) -> Result<TestSent, Error> {
    ctx.require(Permission::MessageSend)?;
    test_beside(ctx, order, Beside::default()).await
}

/// The same by another account, with further files and values.
pub(crate) async fn test_beside(ctx: &Ctx, order: TestOrder, beside: Beside) -> Result<TestSent, Error> {
    ctx.require(Permission::MessageSend)?;
    if order.contact.is_some() {
        ctx.require(Permission::ContactsView)?;
    }
    let mut tx = ctx.engine.store.write().await?;
    let mut values = trial_values(ctx, &mut tx, &order).await?;
    values.0.extend(beside.values.0.clone());
    let filled = fill(&mut tx, &order.draft, order.language, &values).await?;
    let mut faults = Faults::default();
    for it in &filled.unresolved {
        let place = if it.place == TemplatePlace::Subject { "subject" } else { "body" };
        faults.add(format!("texts.{}.{place}", order.language.code()), Fault::Unfilled(it.path.clone()));
    }
    faults.finish()?;
    if order.draft.channel == Channel::Sms {
        return text(ctx, tx, &order, &beside, filled.text).await;
    }
    let field = format!("texts.{}.body", order.language.code());
    let (html, codes) = crate::payments::draw(ctx, &mut tx, &filled.html_with_preheader(), &field).await?;
    let content = Content { subject: &filled.subject, body: Body::Html(&html), signature: "", language: order.language.code() };
    let rendered = render::email(&content)?;
    // A mail of nothing but pictures says in its text part what it is about.
    let text = if filled.text.trim().is_empty() { rendered.subject.clone() } else { filled.text };
    let draft = MessageDraft {
        to: order.to.clone(),
        account: beside.account,
        subject: literal(&rendered.subject).into_owned(),
        body: MessageBody::Html(literal(&html).into_owned()),
        attachments: [files(ctx, &mut tx, &order, &beside).await?, codes].concat(),
        ..MessageDraft::default()
    };
    let ready = Ready {
        origin: Origin::Test,
        draft: &draft,
        sender_name: &order.draft.sender_name,
        sender_address: &order.draft.sender_address,
        text: &text,
        html: &rendered.html,
    };
    let released = messages::send_ready(ctx, &mut tx, &ready).await?;
    store::templates::set_test_addresses(&mut tx, ctx.actor.id, order.draft.channel, order.to.trim()).await?;
    tx.commit().await?;
    messages::changed(ctx);
    Ok(TestSent { message: released.id, recipients: released.recipients })
}

/// Sends a filled text message.
async fn text(ctx: &Ctx, mut tx: Tx, order: &TestOrder, beside: &Beside, words: String) -> Result<TestSent, Error> {
    let draft = MessageDraft {
        channel: Channel::Sms,
        account: beside.account,
        to: order.to.clone(),
        body: MessageBody::Text(words),
        keeps_diacritics: order.draft.keeps_diacritics,
        ..MessageDraft::default()
    };
    let released = messages::send_text(ctx, &mut tx, Origin::Test, &draft, &order.draft.sender_name).await?;
    store::templates::set_test_addresses(&mut tx, ctx.actor.id, Channel::Sms, order.to.trim()).await?;
    tx.commit().await?;
    messages::changed(ctx);
    Ok(TestSent { message: released.id, recipients: released.recipients })
}

/// The addresses that one last sent a test to; at first one's own.
///
/// # Errors
/// Refuses who may not send.
pub async fn test_addresses(ctx: &Ctx, channel: Channel) -> Result<String, Error> {
    ctx.require(Permission::MessageSend)?;
    let mut reader = ctx.engine.store.read().await?;
    if let Some(addresses) = store::templates::test_addresses(&mut reader, ctx.actor.id, channel).await? {
        return Ok(addresses);
    }
    let own = store::users::get(&mut reader, ctx.actor.id).await?.email;
    Ok(if channel == Channel::Email { own } else { String::new() })
}

/// The samples, and over them what is known: everything about the contact when one was chosen.
async fn trial_values(ctx: &Ctx, tx: &mut Tx, order: &TestOrder) -> Result<MergeValues, Error> {
    let mut values = MergeValues::samples(&all_fields(tx, order.draft.record.as_ref(), order.language).await?);
    let contact = match order.contact {
        Some(id) => Some(store::contacts::by_id(tx, id).await?),
        None => None,
    };
    let known = Office::of(ctx, tx).await?.values(tx, contact.as_ref(), order.language).await?;
    values.0.extend(known.0);
    Ok(values)
}

/// Copies of the files that the draft carries: the template's own, loose ones of this person, and those beside it.
async fn files(ctx: &Ctx, tx: &mut Tx, order: &TestOrder, beside: &Beside) -> Result<Vec<model::AttachmentId>, Error> {
    let store = &ctx.engine.store;
    let mut carried = Vec::new();
    for it in &order.draft.attachments {
        if let TemplateAttachment::File(file) = it {
            let found = store::attachments::usable(store, tx, *file, ctx.actor.id, order.template).await;
            carried.push(found.map_err(crate::attachments::as_field)?);
        }
    }
    carried.extend(beside.files.iter().cloned());
    let copies = store::attachments::copy_loose(store, tx, &carried, ctx.actor.id, ctx.now()).await?;
    Ok(copies.into_iter().map(|it| it.id).collect())
}
