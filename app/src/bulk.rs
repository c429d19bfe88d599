//! Calls over many chosen contacts, step by step.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{BulkChange, BulkStep, Chosen, ContactId, PhoneRecipient, PickedRecipients};

use crate::Problem;
#[cfg(feature = "ssr")]
use crate::door;

/// Changes the next of the chosen contacts alike, up to a thousand in one call.
#[server(input = Json)]
pub async fn change_contacts(chosen: Chosen, change: BulkChange, after: Option<ContactId>) -> Result<BulkStep, Problem> {
    door::answer(engine::bulk::change(&door::enter().await?, chosen, change, after).await)
}

/// Deletes the next of the chosen contacts, up to a thousand in one call; messages to them stay.
#[server(input = Json)]
pub async fn delete_contacts(chosen: Chosen, after: Option<ContactId>) -> Result<BulkStep, Problem> {
    door::answer(engine::bulk::delete(&door::enter().await?, chosen, after).await)
}

/// Whom a message to the chosen contacts would go to, as many as one message may have.
#[server(input = Json)]
pub async fn pick_recipients(chosen: Chosen) -> Result<PickedRecipients, Problem> {
    door::answer(engine::bulk::pick(&door::enter().await?, chosen).await)
}

/// Whom a text message to the chosen contacts would go to, as many as one message may have.
#[server(input = Json)]
pub async fn pick_phones(chosen: Chosen) -> Result<PickedRecipients<PhoneRecipient>, Problem> {
    door::answer(engine::bulk::pick_phones(&door::enter().await?, chosen).await)
}
