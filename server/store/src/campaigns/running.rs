//! How prepared messages become deliveries, a few at a time, and how they are held and stopped.

use model::{AccountId, CampaignCancelled, CampaignCounts, CampaignId, DeliveryId, MessageId, Moment};
use sqlx::SqliteConnection;

use super::audience;
use crate::db::next_ids;
use crate::error::Error;
use crate::tx::Tx;

/// When what is held is due, and what was never tried is given up: at the end of the year 9999.
pub(crate) const NEVER: i64 = 253_402_300_799_000;

/// The messages of a campaign that are let go: queued ones with deliveries that have not ended.
macro_rules! open {
    () => {
        "SELECT d.id FROM messages m JOIN deliveries d ON d.message_id = m.id WHERE m.campaign_id = $1 AND m.state = 'queued' AND d.state IN "
    };
}

/// Scheduled and running campaigns.
///
/// # Errors
/// Fails when the database fails.
pub async fn moving(connection: &mut SqliteConnection) -> Result<Vec<CampaignId>, Error> {
    let ids: Vec<i64> = sqlx::query_scalar("SELECT id FROM campaigns WHERE state IN ('scheduled', 'running') ORDER BY id")
        .fetch_all(connection)
        .await?;
    Ok(ids.into_iter().map(CampaignId).collect())
}

/// How many deliveries of a campaign have not ended, those with an unknown end not counted.
///
/// # Errors
/// Fails when the database fails.
pub async fn count_open(connection: &mut SqliteConnection, id: CampaignId) -> Result<u64, Error> {
    let n: i64 = sqlx::query_scalar(concat!("SELECT count(*) FROM (", open!(), "('waiting', 'leased', 'handed'))"))
        .bind(id.0)
        .fetch_one(connection)
        .await?;
    Ok(n as u64)
}

/// How many messages of a campaign were handed over, whatever became of them.
///
/// # Errors
/// Fails when the database fails.
pub async fn count_sent(connection: &mut SqliteConnection, id: CampaignId) -> Result<u64, Error> {
    let n: i64 = sqlx::query_scalar("SELECT count(*) FROM messages WHERE campaign_id = $1 AND sent_at IS NOT NULL")
        .bind(id.0)
        .fetch_one(connection)
        .await?;
    Ok(n as u64)
}

/// Lets up to `n` further messages of a campaign go: they are queued with a delivery each, the first due at `first`, each following one
/// `gap` milliseconds later. Tells which. However long our own limits make them wait, none is given up before it was tried.
///
/// # Errors
/// Fails when the database fails.
pub async fn feed(
    tx: &mut Tx,
    id: CampaignId,
    (first, gap): (Moment, i64),
    n: u32,
) -> Result<Vec<(MessageId, AccountId)>, Error> {
    let rows: Vec<(i64, i64)> = sqlx::query_as(
        "SELECT m.id, m.account_id FROM messages m
         WHERE m.campaign_id = $1 AND m.state = 'prepared'
           AND EXISTS (SELECT 1 FROM campaign_recipients r WHERE r.message_id = m.id AND r.fate = 'prepared' AND r.reason IS NULL)
         ORDER BY m.id LIMIT $2",
    )
    .bind(id.0)
    .bind(n)
    .fetch_all(&mut **tx)
    .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let last = next_ids(tx, "deliveries", rows.len()).await?;
    let begin = last - rows.len() as i64 + 1;
    let ids: Vec<i64> = rows.iter().map(|it| it.0).collect();
    let listed = serde_json::to_string(&ids)?;
    sqlx::query(
        "INSERT INTO deliveries (id, message_id, account_id, address, lane, state, due_at, expires_at)
         SELECT $2 + j.key, m.id, m.account_id, t.address, 2, 'waiting', $3 + $4 * j.key, $5
         FROM json_each($1) j
         CROSS JOIN messages m ON m.id = j.value
         CROSS JOIN recipients t ON t.message_id = m.id AND t.place = 0",
    )
    .bind(&listed)
    .bind(begin)
    .bind(first.0)
    .bind(gap)
    .bind(NEVER)
    .execute(&mut **tx)
    .await?;
    sqlx::query("UPDATE messages SET state = 'queued', revision = revision + 1 WHERE id IN (SELECT value FROM json_each($1))")
        .bind(&listed)
        .execute(&mut **tx)
        .await?;
    sqlx::query("INSERT INTO search_jobs (message_id) SELECT value FROM json_each($1)").bind(&listed).execute(&mut **tx).await?;
    Ok(rows.into_iter().map(|(id, account)| (MessageId(id), AccountId(account))).collect())
}

/// Whether any message of a campaign waits to be let go.
///
/// # Errors
/// Fails when the database fails.
pub async fn any_unsent(connection: &mut SqliteConnection, id: CampaignId) -> Result<bool, Error> {
    Ok(sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM campaign_recipients r JOIN messages m ON m.id = r.message_id
                        WHERE r.campaign_id = $1 AND r.fate = 'prepared' AND r.reason IS NULL AND m.state = 'prepared')",
    )
    .bind(id.0)
    .fetch_one(connection)
    .await?)
}

/// Notes before when no slot is free any more.
///
/// # Errors
/// Fails when the database fails.
pub async fn set_next_slot(tx: &mut Tx, id: CampaignId, at: Moment) -> Result<(), Error> {
    sqlx::query("UPDATE campaigns SET next_slot = $2 WHERE id = $1").bind(id.0).bind(at.0).execute(&mut **tx).await?;
    Ok(())
}

/// Notes how many have ended, for lists.
///
/// # Errors
/// Fails when the database fails.
pub async fn set_ended(tx: &mut Tx, id: CampaignId, ended: u64) -> Result<(), Error> {
    sqlx::query("UPDATE campaigns SET ended = $2 WHERE id = $1").bind(id.0).bind(ended as i64).execute(&mut **tx).await?;
    Ok(())
}

/// Holds everything of a campaign that has not been handed over: whoever holds a delivery loses the lease.
///
/// # Errors
/// Fails when the database fails.
pub async fn hold(tx: &mut Tx, id: CampaignId) -> Result<u64, Error> {
    let rows = sqlx::query(concat!(
        "UPDATE deliveries SET state = 'waiting', fence = fence + 1, lease_until = NULL, due_at = $2, expires_at = $2,
                               account_id = coalesce(home_id, account_id), home_id = NULL
         WHERE id IN (",
        open!(),
        "('waiting', 'leased'))"
    ))
    .bind(id.0)
    .bind(NEVER)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    Ok(rows)
}

/// Lets go on what is held; what was tried is tried on for `worth` milliseconds.
///
/// # Errors
/// Fails when the database fails.
pub async fn let_go(tx: &mut Tx, id: CampaignId, now: Moment, worth: i64) -> Result<u64, Error> {
    let rows = sqlx::query(concat!(
        "UPDATE deliveries SET due_at = $2, expires_at = $2 + $3 WHERE due_at = $4 AND id IN (",
        open!(),
        "('waiting'))"
    ))
    .bind(id.0)
    .bind(now.0)
    .bind(worth)
    .bind(NEVER)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    Ok(rows)
}

/// Takes what waits and was never tried out of the queue again, so that it can be changed or leave later; tells how many messages those
/// are. What a copy of the database knew that was put back stays until somebody has decided about it: it may have left.
///
/// # Errors
/// Fails when the database fails.
pub async fn recall(tx: &mut Tx, id: CampaignId) -> Result<u64, Error> {
    let messages: Vec<i64> = sqlx::query_scalar(concat!(
        "DELETE FROM deliveries
         WHERE tries = 0 AND id > coalesce((SELECT last_delivery FROM lineage WHERE made_at IS NOT NULL), 0) AND id IN (",
        open!(),
        "('waiting')) RETURNING message_id"
    ))
    .bind(id.0)
    .fetch_all(&mut **tx)
    .await?;
    if messages.is_empty() {
        return Ok(0);
    }
    let listed = serde_json::to_string(&messages)?;
    sqlx::query("UPDATE messages SET state = 'prepared', revision = revision + 1 WHERE id IN (SELECT value FROM json_each($1))")
        .bind(&listed)
        .execute(&mut **tx)
        .await?;
    sqlx::query("INSERT INTO search_jobs (message_id) SELECT value FROM json_each($1)").bind(&listed).execute(&mut **tx).await?;
    set_next_slot(tx, id, Moment(0)).await?;
    Ok(messages.len() as u64)
}

/// Puts what waits to be tried once more off to a moment; tells how many deliveries those are.
///
/// # Errors
/// Fails when the database fails.
pub async fn put_off(tx: &mut Tx, id: CampaignId, until: Moment) -> Result<u64, Error> {
    let rows = sqlx::query(concat!(
        "UPDATE deliveries SET due_at = $2, expires_at = max(expires_at, $2 + 86400000) WHERE due_at < $2 AND id IN (",
        open!(),
        "('waiting'))"
    ))
    .bind(id.0)
    .bind(until.0)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    Ok(rows)
}

/// Stops everything of a campaign that has not been handed over, and tells what had gone, what was stopped and what is on its way; and
/// which deliveries of which messages were stopped.
///
/// # Errors
/// Fails when the database fails.
pub async fn cancel(
    tx: &mut Tx,
    id: CampaignId,
    now: Moment,
) -> Result<(CampaignCancelled, Vec<(DeliveryId, MessageId)>), Error> {
    let stopped: Vec<(i64, i64)> = sqlx::query_as(concat!(
        "UPDATE deliveries SET state = 'cancelled', settled_at = $2, fence = fence + 1, lease_until = NULL WHERE id IN (",
        open!(),
        "('waiting', 'leased')) RETURNING id, message_id"
    ))
    .bind(id.0)
    .bind(now.0)
    .fetch_all(&mut **tx)
    .await?;
    let in_flight: i64 = sqlx::query_scalar(concat!("SELECT count(*) FROM (", open!(), "('handed', 'unknown'))"))
        .bind(id.0)
        .fetch_one(&mut **tx)
        .await?;
    let never_let_go = sqlx::query(
        "UPDATE messages SET state = 'cancelled', revision = revision + 1 WHERE campaign_id = $1 AND state = 'prepared'",
    )
    .bind(id.0)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    let gone: i64 = sqlx::query_scalar("SELECT count(*) FROM messages WHERE campaign_id = $1 AND sent_at IS NOT NULL")
        .bind(id.0)
        .fetch_one(&mut **tx)
        .await?;
    let cancelled =
        CampaignCancelled { gone: gone as u64, stopped: stopped.len() as u64 + never_let_go, in_flight: in_flight as u64 };
    Ok((cancelled, stopped.into_iter().map(|(id, message)| (DeliveryId(id), MessageId(message))).collect()))
}

/// The figures of a campaign.
///
/// # Errors
/// Fails when the database fails.
pub async fn counts(connection: &mut SqliteConnection, id: CampaignId) -> Result<CampaignCounts, Error> {
    let (audience, gathered) = audience::counts(&mut *connection, id).await?;
    let by_message: Vec<(String, i64)> =
        sqlx::query_as("SELECT state, count(*) FROM messages WHERE campaign_id = $1 GROUP BY state")
            .bind(id.0)
            .fetch_all(&mut *connection)
            .await?;
    // Only those that move or went wrong need a look at their deliveries.
    let by_delivery: Vec<(String, bool, i64)> = sqlx::query_as(
        "SELECT d.state, 0 < d.tries, count(*) FROM messages m JOIN deliveries d ON d.message_id = m.id
         WHERE m.campaign_id = $1 AND m.state IN ('queued', 'failed', 'cancelled', 'partly_sent')
           AND EXISTS (SELECT 1 FROM campaign_recipients r WHERE r.message_id = m.id) GROUP BY 1, 2",
    )
    .bind(id.0)
    .fetch_all(&mut *connection)
    .await?;
    let excluded: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM campaign_recipients r JOIN messages m ON m.id = r.message_id
         WHERE r.campaign_id = $1 AND r.fate = 'left_out' AND r.reason = 'by_hand' AND m.state = 'prepared'",
    )
    .bind(id.0)
    .fetch_one(connection)
    .await?;
    let message = |state: &str| by_message.iter().filter(|it| it.0 == state).map(|it| it.1 as u64).sum::<u64>();
    let delivery =
        |states: &[&str]| by_delivery.iter().filter(|it| states.contains(&it.0.as_str())).map(|it| it.2 as u64).sum::<u64>();
    let put_off = by_delivery.iter().filter(|it| it.0 == "waiting" && it.1).map(|it| it.2 as u64).sum();
    let stopped = delivery(&["cancelled"]);
    let never_let_go = message("cancelled").saturating_sub(stopped);
    Ok(CampaignCounts {
        audience,
        gathered,
        prepared: message("prepared").saturating_sub(audience[1] + excluded as u64),
        waiting: delivery(&["waiting"]),
        sending: delivery(&["leased", "handed"]),
        sent: message("sent") + delivery(&["accepted", "delivered"]),
        deferred: put_off,
        failed: delivery(&["rejected", "returned", "expired"]),
        suppressed: delivery(&["suppressed"]),
        unknown: delivery(&["unknown"]),
        cancelled: stopped + never_let_go,
    })
}

/// When the last message of a campaign was handed over.
///
/// # Errors
/// Fails when the database fails.
pub async fn last_sent(connection: &mut SqliteConnection, id: CampaignId) -> Result<Option<Moment>, Error> {
    let at: Option<i64> = sqlx::query_scalar("SELECT max(sent_at) FROM messages WHERE campaign_id = $1 AND sent_at IS NOT NULL")
        .bind(id.0)
        .fetch_one(connection)
        .await?;
    Ok(at.map(Moment))
}
