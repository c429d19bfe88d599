//! Calls about the library. Its files travel over routes of their own.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{Attachment, LibraryDraft, LibraryId, LibraryItem, LibraryQuery, LibraryUses, Page};

use crate::Problem;
#[cfg(feature = "ssr")]
use crate::door;

/// Lists one page of the library.
#[server(input = Json)]
pub async fn list_library(query: LibraryQuery) -> Result<Page<LibraryItem>, Problem> {
    door::answer(engine::library::list(&door::enter().await?, query).await)
}

/// The folders there are.
#[server(input = Json)]
pub async fn list_library_folders() -> Result<Vec<String>, Problem> {
    door::answer(engine::library::folders(&door::enter().await?).await)
}

/// What uses a file.
#[server(input = Json)]
pub async fn list_library_uses(id: LibraryId) -> Result<LibraryUses, Problem> {
    door::answer(engine::library::uses(&door::enter().await?, id).await)
}

/// Changes name and folder of a file if its revision is still the given one.
#[server(input = Json)]
pub async fn change_library_item(id: LibraryId, revision: i64, draft: LibraryDraft) -> Result<(), Problem> {
    door::answer(engine::library::change(&door::enter().await?, id, revision, draft).await)
}

/// Takes a file out of the library.
#[server(input = Json)]
pub async fn delete_library_item(id: LibraryId) -> Result<(), Problem> {
    door::answer(engine::library::delete(&door::enter().await?, id).await)
}

/// Makes a file of one's own out of one of the library.
#[server(input = Json)]
pub async fn take_from_library(id: LibraryId) -> Result<Attachment, Problem> {
    door::answer(engine::library::take(&door::enter().await?, id).await)
}
