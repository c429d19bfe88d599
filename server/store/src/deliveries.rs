//! Deliveries: the queue itself, one row for each address of a released message.

mod allowance;
mod ends;
mod moves;
mod outbox;
mod queue;

use std::collections::BTreeSet;

use model::{Address, Attempt, DeliveryDetail, DeliveryId, DeliveryState, Lane, MessageId, Moment, Noun};
use sqlx::SqliteConnection;

pub use allowance::{LANES, handed_since, next_due, next_slots, ramp_began_at, set_next_slot, wind_back};
pub use ends::{any_expired, any_lost, expire, recover};
pub use moves::{Settlement, give_back, hand, put_back, put_off, settle, states_of};
pub use outbox::{answers, campaigns_on_their_way, hasten, outbox, outbox_counts, remove, waiting_by_lane};
pub use queue::{Claim, Leased, NewDelivery, Wanted, claim, claim_for, put_suppressed, queue};

use crate::codes::Code;
use crate::error::{Error, found, moved};
use crate::tx::Tx;

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    address: String,
    state: String,
    due_at: i64,
}

#[derive(sqlx::FromRow)]
struct AttemptRow {
    delivery_id: i64,
    number: i64,
    at: i64,
    outcome: String,
    relay: String,
    reply: String,
    tls: String,
}

/// How many deliveries are in which state of interest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Wait or move.
    pub waiting: u64,
    /// Have an unknown end.
    pub unknown: u64,
}

/// The deliveries of a message with their tries.
///
/// # Errors
/// Fails when the database fails.
pub async fn of_message(connection: &mut SqliteConnection, id: MessageId) -> Result<Vec<DeliveryDetail>, Error> {
    let rows: Vec<Row> = sqlx::query_as("SELECT id, address, state, due_at FROM deliveries WHERE message_id = $1 ORDER BY id")
        .bind(id.0)
        .fetch_all(&mut *connection)
        .await?;
    let tries: Vec<AttemptRow> = sqlx::query_as(
        "SELECT t.delivery_id, t.number, t.at, t.outcome, t.relay, t.reply, t.tls
         FROM attempts t JOIN deliveries d ON d.id = t.delivery_id
         WHERE d.message_id = $1 ORDER BY t.delivery_id, t.number",
    )
    .bind(id.0)
    .fetch_all(&mut *connection)
    .await?;
    let mut suppressed = crate::suppressions::of_deliveries(&mut *connection, id).await?;
    let mut parts = crate::sms::of_message(connection, id).await?;
    rows.into_iter()
        .map(|row| {
            let state = DeliveryState::from_code(&row.state)?;
            let attempts = tries.iter().filter(|it| it.delivery_id == row.id).map(attempt).collect::<Result<_, _>>()?;
            Ok(DeliveryDetail {
                id: DeliveryId(row.id),
                address: Address::parse(&row.address).map_err(|_| Error::UnknownCode(row.address))?,
                state,
                due_at: (state == DeliveryState::Waiting).then_some(Moment(row.due_at)),
                attempts,
                suppressed: suppressed.remove(&DeliveryId(row.id)),
                parts: parts.remove(&DeliveryId(row.id)).unwrap_or_default(),
            })
        })
        .collect()
}

/// A delivery's message and state.
///
/// # Errors
/// Refuses when there is none.
pub async fn by_id(connection: &mut SqliteConnection, id: DeliveryId) -> Result<(MessageId, DeliveryState), Error> {
    let row: Option<(i64, String)> =
        sqlx::query_as("SELECT message_id, state FROM deliveries WHERE id = $1").bind(id.0).fetch_optional(connection).await?;
    let (message, state) = found(row, Noun::Delivery)?;
    Ok((MessageId(message), Code::from_code(&state)?))
}

/// The addresses that may have a message: the relay took it for them, or nobody knows.
///
/// # Errors
/// Fails when the database fails.
pub async fn reached(connection: &mut SqliteConnection, id: MessageId) -> Result<BTreeSet<String>, Error> {
    let rows: Vec<(String, String)> =
        sqlx::query_as("SELECT address, state FROM deliveries WHERE message_id = $1").bind(id.0).fetch_all(connection).await?;
    let mut reached = BTreeSet::new();
    for (address, state) in rows {
        if model::resend::may_have(Code::from_code(&state)?) {
            reached.insert(address);
        }
    }
    Ok(reached)
}

/// When a delivery was last handed over, if it was.
///
/// # Errors
/// Fails when the database fails.
pub async fn handed_at(connection: &mut SqliteConnection, id: DeliveryId) -> Result<Option<Moment>, Error> {
    let at: Option<Option<i64>> =
        sqlx::query_scalar("SELECT handed_at FROM deliveries WHERE id = $1").bind(id.0).fetch_optional(connection).await?;
    Ok(at.flatten().map(Moment))
}

/// Moves a delivery by a person's decision, unless it has moved by itself; `due_at` is when it is tried again.
///
/// # Errors
/// Refuses as stale when it is not in the state `from`.
pub async fn decide(tx: &mut Tx, id: DeliveryId, from: DeliveryState, to: DeliveryState, now: Moment) -> Result<(), Error> {
    if to == DeliveryState::Waiting {
        go_home(tx, id).await?;
    }
    let rows = sqlx::query(
        "UPDATE deliveries
         SET state = $3, due_at = $4, waits = 'time', expires_at = max(expires_at, $4 + 86400000),
             settled_at = CASE $3 WHEN 'waiting' THEN NULL ELSE $4 END
         WHERE id = $1 AND state = $2",
    )
    .bind(id.0)
    .bind(from.code())
    .bind(to.code())
    .bind(now.0)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    moved(rows, Noun::Delivery)
}

/// Lets a delivery that another account carried wait for its own again; what that one handed over stays counted for it.
async fn go_home(tx: &mut Tx, id: DeliveryId) -> Result<(), Error> {
    sqlx::query(
        "UPDATE attempts SET account_id = d.account_id FROM deliveries d
         WHERE d.id = $1 AND d.home_id IS NOT NULL AND attempts.delivery_id = $1 AND attempts.account_id IS NULL",
    )
    .bind(id.0)
    .execute(&mut **tx)
    .await?;
    sqlx::query(
        "UPDATE deliveries SET account_id = home_id, home_id = NULL, handed_at = NULL WHERE id = $1 AND home_id IS NOT NULL",
    )
    .bind(id.0)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Stops every delivery of the message that has not been handed over and tells how many; whoever holds one loses the lease.
///
/// # Errors
/// Fails when the database fails.
pub async fn cancel(tx: &mut Tx, message: MessageId, now: Moment) -> Result<u32, Error> {
    let rows = sqlx::query(
        "UPDATE deliveries SET state = 'cancelled', settled_at = $2, fence = fence + 1, lease_until = NULL
             WHERE message_id = $1 AND state IN ('waiting', 'leased')",
    )
    .bind(message.0)
    .bind(now.0)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    Ok(rows as u32)
}

/// Takes all deliveries of the message back, if not one has been touched; those that were suppressed when it was let go never were.
///
/// # Errors
/// Refuses as stale when one is not waiting untouched any more.
pub async fn take_back(tx: &mut Tx, message: MessageId) -> Result<(), Error> {
    let touched: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM deliveries WHERE message_id = $1 AND (state NOT IN ('waiting', 'suppressed') OR 0 < fence)",
    )
    .bind(message.0)
    .fetch_one(&mut **tx)
    .await?;
    moved(u64::from(touched == 0), Noun::Message)?;
    sqlx::query("DELETE FROM deliveries WHERE message_id = $1").bind(message.0).execute(&mut **tx).await?;
    Ok(())
}

/// How many deliveries wait or move, and how many have an unknown end.
///
/// # Errors
/// Fails when the database fails.
pub async fn counts(connection: &mut SqliteConnection) -> Result<Counts, Error> {
    let (waiting, open, unknown): (i64, i64, i64) = sqlx::query_as(
        "SELECT (SELECT count(*) FROM deliveries WHERE state = 'waiting'),
                (SELECT count(*) FROM deliveries WHERE state = 'leased' OR state = 'handed'),
                (SELECT count(*) FROM deliveries WHERE state = 'unknown')",
    )
    .fetch_one(connection)
    .await?;
    Ok(Counts { waiting: (waiting + open) as u64, unknown: unknown as u64 })
}

/// How many deliveries were accepted in each whole hour counted back from `now`, the newest first; `hours` of them. Tests do not count.
///
/// # Errors
/// Fails when the database fails.
pub async fn accepted_by_hour(connection: &mut SqliteConnection, now: Moment, hours: usize) -> Result<Vec<u32>, Error> {
    let rows: Vec<(i64, i64)> = sqlx::query_as(
        "SELECT ($1 - settled_at) / 3600000 AS hour, count(*) FROM deliveries
         WHERE state IN ('accepted', 'delivered') AND settled_at > $1 - 3600000 * $2 AND settled_at <= $1
           AND message_id NOT IN (SELECT id FROM messages WHERE origin = 'test')
         GROUP BY hour",
    )
    .bind(now.0)
    .bind(hours as i64)
    .fetch_all(connection)
    .await?;
    let mut counts = vec![0; hours];
    for (hour, n) in rows {
        if let Some(count) = usize::try_from(hour).ok().and_then(|it| counts.get_mut(it)) {
            *count = n as u32;
        }
    }
    Ok(counts)
}

/// How many deliveries were accepted since a moment. Tests do not count.
///
/// # Errors
/// Fails when the database fails.
pub async fn accepted_since(connection: &mut SqliteConnection, since: Moment) -> Result<u64, Error> {
    let n: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM deliveries WHERE state IN ('accepted', 'delivered') AND settled_at >= $1
               AND message_id NOT IN (SELECT id FROM messages WHERE origin = 'test')",
    )
    .bind(since.0)
    .fetch_one(connection)
    .await?;
    Ok(n as u64)
}

fn attempt(row: &AttemptRow) -> Result<Attempt, Error> {
    Ok(Attempt {
        number: row.number as u32,
        at: Moment(row.at),
        outcome: Code::from_code(&row.outcome)?,
        relay: row.relay.clone(),
        reply: row.reply.clone(),
        tls: row.tls.clone(),
    })
}

/// The number under which a lane is sorted; smaller goes first.
fn lane_number(lane: Lane) -> i64 {
    match lane {
        Lane::Single => 0,
        Lane::Notification => 1,
        Lane::Campaign => 2,
    }
}
