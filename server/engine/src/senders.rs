//! Use cases about senders: addresses that confirm themselves by a link, and domains that an administrator answers for.

mod identity;

use std::collections::BTreeMap;

use model::sender::LINK_MS;
use model::{
    Change, Deed, DkimState, DomainName, EmailAddress, Fault, MessageDraft, Moment, Permission, QuestionState, Refusal, Released,
    Sender, SenderDomain, SenderId, SenderPage, SenderQuestion, SenderState, Senders,
};
use store::Tx;
use store::senders::{AskedSender, NewLink};

pub(crate) use identity::of_author;
pub use identity::{own, set_own};

use crate::{Ctx, Error, Guest, secret};

/// Lists all senders with their domains.
///
/// # Errors
/// Refuses who may not manage accounts.
pub async fn list(ctx: &Ctx) -> Result<Senders, Error> {
    ctx.require(Permission::AccountsManage)?;
    let mut reader = ctx.engine.store.read().await?;
    let vouched = store::senders::vouched(&mut reader).await?;
    let mut addresses = BTreeMap::new();
    for it in store::senders::all(&mut reader).await? {
        let is_vouched = vouched.iter().any(|(domain, ..)| domain.as_str() == it.address.domain());
        let state = standing(&it, is_vouched, ctx.now());
        addresses
            .insert(it.address.normalized(), Sender { id: Some(it.id), asked_at: Some(it.asked_at), address: it.address, state });
    }
    for account in store::accounts::all(&mut reader, ctx.now()).await? {
        let Ok(address) = EmailAddress::parse(&account.sender_address) else { continue };
        let own = Sender { id: None, address: address.clone(), state: SenderState::OfAccount(account.name), asked_at: None };
        addresses.entry(address.normalized()).or_insert(own);
    }
    let mut domains: BTreeMap<DomainName, SenderDomain> = BTreeMap::new();
    let named = addresses.values().filter_map(|it| DomainName::parse(it.address.domain()).ok());
    for domain in named {
        domains.entry(domain.clone()).or_insert(SenderDomain { domain, vouched: None, key: None });
    }
    for (domain, state) in store::dkim_keys::domains(&mut reader).await? {
        let row = domains.entry(domain.clone()).or_insert(SenderDomain { domain, vouched: None, key: None });
        row.key = Some(farther(row.key, state));
    }
    for (domain, at, by) in vouched {
        let row = domains.entry(domain.clone()).or_insert(SenderDomain { domain, vouched: None, key: None });
        row.vouched = Some((at, by));
    }
    Ok(Senders { addresses: addresses.into_values().collect(), domains: domains.into_values().collect() })
}

/// Sends a link to an address, by which whoever reads it lets messages leave under it. An earlier link ends. It leaves at once.
///
/// # Errors
/// Names wrong fields; refuses an address that may be used already and one that must not be written to.
pub async fn ask(ctx: &Ctx, question: SenderQuestion) -> Result<Released, Error> {
    ctx.require(Permission::AccountsManage)?;
    ctx.require(Permission::MessageSend)?;
    ctx.require(Permission::MessageWrite)?;
    send_link(ctx, question).await
}

/// Sends such a link to one's own address, the one that one signs in with.
///
/// # Errors
/// As [`ask`]; refuses another address.
pub async fn ask_own(ctx: &Ctx, question: SenderQuestion) -> Result<Released, Error> {
    ctx.require(Permission::MessageSend)?;
    ctx.require(Permission::MessageWrite)?;
    let own = store::users::get(&mut *ctx.engine.store.read().await?, ctx.actor.id).await?.email;
    if !question.address.trim().eq_ignore_ascii_case(&own) {
        return Err(Refusal::field("address", Fault::Gone).into());
    }
    send_link(ctx, question).await
}

async fn send_link(ctx: &Ctx, question: SenderQuestion) -> Result<Released, Error> {
    let address = question.check()?;
    let now = ctx.now();
    let mut tx = ctx.engine.store.write().await?;
    if store::senders::is_usable(&mut tx, address.as_str()).await? {
        return Err(Refusal::field("address", Fault::Confirmed).into());
    }
    if store::suppressions::why(&mut tx, address.as_str()).await?.is_some() {
        return Err(Refusal::field("address", Fault::Suppressed).into());
    }
    let token = secret::make()?;
    let link = NewLink {
        address: &address,
        language: question.language,
        token_hash: &secret::hash(&token),
        by: ctx.actor.id,
        until: now.plus(LINK_MS),
    };
    let id = store::senders::ask(&mut tx, &link, now).await?;
    let draft = MessageDraft {
        to: address.to_string(),
        subject: question.subject.clone(),
        body: format!("{}\n\n{}/sender/{token}\n", question.text.trim(), ctx.engine.public_url).into(),
        ..MessageDraft::default()
    };
    let released = crate::messages::send_now(ctx, &mut tx, &draft).await?;
    ctx.log(&mut tx, Deed::SenderAsked(id)).await?;
    tx.commit().await?;
    crate::messages::changed(ctx);
    ctx.tell(Change::Accounts);
    Ok(released)
}

/// Forgets an address that was asked; messages do not leave under it any more, unless its domain is answered for.
///
/// # Errors
/// Refuses as stale when it is not there.
pub async fn remove(ctx: &Ctx, id: SenderId) -> Result<(), Error> {
    ctx.require(Permission::AccountsManage)?;
    let mut tx = ctx.engine.store.write().await?;
    store::senders::remove(&mut tx, id).await?;
    ctx.log(&mut tx, Deed::SenderRemoved(id)).await?;
    tx.commit().await?;
    ctx.tell(Change::Accounts);
    Ok(())
}

/// Answers for a domain: messages may leave under each of its addresses.
///
/// # Errors
/// Refuses who may not manage accounts.
pub async fn vouch(ctx: &Ctx, domain: DomainName) -> Result<(), Error> {
    ctx.require(Permission::AccountsManage)?;
    let mut tx = ctx.engine.store.write().await?;
    if store::senders::vouch(&mut tx, &domain, ctx.actor.id, ctx.now()).await? {
        ctx.log(&mut tx, Deed::DomainVouched(domain)).await?;
    }
    tx.commit().await?;
    ctx.tell(Change::Accounts);
    Ok(())
}

/// Answers for a domain no more.
///
/// # Errors
/// Refuses who may not manage accounts.
pub async fn unvouch(ctx: &Ctx, domain: DomainName) -> Result<(), Error> {
    ctx.require(Permission::AccountsManage)?;
    let mut tx = ctx.engine.store.write().await?;
    if store::senders::unvouch(&mut tx, &domain).await? {
        ctx.log(&mut tx, Deed::DomainUnvouched(domain)).await?;
    }
    tx.commit().await?;
    ctx.tell(Change::Accounts);
    Ok(())
}

/// What the page behind a link shows. Looking at it changes nothing, so that programs that try links out confirm nothing.
///
/// # Errors
/// Refuses a link that leads nowhere, and too many tries.
pub async fn page(guest: &Guest, token: &str) -> Result<SenderPage, Error> {
    let now = guest.engine.clock().now();
    let attempt = guest.engine.doorkeeper.knock_with_link(&guest.network, now)?;
    let mut reader = guest.engine.store.read().await?;
    let asked = store::senders::by_hash(&mut reader, &secret::hash(token), now).await?;
    let Some(asked) = asked else { return Err(Refusal::LinkExpired.into()) };
    attempt.welcome(now);
    let company = store::company::get(&mut reader).await?.unwrap_or_default();
    Ok(SenderPage { company: company.name, language: asked.language, address: asked.address, state: asked.state })
}

/// Lets messages leave under the address behind a link. A second yes changes nothing.
///
/// # Errors
/// Refuses a link that leads nowhere, and too many tries.
pub async fn confirm(guest: &Guest, token: &str) -> Result<SenderPage, Error> {
    let page = page(guest, token).await?;
    if page.state != QuestionState::Open {
        return Ok(page);
    }
    let engine = &guest.engine;
    let now = engine.clock().now();
    let ctx = Ctx::system(engine);
    let mut tx = engine.store.write().await?;
    let asked = store::senders::by_hash(&mut tx, &secret::hash(token), now).await?;
    let Some(asked) = asked.filter(|it| it.state == QuestionState::Open) else {
        return Ok(SenderPage { state: QuestionState::Closed, ..page });
    };
    store::senders::confirm(&mut tx, asked.id, now).await?;
    ctx.log(&mut tx, Deed::SenderConfirmed(asked.id)).await?;
    tx.commit().await?;
    ctx.tell(Change::Accounts);
    Ok(SenderPage { state: QuestionState::Confirmed(now), ..page })
}

/// Refuses an address that nobody has answered for; the fault stands at `field`.
pub(crate) async fn require_usable(tx: &mut Tx, address: &str, field: &str) -> Result<(), Error> {
    if store::senders::is_usable(tx, address).await? {
        return Ok(());
    }
    Err(Refusal::field(field, Fault::Unconfirmed { address: address.to_owned() }).into())
}

fn standing(it: &AskedSender, is_vouched: bool, now: Moment) -> SenderState {
    match it.confirmed_at {
        Some(at) => SenderState::Confirmed(at),
        None if is_vouched => SenderState::Vouched,
        None if now < it.until => SenderState::Asked(it.until),
        None => SenderState::Expired,
    }
}

/// Of two states of keys the one that has come farther: what signs, then what is still to be used, then what signed.
fn farther(known: Option<DkimState>, other: DkimState) -> DkimState {
    let rank = |it: &DkimState| match it {
        DkimState::Retired => 0,
        DkimState::New => 1,
        DkimState::Active => 2,
    };
    known.filter(|it| rank(&other) <= rank(it)).unwrap_or(other)
}
