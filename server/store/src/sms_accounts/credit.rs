//! The credit of accounts for text messages.

use model::{AccountId, CreditLevel, Decimal, Moment, Noun};
use sqlx::SqliteConnection;

use crate::codes::Code;
use crate::error::{Error, found};
use crate::tx::Tx;

/// Whether nothing leaves by the account until its credit is topped up.
///
/// # Errors
/// Fails when the database fails.
pub async fn is_stopped(connection: &mut SqliteConnection, id: AccountId) -> Result<bool, Error> {
    let stopped: Option<bool> = sqlx::query_scalar("SELECT is_stopped FROM sms_accounts WHERE account_id = $1")
        .bind(id.0)
        .fetch_optional(connection)
        .await?;
    Ok(stopped.unwrap_or_default())
}

/// Notes that the gateway said it has no credit left; tells whether that is new.
///
/// # Errors
/// Fails when the database fails.
pub async fn stop(tx: &mut Tx, id: AccountId, ask_at: Moment) -> Result<bool, Error> {
    let rows = sqlx::query("UPDATE sms_accounts SET is_stopped = 1, credit_due_at = $2 WHERE account_id = $1 AND is_stopped = 0")
        .bind(id.0)
        .bind(ask_at.0)
        .execute(&mut **tx)
        .await?
        .rows_affected();
    Ok(0 < rows)
}

/// Notes the credit, what it means and when it is asked for next. What waited is worth another day once it may leave again. Tells what it
/// meant before.
///
/// # Errors
/// Fails when the database fails.
pub async fn note_credit(
    tx: &mut Tx,
    id: AccountId,
    credit: Option<Decimal>,
    means: CreditLevel,
    now: Moment,
    ask_at: Moment,
) -> Result<CreditLevel, Error> {
    let before: Option<(bool, bool)> = sqlx::query_as("SELECT is_low, is_stopped FROM sms_accounts WHERE account_id = $1")
        .bind(id.0)
        .fetch_optional(&mut **tx)
        .await?;
    let (was_low, was_stopped) = found(before, Noun::Account)?;
    sqlx::query(
        "UPDATE sms_accounts
         SET credit = coalesce($2, credit), credit_at = iif($2 IS NULL, credit_at, $3), credit_trouble = '', is_low = $4,
             is_stopped = $5, credit_due_at = $6
         WHERE account_id = $1",
    )
    .bind(id.0)
    .bind(credit.map(|it| it.0))
    .bind(now.0)
    .bind(means == CreditLevel::Low)
    .bind(means == CreditLevel::Stopped)
    .bind(ask_at.0)
    .execute(&mut **tx)
    .await?;
    if was_stopped && means != CreditLevel::Stopped {
        sqlx::query(
            "UPDATE deliveries SET expires_at = max(expires_at, $2 + 86400000) WHERE account_id = $1 AND state = 'waiting'",
        )
        .bind(id.0)
        .bind(now.0)
        .execute(&mut **tx)
        .await?;
    }
    Ok(level(was_low, was_stopped))
}

/// Notes why the gateway could not be asked for its credit, and when it is asked again.
///
/// # Errors
/// Fails when the database fails.
pub async fn note_trouble(tx: &mut Tx, id: AccountId, words: &str, ask_at: Moment) -> Result<(), Error> {
    sqlx::query("UPDATE sms_accounts SET credit_trouble = $2, credit_due_at = $3 WHERE account_id = $1")
        .bind(id.0)
        .bind(words)
        .bind(ask_at.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Notes why the gateway could not be reached, or with no words that it could; tells whether that is new.
///
/// # Errors
/// Fails when the database fails.
pub async fn set_trouble(tx: &mut Tx, id: AccountId, words: &str) -> Result<bool, Error> {
    let rows = sqlx::query("UPDATE sms_accounts SET credit_trouble = $2 WHERE account_id = $1 AND credit_trouble <> $2")
        .bind(id.0)
        .bind(words)
        .execute(&mut **tx)
        .await?
        .rows_affected();
    Ok(0 < rows)
}

/// Notes which level of the credit was told.
///
/// # Errors
/// Fails when the database fails.
pub async fn set_told(tx: &mut Tx, id: AccountId, told: CreditLevel) -> Result<(), Error> {
    sqlx::query("UPDATE sms_accounts SET told = $2 WHERE account_id = $1")
        .bind(id.0)
        .bind(told.code())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

pub(super) fn level(is_low: bool, is_stopped: bool) -> CreditLevel {
    match (is_stopped, is_low) {
        (true, _) => CreditLevel::Stopped,
        (false, true) => CreditLevel::Low,
        (false, false) => CreditLevel::Enough,
    }
}
