//! What the throttle has to know: what is due, what was handed over lately, and which slots of domains are taken.

use std::collections::HashMap;

use model::{AccountId, DomainName, Lane, Moment};
use sqlx::SqliteConnection;

use super::lane_number;
use crate::campaigns::running::NEVER;
use crate::error::Error;
use crate::tx::Tx;

/// The lanes, the first one first.
pub const LANES: [Lane; 3] = [Lane::Single, Lane::Notification, Lane::Campaign];

/// When the next delivery of each lane of each account that sends is due, if any waits there; also of one that stopped itself and has
/// stand-ins.
///
/// # Errors
/// Fails when the database fails.
pub async fn next_due(connection: &mut SqliteConnection) -> Result<Vec<(AccountId, Lane, Moment)>, Error> {
    let mut due = Vec::new();
    for lane in LANES {
        let rows: Vec<(i64, Option<i64>)> = sqlx::query_as(
            "SELECT a.id, (SELECT min(due_at) FROM deliveries WHERE state = 'waiting' AND account_id = a.id AND lane = $1)
             FROM accounts a
             WHERE (a.state = 'active' OR a.state = 'trouble' AND a.id IN (SELECT account_id FROM stand_ins)) AND a.deleted_at IS NULL
               AND a.id NOT IN (SELECT account_id FROM sms_accounts WHERE is_stopped = 1)
             ORDER BY a.id",
        )
        .bind(lane_number(lane))
        .fetch_all(&mut *connection)
        .await?;
        due.extend(rows.into_iter().filter_map(|(id, at)| Some((AccountId(id), lane, Moment(at?)))));
    }
    Ok(due)
}

/// When something was handed over by the account after `since`, earliest first, with the domain it went to. What was handed over several
/// times counts several times, each time for the account that did; copies that went to an address count, too.
///
/// # Errors
/// Fails when the database fails.
pub async fn handed_since(
    connection: &mut SqliteConnection,
    account: AccountId,
    since: Moment,
) -> Result<Vec<(Moment, String)>, Error> {
    let rows: Vec<(i64, String)> = sqlx::query_as(
        "SELECT handed_at, lower(substr(address, instr(address, '@') + 1)) FROM deliveries WHERE account_id = $1 AND handed_at > $2
         UNION ALL
         SELECT t.handed_at, lower(substr(d.address, instr(d.address, '@') + 1))
         FROM deliveries d JOIN attempts t ON t.delivery_id = d.id
         WHERE d.account_id = $1 AND d.handed_at > $2 AND t.account_id IS NULL AND t.handed_at > $2 AND t.handed_at < d.handed_at
         UNION ALL
         SELECT t.handed_at, lower(substr(d.address, instr(d.address, '@') + 1))
         FROM attempts t JOIN deliveries d ON d.id = t.delivery_id
         WHERE t.account_id = $1 AND t.handed_at > $2
         UNION ALL
         SELECT handed_at, domain FROM copies_handed WHERE account_id = $1 AND handed_at > $2
         ORDER BY 1",
    )
    .bind(account.0)
    .bind(since.0)
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|(at, domain)| (Moment(at), domain)).collect())
}

/// When the ramp of an account began, if it has one.
///
/// # Errors
/// Fails when the database fails.
pub async fn ramp_began_at(connection: &mut SqliteConnection, account: AccountId) -> Result<Option<Moment>, Error> {
    let at: Option<Option<i64>> =
        sqlx::query_scalar("SELECT ramp_began_at FROM accounts WHERE id = $1").bind(account.0).fetch_optional(connection).await?;
    Ok(at.flatten().map(Moment))
}

/// Before when every slot of each limited domain of the account is given out.
///
/// # Errors
/// Fails when the database fails.
pub async fn next_slots(connection: &mut SqliteConnection, account: AccountId) -> Result<HashMap<String, Moment>, Error> {
    let rows: Vec<(String, i64)> = sqlx::query_as("SELECT domain, next_slot FROM domain_limits WHERE account_id = $1")
        .bind(account.0)
        .fetch_all(connection)
        .await?;
    Ok(rows.into_iter().map(|(domain, at)| (domain, Moment(at))).collect())
}

/// Notes that the slots of a domain before `next` are given out.
///
/// # Errors
/// Fails when the database fails.
pub async fn set_next_slot(tx: &mut Tx, account: AccountId, domain: &DomainName, next: Moment) -> Result<(), Error> {
    sqlx::query("UPDATE domain_limits SET next_slot = $3 WHERE account_id = $1 AND domain = $2")
        .bind(account.0)
        .bind(domain.as_str())
        .bind(next.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Gives the slots of domains out anew that lie behind the last one that is waited for, as after deliveries were taken out of the queue.
/// Tells of each domain that had any before when its slots are given out now.
///
/// # Errors
/// Fails when the database fails.
pub async fn wind_back(tx: &mut Tx) -> Result<Vec<(AccountId, String, Moment)>, Error> {
    let rows: Vec<(i64, String, i64)> = sqlx::query_as(
        "UPDATE domain_limits
         SET next_slot = min(next_slot, coalesce((SELECT max(d.due_at) + 1 FROM deliveries d
                                                  WHERE d.state = 'waiting' AND d.account_id = domain_limits.account_id
                                                    AND d.waits = 'domain' AND d.due_at < $1
                                                    AND lower(substr(d.address, instr(d.address, '@') + 1)) = domain), 0))
         WHERE 0 < next_slot RETURNING account_id, domain, next_slot",
    )
    .bind(NEVER)
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|(account, domain, at)| (AccountId(account), domain, Moment(at))).collect())
}
