//! What ends without a worker: leases that a crash left behind, and what waited too long.

use model::{DeliveryId, MessageId, Moment};
use sqlx::SqliteConnection;

use crate::error::Error;
use crate::tx::Tx;

/// After a crash: leases that ran out before `now` wait again; what was handed and never answered is unknown. Answers the unknown ones.
///
/// # Errors
/// Fails when the database fails.
pub async fn recover(tx: &mut Tx, now: Moment) -> Result<Vec<(DeliveryId, MessageId)>, Error> {
    sqlx::query(
        "UPDATE deliveries SET state = 'waiting', lease_until = NULL, account_id = coalesce(home_id, account_id), home_id = NULL
         WHERE state = 'leased' AND lease_until <= $1",
    )
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    let rows: Vec<(i64, i64, i64, i64, String)> = sqlx::query_as(
        "UPDATE deliveries SET state = 'unknown', lease_until = NULL, tries = tries + 1 WHERE state = 'handed' AND lease_until <= $1
         RETURNING id, message_id, handed_at, tries,
                   coalesce((SELECT host || ':' || port FROM accounts WHERE id = deliveries.account_id AND transport = 'smtp'), '')",
    )
    .bind(now.0)
    .fetch_all(&mut **tx)
    .await?;
    let mut unknown = Vec::new();
    for (id, message, handed_at, number, relay) in rows {
        sqlx::query(
            "INSERT INTO attempts (delivery_id, number, at, outcome, relay, reply, tls, handed_at)
             VALUES ($1, $2, $3, 'unknown', $4, '', '', $3) ON CONFLICT (delivery_id, number) DO NOTHING",
        )
        .bind(id)
        .bind(number)
        .bind(handed_at)
        .bind(relay)
        .execute(&mut **tx)
        .await?;
        unknown.push((DeliveryId(id), MessageId(message)));
    }
    Ok(unknown)
}

/// Whether anything waits longer than it is worth. What waits for credit is worth it.
///
/// # Errors
/// Fails when the database fails.
pub async fn any_expired(connection: &mut SqliteConnection, now: Moment) -> Result<bool, Error> {
    Ok(sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM deliveries WHERE state = 'waiting' AND expires_at <= $1
                                                    AND account_id NOT IN (SELECT account_id FROM sms_accounts WHERE is_stopped = 1))",
    )
        .bind(now.0)
        .fetch_one(connection)
        .await?)
}

/// Whether a lease ran out that nobody ended.
///
/// # Errors
/// Fails when the database fails.
pub async fn any_lost(connection: &mut SqliteConnection, now: Moment) -> Result<bool, Error> {
    Ok(sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM deliveries WHERE state = 'leased' AND lease_until <= $1)
             OR EXISTS (SELECT 1 FROM deliveries WHERE state = 'handed' AND lease_until <= $1)",
    )
    .bind(now.0)
    .fetch_one(connection)
    .await?)
}

/// Ends up to a thousand deliveries that waited longer than they were worth.
///
/// # Errors
/// Fails when the database fails.
pub async fn expire(tx: &mut Tx, now: Moment) -> Result<Vec<(DeliveryId, MessageId)>, Error> {
    let rows: Vec<(i64, i64)> = sqlx::query_as(
        "UPDATE deliveries SET state = 'expired', settled_at = $1
         WHERE id IN (SELECT id FROM deliveries WHERE state = 'waiting' AND expires_at <= $1
                        AND account_id NOT IN (SELECT account_id FROM sms_accounts WHERE is_stopped = 1) LIMIT 1000)
         RETURNING id, message_id",
    )
    .bind(now.0)
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|(id, message)| (DeliveryId(id), MessageId(message))).collect())
}
