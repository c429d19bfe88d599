//! Imports: files in pieces, how far they are, what became of their rows, and what it takes to undo them.

mod file;
mod parents;
mod report;
mod undo;

use model::{
    Cursor, Import, ImportCounts, ImportId, ImportPlan, ImportReading, ImportRow, ImportState, ImportTarget, Key, Moment, Noun,
    PAGE_ROWS, Page, TableFault, UserId,
};
use sqlx::SqliteConnection;

pub use file::{chunk, drop_file, drop_files_with, put_chunk, size, sweep};
pub use parents::{Child, end_waiting, let_wait, waiting};
pub use report::{add_report, any_report, replace_report, report};
pub use undo::{Changed, changed, end_of_lists, forget_changed, forget_range, note_change, note_range, ranges, touched};

use crate::Store;
use crate::codes::Code;
use crate::db::next_id;
use crate::error::{Error, found, moved};
use crate::tx::Tx;
use crate::vault::Place;

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    file: Vec<u8>,
    size: i64,
    state: String,
    rows: i64,
    created: i64,
    updated: i64,
    skipped: i64,
    bad: i64,
    progress: i64,
    author: String,
    created_at: i64,
    ended_at: Option<i64>,
}

/// The columns of [`Row`].
macro_rules! columns {
    () => {
        "SELECT i.id, i.file, i.size, i.state, i.rows, i.created, i.updated, i.skipped, i.bad, i.progress, u.name AS author, i.created_at,
                i.ended_at
         FROM imports i JOIN users u ON u.id = i.author_id "
    };
}

/// What the background needs to know of an import.
#[derive(Clone, Debug)]
pub struct Job {
    /// Which import.
    pub id: ImportId,
    /// Whose import.
    pub author: UserId,
    /// Where it stands.
    pub state: ImportState,
    /// What was decided.
    pub plan: ImportPlan,
    /// How many rows came to what so far.
    pub counts: ImportCounts,
    /// Size of the file in bytes.
    pub size: u64,
}

/// Notes a new file.
///
/// # Errors
/// Fails when the database fails.
pub async fn create(store: &Store, tx: &mut Tx, name: &str, author: UserId, now: Moment) -> Result<ImportId, Error> {
    let id = ImportId(next_id(tx, "imports").await?);
    sqlx::query(
        "INSERT INTO imports (id, file, size, author_id, state, reading, created_at) VALUES ($1, $2, 0, $3, $4, '{}', $5)",
    )
    .bind(id.0)
    .bind(store.vault().seal_text(name_of(id), name)?)
    .bind(author.0)
    .bind(ImportState::Uploaded.code())
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    Ok(id)
}

/// Forgets an import with its file.
///
/// # Errors
/// Fails when the database fails.
pub async fn forget(tx: &mut Tx, id: ImportId) -> Result<(), Error> {
    sqlx::query("DELETE FROM imports WHERE id = $1").bind(id.0).execute(&mut **tx).await?;
    Ok(())
}

/// Whether rows of any are being taken in.
///
/// # Errors
/// Fails when the database fails.
pub async fn is_any_running(connection: &mut SqliteConnection) -> Result<bool, Error> {
    Ok(sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM imports WHERE state = 'running')").fetch_one(connection).await?)
}

/// One page of imports, the newest first.
///
/// # Errors
/// Fails when the database fails.
pub async fn page(store: &Store, connection: &mut SqliteConnection, after: Option<&Cursor>) -> Result<Page<ImportRow>, Error> {
    let place = after.map(|it| match it.key {
        Key::Number(number) => (number, it.id),
        Key::Text(_) => (i64::MAX, it.id),
    });
    let rows: Vec<Row> = sqlx::query_as(concat!(
        columns!(),
        "WHERE $1 IS NULL OR (i.created_at, i.id) < ($1, $2) ORDER BY i.created_at DESC, i.id DESC LIMIT $3"
    ))
    .bind(place.map(|it| it.0))
    .bind(place.map(|it| it.1))
    .bind(PAGE_ROWS as i64 + 1)
    .fetch_all(connection)
    .await?;
    let rows = rows.into_iter().map(|it| row(store, it)).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(rows, PAGE_ROWS, |it| Cursor { key: Key::Number(it.created_at.0), id: it.id.0 }))
}

/// Finds an import.
///
/// # Errors
/// Refuses when there is none.
pub async fn by_id(store: &Store, connection: &mut SqliteConnection, id: ImportId) -> Result<Import, Error> {
    let found_row: Option<Row> =
        sqlx::query_as(concat!(columns!(), "WHERE i.id = $1")).bind(id.0).fetch_optional(&mut *connection).await?;
    let row = row(store, found(found_row, Noun::Import)?)?;
    let (plan, fault, has_file): (Option<String>, Option<String>, bool) = sqlx::query_as(
        "SELECT plan, fault, EXISTS (SELECT 1 FROM import_chunks WHERE import_id = $1) FROM imports WHERE id = $1",
    )
    .bind(id.0)
    .fetch_one(&mut *connection)
    .await?;
    let plan: Option<ImportPlan> = plan.as_deref().map(serde_json::from_str).transpose()?;
    let ids: Vec<i64> = plan.iter().flat_map(|it| &it.lists).map(|it| it.0).collect();
    let lists = sqlx::query_scalar("SELECT l.name FROM json_each($1) j JOIN recipient_lists l ON l.id = j.value ORDER BY j.key")
        .bind(serde_json::to_string(&ids)?)
        .fetch_all(connection)
        .await?;
    Ok(Import { row, plan, lists, fault: fault.as_deref().map(serde_json::from_str).transpose()?, has_file })
}

/// How a file was found to be read.
///
/// # Errors
/// Refuses when there is no such import.
pub async fn reading(connection: &mut SqliteConnection, id: ImportId) -> Result<Option<ImportReading>, Error> {
    let text: Option<String> =
        sqlx::query_scalar("SELECT reading FROM imports WHERE id = $1").bind(id.0).fetch_optional(connection).await?;
    let text = found(text, Noun::Import)?;
    if text == "{}" { Ok(None) } else { Ok(Some(serde_json::from_str(&text)?)) }
}

/// Keeps how a file is read.
///
/// # Errors
/// Fails when the database fails.
pub async fn set_reading(tx: &mut Tx, id: ImportId, reading: &ImportReading) -> Result<(), Error> {
    sqlx::query("UPDATE imports SET reading = $2 WHERE id = $1")
        .bind(id.0)
        .bind(serde_json::to_string(reading)?)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Keeps what was decided, and the headings of the columns.
///
/// # Errors
/// Fails when the database fails.
pub async fn set_plan(tx: &mut Tx, id: ImportId, plan: &ImportPlan, columns: &[String], now: Moment) -> Result<(), Error> {
    sqlx::query("UPDATE imports SET plan = $2, columns = $3, started_at = $4 WHERE id = $1")
        .bind(id.0)
        .bind(serde_json::to_string(plan)?)
        .bind(serde_json::to_string(columns)?)
        .bind(now.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// The headings of the columns.
///
/// # Errors
/// Refuses when there is no such import.
pub async fn columns(connection: &mut SqliteConnection, id: ImportId) -> Result<Vec<String>, Error> {
    let text: Option<String> =
        sqlx::query_scalar("SELECT columns FROM imports WHERE id = $1").bind(id.0).fetch_optional(connection).await?;
    Ok(serde_json::from_str(&found(text, Noun::Import)?)?)
}

/// Moves an import on, unless it has moved meanwhile. Ends are noted with their time.
///
/// # Errors
/// Refuses as stale when the state is another one.
pub async fn set_state(tx: &mut Tx, id: ImportId, from: ImportState, to: ImportState, now: Moment) -> Result<(), Error> {
    let ended = (!to.is_open() && to != ImportState::Undone).then_some(now.0);
    let rows = sqlx::query("UPDATE imports SET state = $3, ended_at = coalesce($4, ended_at) WHERE id = $1 AND state = $2")
        .bind(id.0)
        .bind(from.code())
        .bind(to.code())
        .bind(ended)
        .execute(&mut **tx)
        .await?
        .rows_affected();
    moved(rows, Noun::Import)
}

/// Keeps why a file cannot be read further.
///
/// # Errors
/// Fails when the database fails.
pub async fn set_fault(tx: &mut Tx, id: ImportId, line: u64, fault: &TableFault) -> Result<(), Error> {
    sqlx::query("UPDATE imports SET fault = $2 WHERE id = $1")
        .bind(id.0)
        .bind(serde_json::to_string(&(line, fault))?)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Where an import stands.
///
/// # Errors
/// Refuses when there is none.
pub async fn state(connection: &mut SqliteConnection, id: ImportId) -> Result<ImportState, Error> {
    let code: Option<String> =
        sqlx::query_scalar("SELECT state FROM imports WHERE id = $1").bind(id.0).fetch_optional(connection).await?;
    Code::from_code(&found(code, Noun::Import)?)
}

/// The oldest import that waits or was interrupted.
///
/// # Errors
/// Fails when the database fails.
pub async fn next_open(connection: &mut SqliteConnection) -> Result<Option<Job>, Error> {
    let id: Option<i64> = sqlx::query_scalar("SELECT id FROM imports WHERE state IN ('queued', 'running') ORDER BY id LIMIT 1")
        .fetch_optional(&mut *connection)
        .await?;
    match id {
        Some(id) => job(connection, ImportId(id)).await,
        None => Ok(None),
    }
}

async fn job(connection: &mut SqliteConnection, id: ImportId) -> Result<Option<Job>, Error> {
    #[derive(sqlx::FromRow)]
    struct Open {
        author_id: i64,
        state: String,
        plan: Option<String>,
        rows: i64,
        created: i64,
        updated: i64,
        skipped: i64,
        bad: i64,
        size: i64,
    }
    let open: Option<Open> =
        sqlx::query_as("SELECT author_id, state, plan, rows, created, updated, skipped, bad, size FROM imports WHERE id = $1")
            .bind(id.0)
            .fetch_optional(connection)
            .await?;
    let Some((open, plan)) = open.and_then(|it| it.plan.clone().map(|plan| (it, plan))) else { return Ok(None) };
    Ok(Some(Job {
        id,
        author: UserId(open.author_id),
        state: Code::from_code(&open.state)?,
        plan: serde_json::from_str(&plan)?,
        counts: counts(open.rows, open.created, open.updated, open.skipped, open.bad),
        size: open.size as u64,
    }))
}

/// Keeps how far an import is that had taken in `before` rows; `progress` is in thousandths.
///
/// # Errors
/// Refuses as stale when another number of rows was taken in, as when a step before was lost.
pub async fn set_progress(tx: &mut Tx, id: ImportId, before: u64, counts: ImportCounts, progress: u16) -> Result<(), Error> {
    let rows = sqlx::query(
        "UPDATE imports SET rows = $3, created = $4, updated = $5, skipped = $6, bad = $7, progress = $8 WHERE id = $1 AND rows = $2",
    )
    .bind(id.0)
    .bind(before as i64)
    .bind(counts.rows as i64)
    .bind(counts.created as i64)
    .bind(counts.updated as i64)
    .bind(counts.skipped as i64)
    .bind(counts.bad as i64)
    .bind(progress)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    moved(rows, Noun::Import)
}

/// What the columns of files with these headings were the last time.
///
/// # Errors
/// Fails when the database fails.
pub async fn remembered(connection: &mut SqliteConnection, headings: &str) -> Result<Option<Vec<ImportTarget>>, Error> {
    let text: Option<String> = sqlx::query_scalar("SELECT targets FROM import_headings WHERE headings = $1")
        .bind(headings)
        .fetch_optional(connection)
        .await?;
    Ok(text.as_deref().map(serde_json::from_str).transpose()?)
}

/// Remembers what the columns of files with these headings are.
///
/// # Errors
/// Fails when the database fails.
pub async fn remember(tx: &mut Tx, headings: &str, targets: &[ImportTarget], now: Moment) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO import_headings (headings, targets, used_at) VALUES ($1, $2, $3)
         ON CONFLICT (headings) DO UPDATE SET targets = excluded.targets, used_at = excluded.used_at",
    )
    .bind(headings)
    .bind(serde_json::to_string(targets)?)
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

fn row(store: &Store, row: Row) -> Result<ImportRow, Error> {
    let id = ImportId(row.id);
    Ok(ImportRow {
        id,
        file: store.vault().open_text(name_of(id), &row.file)?,
        size: row.size as u64,
        state: Code::from_code(&row.state)?,
        counts: counts(row.rows, row.created, row.updated, row.skipped, row.bad),
        progress: row.progress as u16,
        author: row.author,
        created_at: Moment(row.created_at),
        ended_at: row.ended_at.map(Moment),
    })
}

fn counts(rows: i64, created: i64, updated: i64, skipped: i64, bad: i64) -> ImportCounts {
    ImportCounts { rows: rows as u64, created: created as u64, updated: updated as u64, skipped: skipped as u64, bad: bad as u64 }
}

fn name_of(id: ImportId) -> Place {
    Place { table: "imports", column: "file", row: id.0 }
}
