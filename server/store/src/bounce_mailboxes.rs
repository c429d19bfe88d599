//! Mailboxes that mails come back to, and how far each was read.

use std::collections::HashSet;

use model::{
    AccountId, BounceCounts, BounceKind, BounceMailbox, EmailAddress, MailboxDraft, MailboxSettings, Moment, Noun, OauthUse,
};
use sqlx::SqliteConnection;

use crate::Store;
use crate::codes::Code;
use crate::error::{Error, moved};
use crate::tx::Tx;
use crate::vault::Place;

#[derive(sqlx::FromRow)]
struct Row {
    address: String,
    tagged: bool,
    protocol: String,
    host: String,
    port: i64,
    security: String,
    user_name: String,
    has_password: bool,
    folder: String,
    after_reading: String,
    archive: String,
    hard_limit: i64,
    on_hard: String,
    read_at: Option<i64>,
    trouble: String,
}

/// How far a folder was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReadTo {
    /// By which the UID can be compared.
    pub validity: u32,
    /// The last UID that was read.
    pub uid: u32,
}

/// The bounce mailbox of an account.
///
/// # Errors
/// Fails when the database fails.
pub async fn of_account(connection: &mut SqliteConnection, id: AccountId) -> Result<Option<BounceMailbox>, Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT address, tagged, protocol, host, port, security, user_name, password IS NOT NULL AS has_password, folder,
                after_reading, archive, hard_limit, on_hard, read_at, trouble
         FROM bounce_mailboxes WHERE account_id = $1",
    )
    .bind(id.0)
    .fetch_optional(&mut *connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let counts = counts(connection, id).await?;
    mailbox(id, row, counts).map(Some)
}

/// How often what came back.
async fn counts(connection: &mut SqliteConnection, id: AccountId) -> Result<BounceCounts, Error> {
    let rows: Vec<(String, i64)> = sqlx::query_as("SELECT kind, count(*) FROM bounces WHERE account_id = $1 GROUP BY kind")
        .bind(id.0)
        .fetch_all(connection)
        .await?;
    let mut counts = BounceCounts::default();
    for (kind, n) in rows {
        let n = u64::try_from(n).unwrap_or_default();
        match BounceKind::from_code(&kind)? {
            BounceKind::Hard => counts.hard = n,
            BounceKind::Soft => counts.soft = n,
            BounceKind::Delayed => counts.delayed = n,
            BounceKind::Complaint => counts.complaints = n,
        }
    }
    Ok(counts)
}

/// Account, address and whether a tag reaches it, of each mailbox.
///
/// # Errors
/// Fails when the database fails.
pub async fn addresses(connection: &mut SqliteConnection) -> Result<Vec<(AccountId, EmailAddress, bool)>, Error> {
    let rows: Vec<(i64, String, bool)> =
        sqlx::query_as("SELECT account_id, address, tagged FROM bounce_mailboxes").fetch_all(connection).await?;
    rows.into_iter()
        .map(|(id, text, tagged)| {
            let address = EmailAddress::parse(&text).map_err(|_| Error::UnknownCode(text))?;
            Ok((AccountId(id), address, tagged))
        })
        .collect()
}

/// Sets the mailbox of an account up, or changes it; without a new password the stored one stays. Another mailbox is read from its
/// beginning.
///
/// # Errors
/// Fails when the database fails.
pub async fn put(store: &Store, tx: &mut Tx, id: AccountId, draft: &MailboxDraft) -> Result<(), Error> {
    let it = &draft.settings;
    sqlx::query(
        "INSERT INTO bounce_mailboxes (account_id, address, tagged, protocol, host, port, security, user_name, folder,
                                       after_reading, archive, hard_limit, on_hard)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
         ON CONFLICT (account_id) DO UPDATE
         SET address = $2, tagged = $3, protocol = $4, host = $5, port = $6, security = $7, user_name = $8, folder = $9,
             after_reading = $10, archive = $11, hard_limit = $12, on_hard = $13, next_at = 0, trouble = '',
             uid_validity = CASE WHEN host = $5 AND user_name = $8 AND folder = $9 THEN uid_validity ELSE 0 END,
             last_uid = CASE WHEN host = $5 AND user_name = $8 AND folder = $9 THEN last_uid ELSE 0 END",
    )
    .bind(id.0)
    .bind(it.address.trim())
    .bind(it.tagged)
    .bind(it.protocol.code())
    .bind(it.host.trim())
    .bind(i64::from(it.port))
    .bind(it.security.code())
    .bind(it.user_name.trim())
    .bind(it.folder.trim())
    .bind(it.after_reading.code())
    .bind(it.archive.trim())
    .bind(i64::from(it.hard_limit))
    .bind(it.on_hard.code())
    .execute(&mut **tx)
    .await?;
    if let Some(password) = &draft.password {
        let sealed = if password.is_empty() { None } else { Some(store.vault().seal_text(password_of(id), password)?) };
        sqlx::query("UPDATE bounce_mailboxes SET password = $2 WHERE account_id = $1")
            .bind(id.0)
            .bind(sealed)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

/// Lets the mailbox of an account be read as soon as possible, because what was in the way may be gone.
///
/// # Errors
/// Fails when the database fails.
pub async fn read_soon(tx: &mut Tx, id: AccountId) -> Result<(), Error> {
    sqlx::query("UPDATE bounce_mailboxes SET next_at = 0, trouble = '' WHERE account_id = $1")
        .bind(id.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Forgets the mailbox of an account; what it brought stays.
///
/// # Errors
/// Refuses as stale when there is none.
pub async fn remove(tx: &mut Tx, id: AccountId) -> Result<(), Error> {
    let rows =
        sqlx::query("DELETE FROM bounce_mailboxes WHERE account_id = $1").bind(id.0).execute(&mut **tx).await?.rows_affected();
    crate::oauth_logins::forget_use(tx, id, OauthUse::Mailbox).await?;
    moved(rows, Noun::Account)
}

/// The stored password, opened for signing in.
///
/// # Errors
/// Fails when the sealed value is damaged.
pub async fn password(store: &Store, connection: &mut SqliteConnection, id: AccountId) -> Result<Option<String>, Error> {
    let sealed: Option<Option<Vec<u8>>> = sqlx::query_scalar("SELECT password FROM bounce_mailboxes WHERE account_id = $1")
        .bind(id.0)
        .fetch_optional(connection)
        .await?;
    sealed.flatten().map(|it| store.vault().open_text(password_of(id), &it)).transpose()
}

/// The mailboxes that are to be read at `now`, and when the next of the others is.
///
/// # Errors
/// Fails when the database fails.
pub async fn due(connection: &mut SqliteConnection, now: Moment) -> Result<(Vec<AccountId>, Option<Moment>), Error> {
    let due: Vec<i64> =
        sqlx::query_scalar("SELECT account_id FROM bounce_mailboxes WHERE next_at <= $1 ORDER BY next_at, account_id")
            .bind(now.0)
            .fetch_all(&mut *connection)
            .await?;
    let next: Option<i64> = sqlx::query_scalar("SELECT min(next_at) FROM bounce_mailboxes WHERE next_at > $1")
        .bind(now.0)
        .fetch_one(connection)
        .await?;
    Ok((due.into_iter().map(AccountId).collect(), next.map(Moment)))
}

/// How far the folder was read.
///
/// # Errors
/// Fails when the database fails.
pub async fn read_to(connection: &mut SqliteConnection, id: AccountId) -> Result<ReadTo, Error> {
    let row: Option<(i64, i64)> = sqlx::query_as("SELECT uid_validity, last_uid FROM bounce_mailboxes WHERE account_id = $1")
        .bind(id.0)
        .fetch_optional(connection)
        .await?;
    let (validity, uid) = row.unwrap_or_default();
    Ok(ReadTo { validity: u32::try_from(validity).unwrap_or_default(), uid: u32::try_from(uid).unwrap_or_default() })
}

/// Notes how far the folder was read.
///
/// # Errors
/// Fails when the database fails.
pub async fn set_read_to(tx: &mut Tx, id: AccountId, to: ReadTo) -> Result<(), Error> {
    sqlx::query("UPDATE bounce_mailboxes SET uid_validity = $2, last_uid = $3 WHERE account_id = $1")
        .bind(id.0)
        .bind(i64::from(to.validity))
        .bind(i64::from(to.uid))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Notes how a reading went: without trouble it was read to its end at `now`.
///
/// # Errors
/// Fails when the database fails.
pub async fn note_reading(tx: &mut Tx, id: AccountId, now: Moment, next_at: Moment, trouble: &str) -> Result<(), Error> {
    sqlx::query(
        "UPDATE bounce_mailboxes
         SET next_at = $2, trouble = $3, read_at = CASE WHEN $3 = '' THEN $4 ELSE read_at END
         WHERE account_id = $1",
    )
    .bind(id.0)
    .bind(next_at.0)
    .bind(trouble)
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The mails of a POP3 mailbox that were read already.
///
/// # Errors
/// Fails when the database fails.
pub async fn known(connection: &mut SqliteConnection, id: AccountId) -> Result<HashSet<String>, Error> {
    let rows: Vec<String> =
        sqlx::query_scalar("SELECT uidl FROM bounce_mails_read WHERE account_id = $1").bind(id.0).fetch_all(connection).await?;
    Ok(rows.into_iter().collect())
}

/// Notes that a mail of a POP3 mailbox was read.
///
/// # Errors
/// Fails when the database fails.
pub async fn know(tx: &mut Tx, id: AccountId, uidl: &str) -> Result<(), Error> {
    sqlx::query("INSERT OR IGNORE INTO bounce_mails_read (account_id, uidl) VALUES ($1, $2)")
        .bind(id.0)
        .bind(uidl)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Forgets mails that are not in the mailbox any more.
///
/// # Errors
/// Fails when the database fails.
pub async fn forget_gone(tx: &mut Tx, id: AccountId, there: &[String]) -> Result<(), Error> {
    sqlx::query(
        "DELETE FROM bounce_mails_read
         WHERE account_id = $1 AND uidl NOT IN (SELECT value FROM json_each($2))",
    )
    .bind(id.0)
    .bind(serde_json::to_string(there)?)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

fn password_of(id: AccountId) -> Place {
    Place { table: "bounce_mailboxes", column: "password", row: id.0 }
}

fn mailbox(account: AccountId, row: Row, counts: BounceCounts) -> Result<BounceMailbox, Error> {
    Ok(BounceMailbox {
        account,
        settings: MailboxSettings {
            address: row.address,
            tagged: row.tagged,
            protocol: Code::from_code(&row.protocol)?,
            host: row.host,
            port: u16::try_from(row.port).unwrap_or_default(),
            security: Code::from_code(&row.security)?,
            user_name: row.user_name,
            folder: row.folder,
            after_reading: Code::from_code(&row.after_reading)?,
            archive: row.archive,
            hard_limit: u8::try_from(row.hard_limit).unwrap_or(1),
            on_hard: Code::from_code(&row.on_hard)?,
        },
        has_password: row.has_password,
        read_at: row.read_at.map(Moment),
        trouble: row.trouble,
        counts,
    })
}
