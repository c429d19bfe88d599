//! Calls about old archives. The file itself comes in by an upload of its own.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{Archive, ArchiveId, ArchiveNote};

use crate::Problem;
#[cfg(feature = "ssr")]
use crate::door;

/// The last archives, the newest first.
#[server(input = Json)]
pub async fn list_archives() -> Result<Vec<Archive>, Problem> {
    door::answer(engine::archives::list(&door::enter().await?).await)
}

/// Lets the messages of an archive be taken in.
#[server(input = Json)]
pub async fn start_archive(id: ArchiveId) -> Result<(), Problem> {
    door::answer(engine::archives::start(&door::enter().await?, id).await)
}

/// Stops a walk; what was taken in stays.
#[server(input = Json)]
pub async fn stop_archive(id: ArchiveId) -> Result<(), Problem> {
    door::answer(engine::archives::stop(&door::enter().await?, id).await)
}

/// Forgets an archive with its file; what was taken in stays.
#[server(input = Json)]
pub async fn forget_archive(id: ArchiveId) -> Result<(), Problem> {
    door::answer(engine::archives::forget(&door::enter().await?, id).await)
}

/// The places of an archive where something could not be taken in.
#[server(input = Json)]
pub async fn list_archive_notes(id: ArchiveId) -> Result<Vec<ArchiveNote>, Problem> {
    door::answer(engine::archives::notes(&door::enter().await?, id).await)
}
