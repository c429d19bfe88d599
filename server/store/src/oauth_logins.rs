//! Signing in by OAuth: the settings and tokens of accounts, and people who are away at a provider to agree.

mod questions;

use model::{AccountId, Moment, Noun, OauthDraft, OauthFault, OauthFaultKind, OauthLogin, OauthSettings, OauthState, OauthUse};
use sqlx::SqliteConnection;

use crate::Store;
use crate::codes::Code;
use crate::db::next_id;
use crate::error::{Error, moved};
use crate::tx::Tx;
use crate::vault::Place;

pub use questions::{Answered, NewQuestion, answer, ask, sweep};

/// Not asked again before a person has done something.
const WAITS_FOR_A_PERSON: i64 = i64::MAX;

/// The columns of a login.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, settings, client_secret, access_token, refresh_token, renew_at, valid_until, signed_in_as, signed_in_at, fault,
                    fault_words, fault_at, failures, ask_at, version
             FROM oauth_logins ",
            $rest
        )
    };
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    settings: String,
    client_secret: Option<Vec<u8>>,
    access_token: Option<Vec<u8>>,
    refresh_token: Option<Vec<u8>>,
    renew_at: i64,
    valid_until: Option<i64>,
    signed_in_as: String,
    signed_in_at: Option<i64>,
    fault: Option<String>,
    fault_words: String,
    fault_at: Option<i64>,
    failures: i64,
    ask_at: i64,
    version: i64,
}

/// A login with what it is used with. Its secrets are open: it is not kept longer than needed and never printed.
pub struct OpenLogin {
    /// Which row.
    pub id: i64,
    /// How it stands.
    pub login: OauthLogin,
    /// The secret of the application.
    pub client_secret: Option<String>,
    /// What relays and mailboxes are shown.
    pub access_token: Option<String>,
    /// What that is renewed by.
    pub refresh_token: Option<String>,
    /// When that should be renewed.
    pub renew_at: Moment,
    /// Before then the provider is not asked.
    pub ask_at: Moment,
    /// How often in a row it could not be asked.
    pub failures: u32,
    /// An answer for another version is worth nothing.
    pub version: i64,
}

/// Tokens to be kept.
pub struct KeptTokens<'a> {
    /// What relays and mailboxes are shown.
    pub access: &'a str,
    /// What it is renewed by; nothing keeps the one before.
    pub refresh: Option<&'a str>,
    /// When it should be renewed.
    pub renew_at: Moment,
    /// Until when it is good.
    pub valid_until: Moment,
}

/// How signing in by OAuth stands; nothing when the account signs in with a password.
///
/// # Errors
/// Fails when the database fails.
pub async fn get(connection: &mut SqliteConnection, account: AccountId, used_for: OauthUse) -> Result<Option<OauthLogin>, Error> {
    row(connection, account, used_for).await?.as_ref().map(standing).transpose()
}

/// Whether the account signs in by OAuth.
///
/// # Errors
/// Fails when the database fails.
pub async fn is_used(connection: &mut SqliteConnection, account: AccountId, used_for: OauthUse) -> Result<bool, Error> {
    Ok(sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM oauth_logins WHERE account_id = $1 AND used_for = $2)")
        .bind(account.0)
        .bind(used_for.code())
        .fetch_one(connection)
        .await?)
}

/// The login with its secrets opened.
///
/// # Errors
/// Names a sealed value that is damaged.
pub async fn open(
    store: &Store,
    connection: &mut SqliteConnection,
    account: AccountId,
    used_for: OauthUse,
) -> Result<Option<OpenLogin>, Error> {
    let Some(row) = row(connection, account, used_for).await? else { return Ok(None) };
    let opened =
        |place: Place, sealed: &Option<Vec<u8>>| sealed.as_ref().map(|it| store.vault().open_text(place, it)).transpose();
    Ok(Some(OpenLogin {
        id: row.id,
        login: standing(&row)?,
        client_secret: opened(client_secret_of(row.id), &row.client_secret)?,
        access_token: opened(access_token_of(row.id), &row.access_token)?,
        refresh_token: opened(refresh_token_of(row.id), &row.refresh_token)?,
        renew_at: Moment(row.renew_at),
        ask_at: Moment(row.ask_at),
        failures: u32::try_from(row.failures).unwrap_or(u32::MAX),
        version: row.version,
    }))
}

async fn row(connection: &mut SqliteConnection, account: AccountId, used_for: OauthUse) -> Result<Option<Row>, Error> {
    Ok(sqlx::query_as(select!("WHERE account_id = $1 AND used_for = $2"))
        .bind(account.0)
        .bind(used_for.code())
        .fetch_optional(connection)
        .await?)
}

/// Sets provider and application, or changes them. What was given to another application is destroyed; without a new secret the stored one
/// of the same application stays.
///
/// # Errors
/// Fails when the database fails.
pub async fn put(store: &Store, tx: &mut Tx, account: AccountId, used_for: OauthUse, draft: &OauthDraft) -> Result<(), Error> {
    let settings = serde_json::to_string(&draft.settings)?;
    let id = match row(tx, account, used_for).await? {
        Some(before) => {
            let old: OauthSettings = serde_json::from_str(&before.settings)?;
            if !old.is_same_application(&draft.settings) {
                destroy(tx, before.id).await?;
                sqlx::query("UPDATE oauth_logins SET client_secret = NULL WHERE id = $1")
                    .bind(before.id)
                    .execute(&mut **tx)
                    .await?;
            }
            before.id
        }
        None => {
            let id = next_id(tx, "oauth_logins").await?;
            sqlx::query("INSERT INTO oauth_logins (id, account_id, used_for, settings) VALUES ($1, $2, $3, '')")
                .bind(id)
                .bind(account.0)
                .bind(used_for.code())
                .execute(&mut **tx)
                .await?;
            id
        }
    };
    sqlx::query(
        "UPDATE oauth_logins
         SET settings = $2, fault = NULL, fault_words = '', fault_at = NULL, failures = 0, ask_at = 0
         WHERE id = $1",
    )
    .bind(id)
    .bind(settings)
    .execute(&mut **tx)
    .await?;
    if let Some(secret) = &draft.client_secret {
        let sealed = if secret.is_empty() { None } else { Some(store.vault().seal_text(client_secret_of(id), secret)?) };
        sqlx::query("UPDATE oauth_logins SET client_secret = $2 WHERE id = $1").bind(id).bind(sealed).execute(&mut **tx).await?;
    }
    Ok(())
}

/// Destroys the tokens; whatever is under way for them is worth nothing any more.
///
/// # Errors
/// Refuses as stale when the account does not sign in by OAuth.
pub async fn sign_out(tx: &mut Tx, account: AccountId, used_for: OauthUse) -> Result<(), Error> {
    let Some(row) = row(tx, account, used_for).await? else { return moved(0, Noun::Account) };
    destroy(tx, row.id).await
}

async fn destroy(tx: &mut Tx, id: i64) -> Result<(), Error> {
    sqlx::query(
        "UPDATE oauth_logins
         SET access_token = NULL, refresh_token = NULL, valid_until = NULL, renew_at = 0, signed_in_as = '', signed_in_at = NULL,
             fault = NULL, fault_words = '', fault_at = NULL, failures = 0, ask_at = 0, version = version + 1
         WHERE id = $1",
    )
    .bind(id)
    .execute(&mut **tx)
    .await?;
    sqlx::query("DELETE FROM oauth_questions WHERE login_id = $1").bind(id).execute(&mut **tx).await?;
    Ok(())
}

/// Forgets how the account signs in by OAuth; from now on it does with a password.
///
/// # Errors
/// Refuses as stale when it does already.
pub async fn remove(tx: &mut Tx, account: AccountId, used_for: OauthUse) -> Result<(), Error> {
    moved(forget_use(tx, account, used_for).await?, Noun::Account)
}

/// Like [`remove`], whether there is one or not; tells how many there were.
pub(crate) async fn forget_use(tx: &mut Tx, account: AccountId, used_for: OauthUse) -> Result<u64, Error> {
    Ok(sqlx::query("DELETE FROM oauth_logins WHERE account_id = $1 AND used_for = $2")
        .bind(account.0)
        .bind(used_for.code())
        .execute(&mut **tx)
        .await?
        .rows_affected())
}

/// Forgets everything about an account that is taken out of use.
///
/// # Errors
/// Fails when the database fails.
pub(crate) async fn forget(tx: &mut Tx, account: AccountId) -> Result<(), Error> {
    sqlx::query("DELETE FROM oauth_logins WHERE account_id = $1").bind(account.0).execute(&mut **tx).await?;
    Ok(())
}

/// Keeps tokens, the rotated refresh token with them, unless the login was changed meanwhile; tells whether it did.
///
/// # Errors
/// Fails when the database fails.
pub async fn keep(store: &Store, tx: &mut Tx, id: i64, version: i64, tokens: &KeptTokens<'_>) -> Result<bool, Error> {
    let refresh = tokens.refresh.map(|it| store.vault().seal_text(refresh_token_of(id), it)).transpose()?;
    let rows = sqlx::query(
        "UPDATE oauth_logins
         SET access_token = $3, refresh_token = coalesce($4, refresh_token), renew_at = $5, valid_until = $6,
             fault = NULL, fault_words = '', fault_at = NULL, failures = 0, ask_at = 0
         WHERE id = $1 AND version = $2",
    )
    .bind(id)
    .bind(version)
    .bind(store.vault().seal_text(access_token_of(id), tokens.access)?)
    .bind(refresh)
    .bind(tokens.renew_at.0)
    .bind(tokens.valid_until.0)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    Ok(rows == 1)
}

/// Notes who has just signed in at the provider; what was begun before is worth nothing any more.
///
/// # Errors
/// Fails when the database fails.
pub async fn note_signed_in(tx: &mut Tx, id: i64, who: &str, now: Moment) -> Result<(), Error> {
    sqlx::query("UPDATE oauth_logins SET signed_in_as = $2, signed_in_at = $3, version = version + 1 WHERE id = $1")
        .bind(id)
        .bind(who)
        .bind(now.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Notes that something went wrong and changes nothing else, as when a person did not agree.
///
/// # Errors
/// Fails when the database fails.
pub async fn note_fault(tx: &mut Tx, id: i64, fault: &OauthFault) -> Result<(), Error> {
    sqlx::query("UPDATE oauth_logins SET fault = $2, fault_words = $3, fault_at = $4 WHERE id = $1")
        .bind(id)
        .bind(fault.kind.code())
        .bind(&fault.words)
        .bind(fault.at.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Notes that tokens could not be renewed, unless the login was changed meanwhile. The provider is asked again at `ask_at`; without it a
/// person has to do something. A consent that has ended takes its tokens with it. Tells whether the login was still the same.
///
/// # Errors
/// Fails when the database fails.
pub async fn note_not_renewed(
    tx: &mut Tx,
    id: i64,
    version: i64,
    fault: &OauthFault,
    ask_at: Option<Moment>,
) -> Result<bool, Error> {
    let rows = sqlx::query("UPDATE oauth_logins SET failures = failures + 1, ask_at = $3 WHERE id = $1 AND version = $2")
        .bind(id)
        .bind(version)
        .bind(ask_at.map_or(WAITS_FOR_A_PERSON, |it| it.0))
        .execute(&mut **tx)
        .await?
        .rows_affected();
    if rows == 0 {
        return Ok(false);
    }
    if fault.kind == OauthFaultKind::ConsentEnded {
        sqlx::query("UPDATE oauth_logins SET access_token = NULL, refresh_token = NULL, valid_until = NULL WHERE id = $1")
            .bind(id)
            .execute(&mut **tx)
            .await?;
    }
    note_fault(tx, id, fault).await?;
    Ok(true)
}

fn client_secret_of(id: i64) -> Place {
    Place { table: "oauth_logins", column: "client_secret", row: id }
}

fn access_token_of(id: i64) -> Place {
    Place { table: "oauth_logins", column: "access_token", row: id }
}

fn refresh_token_of(id: i64) -> Place {
    Place { table: "oauth_logins", column: "refresh_token", row: id }
}

fn standing(row: &Row) -> Result<OauthLogin, Error> {
    let fault = match (&row.fault, row.fault_at) {
        (Some(kind), Some(at)) => {
            Some(OauthFault { kind: Code::from_code(kind)?, words: row.fault_words.clone(), at: Moment(at) })
        }
        _ => None,
    };
    Ok(OauthLogin {
        settings: serde_json::from_str(&row.settings)?,
        has_secret: row.client_secret.is_some(),
        state: match (row.ask_at, &row.refresh_token) {
            (WAITS_FOR_A_PERSON, _) => OauthState::Ended,
            (_, Some(_)) => OauthState::SignedIn,
            (_, None) => OauthState::SignedOut,
        },
        signed_in_as: row.signed_in_as.clone(),
        signed_in_at: row.signed_in_at.map(Moment),
        valid_until: row.valid_until.map(Moment),
        fault,
    })
}
