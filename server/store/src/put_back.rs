//! A database that is a copy made earlier and put back: what it is known by, and what becomes of its queue.

use model::{DeliveryId, DeliveryState, MessageId, Moment, PutBack};
use sqlx::SqliteConnection;

use crate::codes::Code;
use crate::error::Error;
use crate::tx::Tx;

#[derive(sqlx::FromRow)]
struct Row {
    made_at: i64,
    noticed_at: Option<i64>,
    ran_until: Option<i64>,
    left_since: Option<i64>,
    waiting: i64,
    campaigns: i64,
}

/// Whether the database is such a copy, and nobody has decided about it yet: nothing may leave.
///
/// # Errors
/// Fails when the database fails.
pub async fn is_undecided(connection: &mut SqliteConnection) -> Result<bool, Error> {
    Ok(sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM lineage WHERE made_at IS NOT NULL)").fetch_one(connection).await?)
}

/// What there is to decide about, if there is anything.
///
/// # Errors
/// Fails when the database fails.
pub async fn get(connection: &mut SqliteConnection, now: Moment) -> Result<Option<PutBack>, Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT made_at, noticed_at, ran_until, left_since,
                (SELECT count(*) FROM deliveries WHERE state = 'waiting' AND id <= last_delivery) AS waiting,
                (SELECT count(*) FROM campaigns WHERE state = 'running' OR state = 'scheduled' AND starts_at <= $1) AS campaigns
         FROM lineage WHERE made_at IS NOT NULL",
    )
    .bind(now.0)
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| PutBack {
        made_at: Moment(row.made_at),
        noticed_at: row.noticed_at.map_or(now, Moment),
        ran_until: row.ran_until.map(Moment),
        left_since: row.left_since.map(|it| it as u64),
        waiting: row.waiting as u64,
        campaigns: row.campaigns as u64,
    }))
}

/// Notes when it was noticed; tells whether nobody had.
///
/// # Errors
/// Fails when the database fails.
pub async fn set_noticed(tx: &mut Tx, now: Moment) -> Result<bool, Error> {
    let rows = sqlx::query("UPDATE lineage SET noticed_at = $1 WHERE made_at IS NOT NULL AND noticed_at IS NULL")
        .bind(now.0)
        .execute(&mut **tx)
        .await?
        .rows_affected();
    Ok(0 < rows)
}

/// Moves what waited when the copy was made to the state `to`, with the reason as the answer of a try that nobody saw; tells what that was.
///
/// # Errors
/// Fails when the database fails.
pub async fn doubt(tx: &mut Tx, to: DeliveryState, reason: &str) -> Result<Vec<(DeliveryId, MessageId)>, Error> {
    let rows: Vec<(i64, i64, i64)> = sqlx::query_as(
        "UPDATE deliveries
         SET state = $1, tries = tries + 1, fence = fence + 1, handed_at = coalesce(handed_at, (SELECT made_at FROM lineage))
         WHERE state = 'waiting' AND id <= (SELECT last_delivery FROM lineage WHERE made_at IS NOT NULL)
         RETURNING id, message_id, tries",
    )
    .bind(to.code())
    .fetch_all(&mut **tx)
    .await?;
    sqlx::query(
        "INSERT INTO attempts (delivery_id, number, at, outcome, relay, reply, tls)
         SELECT doubted.value ->> 0, doubted.value ->> 2, (SELECT made_at FROM lineage), 'unknown', '', $2, ''
         FROM json_each($1) AS doubted WHERE true
         ON CONFLICT (delivery_id, number) DO NOTHING",
    )
    .bind(serde_json::to_string(&rows)?)
    .bind(reason)
    .execute(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|(id, message, _)| (DeliveryId(id), MessageId(message))).collect())
}

/// Lets what waits be worth its time again: it could not leave while somebody was to decide. Tells how many deliveries wait.
///
/// # Errors
/// Fails when the database fails.
pub async fn prolong(tx: &mut Tx, until: Moment) -> Result<u64, Error> {
    let rows = sqlx::query("UPDATE deliveries SET expires_at = max(expires_at, $1) WHERE state = 'waiting'")
        .bind(until.0)
        .execute(&mut **tx)
        .await?
        .rows_affected();
    Ok(rows)
}

/// Notes that a person has decided; tells whether there was anything to decide about. Copies of sent mails that wait are looked for where
/// they belong before they are put there.
///
/// # Errors
/// Fails when the database fails.
pub async fn end(tx: &mut Tx) -> Result<bool, Error> {
    let rows = sqlx::query("UPDATE lineage SET made_at = NULL, ran_until = NULL, left_since = NULL WHERE made_at IS NOT NULL")
        .execute(&mut **tx)
        .await?
        .rows_affected();
    sqlx::query("UPDATE copies SET begun = 1").execute(&mut **tx).await?;
    Ok(0 < rows)
}
