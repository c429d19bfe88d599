//! The outbox: pages of what waits, by why it waits.

use model::{
    AccountId, Address, Answers, CampaignId, Cursor, DeliveryId, Key, Lane, MessageId, Moment, OutboxPart, OutboxQuery,
    OutboxRow, PAGE_ROWS, Page,
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
    account_name: String,
    lane: i64,
    at: i64,
    tries: i64,
    reply: Option<String>,
    author: String,
    campaign_id: Option<i64>,
    campaign: Option<String>,
}

/// What stands in a row, with the last answer.
macro_rules! row {
    ($at:literal) => {
        concat!(
            "SELECT d.id, d.message_id, d.address, d.account_id, d.lane, ",
            $at,
            " AS at, d.tries,
                    (SELECT reply FROM attempts WHERE delivery_id = d.id ORDER BY number DESC LIMIT 1) AS reply,
                    (SELECT name FROM accounts WHERE id = d.account_id) AS account_name,
                    (SELECT u.name FROM messages m JOIN users u ON u.id = m.author_id WHERE m.id = d.message_id) AS author,
                    (SELECT campaign_id FROM messages WHERE id = d.message_id) AS campaign_id,
                    (SELECT c.name FROM messages m JOIN campaigns c ON c.id = m.campaign_id WHERE m.id = d.message_id) AS campaign "
        )
    };
}

/// A page behind a row: `$2` and `$3` are that row, `$4` is how many. Only what is on the page is looked up further.
macro_rules! page {
    ($at:literal, $from:literal, $where:literal) => {
        concat!(
            row!($at),
            "FROM deliveries d WHERE d.id IN (SELECT d.id FROM ",
            $from,
            " WHERE ",
            $where,
            " AND (",
            $at,
            ", d.id) > ($2, $3) ORDER BY ",
            $at,
            ", d.id LIMIT $4)"
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

/// One page of the outbox, what is due first comes first; the subjects are not opened. One campaign has at most some thousands in the
/// queue, so that what is asked of it is looked for among those.
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
    let sql = match (query.part, query.campaign) {
        (OutboxPart::Turn, None) => page!(
            "d.due_at",
            "deliveries d",
            "d.account_id = $1 AND $7 IS NULL AND d.state = 'waiting' AND d.waits = $5 AND d.due_at <= $6"
        ),
        (OutboxPart::Planned | OutboxPart::Retry | OutboxPart::Domain, None) => page!(
            "d.due_at",
            "deliveries d",
            "d.account_id = $1 AND $7 IS NULL AND d.state = 'waiting' AND d.waits = $5 AND d.due_at > $6"
        ),
        (OutboxPart::Turn, Some(_)) => page!(
            "d.due_at",
            "messages m CROSS JOIN deliveries d INDEXED BY deliveries_by_message ON d.message_id = m.id",
            "m.campaign_id = $7 AND m.state = 'queued' AND ($1 IS NULL OR d.account_id = $1)
             AND d.state = 'waiting' AND d.waits = $5 AND d.due_at <= $6"
        ),
        (OutboxPart::Planned | OutboxPart::Retry | OutboxPart::Domain, Some(_)) => page!(
            "d.due_at",
            "messages m CROSS JOIN deliveries d INDEXED BY deliveries_by_message ON d.message_id = m.id",
            "m.campaign_id = $7 AND m.state = 'queued' AND ($1 IS NULL OR d.account_id = $1)
             AND d.state = 'waiting' AND d.waits = $5 AND d.due_at > $6"
        ),
        (OutboxPart::Unknown, _) => page!(
            "d.handed_at",
            "deliveries d INDEXED BY deliveries_unknown",
            "d.state = 'unknown' AND ($1 IS NULL OR d.account_id = $1) AND $5 = '' AND $6 <> 0
             AND ($7 IS NULL OR EXISTS (SELECT 1 FROM messages WHERE id = d.message_id AND campaign_id = $7))"
        ),
    };
    let (after, after_id) = match &query.after {
        Some(Cursor { key: Key::Number(at), id }) => (*at, *id),
        _ => (i64::MIN, 0),
    };
    // What waits is in the order of its time for each account; what is of one campaign is some thousands.
    let accounts = match (query.part, query.campaign) {
        (OutboxPart::Unknown, _) | (_, Some(_)) => vec![query.account.map(|it| it.0)],
        _ => accounts(connection, query.account).await?.into_iter().map(Some).collect(),
    };
    let mut rows: Vec<Row> = Vec::new();
    for account in accounts {
        for waits in waits {
            let of_one: Vec<Row> = sqlx::query_as(sql)
                .bind(account)
                .bind(after)
                .bind(after_id)
                .bind(PAGE_ROWS as i64 + 1)
                .bind(*waits)
                .bind(now.0)
                .bind(query.campaign.map(|it| it.0))
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

/// How long the answers to the last deliveries that an account handed over since a moment took, by the domain of the recipient.
///
/// # Errors
/// Fails when the database fails.
pub async fn answers(connection: &mut SqliteConnection, account: AccountId, since: Moment) -> Result<Answers, Error> {
    let rows: Vec<(String, i64)> = sqlx::query_as(
        "SELECT address, settled_at - handed_at FROM
             (SELECT address, settled_at, handed_at, state FROM deliveries WHERE account_id = $1 AND handed_at > $2
              ORDER BY handed_at DESC LIMIT 500)
         WHERE state IN ('accepted', 'delivered', 'returned', 'rejected') AND settled_at >= handed_at",
    )
    .bind(account.0)
    .bind(since.0)
    .fetch_all(connection)
    .await?;
    let domain = |it: &str| it.rsplit_once('@').map_or_else(String::new, |it| it.1.to_lowercase());
    let rows: Vec<(String, u64)> = rows.into_iter().map(|(address, ms)| (domain(&address), ms as u64)).collect();
    Ok(Answers::of(&rows.iter().map(|it| (it.0.as_str(), it.1)).collect::<Vec<_>>()))
}

/// The campaigns that are on their way, and those that are held.
///
/// # Errors
/// Fails when the database fails.
pub async fn campaigns_on_their_way(connection: &mut SqliteConnection) -> Result<Vec<(CampaignId, String)>, Error> {
    let rows: Vec<(i64, String)> =
        sqlx::query_as("SELECT id, name FROM campaigns WHERE state IN ('running', 'paused') ORDER BY id DESC")
            .fetch_all(connection)
            .await?;
    Ok(rows.into_iter().map(|it| (CampaignId(it.0), it.1)).collect())
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
        subject: None,
        campaign: row.campaign_id.map(CampaignId).zip(row.campaign),
        author: row.author,
        account_name: row.account_name,
    })
}
