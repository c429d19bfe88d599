//! Calls about those whom we must not write to.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{
    BulkStep, Chosen, ContactId, ContactStanding, ContactSuppressionDraft, DomainCheck, Page, SuppressedBy, Suppression,
    SuppressionFilter, SuppressionId, SuppressionQuery, SuppressionsAdded, SuppressionsDraft,
};

use crate::Problem;
#[cfg(feature = "ssr")]
use crate::door;

/// Lists one page of suppressions, newest first.
#[server(input = Json)]
pub async fn list_suppressions(query: SuppressionQuery) -> Result<Page<Suppression>, Problem> {
    door::answer(engine::suppressions::list(&door::enter().await?, query).await)
}

/// Counts the suppressions that a filter lets through.
#[server(input = Json)]
pub async fn count_suppressions(filter: SuppressionFilter) -> Result<u64, Problem> {
    door::answer(engine::suppressions::count(&door::enter().await?, filter).await)
}

/// Suppresses addresses, numbers and domains; what cannot be read is answered, the rest is done.
#[server(input = Json)]
pub async fn add_suppressions(draft: SuppressionsDraft) -> Result<SuppressionsAdded, Problem> {
    door::answer(engine::suppressions::add(&door::enter().await?, draft).await)
}

/// Suppresses what stood in a file, up to ten thousand in one call.
#[server(input = Json)]
pub async fn add_suppressions_of_file(draft: SuppressionsDraft) -> Result<SuppressionsAdded, Problem> {
    door::answer(engine::suppressions::add_of_file(&door::enter().await?, draft).await)
}

/// Suppresses a contact with all its addresses, also those it gets later.
#[server(input = Json)]
pub async fn suppress_contact(id: ContactId, draft: ContactSuppressionDraft) -> Result<(), Problem> {
    door::answer(engine::suppressions::suppress_contact(&door::enter().await?, id, draft).await)
}

/// Suppresses the next of the chosen contacts, up to a thousand in one call.
#[server(input = Json)]
pub async fn suppress_contacts(
    chosen: Chosen,
    draft: ContactSuppressionDraft,
    after: Option<ContactId>,
) -> Result<BulkStep, Problem> {
    door::answer(engine::suppressions::suppress_contacts(&door::enter().await?, chosen, draft, after).await)
}

/// Lifts a suppression for a reason; it stays as history.
#[server(input = Json)]
pub async fn lift_suppression(id: SuppressionId, reason: String) -> Result<(), Problem> {
    door::answer(engine::suppressions::lift(&door::enter().await?, id, reason).await)
}

/// Tells which of up to 10,000 addresses and numbers must not be written to, each by its place among them, and why.
#[server(input = Json)]
pub async fn check_suppressed(addresses: Vec<String>) -> Result<Vec<(u32, SuppressedBy)>, Problem> {
    door::answer(engine::suppressions::check(&door::enter().await?, addresses).await)
}

/// Tells what stands in the way of writing to a contact.
#[server(input = Json)]
pub async fn open_contact_standing(id: ContactId) -> Result<ContactStanding, Problem> {
    door::answer(engine::suppressions::of_contact(&door::enter().await?, id).await)
}

/// Asks DNS whether the domains of up to a hundred addresses take mail.
#[server(input = Json)]
pub async fn check_domains(addresses: Vec<String>) -> Result<Vec<(String, DomainCheck)>, Problem> {
    door::answer(engine::suppressions::check_domains(&door::enter().await?, addresses).await)
}
