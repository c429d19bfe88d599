//! The bin: messages on their way out, which can still be taken back.

use model::{
    BinFilter, BinRow, BinnedHow, Cursor, Key, MessageId, Moment, Noun, PAGE_ROWS, Page, RetentionKind, RetentionRules, UserId,
};
use sqlx::SqliteConnection;

use super::over;
use crate::Store;
use crate::codes::Code;
use crate::error::{Error, found};
use crate::messages::{Scope, binned_rows};
use crate::tx::Tx;

/// In how many pages words are looked for before the asker is told where to go on.
const STEPS: usize = 30;

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
pub async fn bin(tx: &mut Tx, id: MessageId, by: UserId, rules: &RetentionRules, now: Moment) -> Result<bool, Error> {
    Ok(put(tx, &[id], false, Some(by), rules, now).await?.len() == 1)
}

/// Puts messages into the bin whose time is over, and tells which of them went there. One that moves again or became a proof stays.
///
/// # Errors
/// Fails when the database fails.
pub async fn bin_due(
    tx: &mut Tx,
    ids: &[MessageId],
    proofs: bool,
    rules: &RetentionRules,
    now: Moment,
) -> Result<Vec<MessageId>, Error> {
    put(tx, ids, proofs, None, rules, now).await
}

/// Whoever puts something there is promised for how long and what becomes of it then; other rules that come later change nothing of that.
async fn put(
    tx: &mut Tx,
    ids: &[MessageId],
    proofs: bool,
    by: Option<UserId>,
    rules: &RetentionRules,
    now: Moment,
) -> Result<Vec<MessageId>, Error> {
    let moved: Vec<i64> = sqlx::query_scalar(concat!(
        "UPDATE messages SET binned_at = $2, binned_by = $3, bin_until = $5, bin_vanishes = 0
         WHERE id IN (
             SELECT m.id FROM messages m LEFT JOIN campaigns g ON g.id = m.campaign_id
             WHERE m.id IN (SELECT value FROM json_each($1)) AND m.binned_at IS NULL AND m.anonymized_at IS NULL AND m.is_proof = $4 AND ",
        over!(),
        ") RETURNING id"
    ))
    .bind(serde_json::to_string(ids)?)
    .bind(now.0)
    .bind(by.map(|it| it.0))
    .bind(proofs)
    .bind(rules.bin_until(now).0)
    .fetch_all(&mut **tx)
    .await?;
    let moved: Vec<MessageId> = moved.into_iter().map(MessageId).collect();
    promise_end(tx, &moved, rules).await?;
    crate::search_jobs::add_many(tx, &moved).await?;
    Ok(moved)
}

/// Notes of which messages nothing stays.
async fn promise_end(tx: &mut Tx, ids: &[MessageId], rules: &RetentionRules) -> Result<(), Error> {
    if !RetentionKind::ALL.into_iter().any(|it| rules.vanishes(it)) {
        return Ok(());
    }
    let rows: Vec<(i64, String, String, Option<String>, bool)> = sqlx::query_as(
        "SELECT m.id, m.channel, m.origin, g.kind, m.is_proof
         FROM messages m LEFT JOIN campaigns g ON g.id = m.campaign_id WHERE m.id IN (SELECT value FROM json_each($1))",
    )
    .bind(serde_json::to_string(ids)?)
    .fetch_all(&mut **tx)
    .await?;
    let mut vanishing = Vec::new();
    for (id, channel, origin, campaign, is_proof) in rows {
        let campaign = campaign.as_deref().map(Code::from_code).transpose()?;
        let kind = RetentionKind::of(Code::from_code(&channel)?, Code::from_code(&origin)?, campaign);
        if !is_proof && rules.vanishes(kind) {
            vanishing.push(id);
        }
    }
    sqlx::query("UPDATE messages SET bin_vanishes = 1 WHERE id IN (SELECT value FROM json_each($1))")
        .bind(serde_json::to_string(&vanishing)?)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Takes a message out of the bin; false when it does not lie there.
///
/// # Errors
/// Fails when the database fails.
pub async fn restore(tx: &mut Tx, id: MessageId) -> Result<bool, Error> {
    let rows = sqlx::query(
        "UPDATE messages SET binned_at = NULL, binned_by = NULL, bin_until = NULL, bin_vanishes = 0
         WHERE id = $1 AND binned_at IS NOT NULL",
    )
    .bind(id.0)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    if rows == 1 {
        crate::search_jobs::add(tx, id).await?;
    }
    Ok(rows == 1)
}

/// How many comments stand on these messages.
///
/// # Errors
/// Fails when the database fails.
pub async fn comments(connection: &mut SqliteConnection, ids: &[MessageId]) -> Result<u64, Error> {
    let n: i64 = sqlx::query_scalar("SELECT count(*) FROM comments WHERE message_id IN (SELECT value FROM json_each($1))")
        .bind(serde_json::to_string(ids)?)
        .fetch_one(connection)
        .await?;
    Ok(n as u64)
}

/// One page of the bin, what came last first. Subjects are sealed, so that words are looked for in one message after the other; a page may
/// be short or empty and still say where to go on.
///
/// # Errors
/// Names a damaged subject.
pub async fn page(
    store: &Store,
    connection: &mut SqliteConnection,
    scope: Scope,
    filter: &BinFilter,
    after: Option<&Cursor>,
) -> Result<Page<BinRow>, Error> {
    let mut page = step(store, connection, scope, filter.how, after).await?;
    if filter.words.trim().is_empty() {
        return Ok(page);
    }
    page.rows.retain(|it| filter.has_words(&it.message));
    for _ in 1..STEPS {
        let Some(next) = page.next.as_ref().filter(|_| page.rows.is_empty()) else { break };
        page = step(store, connection, scope, filter.how, Some(next)).await?;
        page.rows.retain(|it| filter.has_words(&it.message));
    }
    Ok(page)
}

async fn step(
    store: &Store,
    connection: &mut SqliteConnection,
    scope: Scope,
    how: Option<BinnedHow>,
    after: Option<&Cursor>,
) -> Result<Page<BinRow>, Error> {
    let place = after.and_then(|it| match it.key {
        Key::Number(at) => Some((at, it.id)),
        Key::Text(_) => None,
    });
    type Place = (i64, i64, Option<String>, i64);
    let places: Vec<Place> = sqlx::query_as(
        "SELECT m.binned_at, m.id, u.name, m.bin_until
         FROM messages m LEFT JOIN users u ON u.id = m.binned_by
         WHERE m.binned_at IS NOT NULL AND ($1 IS NULL OR m.author_id = $1)
           AND ($2 IS NULL OR (m.binned_at, m.id) < ($2, $3)) AND ($5 IS NULL OR (m.binned_by IS NOT NULL) = $5)
         ORDER BY m.binned_at DESC, m.id DESC LIMIT $4",
    )
    .bind(scope.only())
    .bind(place.map(|it| it.0))
    .bind(place.map(|it| it.1))
    .bind(PAGE_ROWS as i64 + 1)
    .bind(how.map(|it| it == BinnedHow::ByHand))
    .fetch_all(&mut *connection)
    .await?;
    let ids: Vec<MessageId> = places.iter().map(|it| MessageId(it.1)).collect();
    let mut messages = binned_rows(store, connection, &ids, scope).await?;
    let rows = places.into_iter().filter_map(|(at, id, by, until)| {
        let message = messages.iter().position(|it| it.id.0 == id).map(|it| messages.swap_remove(it))?;
        Some(BinRow { message, binned_at: Moment(at), by, until: Moment(until) })
    });
    Ok(Page::cut(rows.collect(), PAGE_ROWS, |it| Cursor { key: Key::Number(it.binned_at.0), id: it.message.id.0 }))
}
