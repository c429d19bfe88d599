//! The moves that workers make with what they hold. Each is a compare-and-set under the fence of the lease, and one statement moves many.

use model::{AttemptOutcome, DeliveryId, DeliveryState, MessageId, Moment};
use serde::Serialize;

use super::Leased;
use crate::campaigns::running::NEVER;
use crate::codes::Code;
use crate::error::Error;
use crate::tx::Tx;

/// How a lease ends.
pub struct Settlement<'a> {
    /// What is settled.
    pub leased: &'a Leased,
    /// The state it is in.
    pub from: DeliveryState,
    /// The state it moves to.
    pub to: DeliveryState,
    /// When a waiting one is tried again.
    pub due_at: Option<Moment>,
    /// Until when a waiting one is tried that was never tried before, unless it was said when it was queued.
    pub worth_until: Option<Moment>,
    /// How the try ended.
    pub outcome: AttemptOutcome,
    /// When the try began.
    pub began_at: Moment,
    /// When the last byte was allowed to leave, if it left.
    pub handed_at: Option<Moment>,
    /// When it ended.
    pub now: Moment,
    /// Host and port of the relay; empty for Capture.
    pub relay: &'a str,
    /// The literal answer.
    pub reply: &'a str,
    /// How the connection was protected.
    pub tls: &'a str,
}

/// The same for the statement, which reads it as JSON.
#[derive(Serialize)]
struct Row<'a> {
    id: i64,
    fence: i64,
    from: &'static str,
    to: &'static str,
    due_at: Option<i64>,
    worth_until: Option<i64>,
    settled_at: Option<i64>,
    handed_at: Option<i64>,
    /// The account that carried the try, when the delivery goes home from it.
    left: Option<i64>,
    number: u32,
    outcome: &'static str,
    began_at: i64,
    relay: &'a str,
    reply: &'a str,
    tls: &'a str,
}

/// Commits, before their last bytes leave, that they may. Answers which of them: the others have lost their lease and must not leave.
///
/// # Errors
/// Fails when the database fails.
pub async fn hand(tx: &mut Tx, leased: &[&Leased], now: Moment) -> Result<Vec<DeliveryId>, Error> {
    let ids: Vec<i64> = sqlx::query_scalar(
        "UPDATE deliveries SET state = 'handed', handed_at = $2
         FROM json_each($1) AS held
         WHERE deliveries.id = held.value ->> 0 AND fence = held.value ->> 1 AND state = 'leased'
         RETURNING id",
    )
    .bind(keys(leased)?)
    .bind(now.0)
    .fetch_all(&mut **tx)
    .await?;
    sqlx::query("UPDATE lineage SET handed = handed + $1").bind(ids.len() as i64).execute(&mut **tx).await?;
    Ok(ids.into_iter().map(DeliveryId).collect())
}

/// Ends leases: notes the tries and moves the deliveries. Answers which moved; the others had lost their lease.
///
/// # Errors
/// Fails when the database fails.
pub async fn settle(tx: &mut Tx, ends: &[Settlement<'_>]) -> Result<Vec<DeliveryId>, Error> {
    let rows = ends.iter().map(|end| Row {
        id: end.leased.id.0,
        fence: end.leased.fence,
        from: end.from.code(),
        to: end.to.code(),
        due_at: end.due_at.map(|it| it.0),
        worth_until: end.worth_until.map(|it| it.0),
        settled_at: end.to.is_settled().then_some(end.now.0),
        handed_at: end.handed_at.map(|it| it.0),
        left: (end.to == DeliveryState::Waiting && end.leased.carrier != end.leased.home).then_some(end.leased.carrier.0),
        number: end.leased.tries + 1,
        outcome: end.outcome.code(),
        began_at: end.began_at.0,
        relay: end.relay,
        reply: end.reply,
        tls: end.tls,
    });
    let rows = serde_json::to_string(&rows.collect::<Vec<_>>())?;
    let moved: Vec<i64> = sqlx::query_scalar(
        "UPDATE deliveries
         SET state = ended.value ->> 'to', due_at = coalesce(ended.value ->> 'due_at', due_at), settled_at = ended.value ->> 'settled_at',
             handed_at = iif(ended.value ->> 'left' IS NULL,
                             coalesce(ended.value ->> 'handed_at', (SELECT max(handed_at) FROM attempts
                                                                    WHERE delivery_id = deliveries.id AND account_id IS NULL)),
                             NULL),
             account_id = iif(ended.value ->> 'left' IS NULL, account_id, home_id),
             home_id = iif(ended.value ->> 'left' IS NULL, home_id, NULL),
             expires_at = iif(expires_at = $2, coalesce(ended.value ->> 'worth_until', expires_at), expires_at),
             tries = ended.value ->> 'number', waits = 'retry', lease_until = NULL
         FROM json_each($1) AS ended
         WHERE deliveries.id = ended.value ->> 'id' AND fence = ended.value ->> 'fence' AND state = ended.value ->> 'from'
         RETURNING id",
    )
    .bind(&rows)
    .bind(NEVER)
    .fetch_all(&mut **tx)
    .await?;
    sqlx::query(
        "INSERT INTO attempts (delivery_id, number, at, outcome, relay, reply, tls, handed_at, account_id)
         SELECT ended.value ->> 'id', ended.value ->> 'number', ended.value ->> 'began_at', ended.value ->> 'outcome',
                ended.value ->> 'relay', ended.value ->> 'reply', ended.value ->> 'tls', ended.value ->> 'handed_at',
                ended.value ->> 'left'
         FROM json_each($1) AS ended
         WHERE ended.value ->> 'id' IN (SELECT value FROM json_each($2))
         ON CONFLICT (delivery_id, number) DO NOTHING",
    )
    .bind(&rows)
    .bind(serde_json::to_string(&moved)?)
    .execute(&mut **tx)
    .await?;
    Ok(moved.into_iter().map(DeliveryId).collect())
}

/// Gives deliveries back untouched to the accounts that they wait for, as if they had not been leased, also those that were allowed to
/// leave and certainly have not.
///
/// # Errors
/// Fails when the database fails; a lost lease is no error, since somebody else holds it.
pub async fn give_back(tx: &mut Tx, leased: &[&Leased]) -> Result<(), Error> {
    sqlx::query(
        "UPDATE deliveries
         SET state = 'waiting', fence = fence - 1, lease_until = NULL, account_id = coalesce(home_id, account_id), home_id = NULL,
             handed_at = (SELECT max(handed_at) FROM attempts WHERE delivery_id = deliveries.id AND account_id IS NULL)
         FROM json_each($1) AS held
         WHERE deliveries.id = held.value ->> 0 AND fence = held.value ->> 1 AND state IN ('leased', 'handed')",
    )
    .bind(keys(leased)?)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Gives deliveries back until the slots that their domains have for them.
///
/// # Errors
/// Fails when the database fails.
pub async fn put_off(tx: &mut Tx, slots: &[(&Leased, Moment)]) -> Result<(), Error> {
    let slots: Vec<(i64, i64, i64)> = slots.iter().map(|(it, at)| (it.id.0, it.fence, at.0)).collect();
    sqlx::query(
        "UPDATE deliveries
         SET state = 'waiting', waits = 'domain', due_at = held.value ->> 2, expires_at = max(expires_at, (held.value ->> 2) + 86400000),
             fence = fence - 1, lease_until = NULL, account_id = coalesce(home_id, account_id), home_id = NULL
         FROM json_each($1) AS held
         WHERE deliveries.id = held.value ->> 0 AND fence = held.value ->> 1 AND state = 'leased'",
    )
    .bind(serde_json::to_string(&slots)?)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Gives deliveries back to the accounts that they wait for until those moments; what they wait for and how long they are worth trying
/// stays.
///
/// # Errors
/// Fails when the database fails.
pub async fn put_back(tx: &mut Tx, later: &[(&Leased, Moment)]) -> Result<(), Error> {
    if later.is_empty() {
        return Ok(());
    }
    let later: Vec<(i64, i64, i64)> = later.iter().map(|(it, at)| (it.id.0, it.fence, at.0)).collect();
    sqlx::query(
        "UPDATE deliveries
         SET state = 'waiting', due_at = held.value ->> 2, fence = fence - 1, lease_until = NULL,
             account_id = coalesce(home_id, account_id), home_id = NULL
         FROM json_each($1) AS held
         WHERE deliveries.id = held.value ->> 0 AND fence = held.value ->> 1 AND state = 'leased'",
    )
    .bind(serde_json::to_string(&later)?)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The states of all deliveries of each of these messages, in no order.
///
/// # Errors
/// Fails when the database fails.
pub async fn states_of(tx: &mut Tx, messages: &[MessageId]) -> Result<Vec<(MessageId, DeliveryState)>, Error> {
    let rows: Vec<(i64, String)> =
        sqlx::query_as("SELECT DISTINCT message_id, state FROM deliveries WHERE message_id IN (SELECT value FROM json_each($1))")
            .bind(serde_json::to_string(messages)?)
            .fetch_all(&mut **tx)
            .await?;
    rows.into_iter().map(|(id, state)| Ok((MessageId(id), Code::from_code(&state)?))).collect()
}

/// Id and fence of each.
fn keys(leased: &[&Leased]) -> Result<String, Error> {
    let keys: Vec<(i64, i64)> = leased.iter().map(|it| (it.id.0, it.fence)).collect();
    Ok(serde_json::to_string(&keys)?)
}
