//! Calls about contacts.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{
    Alteration, AuditId, ConsentDraft, ConsentEntry, ConsentQuestion, Contact, ContactCount, ContactDraft, ContactFilter,
    ContactId, ContactLine, ContactQuery, Kin, Page, Released, Tag, UserId,
};

use crate::Problem;
#[cfg(feature = "ssr")]
use crate::door;

/// Lists one page of contacts.
#[server(input = Json)]
pub async fn list_contacts(query: ContactQuery) -> Result<Page<ContactLine>, Problem> {
    door::answer(engine::contacts::list(&door::enter().await?, query).await)
}

/// Counts the contacts that a filter lets through, as far as that is quick.
#[server(input = Json)]
pub async fn count_contacts(filter: ContactFilter) -> Result<ContactCount, Problem> {
    door::answer(engine::contacts::count(&door::enter().await?, filter).await)
}

/// Counts exactly the contacts that a filter lets through.
#[server(input = Json)]
pub async fn count_contacts_exactly(filter: ContactFilter) -> Result<ContactCount, Problem> {
    door::answer(engine::contacts::count_exactly(&door::enter().await?, filter).await)
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

/// What belongs to a contact, and what it belongs to.
#[server(input = Json)]
pub async fn open_kin(id: ContactId) -> Result<Kin, Problem> {
    door::answer(engine::contacts::kin(&door::enter().await?, id).await)
}

/// The tags in which the words begin something, the most used first.
#[server(input = Json)]
pub async fn list_tags(words: String) -> Result<Vec<Tag>, Problem> {
    door::answer(engine::contacts::tags(&door::enter().await?, words).await)
}

/// Users who can look after contacts: id and name, by name.
#[server(input = Json)]
pub async fn list_owners() -> Result<Vec<(UserId, String)>, Problem> {
    door::answer(engine::contacts::owners(&door::enter().await?).await)
}

/// What the newest entries of the action log changed in a contact.
#[server(input = Json)]
pub async fn list_alterations(id: ContactId) -> Result<Vec<(AuditId, Vec<Alteration>)>, Problem> {
    door::answer(engine::contacts::alterations(&door::enter().await?, id).await)
}

/// Keeps a password for attachments, or forgets it.
#[server(input = Json)]
pub async fn set_attachment_password(id: ContactId, password: Option<String>) -> Result<(), Problem> {
    door::answer(engine::contacts::set_password(&door::enter().await?, id, password).await)
}

/// Shows the password for attachments, which leaves an entry in the action log.
#[server(input = Json)]
pub async fn show_attachment_password(id: ContactId) -> Result<String, Problem> {
    door::answer(engine::contacts::show_password(&door::enter().await?, id).await)
}

/// Notes what was said about writing to a contact.
#[server(input = Json)]
pub async fn note_consent(contact: ContactId, draft: ConsentDraft) -> Result<(), Problem> {
    door::answer(engine::consents::note(&door::enter().await?, contact, draft).await)
}

/// Sends a mail with a link by which the person themselves says yes.
#[server(input = Json)]
pub async fn ask_consent(contact: ContactId, question: ConsentQuestion) -> Result<Released, Problem> {
    door::answer(engine::consents::ask(&door::enter().await?, contact, question).await)
}

/// The whole log of consents of a contact, the newest note first.
#[server(input = Json)]
pub async fn list_consents(contact: ContactId) -> Result<Vec<ConsentEntry>, Problem> {
    door::answer(engine::consents::log(&door::enter().await?, contact).await)
}
