//! Two contacts become one: what belongs to the second one goes over to the first one, and its id leads there.

use model::{ContactId, Moment};
use sqlx::SqliteConnection;

use crate::error::Error;
use crate::tx::Tx;

/// What points to a contact and goes over as it is. A list that has both keeps its membership of the survivor.
const MOVES: [&str; 11] = [
    "UPDATE OR IGNORE list_members SET contact_id = $1 WHERE contact_id = $2",
    "UPDATE consents SET contact_id = $1 WHERE contact_id = $2",
    "UPDATE comments SET contact_id = $1 WHERE contact_id = $2",
    "UPDATE consent_questions SET contact_id = $1 WHERE contact_id = $2",
    "UPDATE messages SET contact_id = $1 WHERE contact_id = $2",
    "UPDATE recipients SET contact_id = $1 WHERE contact_id = $2",
    "UPDATE campaign_recipients SET contact_id = $1 WHERE contact_id = $2",
    "UPDATE contacts SET parent_id = $1 WHERE parent_id = $2 AND id <> $1",
    "UPDATE contact_merges SET new_id = $1 WHERE new_id = $2",
    "UPDATE OR IGNORE suppressions SET contact_id = $1 WHERE contact_id = $2 AND lifted_at IS NULL",
    "UPDATE OR IGNORE duplicates_dismissed SET contact_id = $1 WHERE contact_id = $2",
];

/// Lets what belongs to the second contact belong to the first one, and deletes the second one.
///
/// # Errors
/// Refuses when the second one is not there.
pub async fn merge(tx: &mut Tx, survivor: ContactId, other: ContactId, now: Moment) -> Result<(), Error> {
    for statement in MOVES {
        sqlx::query(statement).bind(survivor.0).bind(other.0).execute(&mut **tx).await?;
    }
    crate::contacts::delete(tx, other).await?;
    // The newest note of a channel counts, whichever of the two it was about.
    crate::consents::settle(tx, survivor).await?;
    sqlx::query("INSERT INTO contact_merges (old_id, new_id, at) VALUES ($1, $2, $3)")
        .bind(other.0)
        .bind(survivor.0)
        .bind(now.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// The contact that another one went into.
///
/// # Errors
/// Fails when the database fails.
pub async fn survivor(connection: &mut SqliteConnection, id: ContactId) -> Result<Option<ContactId>, Error> {
    let new: Option<i64> =
        sqlx::query_scalar("SELECT new_id FROM contact_merges WHERE old_id = $1").bind(id.0).fetch_optional(connection).await?;
    Ok(new.map(ContactId))
}
