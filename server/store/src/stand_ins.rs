//! Stand-ins: which accounts carry what waits for others.

use model::{AccountId, Noun, SendingWindow, StandIn, StandIns};
use sqlx::SqliteConnection;

use crate::error::{Error, found};
use crate::tx::Tx;

/// An account with stand-ins that nobody holds, as the worker needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// Which account.
    pub id: AccountId,
    /// When its campaigns may leave, whoever carries them.
    pub window: SendingWindow,
    /// Whether others carry on when its own limits let nothing leave.
    pub overflows: bool,
    /// Who carries, by rank, itself first.
    pub carriers: Vec<HomeCarrier>,
}

/// One of those who carry for a home.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HomeCarrier {
    /// Which account.
    pub id: AccountId,
    /// Its place in the order.
    pub rank: u8,
    /// Its part among those of the same rank.
    pub weight: u8,
    /// Whether it sends: nobody stopped it, nor it itself.
    pub sends: bool,
}

#[derive(sqlx::FromRow)]
struct HomeRow {
    id: i64,
    sends: bool,
    own_weight: i64,
    overflows: bool,
    window_days: i64,
    window_from: i64,
    window_until: i64,
}

/// The stand-ins of an account, by rank.
///
/// # Errors
/// Refuses when there is no such account.
pub async fn of_account(connection: &mut SqliteConnection, id: AccountId) -> Result<StandIns, Error> {
    let row: Option<(i64, bool)> =
        sqlx::query_as("SELECT own_weight, overflows FROM accounts WHERE id = $1 AND deleted_at IS NULL")
            .bind(id.0)
            .fetch_optional(&mut *connection)
            .await?;
    let (own_weight, overflows) = found(row, Noun::Account)?;
    let rows: Vec<(i64, i64, i64)> =
        sqlx::query_as("SELECT stand_in_id, rank, weight FROM stand_ins WHERE account_id = $1 ORDER BY rank, stand_in_id")
            .bind(id.0)
            .fetch_all(connection)
            .await?;
    let stand_in = |(id, rank, weight)| StandIn { account: AccountId(id), rank: rank as u8, weight: weight as u8 };
    Ok(StandIns { own_weight: own_weight as u8, overflows, others: rows.into_iter().map(stand_in).collect() })
}

/// Sets the stand-ins of an account.
///
/// # Errors
/// Refuses when there is no such account.
pub async fn put(tx: &mut Tx, id: AccountId, stand_ins: &StandIns) -> Result<(), Error> {
    let row: Option<i64> = sqlx::query_scalar(
        "UPDATE accounts SET own_weight = $2, overflows = $3 WHERE id = $1 AND transport = 'smtp' AND deleted_at IS NULL
         RETURNING id",
    )
    .bind(id.0)
    .bind(i64::from(stand_ins.own_weight))
    .bind(stand_ins.overflows)
    .fetch_optional(&mut **tx)
    .await?;
    found(row, Noun::Account)?;
    sqlx::query("DELETE FROM stand_ins WHERE account_id = $1").bind(id.0).execute(&mut **tx).await?;
    for it in &stand_ins.others {
        sqlx::query("INSERT INTO stand_ins (account_id, stand_in_id, rank, weight) VALUES ($1, $2, $3, $4)")
            .bind(id.0)
            .bind(it.account.0)
            .bind(i64::from(it.rank))
            .bind(i64::from(it.weight))
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

/// Takes an account out of all orders, because it is deleted.
///
/// # Errors
/// Fails when the database fails.
pub async fn forget(tx: &mut Tx, id: AccountId) -> Result<(), Error> {
    sqlx::query("DELETE FROM stand_ins WHERE account_id = $1 OR stand_in_id = $1").bind(id.0).execute(&mut **tx).await?;
    Ok(())
}

/// All accounts with stand-ins, but those that a person holds.
///
/// # Errors
/// Fails when the database fails.
pub async fn homes(connection: &mut SqliteConnection) -> Result<Vec<Home>, Error> {
    let rows: Vec<HomeRow> = sqlx::query_as(
        "SELECT id, state = 'active' AS sends, own_weight, overflows, window_days, window_from, window_until
         FROM accounts
         WHERE id IN (SELECT account_id FROM stand_ins) AND state <> 'paused' AND deleted_at IS NULL",
    )
    .fetch_all(&mut *connection)
    .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let others: Vec<(i64, i64, i64, i64, bool)> = sqlx::query_as(
        "SELECT s.account_id, s.stand_in_id, s.rank, s.weight, a.state = 'active'
         FROM stand_ins s JOIN accounts a ON a.id = s.stand_in_id
         WHERE a.deleted_at IS NULL ORDER BY s.account_id, s.rank, s.stand_in_id",
    )
    .fetch_all(connection)
    .await?;
    let home = |row: HomeRow| {
        let own = HomeCarrier { id: AccountId(row.id), rank: 1, weight: row.own_weight as u8, sends: row.sends };
        let of_home = others.iter().filter(|it| it.0 == row.id);
        let carriers = of_home.map(|it| HomeCarrier { id: AccountId(it.1), rank: it.2 as u8, weight: it.3 as u8, sends: it.4 });
        Home {
            id: AccountId(row.id),
            window: SendingWindow { days: row.window_days as u8, from: row.window_from as u16, until: row.window_until as u16 },
            overflows: row.overflows,
            carriers: std::iter::once(own).chain(carriers).collect(),
        }
    };
    Ok(rows.into_iter().map(home).collect())
}
