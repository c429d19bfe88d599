//! The moves that workers make: lease, hand, settle. Each is a compare-and-set under the fence of the lease.

use model::{
    AccountId, Attempt, AttemptOutcome, DeliveryId, DeliveryState, EmailAddress, Lane, MessageId, Moment, Noun, Refusal,
    SuppressionId,
};
use sqlx::SqliteConnection;

use super::lane_number;
use crate::codes::Code;
use crate::error::{Error, moved};
use crate::suppressions::cause;
use crate::tx::Tx;

/// A delivery to put into the queue.
pub struct NewDelivery<'a> {
    /// The message.
    pub message: MessageId,
    /// The account it leaves by.
    pub account: AccountId,
    /// Where to.
    pub address: &'a EmailAddress,
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
    pub address: EmailAddress,
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
    /// What may be carried.
    pub leased: Vec<Leased>,
    /// What has ended, because its address must not be written to.
    pub suppressed: Vec<(DeliveryId, MessageId)>,
}

/// How a lease ends.
pub struct Settlement<'a> {
    /// The state it moves to.
    pub to: DeliveryState,
    /// When a waiting one is tried again.
    pub due_at: Option<Moment>,
    /// How the try ended.
    pub outcome: AttemptOutcome,
    /// When the try began.
    pub began_at: Moment,
    /// When it ended.
    pub now: Moment,
    /// Host and port of the relay, or the name of Capture.
    pub relay: &'a str,
    /// The literal answer.
    pub reply: &'a str,
    /// How the connection was protected.
    pub tls: &'a str,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    message_id: i64,
    address: String,
    suppression_id: Option<i64>,
    fence: i64,
    tries: i64,
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

/// Leases up to `limit` due deliveries of an account, the first lane first. Those whose address must not be written to end at once, in
/// the same statement, so that nothing can come between the look and the lease.
///
/// # Errors
/// Fails when the database fails.
pub async fn claim(tx: &mut Tx, account: AccountId, now: Moment, until: Moment, limit: u32) -> Result<Claim, Error> {
    let mut rows: Vec<Row> = sqlx::query_as(concat!(
        "UPDATE deliveries
         SET state = iif(due.cause IS NULL, 'leased', 'suppressed'), fence = fence + 1, suppression_id = due.cause,
             lease_until = iif(due.cause IS NULL, $3, NULL), settled_at = iif(due.cause IS NULL, NULL, $2)
         FROM (SELECT first.id, ",
        cause!("first.address"),
        " AS cause
               FROM (SELECT id, address FROM deliveries
                     WHERE state = 'waiting' AND account_id = $1 AND due_at <= $2
                     ORDER BY lane, due_at, id LIMIT $4) AS first) AS due
         WHERE deliveries.id = due.id
         RETURNING id, message_id, address, suppression_id, fence, expires_at,
                   (SELECT count(*) FROM attempts WHERE delivery_id = deliveries.id) AS tries"
    ))
    .bind(account.0)
    .bind(now.0)
    .bind(until.0)
    .bind(i64::from(limit))
    .fetch_all(&mut **tx)
    .await?;
    rows.sort_by_key(|it| it.id);
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
            address: EmailAddress::parse(&row.address).map_err(|_| Error::UnknownCode(row.address))?,
            fence: row.fence,
            tries: row.tries as u32,
            expires_at: Moment(row.expires_at),
        });
    }
    Ok(claim)
}

/// Commits, before the last byte leaves, that it may.
///
/// # Errors
/// Refuses as stale when the lease was lost; then nothing may leave.
pub async fn hand(tx: &mut Tx, leased: &Leased, now: Moment) -> Result<(), Error> {
    let rows =
        sqlx::query("UPDATE deliveries SET state = 'handed', handed_at = $3 WHERE id = $1 AND fence = $2 AND state = 'leased'")
            .bind(leased.id.0)
            .bind(leased.fence)
            .bind(now.0)
            .execute(&mut **tx)
            .await?
            .rows_affected();
    moved(rows, Noun::Delivery)
}

/// Ends a lease: notes the try and moves the delivery from `from`.
///
/// # Errors
/// Refuses as stale when the lease was lost.
pub async fn settle(tx: &mut Tx, leased: &Leased, from: DeliveryState, end: &Settlement<'_>) -> Result<(), Error> {
    let settled = end.to.is_settled().then_some(end.now.0);
    let rows = sqlx::query(
        "UPDATE deliveries
         SET state = $4, due_at = coalesce($5, due_at), settled_at = $6, lease_until = NULL,
             handed_at = CASE WHEN $4 = 'waiting' AND state = 'leased' THEN NULL ELSE handed_at END
         WHERE id = $1 AND fence = $2 AND state = $3",
    )
    .bind(leased.id.0)
    .bind(leased.fence)
    .bind(from.code())
    .bind(end.to.code())
    .bind(end.due_at.map(|it| it.0))
    .bind(settled)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    moved(rows, Noun::Delivery)?;
    let attempt = Attempt {
        number: leased.tries + 1,
        at: end.began_at,
        outcome: end.outcome,
        relay: end.relay.to_owned(),
        reply: end.reply.to_owned(),
        tls: end.tls.to_owned(),
    };
    note(tx, leased.id, &attempt).await
}

/// Gives leased deliveries back untouched; they are due at `due_at`.
///
/// # Errors
/// Fails when the database fails; a lost lease is no error, since somebody else holds it.
pub async fn give_back(tx: &mut Tx, leased: &[Leased], due_at: Moment) -> Result<(), Error> {
    for it in leased {
        sqlx::query(
            "UPDATE deliveries SET state = 'waiting', due_at = $3, fence = fence - 1, lease_until = NULL
             WHERE id = $1 AND fence = $2 AND state = 'leased'",
        )
        .bind(it.id.0)
        .bind(it.fence)
        .bind(due_at.0)
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

/// After a crash: leases that ran out before `now` wait again; what was handed and never answered is unknown. Answers the unknown ones.
///
/// # Errors
/// Fails when the database fails.
pub async fn recover(tx: &mut Tx, now: Moment) -> Result<Vec<(DeliveryId, MessageId)>, Error> {
    sqlx::query("UPDATE deliveries SET state = 'waiting', lease_until = NULL WHERE state = 'leased' AND lease_until <= $1")
        .bind(now.0)
        .execute(&mut **tx)
        .await?;
    let rows: Vec<(i64, i64, i64, i64)> = sqlx::query_as(
        "UPDATE deliveries SET state = 'unknown', lease_until = NULL WHERE state = 'handed' AND lease_until <= $1
         RETURNING id, message_id, handed_at, (SELECT count(*) FROM attempts WHERE delivery_id = deliveries.id)",
    )
    .bind(now.0)
    .fetch_all(&mut **tx)
    .await?;
    let mut unknown = Vec::new();
    for (id, message, handed_at, tries) in rows {
        let attempt = Attempt {
            number: tries as u32 + 1,
            at: Moment(handed_at),
            outcome: AttemptOutcome::Unknown,
            relay: String::new(),
            reply: String::new(),
            tls: String::new(),
        };
        note(tx, DeliveryId(id), &attempt).await?;
        unknown.push((DeliveryId(id), MessageId(message)));
    }
    Ok(unknown)
}

/// When the next delivery of accounts that send is due, if any waits.
///
/// # Errors
/// Fails when the database fails.
pub async fn next_due(connection: &mut SqliteConnection) -> Result<Vec<(AccountId, Moment)>, Error> {
    let rows: Vec<(i64, Option<i64>)> = sqlx::query_as(
        "SELECT a.id, (SELECT min(due) FROM (SELECT min(due_at) AS due FROM deliveries
                                             WHERE state = 'waiting' AND account_id = a.id AND lane = 0
                                   UNION ALL SELECT min(due_at) FROM deliveries
                                             WHERE state = 'waiting' AND account_id = a.id AND lane = 1
                                   UNION ALL SELECT min(due_at) FROM deliveries
                                             WHERE state = 'waiting' AND account_id = a.id AND lane = 2))
         FROM accounts a WHERE a.state = 'active' AND a.deleted_at IS NULL",
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().filter_map(|(id, due)| Some((AccountId(id), Moment(due?)))).collect())
}

async fn note(tx: &mut Tx, id: DeliveryId, attempt: &Attempt) -> Result<(), Error> {
    let written = sqlx::query(
        "INSERT INTO attempts (delivery_id, number, at, outcome, relay, reply, tls) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (delivery_id, number) DO NOTHING",
    )
    .bind(id.0)
    .bind(i64::from(attempt.number))
    .bind(attempt.at.0)
    .bind(attempt.outcome.code())
    .bind(&attempt.relay)
    .bind(&attempt.reply)
    .bind(&attempt.tls)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    if written == 0 { Err(Refusal::Stale(Noun::Delivery).into()) } else { Ok(()) }
}

/// Whether anything waits longer than it is worth.
///
/// # Errors
/// Fails when the database fails.
pub async fn any_expired(connection: &mut SqliteConnection, now: Moment) -> Result<bool, Error> {
    Ok(sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM deliveries WHERE state = 'waiting' AND expires_at <= $1)")
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
         WHERE id IN (SELECT id FROM deliveries WHERE state = 'waiting' AND expires_at <= $1 LIMIT 1000)
         RETURNING id, message_id",
    )
    .bind(now.0)
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|(id, message)| (DeliveryId(id), MessageId(message))).collect())
}

/// When the `n`th delivery of the account, counted back from the newest, was handed over.
///
/// # Errors
/// Fails when the database fails.
pub async fn nth_last_handed(connection: &mut SqliteConnection, account: AccountId, n: u32) -> Result<Option<Moment>, Error> {
    let at: Option<i64> = sqlx::query_scalar(
        "SELECT handed_at FROM deliveries WHERE account_id = $1 AND handed_at IS NOT NULL
         ORDER BY handed_at DESC LIMIT 1 OFFSET $2",
    )
    .bind(account.0)
    .bind(i64::from(n) - 1)
    .fetch_optional(connection)
    .await?;
    Ok(at.map(Moment))
}
