//! Calls about how the list of contacts looks.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{ContactColumns, ContactListSettings, ViewDraft, ViewId};

use crate::Problem;
#[cfg(feature = "ssr")]
use crate::door;

/// One's columns, one's views and those that others share.
#[server(input = Json)]
pub async fn open_list_settings() -> Result<ContactListSettings, Problem> {
    door::answer(engine::views::settings(&door::enter().await?).await)
}

/// Keeps the columns that one sees when no view is open.
#[server(input = Json)]
pub async fn save_columns(columns: ContactColumns) -> Result<(), Problem> {
    door::answer(engine::views::set_columns(&door::enter().await?, columns).await)
}

/// Makes a view, or changes the one given.
#[server(input = Json)]
pub async fn save_view(id: Option<ViewId>, draft: ViewDraft) -> Result<ViewId, Problem> {
    door::answer(engine::views::save(&door::enter().await?, id, draft).await)
}

/// Deletes a view.
#[server(input = Json)]
pub async fn delete_view(id: ViewId) -> Result<(), Problem> {
    door::answer(engine::views::delete(&door::enter().await?, id).await)
}

/// Lets one's list open with a view, or with none.
#[server(input = Json)]
pub async fn set_default_view(id: Option<ViewId>) -> Result<(), Problem> {
    door::answer(engine::views::set_default(&door::enter().await?, id).await)
}
