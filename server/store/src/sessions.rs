//! Sign-ins, found by the hash of their secret. One that has ended by its age is as good as gone.

use model::time::{days, hours};
use model::{Moment, Noun, SessionId, SessionRow, UserId};
use sqlx::SqliteConnection;

use crate::error::found;
use crate::{Error, Tx};

/// How long a session lives unused, in milliseconds (ASVS 5.0 §7.3.1).
const LONGEST_PAUSE: i64 = hours(12);
/// How long a session lives at most, in milliseconds (ASVS 5.0 §7.3.2).
const LONGEST_LIFE: i64 = days(7);

/// A session as the door needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Session {
    /// Which session.
    pub id: SessionId,
    /// Whose it is.
    pub user: UserId,
    /// When it began.
    pub created_at: Moment,
    /// When it was last used, to the minute.
    pub seen_at: Moment,
}

/// What a session begins with.
pub struct NewSession<'a> {
    /// Whose it is.
    pub user: UserId,
    /// Hash of its secret.
    pub token_hash: &'a [u8],
    /// Browser and system, as the browser names itself.
    pub device: &'a str,
    /// Network address it begins from.
    pub network: &'a str,
}

/// Finds a session by the hash of its secret, if it lives: used within 12 hours and begun within 7 days.
///
/// # Errors
/// Fails when the database fails.
pub async fn by_hash(connection: &mut SqliteConnection, token_hash: &[u8], now: Moment) -> Result<Option<Session>, Error> {
    let row: Option<(i64, i64, i64, i64)> = sqlx::query_as(
        "SELECT id, user_id, created_at, seen_at
         FROM sessions
         WHERE token_hash = $1 AND $2 < seen_at AND $3 < created_at",
    )
    .bind(token_hash)
    .bind(now.plus(-LONGEST_PAUSE).0)
    .bind(now.plus(-LONGEST_LIFE).0)
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|(id, user, created_at, seen_at)| Session {
        id: SessionId(id),
        user: UserId(user),
        created_at: Moment(created_at),
        seen_at: Moment(seen_at),
    }))
}

/// Lists the sessions of a user that live, the newest first.
///
/// # Errors
/// Fails when the database fails.
pub async fn list(
    connection: &mut SqliteConnection,
    user: UserId,
    current: Option<SessionId>,
    now: Moment,
) -> Result<Vec<SessionRow>, Error> {
    let rows: Vec<(i64, String, String, i64, i64)> = sqlx::query_as(
        "SELECT id, device, network, created_at, seen_at
         FROM sessions
         WHERE user_id = $1 AND $2 < seen_at AND $3 < created_at
         ORDER BY created_at DESC, id DESC",
    )
    .bind(user.0)
    .bind(now.plus(-LONGEST_PAUSE).0)
    .bind(now.plus(-LONGEST_LIFE).0)
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|(id, device, from, created_at, seen_at)| SessionRow {
            id: SessionId(id),
            device,
            from,
            created_at: Moment(created_at),
            seen_at: Moment(seen_at),
            current: current == Some(SessionId(id)),
        })
        .collect())
}

/// Begins a session.
///
/// # Errors
/// Fails when the database fails.
pub async fn insert(tx: &mut Tx, session: NewSession<'_>, now: Moment) -> Result<SessionId, Error> {
    let id = crate::db::next_id(tx, "sessions").await?;
    sqlx::query(
        "INSERT INTO sessions (id, user_id, token_hash, device, network, created_at, seen_at)
         VALUES ($1, $2, $3, $4, $5, $6, $6)",
    )
    .bind(id)
    .bind(session.user.0)
    .bind(session.token_hash)
    .bind(session.device)
    .bind(session.network)
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    Ok(SessionId(id))
}

/// Notes that a session was used, and from where. One that has just ended stays ended.
///
/// # Errors
/// Fails when the database fails.
pub async fn touch(tx: &mut Tx, id: SessionId, network: &str, now: Moment) -> Result<(), Error> {
    sqlx::query("UPDATE sessions SET seen_at = $2, network = $3 WHERE id = $1")
        .bind(id.0)
        .bind(now.0)
        .bind(network)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Ends one session of a user.
///
/// # Errors
/// Refuses one that is not there or belongs to somebody else; fails when the database fails.
pub async fn delete(tx: &mut Tx, user: UserId, id: SessionId) -> Result<(), Error> {
    let rows = sqlx::query("DELETE FROM sessions WHERE id = $1 AND user_id = $2")
        .bind(id.0)
        .bind(user.0)
        .execute(&mut **tx)
        .await?
        .rows_affected();
    found((rows == 1).then_some(()), Noun::Session)
}

/// Ends all sessions of a user but one, and tells which.
///
/// # Errors
/// Fails when the database fails.
pub async fn delete_all(tx: &mut Tx, user: UserId, but: Option<SessionId>) -> Result<Vec<SessionId>, Error> {
    let ids: Vec<i64> = sqlx::query_scalar("DELETE FROM sessions WHERE user_id = $1 AND id IS DISTINCT FROM $2 RETURNING id")
        .bind(user.0)
        .bind(but.map(|it| it.0))
        .fetch_all(&mut **tx)
        .await?;
    Ok(ids.into_iter().map(SessionId).collect())
}

/// Forgets the sessions that have ended by their age, and tells how many.
///
/// # Errors
/// Fails when the database fails.
pub async fn sweep(tx: &mut Tx, now: Moment) -> Result<u64, Error> {
    let swept = sqlx::query("DELETE FROM sessions WHERE seen_at <= $1 OR created_at <= $2")
        .bind(now.plus(-LONGEST_PAUSE).0)
        .bind(now.plus(-LONGEST_LIFE).0)
        .execute(&mut **tx)
        .await?;
    Ok(swept.rows_affected())
}
