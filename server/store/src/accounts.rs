//! Accounts.

mod pace;

use model::{
    Account, AccountDraft, AccountId, AccountState, Channel, DomainLimit, EmailAddress, Moment, Noun, SmsSettings, SmtpSettings,
    Transport,
};
use sqlx::SqliteConnection;

use crate::Store;
use crate::codes::Code;
use crate::db::next_id;
use crate::error::{Error, found};
use crate::tx::Tx;
use crate::vault::Place;

pub(crate) use pace::write as write_pace;

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    name: String,
    transport: String,
    host: String,
    port: i64,
    security: String,
    user_name: String,
    has_password: bool,
    sender_name: String,
    sender_address: String,
    reply_to: String,
    hourly_limit: Option<i64>,
    #[sqlx(flatten)]
    pace: pace::Row,
    is_default: bool,
    state: String,
    trouble_reply: String,
    trouble_since: Option<i64>,
    waiting: i64,
    sent_last_hour: i64,
}

/// The columns of an account with what waits for it and what it handed over since `$1`.
macro_rules! select {
    ($rest:literal) => {
        select!("(SELECT count(*) FROM deliveries WHERE account_id = accounts.id AND state = 'waiting') AS waiting,
                    (SELECT count(*) FROM deliveries WHERE account_id = accounts.id AND handed_at > $1)
                    + (SELECT count(*) FROM attempts WHERE account_id = accounts.id AND handed_at > $1)
                    + (SELECT count(*) FROM copies_handed WHERE account_id = accounts.id AND handed_at > $1) AS sent_last_hour", $rest)
    };
    ($counts:literal, $rest:literal) => {
        concat!(
            "SELECT id, name, transport, host, port, security, user_name, password IS NOT NULL AS has_password,
                    sender_name, sender_address, reply_to, hourly_limit, connections, messages_per_connection, minute_limit, window_days,
                    window_from, window_until, ramp_first_day, is_default, state, trouble_reply, trouble_since,
                    ",
            $counts,
            " FROM accounts ",
            $rest
        )
    };
}

/// Lists the accounts, the default one first. `hour_ago` is where the last hour begins.
///
/// # Errors
/// Fails when the database fails.
pub async fn all(connection: &mut SqliteConnection, hour_ago: Moment) -> Result<Vec<Account>, Error> {
    let rows: Vec<Row> = sqlx::query_as(select!("WHERE deleted_at IS NULL ORDER BY is_default DESC, id"))
        .bind(hour_ago.0)
        .fetch_all(&mut *connection)
        .await?;
    let mut domains = pace::domains(&mut *connection, None).await?;
    let mut sms = crate::sms_accounts::settings(connection, None).await?;
    rows.into_iter()
        .map(|row| {
            let (domains, sms) = (domains.remove(&row.id).unwrap_or_default(), sms.remove(&row.id));
            account(row, domains, sms)
        })
        .collect()
}

/// Finds an account.
///
/// # Errors
/// Refuses when there is none.
pub async fn by_id(connection: &mut SqliteConnection, id: AccountId, hour_ago: Moment) -> Result<Account, Error> {
    let row: Option<Row> = sqlx::query_as(select!("WHERE id = $2 AND deleted_at IS NULL"))
        .bind(hour_ago.0)
        .bind(id.0)
        .fetch_optional(&mut *connection)
        .await?;
    let row = found(row, Noun::Account)?;
    whole(connection, id, row).await
}

/// Finds an account without counting what waits for it and what left.
///
/// # Errors
/// Refuses when there is none.
pub async fn for_sending(connection: &mut SqliteConnection, id: AccountId) -> Result<Account, Error> {
    let row: Option<Row> = sqlx::query_as(select!("0 AS waiting, 0 AS sent_last_hour", "WHERE id = $1 AND deleted_at IS NULL"))
        .bind(id.0)
        .fetch_optional(&mut *connection)
        .await?;
    let row = found(row, Noun::Account)?;
    whole(connection, id, row).await
}

async fn whole(connection: &mut SqliteConnection, id: AccountId, row: Row) -> Result<Account, Error> {
    let domains = pace::domains(&mut *connection, Some(id)).await?.remove(&id.0).unwrap_or_default();
    let sms = match row.transport.as_str() {
        "sms" => crate::sms_accounts::settings(connection, Some(id)).await?.remove(&id.0),
        _ => None,
    };
    account(row, domains, sms)
}

/// The account that messages of a channel leave by when nobody chose another.
///
/// # Errors
/// Refuses when there is none, as before the first run.
pub async fn default_id(connection: &mut SqliteConnection, channel: Channel) -> Result<AccountId, Error> {
    let id: Option<i64> = sqlx::query_scalar("SELECT id FROM accounts WHERE is_default = 1 AND channel = $1")
        .bind(channel.code())
        .fetch_optional(connection)
        .await?;
    Ok(AccountId(found(id, Noun::Account)?))
}

/// Makes the account that keeps what would leave; it is the default one of a fresh installation. It has no name: each language has its
/// own for it.
///
/// # Errors
/// Fails when the database fails.
pub async fn create_capture(
    tx: &mut Tx,
    sender_name: &str,
    sender_address: &EmailAddress,
    now: Moment,
) -> Result<AccountId, Error> {
    let id = AccountId(next_id(tx, "accounts").await?);
    sqlx::query(
        "INSERT INTO accounts (id, name, transport, host, port, security, user_name, sender_name, sender_address, reply_to,
                               is_default, state, created_at)
         VALUES ($1, '', 'capture', '', 0, 'none', '', $2, $3, '', 1, 'active', $4)",
    )
    .bind(id.0)
    .bind(sender_name)
    .bind(sender_address.as_str())
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    Ok(id)
}

/// Makes an SMTP account, not yet the default one.
///
/// # Errors
/// Fails when the database fails.
pub async fn create(store: &Store, tx: &mut Tx, draft: &AccountDraft, now: Moment) -> Result<AccountId, Error> {
    let id = AccountId(next_id(tx, "accounts").await?);
    sqlx::query(
        "INSERT INTO accounts (id, name, transport, host, port, security, user_name, sender_name, sender_address, reply_to,
                               is_default, state, created_at)
         VALUES ($1, '', 'smtp', '', 0, 'none', '', '', '', '', 0, 'active', $2)",
    )
    .bind(id.0)
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    change(store, tx, id, draft, now).await?;
    Ok(id)
}

/// Changes an SMTP account; without a new password the stored one stays.
///
/// # Errors
/// Refuses when there is no such SMTP account.
pub async fn change(store: &Store, tx: &mut Tx, id: AccountId, draft: &AccountDraft, now: Moment) -> Result<(), Error> {
    let row: Option<i64> = sqlx::query_scalar(
        "UPDATE accounts
         SET name = $2, host = $3, port = $4, security = $5, user_name = $6, sender_name = $7, sender_address = $8,
             reply_to = $9, hourly_limit = $10
         WHERE id = $1 AND transport = 'smtp' AND deleted_at IS NULL
         RETURNING id",
    )
    .bind(id.0)
    .bind(draft.name.trim())
    .bind(draft.smtp.host.trim())
    .bind(i64::from(draft.smtp.port))
    .bind(draft.smtp.security.code())
    .bind(draft.smtp.user_name.trim())
    .bind(draft.sender_name.trim())
    .bind(draft.sender_address.trim())
    .bind(draft.reply_to.trim())
    .bind(draft.hourly_limit.map(i64::from))
    .fetch_optional(&mut **tx)
    .await?;
    found(row, Noun::Account)?;
    pace::write(tx, id, &draft.pace, now).await?;
    if let Some(password) = &draft.password {
        let sealed = if password.is_empty() { None } else { Some(store.vault().seal_text(password_of(id), password)?) };
        sqlx::query("UPDATE accounts SET password = $2 WHERE id = $1").bind(id.0).bind(sealed).execute(&mut **tx).await?;
    }
    Ok(())
}

/// The stored password, opened for signing in at the relay.
///
/// # Errors
/// Fails when the sealed value is damaged.
pub async fn password(store: &Store, connection: &mut SqliteConnection, id: AccountId) -> Result<Option<String>, Error> {
    let sealed: Option<Option<Vec<u8>>> =
        sqlx::query_scalar("SELECT password FROM accounts WHERE id = $1").bind(id.0).fetch_optional(connection).await?;
    sealed.flatten().map(|it| store.vault().open_text(password_of(id), &it)).transpose()
}

/// Makes the account the default one of its channel.
///
/// # Errors
/// Refuses when there is no such account.
pub async fn make_default(tx: &mut Tx, id: AccountId) -> Result<(), Error> {
    sqlx::query(
        "UPDATE accounts SET is_default = 0 WHERE is_default = 1 AND channel = (SELECT channel FROM accounts WHERE id = $1)",
    )
    .bind(id.0)
    .execute(&mut **tx)
    .await?;
    let row: Option<i64> =
        sqlx::query_scalar("UPDATE accounts SET is_default = 1 WHERE id = $1 AND deleted_at IS NULL RETURNING id")
            .bind(id.0)
            .fetch_optional(&mut **tx)
            .await?;
    found(row, Noun::Account)?;
    Ok(())
}

/// Notes that an account that sends is in trouble; tells whether it was not known before.
///
/// # Errors
/// Fails when the database fails.
pub async fn stop(tx: &mut Tx, id: AccountId, state: &AccountState) -> Result<bool, Error> {
    let sends: bool =
        sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM accounts WHERE id = $1 AND state = 'active' AND deleted_at IS NULL)")
            .bind(id.0)
            .fetch_one(&mut **tx)
            .await?;
    if sends {
        set_state(tx, id, state).await?;
    }
    Ok(sends)
}

/// Sets whether the account sends.
///
/// # Errors
/// Refuses when there is no such account.
pub async fn set_state(tx: &mut Tx, id: AccountId, state: &AccountState) -> Result<(), Error> {
    let (code, reply, since) = match state {
        AccountState::Active => ("active", "", None),
        AccountState::Paused => ("paused", "", None),
        AccountState::Trouble { reply, since } => ("trouble", reply.as_str(), Some(since.0)),
    };
    let row: Option<i64> = sqlx::query_scalar(
        "UPDATE accounts SET state = $2, trouble_reply = $3, trouble_since = $4
         WHERE id = $1 AND deleted_at IS NULL RETURNING id",
    )
    .bind(id.0)
    .bind(code)
    .bind(reply)
    .bind(since)
    .fetch_optional(&mut **tx)
    .await?;
    found(row, Noun::Account)?;
    Ok(())
}

/// Takes an account out of use and forgets its password and secrets; what left by it keeps pointing to it.
///
/// # Errors
/// Refuses when there is no such account, and Capture.
pub async fn delete(tx: &mut Tx, id: AccountId, now: Moment) -> Result<(), Error> {
    let row: Option<i64> = sqlx::query_scalar(
        "UPDATE accounts SET deleted_at = $2, password = NULL, is_default = 0
         WHERE id = $1 AND transport IN ('smtp', 'sms') AND deleted_at IS NULL RETURNING id",
    )
    .bind(id.0)
    .bind(now.0)
    .fetch_optional(&mut **tx)
    .await?;
    found(row, Noun::Account)?;
    crate::stand_ins::forget(tx, id).await?;
    crate::copies::forget(tx, id).await?;
    crate::oauth_logins::forget(tx, id).await?;
    crate::sms_accounts::forget(tx, id).await
}

/// Whether deliveries of the account wait, move or are unknown, or a campaign on its way still has messages for it.
///
/// # Errors
/// Fails when the database fails.
pub async fn is_busy(connection: &mut SqliteConnection, id: AccountId) -> Result<bool, Error> {
    Ok(sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM deliveries WHERE account_id = $1 AND state = 'waiting')
                OR EXISTS (SELECT 1 FROM deliveries
                           WHERE $1 IN (account_id, home_id) AND (state = 'leased' OR state = 'handed' OR state = 'unknown'))
                OR EXISTS (SELECT 1 FROM campaigns c JOIN campaign_contents k ON k.id = c.content_id
                           WHERE c.state IN ('scheduled', 'running') AND k.account_id = $1)",
    )
    .bind(id.0)
    .fetch_one(connection)
    .await?)
}

fn password_of(id: AccountId) -> Place {
    Place { table: "accounts", column: "password", row: id.0 }
}

fn account(row: Row, domains: Vec<DomainLimit>, sms: Option<SmsSettings>) -> Result<Account, Error> {
    let transport = match (row.transport.as_str(), sms) {
        ("capture", _) => Transport::Capture,
        ("sms", Some(settings)) => Transport::Sms(settings),
        ("smtp", _) => Transport::Smtp(SmtpSettings {
            host: row.host,
            port: u16::try_from(row.port).unwrap_or_default(),
            security: Code::from_code(&row.security)?,
            user_name: row.user_name,
        }),
        _ => return Err(Error::UnknownCode(row.transport)),
    };
    let state = match row.state.as_str() {
        "active" => AccountState::Active,
        "paused" => AccountState::Paused,
        "trouble" => AccountState::Trouble { reply: row.trouble_reply, since: Moment(row.trouble_since.unwrap_or_default()) },
        _ => return Err(Error::UnknownCode(row.state)),
    };
    Ok(Account {
        id: AccountId(row.id),
        name: row.name,
        transport,
        sender_name: row.sender_name,
        sender_address: row.sender_address,
        reply_to: row.reply_to,
        hourly_limit: row.hourly_limit.and_then(|it| u32::try_from(it).ok()),
        pace: row.pace.with(domains),
        is_default: row.is_default,
        state,
        has_password: row.has_password,
        waiting: row.waiting as u64,
        sent_last_hour: row.sent_last_hour as u64,
        sms: None,
    })
}
