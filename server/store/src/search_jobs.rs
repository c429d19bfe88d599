//! What the full text has to take in, in the order of the changes.

use model::{CampaignId, MessageId};
use sqlx::SqliteConnection;

use crate::error::Error;
use crate::tx::Tx;

/// Asks the full text to take a message in again, or to forget it when it is gone.
///
/// # Errors
/// Fails when the database fails.
pub async fn add(tx: &mut Tx, id: MessageId) -> Result<(), Error> {
    sqlx::query("INSERT INTO search_jobs (message_id) VALUES ($1)").bind(id.0).execute(&mut **tx).await?;
    Ok(())
}

/// Asks the full text to take several messages in again, or to forget those that are gone.
///
/// # Errors
/// Fails when the database fails.
pub async fn add_many(tx: &mut Tx, ids: &[MessageId]) -> Result<(), Error> {
    sqlx::query("INSERT INTO search_jobs (message_id) SELECT value FROM json_each($1)")
        .bind(serde_json::to_string(ids)?)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// The next jobs behind `last`, at most `limit`, oldest first: number and message.
///
/// # Errors
/// Fails when the database fails.
pub async fn after(connection: &mut SqliteConnection, last: i64, limit: i64) -> Result<Vec<(i64, MessageId)>, Error> {
    let rows: Vec<(i64, i64)> = sqlx::query_as("SELECT id, message_id FROM search_jobs WHERE id > $1 ORDER BY id LIMIT $2")
        .bind(last)
        .bind(limit)
        .fetch_all(connection)
        .await?;
    Ok(rows.into_iter().map(|(job, id)| (job, MessageId(id))).collect())
}

/// Forgets the jobs up to `last`, which the full text holds durably.
///
/// # Errors
/// Fails when the database fails.
pub async fn done(tx: &mut Tx, last: i64) -> Result<(), Error> {
    sqlx::query("DELETE FROM search_jobs WHERE id <= $1").bind(last).execute(&mut **tx).await?;
    Ok(())
}

/// Asks for everything again, for an index that is begun anew.
///
/// # Errors
/// Fails when the database fails.
pub async fn add_all(tx: &mut Tx) -> Result<(), Error> {
    sqlx::query("INSERT INTO search_jobs (message_id) SELECT id FROM messages ORDER BY id").execute(&mut **tx).await?;
    Ok(())
}

/// Asks for all messages with files again, because the words inside are wanted now, or not any more.
///
/// # Errors
/// Fails when the database fails.
pub async fn add_with_files(tx: &mut Tx) -> Result<(), Error> {
    sqlx::query("INSERT INTO search_jobs (message_id) SELECT id FROM messages WHERE attachments > 0 ORDER BY id")
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Asks for all messages of a campaign again, whose name has changed.
///
/// # Errors
/// Fails when the database fails.
pub async fn add_campaign(tx: &mut Tx, id: CampaignId) -> Result<(), Error> {
    sqlx::query("INSERT INTO search_jobs (message_id) SELECT id FROM messages WHERE campaign_id = $1 ORDER BY id")
        .bind(id.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Asks for messages of a campaign again that were made anew, or for all that can still be changed. Before its start nothing of it is in the
/// full text; once it has begun, what was held back is there by its old words.
///
/// # Errors
/// Fails when the database fails.
pub async fn add_remade(tx: &mut Tx, id: CampaignId, messages: Option<&[MessageId]>) -> Result<(), Error> {
    let sql = match messages {
        Some(_) => {
            "INSERT INTO search_jobs (message_id) SELECT value FROM json_each($2)
             WHERE EXISTS (SELECT 1 FROM campaigns WHERE id = $1 AND started_at IS NOT NULL)"
        }
        None => {
            "INSERT INTO search_jobs (message_id) SELECT id FROM messages WHERE campaign_id = $1 AND state = 'prepared' AND $2 = $2
             AND EXISTS (SELECT 1 FROM campaigns WHERE id = $1 AND started_at IS NOT NULL)"
        }
    };
    let listed = serde_json::to_string(messages.unwrap_or_default())?;
    sqlx::query(sql).bind(id.0).bind(listed).execute(&mut **tx).await?;
    Ok(())
}

/// How many jobs there are.
///
/// # Errors
/// Fails when the database fails.
pub async fn waiting(connection: &mut SqliteConnection) -> Result<u64, Error> {
    let n: i64 = sqlx::query_scalar("SELECT count(*) FROM search_jobs").fetch_one(connection).await?;
    Ok(n as u64)
}

/// The number of the last job ever given out; 0 before the first.
///
/// # Errors
/// Fails when the database fails.
pub async fn last_given(connection: &mut SqliteConnection) -> Result<i64, Error> {
    let last: Option<i64> =
        sqlx::query_scalar("SELECT seq FROM sqlite_sequence WHERE name = 'search_jobs'").fetch_optional(connection).await?;
    Ok(last.unwrap_or(0))
}

/// The number of the oldest job that is still to be taken in.
///
/// # Errors
/// Fails when the database fails.
pub async fn oldest(connection: &mut SqliteConnection) -> Result<Option<i64>, Error> {
    Ok(sqlx::query_scalar("SELECT min(id) FROM search_jobs").fetch_one(connection).await?)
}
