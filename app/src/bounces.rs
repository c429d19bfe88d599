//! Calls about what comes back.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{
    AccountId, BounceId, BounceMailbox, BounceNote, BounceQuery, BouncedAddress, BouncedAddressId, ContactId, MailboxDraft,
    MailboxProbe, MessageId, Page, StrayBounce,
};

use crate::Problem;
#[cfg(feature = "ssr")]
use crate::door;

/// Opens the bounce mailbox of an account, if it has one.
#[server(input = Json)]
pub async fn open_bounce_mailbox(account: AccountId) -> Result<Option<BounceMailbox>, Problem> {
    door::answer(engine::bounces::mailbox(&door::enter().await?, account).await)
}

/// Sets the bounce mailbox of an account up, or changes it.
#[server(input = Json)]
pub async fn save_bounce_mailbox(account: AccountId, draft: MailboxDraft) -> Result<(), Problem> {
    door::answer(engine::bounces::save_mailbox(&door::enter().await?, account, draft).await)
}

/// Ends reading the bounce mailbox of an account.
#[server(input = Json)]
pub async fn remove_bounce_mailbox(account: AccountId) -> Result<(), Problem> {
    door::answer(engine::bounces::remove_mailbox(&door::enter().await?, account).await)
}

/// Tries a mailbox with what is typed; a missing password is taken from the stored one. Reads nothing.
#[server(input = Json)]
pub async fn test_bounce_mailbox(account: AccountId, draft: MailboxDraft) -> Result<MailboxProbe, Problem> {
    door::answer(engine::bounces::test_mailbox(&door::enter().await?, account, draft).await)
}

/// Lists one page of reports that belong to no delivery, newest first.
#[server(input = Json)]
pub async fn list_stray_bounces(query: BounceQuery) -> Result<Page<StrayBounce>, Problem> {
    door::answer(engine::bounces::strays(&door::enter().await?, query).await)
}

/// Takes a report off that list.
#[server(input = Json)]
pub async fn dismiss_stray_bounce(id: BounceId) -> Result<(), Problem> {
    door::answer(engine::bounces::dismiss_stray(&door::enter().await?, id).await)
}

/// Lists one page of addresses whose suppression is proposed, newest first.
#[server(input = Json)]
pub async fn list_bounced_addresses(query: BounceQuery) -> Result<Page<BouncedAddress>, Problem> {
    door::answer(engine::bounces::proposed(&door::enter().await?, query).await)
}

/// Suppresses addresses that bounce, as was proposed; all or none.
#[server(input = Json)]
pub async fn suppress_bounced_addresses(ids: Vec<BouncedAddressId>) -> Result<(), Problem> {
    door::answer(engine::bounces::suppress(&door::enter().await?, ids).await)
}

/// Goes on writing to addresses that bounce; all or none.
#[server(input = Json)]
pub async fn keep_bounced_addresses(ids: Vec<BouncedAddressId>) -> Result<(), Problem> {
    door::answer(engine::bounces::keep(&door::enter().await?, ids).await)
}

/// The addresses of a contact that mails came back from.
#[server(input = Json)]
pub async fn list_contact_bounces(contact: ContactId) -> Result<Vec<BouncedAddress>, Problem> {
    door::answer(engine::bounces::of_contact(&door::enter().await?, contact).await)
}

/// What was reported about the deliveries of a message.
#[server(input = Json)]
pub async fn list_message_bounces(message: MessageId) -> Result<Vec<BounceNote>, Problem> {
    door::answer(engine::bounces::of_message(&door::enter().await?, message).await)
}
