//! Destroying for ever: what becomes free in the file of the database is overwritten, so that nobody reads it there later.

use crate::error::Error;
use crate::tx::Tx;

/// From here on pages that become free, and what becomes free inside of pages, are overwritten with zeros, until [`end`].
///
/// # Errors
/// Fails when the database fails.
pub async fn begin(tx: &mut Tx) -> Result<(), Error> {
    sqlx::query("PRAGMA secure_delete = ON").execute(&mut **tx).await?;
    Ok(())
}

/// Nothing is overwritten any more, which makes deleting faster.
///
/// # Errors
/// Fails when the database fails.
pub async fn end(tx: &mut Tx) -> Result<(), Error> {
    sqlx::query("PRAGMA secure_delete = OFF").execute(&mut **tx).await?;
    Ok(())
}

/// Takes the files away that only these messages carry, and what those contents of campaigns hold that no message carries any more. Both are
/// ids as JSON.
pub(crate) async fn files(tx: &mut Tx, messages: &str, contents: &str) -> Result<(), Error> {
    let blobs: Vec<i64> = sqlx::query_scalar(
        "DELETE FROM attachments
         WHERE message_id IN (SELECT value FROM json_each($1))
            OR (content_id IN (SELECT value FROM json_each($2))
                AND NOT EXISTS (SELECT 1 FROM messages WHERE files_id = attachments.content_id))
         RETURNING blob_id",
    )
    .bind(messages)
    .bind(contents)
    .fetch_all(&mut **tx)
    .await?;
    crate::blobs::collect(tx, &blobs).await
}
