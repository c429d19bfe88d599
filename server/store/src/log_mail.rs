//! The mail about where the action log ended each day: whom it goes to, and what was told last.

use model::{Day, NoticeTo};
use sqlx::SqliteConnection;

use crate::error::Error;
use crate::tx::Tx;

/// Whom it goes to, nobody when it is off, and the last day that was told.
///
/// # Errors
/// Fails when the database fails.
pub async fn get(connection: &mut SqliteConnection) -> Result<(NoticeTo, Day), Error> {
    let (notify, last): (String, i64) = sqlx::query_as("SELECT notify, last_day FROM log_mail").fetch_one(connection).await?;
    let to = if notify.is_empty() { NoticeTo::default() } else { serde_json::from_str(&notify)? };
    Ok((to, Day(last)))
}

/// Changes whom it goes to.
///
/// # Errors
/// Fails when the database fails.
pub async fn set(tx: &mut Tx, to: &NoticeTo) -> Result<(), Error> {
    let text = if to.is_nobody() { String::new() } else { serde_json::to_string(to)? };
    sqlx::query("UPDATE log_mail SET notify = $1").bind(text).execute(&mut **tx).await?;
    Ok(())
}

/// Notes up to which day it was told.
///
/// # Errors
/// Fails when the database fails.
pub async fn set_last(tx: &mut Tx, day: Day) -> Result<(), Error> {
    sqlx::query("UPDATE log_mail SET last_day = $1").bind(day.0).execute(&mut **tx).await?;
    Ok(())
}
