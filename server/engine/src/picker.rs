//! Use cases of the field that recipients are picked in.

use model::picker::LOOKED_UP;
use model::{
    Audience, Chosen, ContactFilter, EmailAddress, ExpandedSet, Fault, KnownAddress, Permission, PhoneOffer, PickOffers, Purpose,
    Refusal, SetOffer, message,
};
use store::Reader;

use crate::{Ctx, Error};

/// How many contacts are offered at once.
const CONTACTS: u32 = 8;
/// How many lists, and how many segments.
const SETS: u32 = 3;

/// Offers contacts, lists and segments for what is typed; contacts with their address for the purpose.
///
/// # Errors
/// Refuses who may not see contacts.
pub async fn offer(ctx: &Ctx, words: String, purpose: Purpose) -> Result<PickOffers, Error> {
    ctx.require(Permission::ContactsView)?;
    if words.trim().is_empty() {
        return Ok(PickOffers::default());
    }
    let mut reader = ctx.engine.store.read().await?;
    let contacts = store::picker::offer(&mut reader, &words, purpose, CONTACTS).await?;
    let lists = store::recipient_lists::offer(&mut reader, &words, SETS).await?;
    let segments = store::segments::offer(&mut reader, &words, SETS).await?;
    let lists = lists.into_iter().map(|(id, name, n)| SetOffer { audience: Audience::List(id), name, members: Some(n) });
    let segments = segments.into_iter().map(|(id, name)| SetOffer { audience: Audience::Segment(id), name, members: None });
    Ok(PickOffers { contacts, sets: lists.chain(segments).collect() })
}

/// Offers contacts with their numbers for what is typed.
///
/// # Errors
/// Refuses who may not see contacts.
pub async fn offer_phones(ctx: &Ctx, words: String) -> Result<Vec<PhoneOffer>, Error> {
    ctx.require(Permission::ContactsView)?;
    if words.trim().is_empty() {
        return Ok(Vec::new());
    }
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::picker::offer_phones(&mut reader, &words, CONTACTS).await?)
}

/// Takes a list or a segment apart into recipients of one message. When it has more contacts than a message may have recipients, only
/// their number is told: a campaign is the way then.
///
/// # Errors
/// Refuses a list or a segment that is gone.
pub async fn expand(ctx: &Ctx, audience: Audience, purpose: Purpose) -> Result<ExpandedSet, Error> {
    ctx.require(Permission::ContactsView)?;
    let mut reader = ctx.engine.store.read().await?;
    let mut filter = ContactFilter::default();
    let members = match audience {
        Audience::List(id) => {
            filter.list = Some(id);
            store::recipient_lists::by_id(&mut reader, id).await?.members
        }
        Audience::Segment(id) => {
            filter.segment = Some(id);
            let segment = store::segments::by_id(&mut reader, id).await?;
            let rule = store::segments::resolved(&mut reader, &segment.fields.rule, ctx.now()).await?;
            store::segments::count(&mut reader, &rule).await?
        }
    };
    if (message::RECIPIENTS_MAX as u64) < members {
        return Ok(ExpandedSet { members, ..ExpandedSet::default() });
    }
    store::segments::filter(&mut reader, &mut filter, ctx.now()).await?;
    let chosen = Chosen::Matching { filter, except: Vec::new() };
    let mut expanded = ExpandedSet { members, ..ExpandedSet::default() };
    let mut behind = None;
    loop {
        let step = store::chosen::step(&mut reader, &chosen, behind).await?;
        let recipients = store::picker::addresses(&mut reader, &step.ids, purpose).await?;
        expanded.without += (step.ids.len() - recipients.len()) as u32;
        expanded.recipients.extend(recipients);
        behind = step.next;
        if behind.is_none() {
            return Ok(expanded);
        }
    }
}

/// Tells what is known about addresses, up to two hundred in one call, in their order.
///
/// # Errors
/// Refuses who may not see contacts, and more addresses than that.
pub async fn look_up(ctx: &Ctx, emails: Vec<EmailAddress>) -> Result<Vec<KnownAddress>, Error> {
    ctx.require(Permission::ContactsView)?;
    if LOOKED_UP < emails.len() {
        return Err(Refusal::field("emails", Fault::TooMany { max: LOOKED_UP as u32 }).into());
    }
    let mut reader: Reader = ctx.engine.store.read().await?;
    Ok(store::picker::known(&mut reader, &emails).await?)
}
