//! Calls about the captured mailbox.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{CapturedId, CapturedMail, CapturedRow, Cursor, Page};

use crate::Problem;
#[cfg(feature = "ssr")]
use crate::door;

/// Lists captured mails, newest first.
#[server(input = Json)]
pub async fn list_captured(after: Option<Cursor>) -> Result<Page<CapturedRow>, Problem> {
    door::answer(engine::capture::list(&door::enter().await?, after).await)
}

/// Opens a captured mail. Its HTML part and files are fetched from `/captured/{id}/html` and `/captured/{id}/parts/{index}`.
#[server(input = Json)]
pub async fn open_captured(id: CapturedId) -> Result<CapturedMail, Problem> {
    door::answer(engine::capture::open(&door::enter().await?, id).await)
}

/// Empties the captured mailbox and tells how many mails went; the messages stay in the history.
#[server(input = Json)]
pub async fn clear_captured() -> Result<u64, Problem> {
    door::answer(engine::capture::clear(&door::enter().await?).await)
}
