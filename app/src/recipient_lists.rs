//! Calls about recipient lists.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{BulkStep, Chosen, ContactId, ListDraft, ListQuery, Membership, Page, RecipientList, RecipientListId, Takeover};

use crate::Problem;
#[cfg(feature = "ssr")]
use crate::door;

/// Lists one page of lists.
#[server(input = Json)]
pub async fn list_lists(query: ListQuery) -> Result<Page<RecipientList>, Problem> {
    door::answer(engine::recipient_lists::list(&door::enter().await?, query).await)
}

/// The names of lists; those that are gone are left out.
#[server(input = Json)]
pub async fn name_lists(ids: Vec<RecipientListId>) -> Result<Vec<(RecipientListId, String)>, Problem> {
    door::answer(engine::recipient_lists::names(&door::enter().await?, ids).await)
}

/// Opens a list.
#[server(input = Json)]
pub async fn open_list(id: RecipientListId) -> Result<RecipientList, Problem> {
    door::answer(engine::recipient_lists::open(&door::enter().await?, id).await)
}

/// The lists that a contact is in.
#[server(input = Json)]
pub async fn list_memberships(contact: ContactId) -> Result<Vec<Membership>, Problem> {
    door::answer(engine::recipient_lists::of_contact(&door::enter().await?, contact).await)
}

/// Makes a list, or changes name and description of the one given if its revision is still the given one.
#[server(input = Json)]
pub async fn save_list(key: Option<(RecipientListId, i64)>, draft: ListDraft) -> Result<RecipientListId, Problem> {
    door::answer(engine::recipient_lists::save(&door::enter().await?, key, draft).await)
}

/// Deletes a list; its contacts stay.
#[server(input = Json)]
pub async fn delete_list(id: RecipientListId) -> Result<(), Problem> {
    door::answer(engine::recipient_lists::delete(&door::enter().await?, id).await)
}

/// Puts the next of the chosen contacts into a list, up to a thousand in one call.
#[server(input = Json)]
pub async fn add_to_list(id: RecipientListId, chosen: Chosen, after: Option<ContactId>) -> Result<BulkStep, Problem> {
    door::answer(engine::recipient_lists::add(&door::enter().await?, id, chosen, after).await)
}

/// Takes the next of the chosen contacts out of a list, up to a thousand in one call.
#[server(input = Json)]
pub async fn remove_from_list(id: RecipientListId, chosen: Chosen, after: Option<ContactId>) -> Result<BulkStep, Problem> {
    door::answer(engine::recipient_lists::remove(&door::enter().await?, id, chosen, after).await)
}

/// Puts the next contacts of some kinds into a list, up to a thousand in one call.
#[server(input = Json)]
pub async fn take_over_into_list(id: RecipientListId, takeover: Takeover, after: Option<ContactId>) -> Result<BulkStep, Problem> {
    door::answer(engine::recipient_lists::take_over(&door::enter().await?, id, takeover, after).await)
}
