//! Copies of sent mails: the mailboxes and addresses they go to, and those that wait.

use model::time::days;
use model::{AccountId, CopyDraft, CopyMailbox, CopySettings, CopyWay, EmailAddress, MessageId, Moment, Noun};
use sqlx::SqliteConnection;

use crate::Store;
use crate::codes::Code;
use crate::error::{Error, moved};
use crate::tx::Tx;
use crate::vault::Place;

#[derive(sqlx::FromRow)]
struct Row {
    address: String,
    host: String,
    port: i64,
    security: String,
    user_name: String,
    has_password: bool,
    folder: String,
    put_at: Option<i64>,
    trouble: String,
    waiting: i64,
    failed: i64,
    failure: Option<String>,
}

/// A copy that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copy {
    /// Of which message.
    pub message: MessageId,
    /// Its Message-ID without brackets.
    pub header_id: String,
    /// When it was sent.
    pub sent_at: Moment,
    /// How often it was refused.
    pub tries: u32,
    /// Whether a try may have come through.
    pub begun: bool,
}

/// The mailbox for copies of what an account sends, if there is one.
///
/// # Errors
/// Fails when the database fails.
pub async fn of_account(connection: &mut SqliteConnection, id: AccountId) -> Result<Option<CopyMailbox>, Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT address, host, port, security, user_name, password IS NOT NULL AS has_password, folder, put_at, trouble,
                (SELECT count(*) FROM copies WHERE account_id = $1 AND failure IS NULL) AS waiting,
                (SELECT count(*) FROM copies WHERE account_id = $1 AND failure IS NOT NULL) AS failed,
                (SELECT failure FROM copies WHERE account_id = $1 AND failure IS NOT NULL ORDER BY message_id DESC LIMIT 1) AS failure
         FROM copy_mailboxes WHERE account_id = $1",
    )
    .bind(id.0)
    .fetch_optional(connection)
    .await?;
    row.map(|row| {
        Ok(CopyMailbox {
            account: id,
            settings: CopySettings {
                way: if row.address.is_empty() { CopyWay::Folder } else { CopyWay::Address },
                copy_to: row.address,
                host: row.host,
                port: u16::try_from(row.port).unwrap_or_default(),
                security: Code::from_code(&row.security)?,
                user_name: row.user_name,
                folder: row.folder,
            },
            has_password: row.has_password,
            put_at: row.put_at.map(Moment),
            trouble: row.trouble,
            waiting: row.waiting as u64,
            failed: row.failed as u64,
            failure: row.failure.unwrap_or_default(),
        })
    })
    .transpose()
}

/// Sets the mailbox for copies up, or changes it; without a new password the stored one stays. What waits is tried at once.
///
/// # Errors
/// Fails when the database fails.
pub async fn put(store: &Store, tx: &mut Tx, id: AccountId, draft: &CopyDraft) -> Result<(), Error> {
    let it = &draft.settings;
    sqlx::query(
        "INSERT INTO copy_mailboxes (account_id, host, port, security, user_name, folder, address) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (account_id) DO UPDATE
         SET host = $2, port = $3, security = $4, user_name = $5, folder = $6, address = $7, next_at = 0, trouble = '', troubles = 0",
    )
    .bind(id.0)
    .bind(it.host.trim())
    .bind(i64::from(it.port))
    .bind(it.security.code())
    .bind(it.user_name.trim())
    .bind(it.folder.trim())
    .bind(if it.way == CopyWay::Address { it.copy_to.trim() } else { "" })
    .execute(&mut **tx)
    .await?;
    if let Some(password) = &draft.password {
        let sealed = if password.is_empty() { None } else { Some(store.vault().seal_text(password_of(id), password)?) };
        sqlx::query("UPDATE copy_mailboxes SET password = $2 WHERE account_id = $1")
            .bind(id.0)
            .bind(sealed)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

/// Forgets the mailbox for copies, and the copies that wait; what was put there stays.
///
/// # Errors
/// Refuses as stale when there is none.
pub async fn remove(tx: &mut Tx, id: AccountId) -> Result<(), Error> {
    moved(forget(tx, id).await?, Noun::Account)
}

/// The same for an account that is deleted, whether it has one or not; tells how many mailboxes it were.
pub(crate) async fn forget(tx: &mut Tx, id: AccountId) -> Result<u64, Error> {
    sqlx::query("DELETE FROM copies WHERE account_id = $1").bind(id.0).execute(&mut **tx).await?;
    let rows = sqlx::query("DELETE FROM copy_mailboxes WHERE account_id = $1").bind(id.0).execute(&mut **tx).await?;
    Ok(rows.rows_affected())
}

/// The stored password, opened for signing in.
///
/// # Errors
/// Fails when the sealed value is damaged.
pub async fn password(store: &Store, connection: &mut SqliteConnection, id: AccountId) -> Result<Option<String>, Error> {
    let sealed: Option<Option<Vec<u8>>> = sqlx::query_scalar("SELECT password FROM copy_mailboxes WHERE account_id = $1")
        .bind(id.0)
        .fetch_optional(connection)
        .await?;
    sealed.flatten().map(|it| store.vault().open_text(password_of(id), &it)).transpose()
}

/// Lets a copy be put away of each of these messages whose account keeps copies, unless one of its recipients had got it before: it comes
/// before the message is noted as sent, so that there is one for each. Tells how many new ones.
///
/// # Errors
/// Fails when the database fails.
pub async fn queue(tx: &mut Tx, messages: &[MessageId], now: Moment) -> Result<u64, Error> {
    let rows = sqlx::query(
        "INSERT INTO copies (message_id, account_id, due_at)
         SELECT m.id, m.account_id, $2
         FROM copy_mailboxes c CROSS JOIN json_each($1) AS sent CROSS JOIN messages m
         WHERE m.id = sent.value AND m.account_id = c.account_id AND m.channel = 'email' AND m.sent_at IS NULL
         ON CONFLICT (message_id) DO NOTHING",
    )
    .bind(serde_json::to_string(messages)?)
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    Ok(rows.rows_affected())
}

/// The accounts whose copies can be put away at `now`, and when the next of the others can.
///
/// # Errors
/// Fails when the database fails.
pub async fn due_accounts(connection: &mut SqliteConnection, now: Moment) -> Result<(Vec<AccountId>, Option<Moment>), Error> {
    let rows: Vec<(i64, Option<i64>)> = sqlx::query_as(
        "SELECT account_id, max(next_at, (SELECT min(due_at) FROM copies
                                          WHERE account_id = copy_mailboxes.account_id AND failure IS NULL)) AS at
         FROM copy_mailboxes ORDER BY at, account_id",
    )
    .fetch_all(connection)
    .await?;
    let (mut due, mut next) = (Vec::new(), None);
    for (id, at) in rows.into_iter().filter_map(|(id, at)| Some((AccountId(id), Moment(at?)))) {
        if at <= now {
            due.push(id);
        } else {
            next = next.or(Some(at));
        }
    }
    Ok((due, next))
}

/// The first copies of an account that are due, at most `limit`.
///
/// # Errors
/// Fails when the database fails.
pub async fn due(connection: &mut SqliteConnection, id: AccountId, now: Moment, limit: u32) -> Result<Vec<Copy>, Error> {
    let rows: Vec<(i64, String, Option<i64>, i64, bool)> = sqlx::query_as(
        "SELECT c.message_id, m.header_id, m.sent_at, c.tries, c.begun
         FROM copies c JOIN messages m ON m.id = c.message_id
         WHERE c.account_id = $1 AND c.failure IS NULL AND c.due_at <= $2 ORDER BY c.due_at, c.message_id LIMIT $3",
    )
    .bind(id.0)
    .bind(now.0)
    .bind(i64::from(limit))
    .fetch_all(connection)
    .await?;
    let copy = |(message, header_id, sent_at, tries, begun): (i64, String, Option<i64>, i64, bool)| Copy {
        message: MessageId(message),
        header_id,
        sent_at: sent_at.map_or(now, Moment),
        tries: tries as u32,
        begun,
    };
    Ok(rows.into_iter().map(copy).collect())
}

/// Notes, before the first of them leaves, that these may come through.
///
/// # Errors
/// Fails when the database fails.
pub async fn begin(tx: &mut Tx, messages: &[MessageId]) -> Result<(), Error> {
    sqlx::query("UPDATE copies SET begun = 1 WHERE message_id IN (SELECT value FROM json_each($1))")
        .bind(serde_json::to_string(messages)?)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Commits, before its last byte leaves, that a copy may reach its address, and counts it for the limits of the account. Says no when nobody
/// wants it any more there, and while the account may not send.
///
/// # Errors
/// Fails when the database fails.
pub async fn hand(tx: &mut Tx, id: AccountId, message: MessageId, to: &EmailAddress, now: Moment) -> Result<bool, Error> {
    let wanted: Option<String> = sqlx::query_scalar("SELECT address FROM copy_mailboxes WHERE account_id = $1")
        .bind(id.0)
        .fetch_optional(&mut **tx)
        .await?;
    let is_wanted = wanted.is_some_and(|it| EmailAddress::parse(&it).ok().as_ref() == Some(to));
    if !is_wanted || crate::sending::is_paused(tx).await? {
        return Ok(false);
    }
    let rows = sqlx::query(
        "UPDATE copies SET begun = 1
         WHERE message_id = $1 AND account_id = $2 AND begun = 0 AND failure IS NULL
             AND EXISTS (SELECT 1 FROM accounts WHERE id = $2 AND state = 'active' AND deleted_at IS NULL)",
    )
    .bind(message.0)
    .bind(id.0)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    if rows == 0 {
        return Ok(false);
    }
    sqlx::query("DELETE FROM copies_handed WHERE account_id = $1 AND handed_at < $2")
        .bind(id.0)
        .bind(now.plus(-days(2)).0)
        .execute(&mut **tx)
        .await?;
    sqlx::query("INSERT INTO copies_handed (account_id, handed_at, domain) VALUES ($1, $2, $3)")
        .bind(id.0)
        .bind(now.0)
        .bind(to.domain())
        .execute(&mut **tx)
        .await?;
    Ok(true)
}

/// Notes that these are put away.
///
/// # Errors
/// Fails when the database fails.
pub async fn end(tx: &mut Tx, id: AccountId, messages: &[MessageId], now: Moment) -> Result<(), Error> {
    sqlx::query("DELETE FROM copies WHERE message_id IN (SELECT value FROM json_each($1))")
        .bind(serde_json::to_string(messages)?)
        .execute(&mut **tx)
        .await?;
    sqlx::query("UPDATE copy_mailboxes SET put_at = $2, trouble = '', troubles = 0 WHERE account_id = $1")
        .bind(id.0)
        .bind(now.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Notes that the server refused a copy, and when it is offered again; without that it is given up. `begun` says that it may have come
/// through all the same.
///
/// # Errors
/// Fails when the database fails.
pub async fn refuse(tx: &mut Tx, message: MessageId, words: &str, again_at: Option<Moment>, begun: bool) -> Result<(), Error> {
    sqlx::query(
        "UPDATE copies SET tries = tries + 1, begun = $4, due_at = coalesce($3, due_at), failure = iif($3 IS NULL, $2, NULL)
         WHERE message_id = $1",
    )
    .bind(message.0)
    .bind(words)
    .bind(again_at.map(|it| it.0))
    .bind(begun)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Notes that a mailbox cannot be used, and tells how often in a row that is.
///
/// # Errors
/// Fails when the database fails.
pub async fn note_trouble(tx: &mut Tx, id: AccountId, words: &str) -> Result<u32, Error> {
    let times: Option<i64> = sqlx::query_scalar(
        "UPDATE copy_mailboxes SET trouble = $2, troubles = troubles + 1 WHERE account_id = $1 RETURNING troubles",
    )
    .bind(id.0)
    .bind(words)
    .fetch_optional(&mut **tx)
    .await?;
    Ok(times.unwrap_or(1) as u32)
}

/// Lets a mailbox rest until then.
///
/// # Errors
/// Fails when the database fails.
pub async fn rest(tx: &mut Tx, id: AccountId, until: Moment) -> Result<(), Error> {
    sqlx::query("UPDATE copy_mailboxes SET next_at = $2 WHERE account_id = $1")
        .bind(id.0)
        .bind(until.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Notes that a copy certainly did not come through, for reasons that are not its own: it is offered again once its account can be used.
///
/// # Errors
/// Fails when the database fails.
pub async fn take_back(tx: &mut Tx, message: MessageId) -> Result<(), Error> {
    sqlx::query("UPDATE copies SET begun = 0 WHERE message_id = $1").bind(message.0).execute(&mut **tx).await?;
    Ok(())
}

/// Lets those that were given up be tried again, and tells how many. Of a folder it is known how to ask whether they are there already; an
/// address cannot be asked.
///
/// # Errors
/// Fails when the database fails.
pub async fn retry(tx: &mut Tx, id: AccountId, now: Moment) -> Result<u64, Error> {
    let rows = sqlx::query(
        "UPDATE copies SET failure = NULL, tries = 0, due_at = $2,
                               begun = iif((SELECT address FROM copy_mailboxes WHERE account_id = $1) = '', begun, 0)
             WHERE account_id = $1 AND failure IS NOT NULL",
    )
    .bind(id.0)
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    Ok(rows.rows_affected())
}

fn password_of(id: AccountId) -> Place {
    Place { table: "copy_mailboxes", column: "password", row: id.0 }
}
