//! People who are away at a provider to agree.

use model::{AccountId, Moment, OauthUse, SessionId};
use sqlx::SqliteConnection;

use crate::Store;
use crate::codes::Code;
use crate::db::next_id;
use crate::error::Error;
use crate::tx::Tx;
use crate::vault::Place;

/// A person is sent to a provider.
pub struct NewQuestion<'a> {
    /// Which login.
    pub login: i64,
    /// Its version.
    pub version: i64,
    /// The session that it begins in.
    pub session: SessionId,
    /// The hash of what comes back with the person.
    pub state_hash: &'a [u8],
    /// What only we know.
    pub verifier: &'a str,
    /// Until when the person may come back.
    pub expires_at: Moment,
}

/// A person came back.
pub struct Answered {
    /// Whose signing in it is.
    pub account: AccountId,
    /// To what.
    pub used_for: OauthUse,
    /// The version of the login when the person left.
    pub version: i64,
    /// What only we know. It is not kept longer than needed and never printed.
    pub verifier: String,
}

/// Keeps that a person is sent to a provider.
///
/// # Errors
/// Fails when the database fails.
pub async fn ask(store: &Store, tx: &mut Tx, question: &NewQuestion<'_>) -> Result<(), Error> {
    let id = next_id(tx, "oauth_questions").await?;
    sqlx::query(
        "INSERT INTO oauth_questions (id, login_id, session_id, version, state_hash, verifier, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(id)
    .bind(question.login)
    .bind(question.session.0)
    .bind(question.version)
    .bind(question.state_hash)
    .bind(store.vault().seal_text(verifier_of(id), question.verifier)?)
    .bind(question.expires_at.0)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Takes a question out that this session asked and that is not too old; nothing for any other. It is answered once.
///
/// # Errors
/// Names a sealed value that is damaged.
pub async fn answer(
    store: &Store,
    tx: &mut Tx,
    state_hash: &[u8],
    session: SessionId,
    now: Moment,
) -> Result<Option<Answered>, Error> {
    let row: Option<(i64, i64, i64, Vec<u8>)> = sqlx::query_as(
        "DELETE FROM oauth_questions WHERE state_hash = $1 AND session_id = $2 AND expires_at > $3
         RETURNING id, login_id, version, verifier",
    )
    .bind(state_hash)
    .bind(session.0)
    .bind(now.0)
    .fetch_optional(&mut **tx)
    .await?;
    let Some((id, login, version, verifier)) = row else { return Ok(None) };
    let (account, used_for) = login_of(tx, login).await?;
    let verifier = store.vault().open_text(verifier_of(id), &verifier)?;
    Ok(Some(Answered { account, used_for, version, verifier }))
}

async fn login_of(connection: &mut SqliteConnection, id: i64) -> Result<(AccountId, OauthUse), Error> {
    let (account, used_for): (i64, String) =
        sqlx::query_as("SELECT account_id, used_for FROM oauth_logins WHERE id = $1").bind(id).fetch_one(connection).await?;
    Ok((AccountId(account), OauthUse::from_code(&used_for)?))
}

/// Forgets questions that nobody answers any more.
///
/// # Errors
/// Fails when the database fails.
pub async fn sweep(tx: &mut Tx, now: Moment) -> Result<(), Error> {
    sqlx::query("DELETE FROM oauth_questions WHERE expires_at <= $1").bind(now.0).execute(&mut **tx).await?;
    Ok(())
}

fn verifier_of(id: i64) -> Place {
    Place { table: "oauth_questions", column: "verifier", row: id }
}
