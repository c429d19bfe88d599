//! What an import brought, so that it can be taken out again.

use model::{ContactDraft, ContactId, ImportId, Moment, RecipientListId};
use sqlx::SqliteConnection;

use crate::Store;
use crate::db::next_id;
use crate::error::Error;
use crate::tx::Tx;
use crate::vault::Place;

/// A contact that an import changed.
#[derive(Clone, Debug)]
pub struct Changed {
    /// Which contact.
    pub contact: ContactId,
    /// The revision after the change.
    pub revision: i64,
    /// What it was before.
    pub before: ContactDraft,
}

/// Notes that contacts were made; their ids follow one another.
///
/// # Errors
/// Fails when the database fails.
pub async fn note_range(tx: &mut Tx, id: ImportId, first: ContactId, last: ContactId) -> Result<(), Error> {
    // A piece that follows the one before makes it longer.
    let longer = sqlx::query("UPDATE import_ranges SET last_id = $3 WHERE import_id = $1 AND last_id = $2 - 1")
        .bind(id.0)
        .bind(first.0)
        .bind(last.0)
        .execute(&mut **tx)
        .await?
        .rows_affected();
    if longer == 0 {
        sqlx::query("INSERT INTO import_ranges (import_id, first_id, last_id) VALUES ($1, $2, $3)")
            .bind(id.0)
            .bind(first.0)
            .bind(last.0)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

/// Notes that a contact was changed, and what it was before.
///
/// # Errors
/// Fails when the database fails.
pub async fn note_change(store: &Store, tx: &mut Tx, id: ImportId, changed: &Changed) -> Result<(), Error> {
    let row = next_id(tx, "import_changes").await?;
    // Changed twice, it was before the import what it was before the first change.
    sqlx::query(
        "INSERT INTO import_changes (id, import_id, contact_id, revision, before) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (import_id, contact_id) DO UPDATE SET revision = excluded.revision",
    )
    .bind(row)
    .bind(id.0)
    .bind(changed.contact.0)
    .bind(changed.revision)
    .bind(store.vault().seal(change_at(row), &serde_json::to_vec(&changed.before)?)?)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The pieces of ids of contacts that an import made.
///
/// # Errors
/// Fails when the database fails.
pub async fn ranges(connection: &mut SqliteConnection, id: ImportId) -> Result<Vec<(ContactId, ContactId)>, Error> {
    let rows: Vec<(i64, i64)> =
        sqlx::query_as("SELECT first_id, last_id FROM import_ranges WHERE import_id = $1 ORDER BY first_id")
            .bind(id.0)
            .fetch_all(connection)
            .await?;
    Ok(rows.into_iter().map(|(first, last)| (ContactId(first), ContactId(last))).collect())
}

/// Forgets contacts of a piece up to an id.
///
/// # Errors
/// Fails when the database fails.
pub async fn forget_range(tx: &mut Tx, id: ImportId, first: ContactId, through: ContactId, last: ContactId) -> Result<(), Error> {
    sqlx::query("DELETE FROM import_ranges WHERE import_id = $1 AND first_id = $2")
        .bind(id.0)
        .bind(first.0)
        .execute(&mut **tx)
        .await?;
    if through < last {
        sqlx::query("INSERT INTO import_ranges (import_id, first_id, last_id) VALUES ($1, $2, $3)")
            .bind(id.0)
            .bind(through.0 + 1)
            .bind(last.0)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

/// Some contacts that an import changed.
///
/// # Errors
/// Fails when the database fails or what was kept is damaged.
pub async fn changed(store: &Store, connection: &mut SqliteConnection, id: ImportId, n: u32) -> Result<Vec<Changed>, Error> {
    let rows: Vec<(i64, i64, i64, Vec<u8>)> = sqlx::query_as(
        "SELECT id, contact_id, revision, before FROM import_changes WHERE import_id = $1 ORDER BY contact_id LIMIT $2",
    )
    .bind(id.0)
    .bind(n)
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|(row, contact, revision, sealed)| {
            let before = serde_json::from_slice(&store.vault().open_value(change_at(row), &sealed)?)?;
            Ok(Changed { contact: ContactId(contact), revision, before })
        })
        .collect()
}

/// Forgets that a contact was changed.
///
/// # Errors
/// Fails when the database fails.
pub async fn forget_changed(tx: &mut Tx, id: ImportId, contact: ContactId) -> Result<(), Error> {
    sqlx::query("DELETE FROM import_changes WHERE import_id = $1 AND contact_id = $2")
        .bind(id.0)
        .bind(contact.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// The contacts between two ids, each with its name, its revision, and whether it was written to at or after a moment.
///
/// # Errors
/// Fails when the database fails.
pub async fn touched(
    connection: &mut SqliteConnection,
    first: ContactId,
    last: ContactId,
    since: Moment,
) -> Result<Vec<(ContactId, String, i64, bool)>, Error> {
    let rows: Vec<(i64, String, i64, bool)> = sqlx::query_as(
        "SELECT c.id, c.name, c.revision,
                EXISTS (SELECT 1 FROM recipients r JOIN messages m ON m.id = r.message_id
                        WHERE r.contact_id = c.id AND m.state <> 'draft' AND m.created_at >= $3)
                OR EXISTS (SELECT 1 FROM messages m WHERE m.contact_id = c.id AND m.state <> 'draft' AND m.created_at >= $3)
         FROM contacts c WHERE c.id BETWEEN $1 AND $2 ORDER BY c.id",
    )
    .bind(first.0)
    .bind(last.0)
    .bind(since.0)
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|(id, name, revision, written)| (ContactId(id), name, revision, written)).collect())
}

/// Takes out of lists what an import put there and is still there.
///
/// # Errors
/// Fails when the database fails.
pub async fn end_of_lists(tx: &mut Tx, id: ImportId, lists: &[RecipientListId]) -> Result<(), Error> {
    for list in lists {
        sqlx::query(
            "DELETE FROM list_members
             WHERE list_id = $2 AND how = 'import'
               AND added_at BETWEEN (SELECT started_at FROM imports WHERE id = $1) AND (SELECT ended_at FROM imports WHERE id = $1)",
        )
        .bind(id.0)
        .bind(list.0)
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

fn change_at(row: i64) -> Place {
    Place { table: "import_changes", column: "before", row }
}
