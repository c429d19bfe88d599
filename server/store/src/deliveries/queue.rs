//! What is put into the queue and how workers lease it.

use model::{AccountId, Address, DeliveryId, Lane, MessageId, Moment, SuppressionId};

use super::lane_number;
use crate::error::Error;
use crate::suppressions::cause;
use crate::tx::Tx;

/// A delivery to put into the queue.
pub struct NewDelivery<'a> {
    /// The message.
    pub message: MessageId,
    /// The account it leaves by.
    pub account: AccountId,
    /// Where to.
    pub address: &'a Address,
    /// Which lane.
    pub lane: Lane,
    /// Not before then.
    pub due_at: Moment,
    /// Not after then.
    pub expires_at: Moment,
}

/// A delivery that a worker holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leased {
    /// Which delivery.
    pub id: DeliveryId,
    /// Its message.
    pub message: MessageId,
    /// Where to.
    pub address: Address,
    /// The account it waited for.
    pub home: AccountId,
    /// The account that holds it: the same, or a stand-in.
    pub carrier: AccountId,
    /// Its lane.
    pub lane: Lane,
    /// Whether it waited for the slot of its domain.
    pub has_slot: bool,
    /// The number of this lease; every move of its holder names it.
    pub fence: i64,
    /// How many tries were noted before.
    pub tries: u32,
    /// Not after then.
    pub expires_at: Moment,
}

/// What a claim met.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Claim {
    /// What may be carried, in the order of the lane.
    pub leased: Vec<Leased>,
    /// What has ended, because its address must not be written to.
    pub suppressed: Vec<(DeliveryId, MessageId)>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    message_id: i64,
    address: String,
    suppression_id: Option<i64>,
    fence: i64,
    tries: i64,
    waits: String,
    due_at: i64,
    expires_at: i64,
}

/// Notes that a delivery never leaves, because its address must not be written to.
///
/// # Errors
/// Fails when the database fails.
pub async fn put_suppressed(tx: &mut Tx, new: &NewDelivery<'_>, cause: SuppressionId, now: Moment) -> Result<DeliveryId, Error> {
    let id = queue(tx, new).await?;
    sqlx::query("UPDATE deliveries SET state = 'suppressed', suppression_id = $2, settled_at = $3 WHERE id = $1")
        .bind(id.0)
        .bind(cause.0)
        .bind(now.0)
        .execute(&mut **tx)
        .await?;
    Ok(id)
}

/// Puts a delivery into the queue.
///
/// # Errors
/// Fails when the database fails.
pub async fn queue(tx: &mut Tx, new: &NewDelivery<'_>) -> Result<DeliveryId, Error> {
    let id = crate::db::next_id(tx, "deliveries").await?;
    sqlx::query(
        "INSERT INTO deliveries (id, message_id, account_id, address, lane, state, due_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, 'waiting', $6, $7)",
    )
    .bind(id)
    .bind(new.message.0)
    .bind(new.account.0)
    .bind(new.address.as_str())
    .bind(lane_number(new.lane))
    .bind(new.due_at.0)
    .bind(new.expires_at.0)
    .execute(&mut **tx)
    .await?;
    Ok(DeliveryId(id))
}

/// Leases due deliveries; `$set` is what it notes beside that.
macro_rules! claim {
    ($set:literal) => {
        concat!(
            "UPDATE deliveries
             SET state = iif(due.cause IS NULL, 'leased', 'suppressed'), fence = fence + 1, suppression_id = due.cause,
                 lease_until = iif(due.cause IS NULL, $3, NULL), settled_at = iif(due.cause IS NULL, NULL, $2)",
            $set,
            " FROM (SELECT first.id, ",
            cause!("first.address"),
            " AS cause
                   FROM (SELECT id, address FROM deliveries
                         WHERE state = 'waiting' AND account_id = $1 AND lane = $5 AND due_at <= $2
                         ORDER BY due_at, id LIMIT $4) AS first) AS due
             WHERE deliveries.id = due.id
             RETURNING id, message_id, address, suppression_id, fence, tries, waits, due_at, expires_at"
        )
    };
}

/// What is claimed: which lane of what waits for the account `home`, by the account `carrier`, until when, and how many at most.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// The account they wait for.
    pub home: AccountId,
    /// The account that carries them.
    pub carrier: AccountId,
    /// The lane.
    pub lane: Lane,
    /// When the lease ends.
    pub until: Moment,
    /// How many.
    pub limit: u32,
}

/// Leases up to `limit` due deliveries of one lane of an account, which carries them itself; the lease ends at `until`.
///
/// # Errors
/// Fails when the database fails.
pub async fn claim(tx: &mut Tx, account: AccountId, lane: Lane, now: Moment, until: Moment, limit: u32) -> Result<Claim, Error> {
    claim_for(tx, Wanted { home: account, carrier: account, lane, until, limit }, now).await
}

/// Leases due deliveries of one lane of an account. Those whose address must not be written to end at once, in the same statement, so
/// that nothing can come between the look and the lease.
///
/// # Errors
/// Fails when the database fails.
pub async fn claim_for(tx: &mut Tx, wanted: Wanted, now: Moment) -> Result<Claim, Error> {
    let Wanted { home, carrier, lane, until, limit } = wanted;
    let sql = if home == carrier { claim!("") } else { claim!(", account_id = $6, home_id = $1, handed_at = NULL") };
    let query = sqlx::query_as(sql).bind(home.0).bind(now.0).bind(until.0).bind(i64::from(limit)).bind(lane_number(lane));
    let query = if home == carrier { query } else { query.bind(carrier.0) };
    let mut rows: Vec<Row> = query.fetch_all(&mut **tx).await?;
    if home != carrier {
        keep_count(tx, home, &rows).await?;
    }
    rows.sort_by_key(|it| (it.due_at, it.id));
    let mut claim = Claim::default();
    for row in rows {
        let (id, message) = (DeliveryId(row.id), MessageId(row.message_id));
        if row.suppression_id.is_some() {
            claim.suppressed.push((id, message));
            continue;
        }
        claim.leased.push(Leased {
            id,
            message,
            address: Address::parse(&row.address).map_err(|_| Error::UnknownCode(row.address))?,
            home,
            carrier,
            lane,
            has_slot: row.waits == "domain",
            fence: row.fence,
            tries: row.tries as u32,
            expires_at: Moment(row.expires_at),
        });
    }
    Ok(claim)
}

/// What the account of a delivery handed over before stays counted for it when another one carries the next try.
async fn keep_count(tx: &mut Tx, home: AccountId, rows: &[Row]) -> Result<(), Error> {
    let tried: Vec<i64> = rows.iter().filter(|it| 0 < it.tries).map(|it| it.id).collect();
    if !tried.is_empty() {
        sqlx::query(
            "UPDATE attempts SET account_id = $1 WHERE account_id IS NULL AND delivery_id IN (SELECT value FROM json_each($2))",
        )
        .bind(home.0)
        .bind(serde_json::to_string(&tried)?)
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}
