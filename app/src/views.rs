//! Calls about how a list looks.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{
    ContactColumns, ContactListSettings, ContactViewDraft, MessageColumns, MessageListSettings, MessageViewDraft, ViewId,
    ViewedList,
};

use crate::Problem;
#[cfg(feature = "ssr")]
use crate::door;

/// One's columns of the list of contacts, one's views of it and those that others share.
#[server(input = Json)]
pub async fn open_list_settings() -> Result<ContactListSettings, Problem> {
    door::answer(engine::views::settings(&door::enter().await?).await)
}

/// One's columns of the list of messages, one's views of it and those that others share.
#[server(input = Json)]
pub async fn open_message_list_settings() -> Result<MessageListSettings, Problem> {
    door::answer(engine::views::settings(&door::enter().await?).await)
}

/// Keeps the columns of the list of contacts that one sees when no view is open.
#[server(input = Json)]
pub async fn save_columns(columns: ContactColumns) -> Result<(), Problem> {
    door::answer(engine::views::set_columns(&door::enter().await?, columns).await)
}

/// Keeps the columns of the list of messages that one sees when no view is open.
#[server(input = Json)]
pub async fn save_message_columns(columns: MessageColumns) -> Result<(), Problem> {
    door::answer(engine::views::set_columns(&door::enter().await?, columns).await)
}

/// Makes a view of the list of contacts, or changes the one given.
#[server(input = Json)]
pub async fn save_view(id: Option<ViewId>, draft: ContactViewDraft) -> Result<ViewId, Problem> {
    door::answer(engine::views::save(&door::enter().await?, id, draft).await)
}

/// Makes a view of the list of messages, or changes the one given.
#[server(input = Json)]
pub async fn save_message_view(id: Option<ViewId>, draft: MessageViewDraft) -> Result<ViewId, Problem> {
    door::answer(engine::views::save(&door::enter().await?, id, draft).await)
}

/// Deletes a view.
#[server(input = Json)]
pub async fn delete_view(list: ViewedList, id: ViewId) -> Result<(), Problem> {
    door::answer(engine::views::delete(&door::enter().await?, list, id).await)
}

/// Lets one's list open with a view, or with none.
#[server(input = Json)]
pub async fn set_default_view(list: ViewedList, id: Option<ViewId>) -> Result<(), Problem> {
    door::answer(engine::views::set_default(&door::enter().await?, list, id).await)
}
