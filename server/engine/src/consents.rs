//! Use cases about consents to be written to.

use content::merge::literal;
use model::address::written;
use model::contact::LINK_MS;
use model::{
    Change, Channel, ConsentDraft, ConsentEntry, ConsentPage, ConsentQuestion, ConsentState, ConsentWay, ContactId, Deed,
    EmailAddress, Fault, LocalTime, MessageDraft, Permission, QuestionState, Refusal, Released,
};
use store::Tx;
use store::consents::Witness;

use crate::{Ctx, Error, Guest, secret};

/// Notes what was said about writing to a contact.
///
/// # Errors
/// Refuses a consent without proof, a day in the future, and a contact that is not there.
pub async fn note(ctx: &Ctx, contact: ContactId, draft: ConsentDraft) -> Result<(), Error> {
    ctx.require(Permission::ContactsEdit)?;
    draft.check(ctx.now())?;
    let mut tx = ctx.engine.store.write().await?;
    let witness = Witness { by: ctx.actor.id, address: "", network: "" };
    store::consents::add(&mut tx, contact, &draft, witness, ctx.now()).await?;
    ctx.log(&mut tx, Deed::ConsentNoted(contact, draft.channel, draft.state)).await?;
    tx.commit().await?;
    ctx.tell(Change::Contacts);
    Ok(())
}

/// The whole log of a contact with its proofs, the newest note first.
///
/// # Errors
/// Refuses who may not see contacts.
pub async fn log(ctx: &Ctx, contact: ContactId) -> Result<Vec<ConsentEntry>, Error> {
    ctx.require(Permission::ContactsView)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::consents::log(&mut reader, contact).await?)
}

/// Sends a mail with a link by which the person themselves says yes. It leaves at once: a link that was sent is not taken back.
///
/// # Errors
/// Names wrong fields; refuses who said yes or no already, who has no address and who must not be written to.
pub async fn ask(ctx: &Ctx, contact: ContactId, question: ConsentQuestion) -> Result<Released, Error> {
    ctx.require(Permission::ContactsEdit)?;
    ctx.require(Permission::MessageSend)?;
    ctx.require(Permission::MessageWrite)?;
    question.check()?;
    let now = ctx.now();
    let mut tx = ctx.engine.store.write().await?;
    let (email, address) = reach(&mut tx, contact, question.channel).await?;
    let token = secret::make()?;
    store::consent_questions::add(
        &mut tx,
        contact,
        &question,
        &address,
        &secret::hash(&token),
        ctx.actor.id,
        now,
        now.plus(LINK_MS),
    )
    .await?;
    let name = store::contacts::by_id(&mut tx, contact).await?.fields.display_name();
    let draft = MessageDraft {
        contact: Some(contact),
        to: written(&name, &email),
        subject: literal(&question.subject).into_owned(),
        body: literal(&format!("{}\n\n{}/consent/{token}\n", question.text.trim(), ctx.engine.public_url)).as_ref().into(),
        ..MessageDraft::default()
    };
    let released = crate::messages::send_now(ctx, &mut tx, &draft).await?;
    let said = said(question.channel, ConsentState::Asked, &question.statement, ctx.now());
    let witness = Witness { by: ctx.actor.id, address: &address, network: "" };
    store::consents::add(&mut tx, contact, &said, witness, now).await?;
    ctx.log(&mut tx, Deed::ConsentNoted(contact, question.channel, ConsentState::Asked)).await?;
    tx.commit().await?;
    crate::messages::changed(ctx);
    ctx.tell(Change::Contacts);
    Ok(released)
}

/// What the page behind a link shows. Looking at it changes nothing, so that programs that try links out confirm nothing.
///
/// # Errors
/// Refuses a link that leads nowhere, and too many tries.
pub async fn page(guest: &Guest, token: &str) -> Result<ConsentPage, Error> {
    let now = guest.engine.clock().now();
    let attempt = guest.engine.doorkeeper.knock_with_link(&guest.network, now)?;
    let mut reader = guest.engine.store.read().await?;
    let asked = store::consent_questions::by_hash(&mut reader, &secret::hash(token), now).await?;
    let Some(asked) = asked else { return Err(Refusal::LinkExpired.into()) };
    attempt.welcome(now);
    let company = store::company::get(&mut reader).await?.unwrap_or_default();
    Ok(ConsentPage {
        company: company.name,
        language: asked.language,
        statement: asked.statement,
        address: asked.address,
        state: asked.state,
    })
}

/// Notes the yes of the person behind a link, with the words they saw and where they came from. A second yes changes nothing.
///
/// # Errors
/// Refuses a link that leads nowhere, and too many tries.
pub async fn confirm(guest: &Guest, token: &str) -> Result<ConsentPage, Error> {
    let page = page(guest, token).await?;
    if page.state != QuestionState::Open {
        return Ok(page);
    }
    let engine = &guest.engine;
    let (now, hash) = (engine.clock().now(), secret::hash(token));
    let ctx = Ctx::system(engine);
    let mut tx = engine.store.write().await?;
    let asked = store::consent_questions::by_hash(&mut tx, &hash, now).await?;
    let Some(asked) = asked.filter(|it| it.state == QuestionState::Open) else {
        return Ok(ConsentPage { state: QuestionState::Closed, ..page });
    };
    store::consent_questions::confirm(&mut tx, &hash, now).await?;
    let said = said(asked.channel, ConsentState::Confirmed, &asked.statement, now);
    let witness = Witness { by: ctx.actor.id, address: &asked.address, network: &guest.network };
    store::consents::add(&mut tx, asked.contact, &said, witness, now).await?;
    // Where the person came from is theirs: it stands in the proof, which goes with them, and not in the log of actions, which stays.
    ctx.log(&mut tx, Deed::ConsentNoted(asked.contact, asked.channel, ConsentState::Confirmed)).await?;
    tx.commit().await?;
    ctx.tell(Change::Contacts);
    Ok(ConsentPage { state: QuestionState::Confirmed(now), ..page })
}

/// The mail address that the link goes to, and the address or number it is about.
async fn reach(tx: &mut Tx, contact: ContactId, channel: Channel) -> Result<(EmailAddress, String), Error> {
    let (email, phone) = store::consent_questions::addresses(tx, contact).await?;
    let known = store::contacts::by_id(tx, contact).await?.consents;
    let state = known.iter().find(|it| it.channel == channel).map_or(ConsentState::Unknown, |it| it.state);
    if !state.may_be_asked() {
        return Err(Refusal::field("channel", Fault::Answered).into());
    }
    let Ok(sent_to) = EmailAddress::parse(&email) else { return Err(Refusal::field("email", Fault::Missing).into()) };
    let address = match channel {
        Channel::Email => email.clone(),
        Channel::Sms => phone,
    };
    if address.is_empty() {
        return Err(Refusal::field("channel", Fault::Missing).into());
    }
    for (field, it) in [("email", &email), ("channel", &address)] {
        if store::suppressions::why(tx, it).await?.is_some() {
            return Err(Refusal::field(field, Fault::Suppressed).into());
        }
    }
    Ok((sent_to, address))
}

fn said(channel: Channel, state: ConsentState, statement: &str, now: model::Moment) -> ConsentDraft {
    ConsentDraft { channel, state, on: LocalTime::of(now).day, way: ConsentWay::Link, proof: statement.trim().to_owned() }
}
