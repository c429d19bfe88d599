//! What uses the files of the library.

use model::library::{COUNT_MAX, USES_MAX};
use model::{LibraryId, LibraryUses, TemplateId};
use sqlx::SqliteConnection;

use crate::error::Error;

/// What uses a file.
///
/// # Errors
/// Refuses when there is none.
pub async fn uses(connection: &mut SqliteConnection, id: LibraryId) -> Result<LibraryUses, Error> {
    super::by_id(connection, id).await?;
    uses_of(connection, id).await
}

/// What uses a file that is there.
///
/// # Errors
/// Fails when the database fails.
pub async fn uses_of(connection: &mut SqliteConnection, id: LibraryId) -> Result<LibraryUses, Error> {
    let templates: Vec<(i64, String)> = sqlx::query_as(
        "SELECT t.id, t.name FROM templates t
         WHERE t.deleted_at IS NULL AND EXISTS (SELECT 1 FROM attachments WHERE template_id = t.id AND +library_id = $1)
         ORDER BY t.sort_name, t.id LIMIT $2",
    )
    .bind(id.0)
    .bind(USES_MAX as i64)
    .fetch_all(&mut *connection)
    .await?;
    // Drafts are few, so they lead; messages that left are many, so they are counted only so far.
    let drafts: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM messages m
         WHERE m.state = 'draft' AND EXISTS (SELECT 1 FROM attachments WHERE message_id = m.id AND +library_id = $1)",
    )
    .bind(id.0)
    .fetch_one(&mut *connection)
    .await?;
    let released: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM (
             SELECT 1 FROM attachments a JOIN messages m ON m.id = a.message_id
             WHERE a.library_id = $1 AND m.state <> 'draft' LIMIT $2
         )",
    )
    .bind(id.0)
    .bind(COUNT_MAX as i64)
    .fetch_one(connection)
    .await?;
    Ok(LibraryUses {
        templates: templates.into_iter().map(|(id, name)| (TemplateId(id), name)).collect(),
        drafts: drafts.max(0) as u64,
        released: released.max(0) as u64,
    })
}
