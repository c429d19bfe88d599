//! Use cases about those whom we must not write to.

mod domains;
mod export;
mod file;

use model::suppression::{SUPPRESSIONS_AT_ONCE, check_lifting};
use model::{
    AddressStanding, BulkStep, Change, Channels, Chosen, ContactId, ContactStanding, ContactSuppressionDraft, Deed, EmailAddress,
    Fault, HomeCountry, Noun, Page, Permission, Refusal, SuppressedBy, Suppression, SuppressionFilter, SuppressionId,
    SuppressionQuery, SuppressionReason, SuppressionSource, SuppressionTarget, SuppressionsAdded, SuppressionsDraft,
};
use serde::Serialize;
use store::Tx;
use store::suppressions::{Found, NewSuppression};

pub use domains::check_domains;
pub use export::{Export, export};
pub use file::{file_limit, read_file};

use crate::{Ctx, Error, bulk};

/// What the action log tells of suppressions: of contacts no more than why, since they are the thing that the entry is about.
#[derive(Default, Serialize)]
struct Told {
    targets: Vec<String>,
    channels: Option<Channels>,
    reason: Option<SuppressionReason>,
    lifted: String,
}

/// An address, a number or a domain as it is written.
fn shown(target: &SuppressionTarget) -> String {
    match target {
        SuppressionTarget::Email(address) => address.shown(),
        SuppressionTarget::Phone(number) => number.shown(),
        SuppressionTarget::Domain(domain) => domain.shown(),
        SuppressionTarget::Contact(_, name) => name.clone(),
    }
}

/// Lists one page of suppressions, newest first.
///
/// # Errors
/// Refuses who may not see contacts.
pub async fn list(ctx: &Ctx, query: SuppressionQuery) -> Result<Page<Suppression>, Error> {
    ctx.require(Permission::ContactsView)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::suppressions::page(&mut reader, &query).await?)
}

/// Counts the suppressions that a filter lets through.
///
/// # Errors
/// Refuses who may not see contacts.
pub async fn count(ctx: &Ctx, filter: SuppressionFilter) -> Result<u64, Error> {
    ctx.require(Permission::ContactsView)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::suppressions::count(&mut reader, &filter).await?)
}

/// Suppresses addresses, numbers and domains; what cannot be read is answered, the rest is done.
///
/// # Errors
/// Names wrong fields, and `targets` when not one piece can be read.
pub async fn add(ctx: &Ctx, draft: SuppressionsDraft) -> Result<SuppressionsAdded, Error> {
    ctx.require(Permission::SuppressionsManage)?;
    add_from(ctx, draft, SuppressionSource::Person).await
}

/// The same with what stood in a file; see [`read_file`].
///
/// # Errors
/// Like [`add`].
pub async fn add_of_file(ctx: &Ctx, draft: SuppressionsDraft) -> Result<SuppressionsAdded, Error> {
    ctx.require(Permission::SuppressionsManage)?;
    add_from(ctx, draft, SuppressionSource::Import).await
}

async fn add_from(ctx: &Ctx, draft: SuppressionsDraft, source: SuppressionSource) -> Result<SuppressionsAdded, Error> {
    let mut tx = ctx.engine.store.write().await?;
    let home = store::company::get(&mut tx).await?.map_or(HomeCountry::default(), |it| it.country);
    let mut came = SuppressionsAdded::default();
    let mut after =
        Told { targets: Vec::new(), channels: Some(Channels::Both), reason: Some(draft.reason), lifted: String::new() };
    for piece in draft.check(home)? {
        match piece.target {
            Err(fault) => came.bad.push(fault),
            Ok(target) => {
                let new = NewSuppression {
                    target: &target,
                    channels: Channels::Both,
                    reason: draft.reason,
                    source,
                    note: &draft.note,
                    message: None,
                    author: ctx.actor.id,
                };
                match store::suppressions::add(&mut tx, &new, ctx.now()).await? {
                    Found::New(_) => {
                        came.added += 1;
                        after.targets.push(shown(&target));
                    }
                    Found::Before => came.already += 1,
                }
            }
        }
    }
    if 0 < came.added {
        ctx.log_changed(&mut tx, Deed::SuppressionsAdded(came.added), (&Told::default(), &after)).await?;
    }
    tx.commit().await?;
    ctx.tell(Change::Suppressions);
    Ok(came)
}

/// Suppresses a contact with all its addresses, also those it gets later.
///
/// # Errors
/// Names wrong fields; refuses when there is no such contact.
pub async fn suppress_contact(ctx: &Ctx, id: ContactId, draft: ContactSuppressionDraft) -> Result<(), Error> {
    ctx.require(Permission::SuppressionsManage)?;
    draft.check()?;
    let mut tx = ctx.engine.store.write().await?;
    match close(ctx, &mut tx, id, &draft).await? {
        None => return Err(Refusal::NotFound(Noun::Contact).into()),
        Some(Found::New(_)) => {
            let after = Told { channels: Some(draft.channels), reason: Some(draft.reason), ..Told::default() };
            ctx.log_changed(&mut tx, Deed::ContactSuppressed(id), (&Told::default(), &after)).await?;
        }
        Some(Found::Before) => {}
    }
    tx.commit().await?;
    ctx.tell(Change::Suppressions);
    Ok(())
}

/// Suppresses the next of the chosen contacts, up to a thousand in one call.
///
/// # Errors
/// Names wrong fields; refuses when a filter asks about a segment that is gone.
pub async fn suppress_contacts(
    ctx: &Ctx,
    chosen: Chosen,
    draft: ContactSuppressionDraft,
    after: Option<ContactId>,
) -> Result<BulkStep, Error> {
    ctx.require(Permission::SuppressionsManage)?;
    ctx.require(Permission::ContactsView)?;
    draft.check()?;
    let mut tx = ctx.engine.store.write().await?;
    let step = bulk::next(ctx, &mut tx, chosen, after).await?;
    let mut done = 0;
    for id in &step.ids {
        if let Some(Found::New(_)) = close(ctx, &mut tx, *id, &draft).await? {
            done += 1;
        }
    }
    if 0 < done {
        let after = Told { channels: Some(draft.channels), reason: Some(draft.reason), ..Told::default() };
        ctx.log_changed(&mut tx, Deed::ContactsSuppressed(done), (&Told::default(), &after)).await?;
    }
    tx.commit().await?;
    ctx.tell(Change::Suppressions);
    Ok(bulk::came(done, &step))
}

/// Suppresses one contact; nothing when it is not there.
async fn close(ctx: &Ctx, tx: &mut Tx, id: ContactId, draft: &ContactSuppressionDraft) -> Result<Option<Found>, Error> {
    let new = NewSuppression {
        target: &SuppressionTarget::Contact(id, String::new()),
        channels: draft.channels,
        reason: draft.reason,
        source: SuppressionSource::Person,
        note: &draft.note,
        message: None,
        author: ctx.actor.id,
    };
    Ok(store::suppressions::suppress_contact(tx, id, &new, ctx.now()).await?)
}

/// Lifts a suppression for a reason; it stays as history.
///
/// # Errors
/// Refuses without a reason, and what is not there or was lifted before.
pub async fn lift(ctx: &Ctx, id: SuppressionId, reason: String) -> Result<(), Error> {
    ctx.require(Permission::SuppressionsLift)?;
    check_lifting(&reason)?;
    let mut tx = ctx.engine.store.write().await?;
    let before = store::suppressions::by_id(&mut tx, id).await?;
    let contact = match before.target {
        SuppressionTarget::Contact(contact, _) => Some(contact),
        _ => None,
    };
    store::suppressions::lift(&mut tx, id, ctx.actor.id, &reason, ctx.now()).await?;
    let targets = if contact.is_none() { vec![shown(&before.target)] } else { Vec::new() };
    let was = Told { targets, channels: Some(before.channels), reason: Some(before.reason), lifted: String::new() };
    let is = Told { lifted: reason.trim().to_owned(), ..Told::default() };
    ctx.log_changed(&mut tx, Deed::SuppressionLifted(id, contact), (&was, &is)).await?;
    tx.commit().await?;
    ctx.tell(Change::Suppressions);
    Ok(())
}

/// Those of the addresses and numbers that must not be written to, each with its place among them, and why.
///
/// # Errors
/// Refuses who may neither write nor see contacts, and more addresses than can be asked about at once.
pub async fn check(ctx: &Ctx, addresses: Vec<String>) -> Result<Vec<(u32, SuppressedBy)>, Error> {
    if !ctx.may(Permission::MessageWrite) {
        ctx.require(Permission::ContactsView)?;
    }
    if SUPPRESSIONS_AT_ONCE < addresses.len() {
        let fault = Fault::OutOfRange { min: 0, max: SUPPRESSIONS_AT_ONCE as i64 };
        return Err(Refusal::field("addresses", fault).into());
    }
    let mut reader = ctx.engine.store.read().await?;
    let found = store::suppressions::among(&mut reader, &addresses).await?;
    Ok(found.into_iter().map(|(place, cause)| (place as u32, cause)).collect())
}

/// What stands in the way of writing to a contact: suppressions of itself and of each of its addresses, and what is known about their
/// domains. It is found by the address each time, so a changed address never keeps the standing of the former one.
///
/// # Errors
/// Refuses who may not see contacts.
pub async fn of_contact(ctx: &Ctx, id: ContactId) -> Result<ContactStanding, Error> {
    ctx.require(Permission::ContactsView)?;
    let mut reader = ctx.engine.store.read().await?;
    let addresses = store::suppressions::addresses_of(&mut reader, id).await?;
    let mut causes: Vec<Option<SuppressedBy>> = addresses.iter().map(|_| None).collect();
    for (place, cause) in store::suppressions::among(&mut reader, &addresses).await? {
        causes[place] = Some(cause);
    }
    let domains: Vec<String> = addresses.iter().filter_map(|it| domain_of(it)).collect();
    let domains = store::suppressions::domains(&mut reader, &domains).await?;
    Ok(ContactStanding {
        contact: store::suppressions::of_contact(&mut reader, id).await?,
        addresses: addresses
            .into_iter()
            .zip(causes)
            .map(|(address, suppressed)| AddressStanding {
                domain: domain_of(&address).and_then(|it| domains.get(&it).copied()),
                address,
                suppressed,
            })
            .collect(),
    })
}

fn domain_of(address: &str) -> Option<String> {
    EmailAddress::parse(address).ok().map(|it| it.domain().to_owned())
}
