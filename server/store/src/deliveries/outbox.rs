//! The outbox: pages of what waits, by why it waits.

use model::{
    AccountId, Address, Cursor, DeliveryId, Key, Lane, MessageId, Moment, OutboxPart, OutboxQuery, OutboxRow, PAGE_ROWS, Page,
};
use sqlx::SqliteConnection;

use super::lane_number;
use crate::error::Error;
use crate::tx::Tx;

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    message_id: i64,
    address: String,
    account_id: i64,
    lane: i64,
    at: i64,
    tries: i64,
    reply: Option<String>,
}

/// The columns of a row with the last answer; `$1` is the account, `$2` and `$3` the row before, `$4` how many.
macro_rules! page {
    ($at:literal, $where:literal) => {
        concat!(
            "SELECT id, message_id, address, account_id, lane, ",
            $at,
            " AS at, tries,
                    (SELECT reply FROM attempts WHERE delivery_id = deliveries.id ORDER BY number DESC LIMIT 1) AS reply
             FROM deliveries WHERE account_id = $1 AND ",
            $where,
            " AND (",
            $at,
            ", id) > ($2, $3) ORDER BY ",
            $at,
            ", id LIMIT $4"
        )
    };
}

/// How many deliveries are in each part, in the order of [`OutboxPart::ALL`].
///
/// # Errors
/// Fails when the database fails.
pub async fn outbox_counts(connection: &mut SqliteConnection, now: Moment) -> Result<[u64; 5], Error> {
    let mut counts = [0_u64; 5];
    for account in accounts(connection, None).await? {
        for waits in ["time", "retry", "domain"] {
            let (due, later): (i64, i64) = sqlx::query_as(
                "SELECT (SELECT count(*) FROM deliveries
                         WHERE state = 'waiting' AND account_id = $1 AND waits = $2 AND due_at <= $3),
                        (SELECT count(*) FROM deliveries
                         WHERE state = 'waiting' AND account_id = $1 AND waits = $2 AND due_at > $3)",
            )
            .bind(account)
            .bind(waits)
            .bind(now.0)
            .fetch_one(&mut *connection)
            .await?;
            counts[0] += due as u64;
            counts[if waits == "time" {
                1
            } else if waits == "retry" {
                2
            } else {
                3
            }] += later as u64;
        }
    }
    let unknown: i64 =
        sqlx::query_scalar("SELECT count(*) FROM deliveries WHERE state = 'unknown'").fetch_one(connection).await?;
    counts[4] = unknown as u64;
    Ok(counts)
}

/// One page of the outbox, what is due first comes first.
///
/// # Errors
/// Fails when the database fails.
pub async fn outbox(connection: &mut SqliteConnection, query: &OutboxQuery, now: Moment) -> Result<Page<OutboxRow>, Error> {
    let waits: &[&str] = match query.part {
        OutboxPart::Turn => &["time", "retry", "domain"],
        OutboxPart::Planned => &["time"],
        OutboxPart::Retry => &["retry"],
        OutboxPart::Domain => &["domain"],
        OutboxPart::Unknown => &[""],
    };
    let sql = match query.part {
        OutboxPart::Turn => page!("due_at", "state = 'waiting' AND waits = $5 AND due_at <= $6"),
        OutboxPart::Unknown => page!("handed_at", "state = 'unknown' AND $5 = '' AND $6 <> 0"),
        _ => page!("due_at", "state = 'waiting' AND waits = $5 AND due_at > $6"),
    };
    let (after, after_id) = match &query.after {
        Some(Cursor { key: Key::Number(at), id }) => (*at, *id),
        _ => (i64::MIN, 0),
    };
    let mut rows: Vec<Row> = Vec::new();
    for account in accounts(connection, query.account).await? {
        for waits in waits {
            let of_one: Vec<Row> = sqlx::query_as(sql)
                .bind(account)
                .bind(after)
                .bind(after_id)
                .bind(PAGE_ROWS as i64 + 1)
                .bind(*waits)
                .bind(now.0)
                .fetch_all(&mut *connection)
                .await?;
            rows.extend(of_one);
        }
    }
    rows.sort_by_key(|it| (it.at, it.id));
    rows.truncate(PAGE_ROWS + 1);
    let rows = rows.into_iter().map(row).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(rows, PAGE_ROWS, |it| Cursor { key: Key::Number(it.at.0), id: it.id.0 }))
}

/// How many deliveries of campaigns wait for an account, and how many others.
///
/// # Errors
/// Fails when the database fails.
pub async fn waiting_by_lane(connection: &mut SqliteConnection, account: AccountId) -> Result<(u64, u64), Error> {
    let (bulk, all): (i64, i64) = sqlx::query_as(
        "SELECT (SELECT count(*) FROM deliveries WHERE state = 'waiting' AND account_id = $1 AND lane = $2),
                (SELECT count(*) FROM deliveries WHERE state = 'waiting' AND account_id = $1)",
    )
    .bind(account.0)
    .bind(lane_number(Lane::Campaign))
    .fetch_one(connection)
    .await?;
    Ok((bulk as u64, (all - bulk) as u64))
}

/// Makes waiting deliveries due now; answers which of these were waiting.
///
/// # Errors
/// Fails when the database fails.
pub async fn hasten(tx: &mut Tx, ids: &[DeliveryId], now: Moment) -> Result<Vec<(DeliveryId, MessageId)>, Error> {
    let rows: Vec<(i64, i64)> = sqlx::query_as(
        "UPDATE deliveries SET due_at = $2, waits = 'time'
         WHERE id IN (SELECT value FROM json_each($1)) AND state = 'waiting' RETURNING id, message_id",
    )
    .bind(serde_json::to_string(ids)?)
    .bind(now.0)
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|(id, message)| (DeliveryId(id), MessageId(message))).collect())
}

/// Stops deliveries that have not been handed over; answers which of these they were. Whoever holds one loses the lease.
///
/// # Errors
/// Fails when the database fails.
pub async fn remove(tx: &mut Tx, ids: &[DeliveryId], now: Moment) -> Result<Vec<(DeliveryId, MessageId)>, Error> {
    let rows: Vec<(i64, i64)> = sqlx::query_as(
        "UPDATE deliveries SET state = 'cancelled', settled_at = $2, fence = fence + 1, lease_until = NULL
         WHERE id IN (SELECT value FROM json_each($1)) AND state IN ('waiting', 'leased') RETURNING id, message_id",
    )
    .bind(serde_json::to_string(ids)?)
    .bind(now.0)
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|(id, message)| (DeliveryId(id), MessageId(message))).collect())
}

async fn accounts(connection: &mut SqliteConnection, only: Option<AccountId>) -> Result<Vec<i64>, Error> {
    Ok(sqlx::query_scalar("SELECT id FROM accounts WHERE $1 IS NULL OR id = $1 ORDER BY id")
        .bind(only.map(|it| it.0))
        .fetch_all(connection)
        .await?)
}

fn row(row: Row) -> Result<OutboxRow, Error> {
    Ok(OutboxRow {
        id: DeliveryId(row.id),
        message: MessageId(row.message_id),
        address: Address::parse(&row.address).map_err(|_| Error::UnknownCode(row.address))?,
        account: AccountId(row.account_id),
        lane: super::LANES.into_iter().find(|it| lane_number(*it) == row.lane).unwrap_or(Lane::Campaign),
        at: Moment(row.at),
        tries: row.tries as u32,
        reply: row.reply.unwrap_or_default(),
    })
}
