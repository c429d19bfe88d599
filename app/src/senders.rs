//! Calls about senders.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{DomainName, Identity, OwnSender, Released, SenderId, SenderQuestion, Senders};

use crate::Problem;
#[cfg(feature = "ssr")]
use crate::door;

/// Lists the addresses that messages may leave under, and their domains.
#[server(input = Json)]
pub async fn list_senders() -> Result<Senders, Problem> {
    door::answer(engine::senders::list(&door::enter().await?).await)
}

/// Sends a link to an address, by which whoever reads it lets messages leave under it.
#[server(input = Json)]
pub async fn ask_sender(question: SenderQuestion) -> Result<Released, Problem> {
    door::answer(engine::senders::ask(&door::enter().await?, question).await)
}

/// Sends such a link to one's own address.
#[server(input = Json)]
pub async fn ask_own_sender(question: SenderQuestion) -> Result<Released, Problem> {
    door::answer(engine::senders::ask_own(&door::enter().await?, question).await)
}

/// Under which name and address one's own messages leave.
#[server(input = Json)]
pub async fn open_own_sender() -> Result<OwnSender, Problem> {
    door::answer(engine::senders::own(&door::enter().await?).await)
}

/// Changes under which name and address one's own messages leave.
#[server(input = Json)]
pub async fn save_own_sender(identity: Identity) -> Result<(), Problem> {
    door::answer(engine::senders::set_own(&door::enter().await?, identity).await)
}

/// Forgets an address that was asked.
#[server(input = Json)]
pub async fn remove_sender(id: SenderId) -> Result<(), Problem> {
    door::answer(engine::senders::remove(&door::enter().await?, id).await)
}

/// Answers for all addresses of a domain.
#[server(input = Json)]
pub async fn vouch_domain(domain: DomainName) -> Result<(), Problem> {
    door::answer(engine::senders::vouch(&door::enter().await?, domain).await)
}

/// Answers for a domain no more.
#[server(input = Json)]
pub async fn unvouch_domain(domain: DomainName) -> Result<(), Problem> {
    door::answer(engine::senders::unvouch(&door::enter().await?, domain).await)
}
