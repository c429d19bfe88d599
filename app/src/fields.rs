//! Calls about own fields of contacts.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{FieldChange, FieldDefinition, FieldDraft, FieldId};

use crate::Problem;
#[cfg(feature = "ssr")]
use crate::door;

/// Lists the own fields in their order.
#[server(input = Json)]
pub async fn list_fields() -> Result<Vec<FieldDefinition>, Problem> {
    door::answer(engine::fields::list(&door::enter().await?).await)
}

/// Makes a field, or changes the one given.
#[server(input = Json)]
pub async fn save_field(id: Option<FieldId>, draft: FieldDraft) -> Result<FieldId, Problem> {
    door::answer(engine::fields::save(&door::enter().await?, id, draft).await)
}

/// Puts the fields into this order.
#[server(input = Json)]
pub async fn reorder_fields(order: Vec<FieldId>) -> Result<(), Problem> {
    door::answer(engine::fields::reorder(&door::enter().await?, order).await)
}

/// How many values a change would lose.
#[server(input = Json)]
pub async fn count_lost_values(change: FieldChange) -> Result<u64, Problem> {
    door::answer(engine::fields::values_lost(&door::enter().await?, change).await)
}

/// Takes a field away with all its values.
#[server(input = Json)]
pub async fn delete_field(id: FieldId) -> Result<(), Problem> {
    door::answer(engine::fields::delete(&door::enter().await?, id).await)
}
