//! Use cases of the field that recipients are picked in.

use model::picker::LOOKED_UP;
use model::{
    Audience, Chosen, ContactFilter, ContactId, EmailAddress, ExpandedSet, Fault, KnownAddress, Permission, PhoneOffer,
    PhoneRecipient, PickOffers, Purpose, Refusal, SetOffer, message,
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
    Ok(PickOffers { contacts, sets: sets(&mut reader, &words).await? })
}

/// Offers contacts with their numbers, lists and segments for what is typed.
///
/// # Errors
/// Refuses who may not see contacts.
pub async fn offer_phones(ctx: &Ctx, words: String) -> Result<PickOffers<PhoneOffer>, Error> {
    ctx.require(Permission::ContactsView)?;
    if words.trim().is_empty() {
        return Ok(PickOffers::default());
    }
    let mut reader = ctx.engine.store.read().await?;
    let contacts = store::picker::offer_phones(&mut reader, &words, CONTACTS).await?;
    Ok(PickOffers { contacts, sets: sets(&mut reader, &words).await? })
}

/// Lists and segments in whose names a word begins so.
async fn sets(reader: &mut Reader, words: &str) -> Result<Vec<SetOffer>, Error> {
    let lists = store::recipient_lists::offer(reader, words, SETS).await?;
    let segments = store::segments::offer(reader, words, SETS).await?;
    let lists = lists.into_iter().map(|(id, name, n)| SetOffer { audience: Audience::List(id), name, members: Some(n) });
    let segments = segments.into_iter().map(|(id, name)| SetOffer { audience: Audience::Segment(id), name, members: None });
    Ok(lists.chain(segments).collect())
}

/// Takes a list or a segment apart into recipients of one message. When it has more contacts than a message may have recipients, only
/// their number is told: a campaign is the way then.
///
/// # Errors
/// Refuses a list or a segment that is gone.
pub async fn expand(ctx: &Ctx, audience: Audience, purpose: Purpose) -> Result<ExpandedSet, Error> {
    ctx.require(Permission::ContactsView)?;
    let mut reader = ctx.engine.store.read().await?;
    let (members, ids) = members(ctx, &mut reader, audience).await?;
    let recipients = store::picker::addresses(&mut reader, &ids, purpose).await?;
    Ok(ExpandedSet { without: (ids.len() - recipients.len()) as u32, recipients, members })
}

/// Like [`expand`], for a text message.
///
/// # Errors
/// Like [`expand`].
pub async fn expand_phones(ctx: &Ctx, audience: Audience) -> Result<ExpandedSet<PhoneRecipient>, Error> {
    ctx.require(Permission::ContactsView)?;
    let mut reader = ctx.engine.store.read().await?;
    let (members, ids) = members(ctx, &mut reader, audience).await?;
    let recipients = store::picker::numbers(&mut reader, &ids).await?;
    Ok(ExpandedSet { without: (ids.len() - recipients.len()) as u32, recipients, members })
}

/// How many contacts a set has, and which: none when there are more than a message may have recipients.
async fn members(ctx: &Ctx, reader: &mut Reader, audience: Audience) -> Result<(u64, Vec<ContactId>), Error> {
    let mut filter = ContactFilter::default();
    let members = match audience {
        Audience::List(id) => {
            filter.list = Some(id);
            store::recipient_lists::by_id(reader, id).await?.members
        }
        Audience::Segment(id) => {
            filter.segment = Some(id);
            let segment = store::segments::by_id(reader, id).await?;
            let rule = store::segments::resolved(reader, &segment.fields.rule, ctx.now()).await?;
            store::segments::count(reader, &rule).await?
        }
    };
    let mut ids = Vec::new();
    if (message::RECIPIENTS_MAX as u64) < members {
        return Ok((members, ids));
    }
    store::segments::filter(reader, &mut filter, ctx.now()).await?;
    let chosen = Chosen::Matching { filter, except: Vec::new() };
    let mut behind = None;
    loop {
        let step = store::chosen::step(reader, &chosen, behind).await?;
        ids.extend(step.ids);
        behind = step.next;
        if behind.is_none() {
            return Ok((members, ids));
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
