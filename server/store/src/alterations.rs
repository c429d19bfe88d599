//! What was before and after each change: of contacts sealed under the key of the person, of everything else under the data key.

use std::collections::HashMap;

use model::{Alteration, AuditId, ContactId};
use sqlx::SqliteConnection;

use crate::Store;
use crate::error::Error;
use crate::persons;
use crate::tx::Tx;
use crate::vault::Place;

/// Keeps what an entry of the action log changed.
///
/// # Errors
/// Fails when the database fails.
pub async fn put(store: &Store, tx: &mut Tx, entry: AuditId, contact: ContactId, changes: &[Alteration]) -> Result<(), Error> {
    let key = persons::ensure(store, tx, contact).await?;
    sqlx::query("INSERT INTO contact_changes (audit_id, contact_id, changes) VALUES ($1, $2, $3)")
        .bind(entry.0)
        .bind(contact.0)
        .bind(key.seal(place(entry), &serde_json::to_vec(changes)?)?)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// What the newest entries about a contact, and about those that went into it, changed; at most `limit`.
///
/// # Errors
/// Names a damaged one.
pub async fn of_contact(
    store: &Store,
    connection: &mut SqliteConnection,
    contact: ContactId,
    limit: i64,
) -> Result<Vec<(AuditId, Vec<Alteration>)>, Error> {
    let rows: Vec<(i64, i64, Vec<u8>, Vec<u8>)> = sqlx::query_as(
        "SELECT c.audit_id, c.contact_id, c.changes, k.wrapped
         FROM contact_changes c JOIN person_keys k ON k.contact_id = c.contact_id AND k.destroyed_at IS NULL
         WHERE c.contact_id IN (SELECT $1 UNION ALL SELECT old_id FROM contact_merges WHERE new_id = $1) ORDER BY c.audit_id DESC LIMIT $2",
    )
    .bind(contact.0)
    .bind(limit)
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|(entry, person, sealed, wrapped)| {
            let entry = AuditId(entry);
            let key = store.vault().person_key(person, &wrapped)?;
            Ok((entry, serde_json::from_slice(&key.open_value(place(entry), &sealed)?)?))
        })
        .collect()
}

/// Keeps what an entry of the action log changed in anything but a contact.
///
/// # Errors
/// Fails when the database fails.
pub async fn note(store: &Store, tx: &mut Tx, entry: AuditId, changes: &[Alteration]) -> Result<(), Error> {
    sqlx::query("INSERT INTO audit_changes (audit_id, changes) VALUES ($1, $2)")
        .bind(entry.0)
        .bind(store.vault().seal(noted(entry), &serde_json::to_vec(changes)?)?)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// What these entries changed in anything but contacts. A damaged one is left out and told to the operator, so that one of them does not
/// keep all others from being seen and found.
///
/// # Errors
/// Fails when the database fails.
pub async fn of_entries(
    store: &Store,
    connection: &mut SqliteConnection,
    entries: &[AuditId],
) -> Result<HashMap<AuditId, Vec<Alteration>>, Error> {
    let rows: Vec<(i64, Vec<u8>)> =
        sqlx::query_as("SELECT audit_id, changes FROM audit_changes WHERE audit_id IN (SELECT value FROM json_each($1))")
            .bind(serde_json::to_string(entries)?)
            .fetch_all(connection)
            .await?;
    let open = |(entry, sealed): (i64, Vec<u8>)| {
        let entry = AuditId(entry);
        Ok((entry, serde_json::from_slice(&store.vault().open_value(noted(entry), &sealed)?)?))
    };
    rows.into_iter().map(open).filter_map(unless_damaged).collect()
}

/// What these entries changed in contacts, as far as their keys are still there. A damaged one is left out as in [`of_entries`].
///
/// # Errors
/// Fails when the database fails.
pub async fn of_people(
    store: &Store,
    connection: &mut SqliteConnection,
    entries: &[AuditId],
) -> Result<HashMap<AuditId, Vec<Alteration>>, Error> {
    let rows: Vec<(i64, i64, Vec<u8>, Vec<u8>)> = sqlx::query_as(
        "SELECT c.audit_id, c.contact_id, c.changes, k.wrapped
         FROM contact_changes c JOIN person_keys k ON k.contact_id = c.contact_id AND k.destroyed_at IS NULL
         WHERE c.audit_id IN (SELECT value FROM json_each($1))",
    )
    .bind(serde_json::to_string(entries)?)
    .fetch_all(connection)
    .await?;
    let open = |(entry, person, sealed, wrapped): (i64, i64, Vec<u8>, Vec<u8>)| {
        let entry = AuditId(entry);
        let key = store.vault().person_key(person, &wrapped)?;
        Ok((entry, serde_json::from_slice(&key.open_value(place(entry), &sealed)?)?))
    };
    rows.into_iter().map(open).filter_map(unless_damaged).collect()
}

/// Tells of a damaged one and drops it.
fn unless_damaged<T>(opened: Result<T, Error>) -> Option<Result<T, Error>> {
    match opened {
        Err(error @ Error::Damaged { .. }) => {
            tracing::warn!(%error, "what an entry of the action log changed cannot be read");
            None
        }
        opened => Some(opened),
    }
}

fn noted(entry: AuditId) -> Place {
    Place { table: "audit_changes", column: "changes", row: entry.0 }
}

fn place(entry: AuditId) -> Place {
    Place { table: "contact_changes", column: "changes", row: entry.0 }
}
