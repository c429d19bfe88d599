//! What people do by the links in messages: unsubscribe, choose what they want no more, look at a message in the browser.
//!
//! A link carries the id of its message and a tag that only the vault can make, so nothing is kept for it and nobody can guess one.

mod links;
mod settle;

use model::person::ERASED_ADDRESS;
use model::unsubscribe::without_middle;
use model::{
    Channel, EmailAddress, HomeCountry, Leaving, LeavingOffer, MessageId, MessageState, Origin, PhoneNumber, Refusal,
    UnsubscribePage, UnsubscribeState,
};
use render::{Pictures, RemotePictures};
use store::Connection;
use store::unsubscribe::Addressee;

pub(crate) use links::with_fields;
pub use links::{Links, headers, links, put_links};

use crate::{Ctx, Engine, Error, Guest};
use links::Purpose;

/// What the page behind a link shows. Looking at it changes nothing: programs in front of mailboxes open every link.
///
/// # Errors
/// Refuses a link that leads nowhere.
pub async fn page(guest: &Guest, token: &str) -> Result<UnsubscribePage, Error> {
    let (_, to) = addressee(&guest.engine, token, Purpose::Unsubscribe).await?;
    let mut reader = guest.engine.store.read().await?;
    told(&mut reader, &to).await
}

/// Unsubscribes the recipient of a message from its channel: by the button of the page, or by the one click of a mail program (RFC 8058).
/// A second time changes nothing.
///
/// # Errors
/// Refuses a link that leads nowhere.
pub async fn unsubscribe(guest: &Guest, token: &str) -> Result<UnsubscribePage, Error> {
    let (message, to) = addressee(&guest.engine, token, Purpose::Unsubscribe).await?;
    let what = match to.channel {
        Channel::Email => Leaving::Email,
        Channel::Sms => Leaving::Sms,
    };
    settle::leave(guest, message, &to, &[what]).await?;
    page(guest, token).await
}

/// Leaves what the recipient of a message ticked; whatever was not offered is passed over.
///
/// # Errors
/// Refuses a link that leads nowhere.
pub async fn choose(guest: &Guest, token: &str, ticked: &[Leaving]) -> Result<UnsubscribePage, Error> {
    let (message, to) = addressee(&guest.engine, token, Purpose::Unsubscribe).await?;
    let offers = page(guest, token).await?.offers;
    let open: Vec<Leaving> = offers.iter().filter(|it| !it.has_left && ticked.contains(&it.what)).map(|it| it.what).collect();
    settle::leave(guest, message, &to, &open).await?;
    page(guest, token).await
}

/// A message for the browser of its recipient: the stored HTML made harmless, with its pictures inside it, and those of other machines as
/// in the mail. What has not been released is nobody's to see.
///
/// # Errors
/// Refuses a link that leads nowhere.
pub async fn view(guest: &Guest, token: &str) -> Result<String, Error> {
    let (message, to) = addressee(&guest.engine, token, Purpose::View).await?;
    if to.state == MessageState::Prepared {
        return Err(Refusal::LinkExpired.into());
    }
    let ctx = Ctx::system(&guest.engine);
    let mut reader = guest.engine.store.read().await?;
    let html = store::messages::html(&guest.engine.store, &mut reader, message).await?;
    let inside = crate::pictures::inside(&ctx, &mut reader, message, &html).await?;
    let inline = |cid: &str| inside.iter().find(|it| it.0 == cid).map(|it| it.1.clone());
    Ok(render::for_screen(&html, Pictures { remote: RemotePictures::Shown, inline: &inline })?.html)
}

/// Whose link it is.
async fn addressee(engine: &Engine, token: &str, purpose: Purpose) -> Result<(MessageId, Addressee), Error> {
    let message = links::read(engine, token, purpose).ok_or(Refusal::LinkExpired)?;
    let mut reader = engine.store.read().await?;
    let to = store::unsubscribe::addressee(&mut reader, message).await?;
    let to = to.filter(|it| it.address != ERASED_ADDRESS).ok_or(Refusal::LinkExpired)?;
    Ok((message, to))
}

async fn told(reader: &mut Connection, to: &Addressee) -> Result<UnsubscribePage, Error> {
    let company = store::company::get(reader).await?.unwrap_or_default();
    let is_closed = store::suppressions::why(reader, &to.address).await?.is_some();
    let state = match (to.origin, is_closed) {
        (Origin::Test, _) => UnsubscribeState::Test,
        (_, true) => UnsubscribeState::Left,
        (_, false) => UnsubscribeState::Open,
    };
    Ok(UnsubscribePage {
        company: company.name,
        company_email: company.email,
        language: to.language,
        channel: to.channel,
        address: shown(&to.address),
        state,
        offers: if state == UnsubscribeState::Test { Vec::new() } else { offers(reader, to, is_closed).await? },
    })
}

/// What the recipient gets: the channel of the message first, then the other one of the contact, then its lists.
async fn offers(reader: &mut Connection, to: &Addressee, is_closed: bool) -> Result<Vec<LeavingOffer>, Error> {
    let (mut offers, what) = (Vec::new(), if to.channel == Channel::Email { Leaving::Email } else { Leaving::Sms });
    offers.push(LeavingOffer { what, shown: shown(&to.address), has_left: is_closed });
    let Some(contact) = to.contact else { return Ok(offers) };
    let (email, phone) = store::consent_questions::addresses(reader, contact).await?;
    let (other, address) = match to.channel {
        Channel::Email => (Leaving::Sms, phone),
        Channel::Sms => (Leaving::Email, email),
    };
    if !address.is_empty() {
        let has_left = store::suppressions::why(reader, &address).await?.is_some();
        let shown = if other == Leaving::Sms { without_middle(&shown(&address)) } else { hidden(&address) };
        offers.push(LeavingOffer { what: other, shown, has_left });
    }
    offers.extend(store::unsubscribe::lists(reader, contact).await?);
    Ok(offers)
}

/// An address or number as people read it.
fn shown(address: &str) -> String {
    match EmailAddress::parse(address) {
        Ok(it) => it.shown(),
        Err(_) => PhoneNumber::parse(address, HomeCountry::default()).map_or_else(|_| address.to_owned(), |it| it.shown()),
    }
}

/// A mail address of which only the beginning and the domain are shown.
fn hidden(address: &str) -> String {
    let shown = shown(address);
    match (shown.chars().next(), shown.rsplit_once('@')) {
        (Some(first), Some((_, domain))) => format!("{first}***@{domain}"),
        _ => String::new(),
    }
}
