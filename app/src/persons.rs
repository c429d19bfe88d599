//! Calls about everything that is known of one person.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{ContactId, PersonHoldings};

use crate::Problem;
#[cfg(feature = "ssr")]
use crate::door;

/// What there is about a contact besides its own fields.
#[server(input = Json)]
pub async fn open_holdings(id: ContactId) -> Result<PersonHoldings, Problem> {
    door::answer(engine::persons::holdings(&door::enter().await?, id).await)
}

/// Erases a person for ever.
#[server(input = Json)]
pub async fn erase_person(id: ContactId) -> Result<(), Problem> {
    door::answer(engine::persons::erase(&door::enter().await?, id).await)
}
