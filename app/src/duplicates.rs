//! Calls about contacts that seem to be the same.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{AddressHolder, ContactId, DuplicatePage, DuplicatePlace, DuplicateReason, MergeDraft};

use crate::Problem;
#[cfg(feature = "ssr")]
use crate::door;

/// Groups of contacts that seem to be the same, from a place on.
#[server(input = Json)]
pub async fn list_duplicates(place: DuplicatePlace) -> Result<DuplicatePage, Problem> {
    door::answer(engine::duplicates::list(&door::enter().await?, place).await)
}

/// Remembers that the contacts of a group are not the same.
#[server(input = Json)]
pub async fn dismiss_duplicates(reason: DuplicateReason, key: String) -> Result<(), Problem> {
    door::answer(engine::duplicates::dismiss(&door::enter().await?, reason, key).await)
}

/// Who has these addresses and numbers already, besides one contact.
#[server(input = Json)]
pub async fn find_holders(
    emails: Vec<String>,
    phones: Vec<String>,
    besides: Option<ContactId>,
) -> Result<Vec<AddressHolder>, Problem> {
    door::answer(engine::duplicates::holders(&door::enter().await?, emails, phones, besides).await)
}

/// Lets the second contact go into the first one, for ever.
#[server(input = Json)]
pub async fn merge_contacts(draft: MergeDraft) -> Result<ContactId, Problem> {
    door::answer(engine::duplicates::merge(&door::enter().await?, draft).await)
}
