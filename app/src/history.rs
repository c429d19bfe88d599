//! Calls about the history of communication.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{MessageDetail, MessageFilter, MessageId, MessageQuery, MessageRow, MessageSource, MessageSurvey, Page};

use crate::Problem;
#[cfg(feature = "ssr")]
use crate::door;

/// Lists one page of messages; words are looked up in the full text, without regard to case and diacritics.
#[server(input = Json)]
pub async fn list_messages(query: MessageQuery) -> Result<Page<MessageRow>, Problem> {
    door::answer(engine::history::list(&door::enter().await?, query).await)
}

/// Counts the messages that a filter lets through.
#[server(input = Json)]
pub async fn count_messages(filter: MessageFilter) -> Result<u64, Problem> {
    door::answer(engine::history::count(&door::enter().await?, filter).await)
}

/// Counts the messages that a filter lets through and, with words, tells what they are by channel, state, origin, account and year.
#[server(input = Json)]
pub async fn survey_messages(filter: MessageFilter) -> Result<MessageSurvey, Problem> {
    door::answer(engine::history::survey(&door::enter().await?, filter).await)
}

/// Opens a message. Its HTML as it left is fetched from `/messages/{id}/html`, its files from `/messages/{id}/attachments/{attachment}`.
#[server(input = Json)]
pub async fn open_message(id: MessageId) -> Result<MessageDetail, Problem> {
    door::answer(engine::history::open(&door::enter().await?, id).await)
}

/// Shows a message as it leaves before it is signed: its header fields and the beginning of what follows.
#[server(input = Json)]
pub async fn open_message_source(id: MessageId) -> Result<MessageSource, Problem> {
    door::answer(engine::history::source(&door::enter().await?, id).await)
}
