//! The file of an import, in sealed pieces.

use model::{ContactId, ImportId, Moment, Noun};
use sqlx::SqliteConnection;

use crate::Store;
use crate::chunks::Chunks;
use crate::db::next_id;
use crate::error::{Error, found};
use crate::tx::Tx;
use crate::vault::Place;

const CHUNKS: Chunks = Chunks {
    place: |id| Place { table: "import_chunks", column: "content", row: id },
    insert: "INSERT INTO import_chunks (id, import_id, start, content) VALUES ($1, $2, $3, $4)",
    select: "SELECT id, start, content FROM import_chunks WHERE import_id = $1 AND start <= $2 ORDER BY start DESC LIMIT 1",
};

/// Adds a piece to the end of the file.
///
/// # Errors
/// Refuses when there is no such import; fails when the database fails.
pub async fn put_chunk(store: &Store, tx: &mut Tx, id: ImportId, content: &[u8]) -> Result<(), Error> {
    let start: Option<i64> = sqlx::query_scalar("UPDATE imports SET size = size + $2 WHERE id = $1 RETURNING size - $2")
        .bind(id.0)
        .bind(content.len() as i64)
        .fetch_optional(&mut **tx)
        .await?;
    let start = found(start, Noun::Import)?;
    let chunk = next_id(tx, "import_chunks").await?;
    CHUNKS.put(store, tx, chunk, (id.0, start as u64), content).await
}

/// The piece in which a byte lies, with the place where the piece begins; nothing behind the end.
///
/// # Errors
/// Fails when the database fails or the piece is damaged.
pub async fn chunk(
    store: &Store,
    connection: &mut SqliteConnection,
    id: ImportId,
    at: u64,
) -> Result<Option<(u64, Vec<u8>)>, Error> {
    CHUNKS.at(store, connection, id.0, at).await
}

/// Size of the file in bytes.
///
/// # Errors
/// Refuses when there is no such import.
pub async fn size(connection: &mut SqliteConnection, id: ImportId) -> Result<u64, Error> {
    let size: Option<i64> =
        sqlx::query_scalar("SELECT size FROM imports WHERE id = $1").bind(id.0).fetch_optional(connection).await?;
    Ok(found(size, Noun::Import)? as u64)
}

/// Drops the file; what became of its rows stays.
///
/// # Errors
/// Fails when the database fails.
pub async fn drop_file(tx: &mut Tx, id: ImportId) -> Result<(), Error> {
    sqlx::query("DELETE FROM import_chunks WHERE import_id = $1").bind(id.0).execute(&mut **tx).await?;
    Ok(())
}

/// Drops the files of imports that have ended and brought or changed this contact.
///
/// # Errors
/// Fails when the database fails.
pub async fn drop_files_with(tx: &mut Tx, contact: ContactId) -> Result<(), Error> {
    sqlx::query(
        "DELETE FROM import_chunks
         WHERE import_id IN (SELECT import_id FROM import_ranges WHERE $1 BETWEEN first_id AND last_id
                             UNION SELECT import_id FROM import_changes WHERE contact_id = $1)
           AND import_id IN (SELECT id FROM imports WHERE ended_at IS NOT NULL)",
    )
    .bind(contact.0)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Sweeps out files that were never started, files of imports that ended, and what it takes to undo and to report old ones. Tells how
/// many imports lost something.
///
/// # Errors
/// Fails when the database fails.
pub async fn sweep(tx: &mut Tx, unstarted: Moment, files: Moment, traces: Moment) -> Result<u64, Error> {
    let mut swept = sqlx::query("DELETE FROM imports WHERE state = 'uploaded' AND created_at < $1")
        .bind(unstarted.0)
        .execute(&mut **tx)
        .await?
        .rows_affected();
    for (sql, before) in [
        ("DELETE FROM import_chunks WHERE import_id IN (SELECT id FROM imports WHERE ended_at < $1)", files),
        ("DELETE FROM import_reports WHERE import_id IN (SELECT id FROM imports WHERE ended_at < $1)", traces),
        ("DELETE FROM import_changes WHERE import_id IN (SELECT id FROM imports WHERE ended_at < $1)", traces),
        ("DELETE FROM import_ranges WHERE import_id IN (SELECT id FROM imports WHERE ended_at < $1)", traces),
    ] {
        swept += sqlx::query(sql).bind(before.0).execute(&mut **tx).await?.rows_affected();
    }
    Ok(swept)
}
