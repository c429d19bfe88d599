//! What accounts for text messages have beside others: gateway, secrets, credit.

mod credit;

use std::collections::{BTreeMap, HashMap};

use model::{AccountId, CreditLevel, Decimal, Moment, Noun, SmsAccountDraft, SmsSettings, SmsStanding};
use sqlx::SqliteConnection;

pub use credit::{is_stopped, note_credit, note_trouble, set_told, set_trouble, stop};

use crate::Store;
use crate::codes::Code;
use crate::db::next_id;
use crate::error::{Error, found};
use crate::tx::Tx;
use crate::vault::Place;

/// Secrets of a gateway, by their names.
pub type Secrets = BTreeMap<String, String>;

/// The secret that ends the address which a gateway calls, and the hash it is found by.
pub struct CallbackSecret<'a> {
    /// The secret.
    pub text: &'a str,
    /// Its hash.
    pub hash: &'a [u8],
}

/// What the gateway has to be asked, and since when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Which account.
    pub account: AccountId,
    /// When the credit is asked for.
    pub credit_due_at: Moment,
    /// Whether nothing leaves until it is topped up.
    pub is_stopped: bool,
    /// The key of the question for changes that is not answered yet; empty when there is none.
    pub changes_key: String,
    /// When changes are asked for.
    pub changes_due_at: Moment,
    /// What the credit means, as far as it is known.
    pub credit: Option<Decimal>,
    /// See `credit`.
    pub level: CreditLevel,
    /// Which level was told last.
    pub told: CreditLevel,
}

#[derive(sqlx::FromRow)]
struct Row {
    account_id: i64,
    settings: String,
    secrets: Vec<u8>,
    callback: Vec<u8>,
    credit: Option<i64>,
    credit_at: Option<i64>,
    credit_trouble: String,
    is_low: bool,
    is_stopped: bool,
}

#[derive(sqlx::FromRow)]
struct AskedRow {
    account_id: i64,
    credit_due_at: i64,
    is_stopped: bool,
    changes_key: String,
    changes_due_at: i64,
    credit: Option<i64>,
    is_low: bool,
    told: String,
}

/// The settings of one account or of all.
pub(crate) async fn settings(
    connection: &mut SqliteConnection,
    account: Option<AccountId>,
) -> Result<HashMap<i64, SmsSettings>, Error> {
    let rows: Vec<(i64, String)> =
        sqlx::query_as("SELECT account_id, settings FROM sms_accounts WHERE $1 IS NULL OR account_id = $1")
            .bind(account.map(|it| it.0))
            .fetch_all(connection)
            .await?;
    rows.into_iter().map(|(id, json)| Ok((id, serde_json::from_str(&json)?))).collect()
}

/// How every account for text messages stands, by its id. Of the address of callbacks only the secret at its end is told.
///
/// # Errors
/// Names damaged secrets.
pub async fn standings(store: &Store, connection: &mut SqliteConnection) -> Result<HashMap<AccountId, SmsStanding>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT s.account_id, s.settings, s.secrets, s.callback, s.credit, s.credit_at, s.credit_trouble, s.is_low, s.is_stopped
         FROM sms_accounts s JOIN accounts a ON a.id = s.account_id WHERE a.deleted_at IS NULL",
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            let id = AccountId(row.account_id);
            let settings: SmsSettings = serde_json::from_str(&row.settings)?;
            let stored: Secrets = serde_json::from_slice(&store.vault().open_value(secrets_of(id), &row.secrets)?)?;
            let wanted = settings.gateway.secrets();
            Ok((
                id,
                SmsStanding {
                    credit: row.credit.map(Decimal),
                    credit_at: row.credit_at.map(Moment),
                    level: credit::level(row.is_low, row.is_stopped),
                    trouble: row.credit_trouble,
                    secrets: wanted.into_iter().filter(|it| stored.contains_key(it)).collect(),
                    callback_url: store.vault().open_text(callback_of(id), &row.callback)?,
                },
            ))
        })
        .collect()
}

/// Makes an account for text messages, not yet the default one.
///
/// # Errors
/// Fails when the database fails.
pub async fn create(
    store: &Store,
    tx: &mut Tx,
    draft: &SmsAccountDraft,
    callback: &CallbackSecret<'_>,
    now: Moment,
) -> Result<AccountId, Error> {
    let id = AccountId(next_id(tx, "accounts").await?);
    sqlx::query(
        "INSERT INTO accounts (id, name, transport, channel, host, port, security, user_name, sender_name, sender_address, reply_to,
                               is_default, state, created_at)
         VALUES ($1, '', 'sms', 'sms', '', 0, 'none', '', '', '', '', 0, 'active', $2)",
    )
    .bind(id.0)
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    sqlx::query("INSERT INTO sms_accounts (account_id, settings, secrets, callback, callback_hash) VALUES ($1, '', $2, $3, $4)")
        .bind(id.0)
        .bind(store.vault().seal(secrets_of(id), b"{}")?)
        .bind(store.vault().seal_text(callback_of(id), callback.text)?)
        .bind(callback.hash)
        .execute(&mut **tx)
        .await?;
    change(store, tx, id, draft, now).await?;
    Ok(id)
}

/// Changes an account for text messages: secrets that the draft does not name stay, those that its gateway does not want any more go. The
/// credit is asked for anew.
///
/// # Errors
/// Refuses when there is no such account.
pub async fn change(store: &Store, tx: &mut Tx, id: AccountId, draft: &SmsAccountDraft, now: Moment) -> Result<(), Error> {
    let mut kept = secrets(store, tx, id).await?;
    kept.extend(draft.secrets.iter().cloned());
    let wanted = draft.settings.gateway.secrets();
    kept.retain(|name, value| wanted.contains(name) && !value.is_empty());
    let row: Option<i64> = sqlx::query_scalar(
        "UPDATE accounts SET name = $2, sender_name = $3, hourly_limit = $4
         WHERE id = $1 AND transport = 'sms' AND deleted_at IS NULL RETURNING id",
    )
    .bind(id.0)
    .bind(draft.name.trim())
    .bind(draft.settings.sender.trim())
    .bind(draft.hourly_limit.map(i64::from))
    .fetch_optional(&mut **tx)
    .await?;
    found(row, Noun::Account)?;
    sqlx::query(
        "UPDATE sms_accounts
         SET settings = $2, secrets = $3, credit = NULL, credit_at = NULL, credit_trouble = '', is_low = 0, is_stopped = 0,
             credit_due_at = 0
         WHERE account_id = $1",
    )
    .bind(id.0)
    .bind(serde_json::to_string(&draft.settings)?)
    .bind(store.vault().seal(secrets_of(id), &serde_json::to_vec(&kept)?)?)
    .execute(&mut **tx)
    .await?;
    crate::accounts::write_pace(tx, id, &draft.pace, now).await
}

/// The stored secrets, opened.
///
/// # Errors
/// Refuses when there is no such account; names damaged ones.
pub async fn secrets(store: &Store, connection: &mut SqliteConnection, id: AccountId) -> Result<Secrets, Error> {
    let sealed: Option<Vec<u8>> = sqlx::query_scalar("SELECT secrets FROM sms_accounts WHERE account_id = $1")
        .bind(id.0)
        .fetch_optional(connection)
        .await?;
    Ok(serde_json::from_slice(&store.vault().open_value(secrets_of(id), &found(sealed, Noun::Account)?)?)?)
}

/// What the address ends with that the gateway of this account calls.
///
/// # Errors
/// Refuses when there is no such account; names a damaged one.
pub async fn callback(store: &Store, connection: &mut SqliteConnection, id: AccountId) -> Result<String, Error> {
    let sealed: Option<Vec<u8>> = sqlx::query_scalar("SELECT callback FROM sms_accounts WHERE account_id = $1")
        .bind(id.0)
        .fetch_optional(connection)
        .await?;
    store.vault().open_text(callback_of(id), &found(sealed, Noun::Account)?)
}

/// The account whose gateway calls with a secret of this hash.
///
/// # Errors
/// Fails when the database fails.
pub async fn called(connection: &mut SqliteConnection, hash: &[u8]) -> Result<Option<AccountId>, Error> {
    let id: Option<i64> = sqlx::query_scalar(
        "SELECT s.account_id FROM sms_accounts s JOIN accounts a ON a.id = s.account_id
         WHERE s.callback_hash = $1 AND a.deleted_at IS NULL",
    )
    .bind(hash)
    .fetch_optional(connection)
    .await?;
    Ok(id.map(AccountId))
}

/// The accounts whose gateways can be asked, with what they are asked next.
///
/// # Errors
/// Fails when the database fails.
pub async fn asked(connection: &mut SqliteConnection) -> Result<Vec<Asked>, Error> {
    let rows: Vec<AskedRow> = sqlx::query_as(
        "SELECT s.account_id, s.credit_due_at, s.is_stopped, s.changes_key, s.changes_due_at, s.credit, s.is_low, s.told
         FROM sms_accounts s JOIN accounts a ON a.id = s.account_id WHERE a.deleted_at IS NULL ORDER BY s.account_id",
    )
    .fetch_all(connection)
    .await?;
    let asked = |row: AskedRow| {
        Ok(Asked {
            account: AccountId(row.account_id),
            credit_due_at: Moment(row.credit_due_at),
            is_stopped: row.is_stopped,
            changes_key: row.changes_key,
            changes_due_at: Moment(row.changes_due_at),
            credit: row.credit.map(Decimal),
            level: credit::level(row.is_low, row.is_stopped),
            told: Code::from_code(&row.told)?,
        })
    };
    rows.into_iter().map(asked).collect()
}

/// Sets under which key changes are asked for, and when next; an empty key when the last answer is stored.
///
/// # Errors
/// Fails when the database fails.
pub async fn set_changes(tx: &mut Tx, id: AccountId, key: &str, ask_at: Moment) -> Result<(), Error> {
    sqlx::query("UPDATE sms_accounts SET changes_key = $2, changes_due_at = $3 WHERE account_id = $1")
        .bind(id.0)
        .bind(key)
        .bind(ask_at.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Forgets the secrets of an account that is taken out of use.
///
/// # Errors
/// Fails when the database fails.
pub(crate) async fn forget(tx: &mut Tx, id: AccountId) -> Result<(), Error> {
    sqlx::query("UPDATE sms_accounts SET secrets = x'', callback = x'', is_stopped = 0 WHERE account_id = $1")
        .bind(id.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

fn secrets_of(id: AccountId) -> Place {
    Place { table: "sms_accounts", column: "secrets", row: id.0 }
}

fn callback_of(id: AccountId) -> Place {
    Place { table: "sms_accounts", column: "callback", row: id.0 }
}
