//! One-time links, found by the hash of their secret.

use model::{Moment, UserId};
use sqlx::SqliteConnection;

use crate::{Error, Tx};

/// Whom a one-time link lets in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// Whoever carries out the first run.
    FirstRun,
    /// A user, who chooses a password by it.
    User(UserId),
}

impl Holder {
    fn from_user(user: Option<i64>) -> Self {
        user.map_or(Self::FirstRun, |id| Self::User(UserId(id)))
    }

    fn user(self) -> Option<i64> {
        match self {
            Self::FirstRun => None,
            Self::User(id) => Some(id.0),
        }
    }
}

/// Finds whom a link lets in that still works at `now`.
///
/// # Errors
/// Fails when the database fails.
pub async fn by_hash(connection: &mut SqliteConnection, token_hash: &[u8], now: Moment) -> Result<Option<Holder>, Error> {
    let row: Option<Option<i64>> = sqlx::query_scalar("SELECT user_id FROM one_time_links WHERE token_hash = $1 AND $2 < until")
        .bind(token_hash)
        .bind(now.0)
        .fetch_optional(connection)
        .await?;
    Ok(row.map(Holder::from_user))
}

/// Makes a link; earlier ones of the same holder stop working.
///
/// # Errors
/// Fails when the database fails.
pub async fn replace(tx: &mut Tx, holder: Holder, token_hash: &[u8], until: Moment) -> Result<(), Error> {
    delete_of(tx, holder).await?;
    let id = crate::db::next_id(tx, "one_time_links").await?;
    sqlx::query("INSERT INTO one_time_links (id, user_id, token_hash, until) VALUES ($1, $2, $3, $4)")
        .bind(id)
        .bind(holder.user())
        .bind(token_hash)
        .bind(until.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Uses a link up that still works at `now`, and tells whom it lets in. The second one to come with it gets nothing.
///
/// # Errors
/// Fails when the database fails.
pub async fn take(tx: &mut Tx, token_hash: &[u8], now: Moment) -> Result<Option<Holder>, Error> {
    let row: Option<Option<i64>> =
        sqlx::query_scalar("DELETE FROM one_time_links WHERE token_hash = $1 AND $2 < until RETURNING user_id")
            .bind(token_hash)
            .bind(now.0)
            .fetch_optional(&mut **tx)
            .await?;
    Ok(row.map(Holder::from_user))
}

/// Makes all links of a holder stop working.
///
/// # Errors
/// Fails when the database fails.
pub async fn delete_of(tx: &mut Tx, holder: Holder) -> Result<(), Error> {
    sqlx::query("DELETE FROM one_time_links WHERE user_id IS NOT DISTINCT FROM $1")
        .bind(holder.user())
        .execute(&mut **tx)
        .await?;
    Ok(())
}
