//! The bin: messages on their way out, which can still be taken back.

use model::{BinRow, Cursor, Key, MessageId, Moment, Noun, PAGE_ROWS, Page, RetentionRules, UserId};
use sqlx::SqliteConnection;

use super::over;
use crate::Store;
use crate::error::{Error, found};
use crate::messages::{Scope, binned_rows};
use crate::tx::Tx;

/// Whether a message lies in the bin.
///
/// # Errors
/// Refuses when there is none.
pub async fn binned(connection: &mut SqliteConnection, id: MessageId) -> Result<bool, Error> {
    let row: Option<bool> = sqlx::query_scalar("SELECT binned_at IS NOT NULL FROM messages WHERE id = $1")
        .bind(id.0)
        .fetch_optional(connection)
        .await?;
    found(row, Noun::Message)
}

/// How many messages lie in the bin.
///
/// # Errors
/// Fails when the database fails.
pub async fn in_bin(connection: &mut SqliteConnection) -> Result<u64, Error> {
    let n: i64 = sqlx::query_scalar("SELECT count(*) FROM messages WHERE binned_at IS NOT NULL").fetch_one(connection).await?;
    Ok(n as u64)
}

/// Puts a message into the bin by hand; false when it is kept as proof, is not over yet, has no content any more, or lies there already.
///
/// # Errors
/// Fails when the database fails.
pub async fn bin(tx: &mut Tx, id: MessageId, by: UserId, now: Moment) -> Result<bool, Error> {
    Ok(put(tx, &[id], Some(by), now).await?.len() == 1)
}

/// Puts messages into the bin whose time is over, and tells which of them went there. One that moves again or became a proof stays.
///
/// # Errors
/// Fails when the database fails.
pub async fn bin_due(tx: &mut Tx, ids: &[MessageId], proofs: bool, now: Moment) -> Result<Vec<MessageId>, Error> {
    let sql = if proofs { PUT_PROOFS } else { PUT };
    run(tx, sql, ids, None, now).await
}

async fn put(tx: &mut Tx, ids: &[MessageId], by: Option<UserId>, now: Moment) -> Result<Vec<MessageId>, Error> {
    run(tx, PUT, ids, by, now).await
}

const PUT: &str = concat!(
    "UPDATE messages SET binned_at = $2, binned_by = $3
     WHERE id IN (
         SELECT m.id FROM messages m LEFT JOIN campaigns g ON g.id = m.campaign_id
         WHERE m.id IN (SELECT value FROM json_each($1)) AND m.binned_at IS NULL AND m.anonymized_at IS NULL AND m.is_proof = 0 AND ",
    over!(),
    ") RETURNING id"
);

const PUT_PROOFS: &str = concat!(
    "UPDATE messages SET binned_at = $2, binned_by = $3
     WHERE id IN (
         SELECT m.id FROM messages m LEFT JOIN campaigns g ON g.id = m.campaign_id
         WHERE m.id IN (SELECT value FROM json_each($1)) AND m.binned_at IS NULL AND m.anonymized_at IS NULL AND m.is_proof = 1 AND ",
    over!(),
    ") RETURNING id"
);

async fn run(
    tx: &mut Tx,
    sql: &'static str,
    ids: &[MessageId],
    by: Option<UserId>,
    now: Moment,
) -> Result<Vec<MessageId>, Error> {
    let moved: Vec<i64> = sqlx::query_scalar(sql)
        .bind(serde_json::to_string(ids)?)
        .bind(now.0)
        .bind(by.map(|it| it.0))
        .fetch_all(&mut **tx)
        .await?;
    let moved: Vec<MessageId> = moved.into_iter().map(MessageId).collect();
    crate::search_jobs::add_many(tx, &moved).await?;
    Ok(moved)
}

/// Takes a message out of the bin; false when it does not lie there.
///
/// # Errors
/// Fails when the database fails.
pub async fn restore(tx: &mut Tx, id: MessageId) -> Result<bool, Error> {
    let rows = sqlx::query("UPDATE messages SET binned_at = NULL, binned_by = NULL WHERE id = $1 AND binned_at IS NOT NULL")
        .bind(id.0)
        .execute(&mut **tx)
        .await?
        .rows_affected();
    if rows == 1 {
        crate::search_jobs::add(tx, id).await?;
    }
    Ok(rows == 1)
}

/// Keeps a message as proof, or no longer; false when nothing changed. What lies in the bin or has no content any more proves nothing.
///
/// # Errors
/// Fails when the database fails.
pub async fn keep_as_proof(tx: &mut Tx, id: MessageId, is_proof: bool) -> Result<bool, Error> {
    let rows = sqlx::query(
        "UPDATE messages SET is_proof = $2
         WHERE id = $1 AND is_proof <> $2 AND binned_at IS NULL AND anonymized_at IS NULL AND state <> 'draft'",
    )
    .bind(id.0)
    .bind(is_proof)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    Ok(rows == 1)
}

/// One page of the bin, what came last first.
///
/// # Errors
/// Names a damaged subject.
pub async fn page(
    store: &Store,
    connection: &mut SqliteConnection,
    scope: Scope,
    rules: &RetentionRules,
    after: Option<&Cursor>,
) -> Result<Page<BinRow>, Error> {
    let place = after.and_then(|it| match it.key {
        Key::Number(at) => Some((at, it.id)),
        Key::Text(_) => None,
    });
    type Place = (i64, i64, Option<String>);
    let places: Vec<Place> = sqlx::query_as(
        "SELECT m.binned_at, m.id, u.name
         FROM messages m LEFT JOIN users u ON u.id = m.binned_by
         WHERE m.binned_at IS NOT NULL AND ($1 IS NULL OR m.author_id = $1)
           AND ($2 IS NULL OR (m.binned_at, m.id) < ($2, $3))
         ORDER BY m.binned_at DESC, m.id DESC LIMIT $4",
    )
    .bind(scope.only())
    .bind(place.map(|it| it.0))
    .bind(place.map(|it| it.1))
    .bind(PAGE_ROWS as i64 + 1)
    .fetch_all(&mut *connection)
    .await?;
    let ids: Vec<MessageId> = places.iter().map(|it| MessageId(it.1)).collect();
    let mut messages = binned_rows(store, connection, &ids, scope).await?;
    let rows = places.into_iter().filter_map(|(at, id, by)| {
        let message = messages.iter().position(|it| it.id.0 == id).map(|it| messages.swap_remove(it))?;
        Some(BinRow { message, binned_at: Moment(at), by, until: rules.bin_until(Moment(at)) })
    });
    Ok(Page::cut(rows.collect(), PAGE_ROWS, |it| Cursor { key: Key::Number(it.binned_at.0), id: it.message.id.0 }))
}
