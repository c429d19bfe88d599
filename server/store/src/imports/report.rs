//! The reports of imports, in sealed pieces of many rows.

use model::{ImportId, ReportRow};
use sqlx::SqliteConnection;

use crate::Store;
use crate::db::next_id;
use crate::error::Error;
use crate::tx::Tx;
use crate::vault::Place;

/// Keeps rows of the report.
///
/// # Errors
/// Fails when the database fails.
pub async fn add_report(store: &Store, tx: &mut Tx, id: ImportId, rows: &[ReportRow]) -> Result<(), Error> {
    let piece = next_id(tx, "import_reports").await?;
    let sealed = store.vault().seal(report_at(piece), &serde_json::to_vec(rows)?)?;
    sqlx::query("INSERT INTO import_reports (id, import_id, content) VALUES ($1, $2, $3)")
        .bind(piece)
        .bind(id.0)
        .bind(sealed)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// The next piece of the report behind a piece, with its number; nothing behind the last one.
///
/// # Errors
/// Fails when the database fails or the piece is damaged.
pub async fn report(
    store: &Store,
    connection: &mut SqliteConnection,
    id: ImportId,
    behind: i64,
) -> Result<Option<(i64, Vec<ReportRow>)>, Error> {
    let piece: Option<(i64, Vec<u8>)> =
        sqlx::query_as("SELECT id, content FROM import_reports WHERE import_id = $1 AND id > $2 ORDER BY id LIMIT 1")
            .bind(id.0)
            .bind(behind)
            .fetch_optional(connection)
            .await?;
    let Some((piece, sealed)) = piece else { return Ok(None) };
    let content = store.vault().open_value(report_at(piece), &sealed)?;
    Ok(Some((piece, serde_json::from_slice(&content)?)))
}

/// The next piece of any report behind a piece, with its number; nothing behind the last one.
///
/// # Errors
/// Fails when the database fails or the piece is damaged.
pub async fn any_report(
    store: &Store,
    connection: &mut SqliteConnection,
    behind: i64,
) -> Result<Option<(i64, Vec<ReportRow>)>, Error> {
    let piece: Option<(i64, Vec<u8>)> =
        sqlx::query_as("SELECT id, content FROM import_reports WHERE id > $1 ORDER BY id LIMIT 1")
            .bind(behind)
            .fetch_optional(connection)
            .await?;
    let Some((piece, sealed)) = piece else { return Ok(None) };
    Ok(Some((piece, serde_json::from_slice(&store.vault().open_value(report_at(piece), &sealed)?)?)))
}

/// Writes a piece of a report anew.
///
/// # Errors
/// Fails when the database fails.
pub async fn replace_report(store: &Store, tx: &mut Tx, piece: i64, rows: &[ReportRow]) -> Result<(), Error> {
    sqlx::query("UPDATE import_reports SET content = $2 WHERE id = $1")
        .bind(piece)
        .bind(store.vault().seal(report_at(piece), &serde_json::to_vec(rows)?)?)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

fn report_at(piece: i64) -> Place {
    Place { table: "import_reports", column: "content", row: piece }
}
