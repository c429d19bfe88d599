//! Calls about contacts.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{Contact, ContactDraft, ContactFilter, ContactId, ContactQuery, ContactRow, Page, RecipientOffer};

use crate::Problem;
#[cfg(feature = "ssr")]
use crate::door;

/// Lists one page of contacts.
#[server(input = Json)]
pub async fn list_contacts(query: ContactQuery) -> Result<Page<ContactRow>, Problem> {
    door::answer(engine::contacts::list(&door::enter().await?, query).await)
}

/// Counts the contacts that a filter lets through.
#[server(input = Json)]
pub async fn count_contacts(filter: ContactFilter) -> Result<u64, Problem> {
    door::answer(engine::contacts::count(&door::enter().await?, filter).await)
}

/// Opens a contact.
#[server(input = Json)]
pub async fn open_contact(id: ContactId) -> Result<Contact, Problem> {
    door::answer(engine::contacts::open(&door::enter().await?, id).await)
}

/// Makes a contact, or changes the one given if its revision is still the given one.
#[server(input = Json)]
pub async fn save_contact(key: Option<(ContactId, i64)>, draft: ContactDraft) -> Result<ContactId, Problem> {
    door::answer(engine::contacts::save(&door::enter().await?, key, draft).await)
}

/// Deletes a contact; messages to it stay in the history.
#[server(input = Json)]
pub async fn delete_contact(id: ContactId) -> Result<(), Problem> {
    door::answer(engine::contacts::delete(&door::enter().await?, id).await)
}

/// Offers up to ten addresses for what is typed into a recipient field.
#[server(input = Json)]
pub async fn offer_recipients(words: String) -> Result<Vec<RecipientOffer>, Problem> {
    door::answer(engine::contacts::offer(&door::enter().await?, words).await)
}
