//! What holds for all accounts together.

use model::{Moment, RetryRules, UserId};
use sqlx::SqliteConnection;

use crate::error::Error;
use crate::tx::Tx;

/// Whether nothing may leave: a person paused everything, or has to decide about a copy of the database that was put back.
///
/// # Errors
/// Fails when the database fails.
pub async fn is_paused(connection: &mut SqliteConnection) -> Result<bool, Error> {
    Ok(sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM sending WHERE paused_at IS NOT NULL) OR EXISTS (SELECT 1 FROM lineage WHERE made_at IS NOT NULL)",
    )
    .fetch_one(connection)
    .await?)
}

/// Since when a person pauses everything, and who; nothing when nobody does.
///
/// # Errors
/// Fails when the database fails.
pub async fn paused(connection: &mut SqliteConnection) -> Result<Option<(Moment, String)>, Error> {
    let row: Option<(i64, String)> = sqlx::query_as(
        "SELECT s.paused_at, u.name FROM sending s JOIN users u ON u.id = s.paused_by WHERE s.paused_at IS NOT NULL",
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|(at, name)| (Moment(at), name)))
}

/// Pauses everything, or lets it go again; tells whether that changed anything.
///
/// # Errors
/// Fails when the database fails.
pub async fn set_paused(tx: &mut Tx, paused: Option<(Moment, UserId)>) -> Result<bool, Error> {
    let rows = sqlx::query("UPDATE sending SET paused_at = $1, paused_by = $2 WHERE (paused_at IS NULL) <> ($1 IS NULL)")
        .bind(paused.map(|it| it.0.0))
        .bind(paused.map(|it| it.1.0))
        .execute(&mut **tx)
        .await?
        .rows_affected();
    Ok(0 < rows)
}

/// How long what could not leave waits; what was never changed is as delivered.
///
/// # Errors
/// Fails when the database fails.
pub async fn retry_rules(connection: &mut SqliteConnection) -> Result<RetryRules, Error> {
    let text: String = sqlx::query_scalar("SELECT retry_rules FROM sending").fetch_one(connection).await?;
    if text.is_empty() { Ok(RetryRules::default()) } else { Ok(serde_json::from_str(&text)?) }
}

/// Changes how long what could not leave waits.
///
/// # Errors
/// Fails when the database fails.
pub async fn set_retry_rules(tx: &mut Tx, rules: &RetryRules) -> Result<(), Error> {
    sqlx::query("UPDATE sending SET retry_rules = $1").bind(serde_json::to_string(rules)?).execute(&mut **tx).await?;
    Ok(())
}
