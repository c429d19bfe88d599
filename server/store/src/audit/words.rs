//! Entries as the full text takes them in, and as it found them.

use model::{AuditEntry, AuditId, Subject};
use sqlx::SqliteConnection;

use super::{Row, entry, subject_columns};
use crate::error::Error;

/// Entries with the names that their things have now; the first part names which.
macro_rules! named {
    ($($which:tt)+) => {
        concat!(
            "SELECT a.id, a.at, a.actor_id, u.name AS actor, a.deed, a.network,
                    CASE a.subject_kind
                        WHEN 'user' THEN (SELECT name FROM users WHERE id = a.subject_id)
                        WHEN 'role' THEN (SELECT name FROM roles WHERE id = a.subject_id)
                        WHEN 'contact' THEN (SELECT name FROM contacts WHERE id = a.subject_id)
                        WHEN 'list' THEN (SELECT name FROM recipient_lists WHERE id = a.subject_id)
                        WHEN 'segment' THEN (SELECT name FROM segments WHERE id = a.subject_id)
                        WHEN 'template' THEN (SELECT name FROM templates WHERE id = a.subject_id)
                        WHEN 'account' THEN (SELECT name FROM accounts WHERE id = a.subject_id)
                        WHEN 'campaign' THEN (SELECT name FROM campaigns WHERE id = a.subject_id)
                        WHEN 'message' THEN (SELECT first_recipient FROM messages WHERE id = a.subject_id)
                    END AS subject
             FROM (",
            $($which)+,
            ") a JOIN users u ON u.id = a.actor_id ORDER BY a.id"
        )
    };
}
pub(super) use named;

/// The next entries behind one, in their order.
///
/// # Errors
/// Fails when the database fails.
pub async fn behind(connection: &mut SqliteConnection, last: AuditId, limit: i64) -> Result<Vec<AuditEntry>, Error> {
    let rows: Vec<Row> = sqlx::query_as(named!("SELECT * FROM audit WHERE id > $1 ORDER BY id LIMIT $2"))
        .bind(last.0)
        .bind(limit)
        .fetch_all(connection)
        .await?;
    rows.into_iter().map(entry).collect()
}

/// These entries, the oldest first; those that are not there are left out.
///
/// # Errors
/// Fails when the database fails.
pub async fn by_ids(connection: &mut SqliteConnection, ids: &[AuditId]) -> Result<Vec<AuditEntry>, Error> {
    let rows: Vec<Row> = sqlx::query_as(named!("SELECT * FROM audit WHERE id IN (SELECT value FROM json_each($1))"))
        .bind(serde_json::to_string(ids)?)
        .fetch_all(connection)
        .await?;
    rows.into_iter().map(entry).collect()
}

/// The newest entries about a thing, and about contacts that went into it, up to one; the oldest of them first.
///
/// # Errors
/// Fails when the database fails.
pub async fn about(
    connection: &mut SqliteConnection,
    subject: Subject,
    up_to: AuditId,
    limit: i64,
) -> Result<Vec<AuditEntry>, Error> {
    let (kind, id) = subject_columns(subject);
    let rows: Vec<Row> = sqlx::query_as(named!(
        "SELECT * FROM audit
         WHERE subject_kind = $1 AND id <= $3 AND subject_id IN (
             SELECT $2 UNION ALL SELECT old_id FROM contact_merges WHERE $1 = 'contact' AND new_id = $2)
         ORDER BY id DESC LIMIT $4"
    ))
    .bind(kind)
    .bind(id)
    .bind(up_to.0)
    .bind(limit)
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(entry).collect()
}

/// The stable name of a thing, such as `campaign-5`.
pub fn code(subject: Subject) -> String {
    let (kind, id) = subject_columns(subject);
    format!("{kind}-{id}")
}

/// The stable names that entries about a thing stand under: its own, and those of contacts that went into it.
///
/// # Errors
/// Fails when the database fails.
pub async fn codes(connection: &mut SqliteConnection, subject: Subject) -> Result<Vec<String>, Error> {
    let mut codes = vec![code(subject)];
    if let Subject::Contact(id) = subject {
        let merged: Vec<i64> =
            sqlx::query_scalar("SELECT old_id FROM contact_merges WHERE new_id = $1").bind(id.0).fetch_all(connection).await?;
        codes.extend(merged.into_iter().map(|it| code(Subject::Contact(model::ContactId(it)))));
    }
    Ok(codes)
}
