//! Addresses that messages may leave under, and links sent to them, of which only hashes are kept.

use model::{DomainName, EmailAddress, Identity, Language, Moment, Noun, QuestionState, SenderId, UserId};
use sqlx::SqliteConnection;

use crate::codes::Code;
use crate::error::{Error, found, moved};
use crate::tx::Tx;

/// An address that was asked to confirm itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedSender {
    /// Which one.
    pub id: SenderId,
    /// The address.
    pub address: EmailAddress,
    /// When a link was last sent.
    pub asked_at: Moment,
    /// Until when that link can be used.
    pub until: Moment,
    /// When it was confirmed.
    pub confirmed_at: Option<Moment>,
}

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedPage {
    /// Which sender.
    pub id: SenderId,
    /// Its address.
    pub address: String,
    /// The language of the page.
    pub language: Language,
    /// Whether it can be answered.
    pub state: QuestionState,
}

/// A link to an address.
pub struct NewLink<'a> {
    /// The address.
    pub address: &'a EmailAddress,
    /// The language of the page behind it.
    pub language: Language,
    /// The hash of its secret.
    pub token_hash: &'a [u8],
    /// Who sends it.
    pub by: UserId,
    /// Until when it can be used.
    pub until: Moment,
}

/// Keeps that a link was sent to an address; an earlier one leads nowhere from now on.
///
/// # Errors
/// Fails when the database fails.
pub async fn ask(tx: &mut Tx, link: &NewLink<'_>, now: Moment) -> Result<SenderId, Error> {
    let id: i64 = sqlx::query_scalar(
        "INSERT INTO senders (address, language, token_hash, asked_at, asked_by, until)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (address) DO UPDATE SET language = $2, token_hash = $3, asked_at = $4, asked_by = $5, until = $6
         RETURNING id",
    )
    .bind(link.address.normalized())
    .bind(link.language.code())
    .bind(link.token_hash)
    .bind(now.0)
    .bind(link.by.0)
    .bind(link.until.0)
    .fetch_one(&mut **tx)
    .await?;
    Ok(SenderId(id))
}

/// All addresses that were asked, by name.
///
/// # Errors
/// Fails when the database fails.
pub async fn all(connection: &mut SqliteConnection) -> Result<Vec<AskedSender>, Error> {
    let rows: Vec<(i64, String, i64, i64, Option<i64>)> =
        sqlx::query_as("SELECT id, address, asked_at, until, confirmed_at FROM senders ORDER BY address")
            .fetch_all(connection)
            .await?;
    rows.into_iter()
        .map(|(id, address, asked_at, until, confirmed_at)| {
            Ok(AskedSender {
                id: SenderId(id),
                address: EmailAddress::parse(&address).map_err(|_| Error::UnknownCode(address))?,
                asked_at: Moment(asked_at),
                until: Moment(until),
                confirmed_at: confirmed_at.map(Moment),
            })
        })
        .collect()
}

/// Forgets an address that was asked, whether it said yes or not.
///
/// # Errors
/// Refuses as stale when it is not there.
pub async fn remove(tx: &mut Tx, id: SenderId) -> Result<(), Error> {
    let rows = sqlx::query("DELETE FROM senders WHERE id = $1").bind(id.0).execute(&mut **tx).await?.rows_affected();
    moved(rows, Noun::Sender)
}

/// The address that a link leads to.
///
/// # Errors
/// Fails when the database fails.
pub async fn by_hash(connection: &mut SqliteConnection, token_hash: &[u8], now: Moment) -> Result<Option<AskedPage>, Error> {
    let row: Option<(i64, String, String, i64, Option<i64>)> =
        sqlx::query_as("SELECT id, address, language, until, confirmed_at FROM senders WHERE token_hash = $1")
            .bind(token_hash)
            .fetch_optional(connection)
            .await?;
    row.map(|(id, address, language, until, confirmed_at)| {
        Ok(AskedPage {
            id: SenderId(id),
            address,
            language: Code::from_code(&language)?,
            state: match confirmed_at {
                Some(at) => QuestionState::Confirmed(Moment(at)),
                None if now.0 < until => QuestionState::Open,
                None => QuestionState::Closed,
            },
        })
    })
    .transpose()
}

/// Notes the yes of an address.
///
/// # Errors
/// Refuses as stale when it said yes before.
pub async fn confirm(tx: &mut Tx, id: SenderId, now: Moment) -> Result<(), Error> {
    let rows = sqlx::query("UPDATE senders SET confirmed_at = $2 WHERE id = $1 AND confirmed_at IS NULL")
        .bind(id.0)
        .bind(now.0)
        .execute(&mut **tx)
        .await?
        .rows_affected();
    moved(rows, Noun::Sender)
}

/// The domains that an administrator answers for: since when, and whose word it is.
///
/// # Errors
/// Fails when the database fails.
pub async fn vouched(connection: &mut SqliteConnection) -> Result<Vec<(DomainName, Moment, String)>, Error> {
    let rows: Vec<(String, i64, String)> = sqlx::query_as(
        "SELECT d.domain, d.vouched_at, u.name FROM sender_domains d JOIN users u ON u.id = d.vouched_by ORDER BY d.domain",
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|(domain, at, name)| Ok((DomainName::parse(&domain).map_err(|_| Error::UnknownCode(domain))?, Moment(at), name)))
        .collect()
}

/// Answers for a domain; tells whether nobody did before.
///
/// # Errors
/// Fails when the database fails.
pub async fn vouch(tx: &mut Tx, domain: &DomainName, by: UserId, now: Moment) -> Result<bool, Error> {
    let rows =
        sqlx::query("INSERT INTO sender_domains (domain, vouched_at, vouched_by) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
            .bind(domain.as_str())
            .bind(now.0)
            .bind(by.0)
            .execute(&mut **tx)
            .await?
            .rows_affected();
    Ok(0 < rows)
}

/// Answers for a domain no more; tells whether somebody did.
///
/// # Errors
/// Fails when the database fails.
pub async fn unvouch(tx: &mut Tx, domain: &DomainName) -> Result<bool, Error> {
    let rows = sqlx::query("DELETE FROM sender_domains WHERE domain = $1")
        .bind(domain.as_str())
        .execute(&mut **tx)
        .await?
        .rows_affected();
    Ok(0 < rows)
}

/// Under which name and address a person's messages leave.
///
/// # Errors
/// Refuses when there is no such person.
pub async fn identity(connection: &mut SqliteConnection, user: UserId) -> Result<Identity, Error> {
    let code: Option<String> =
        sqlx::query_scalar("SELECT identity FROM users WHERE id = $1").bind(user.0).fetch_optional(connection).await?;
    Identity::from_code(&found(code, Noun::User)?)
}

/// Changes under which name and address a person's messages leave.
///
/// # Errors
/// Refuses as stale when there is no such person.
pub async fn set_identity(tx: &mut Tx, user: UserId, identity: Identity) -> Result<(), Error> {
    let rows = sqlx::query("UPDATE users SET identity = $2 WHERE id = $1")
        .bind(user.0)
        .bind(identity.code())
        .execute(&mut **tx)
        .await?
        .rows_affected();
    moved(rows, Noun::User)
}

/// Whether messages may leave under an address: it is an account's, it was confirmed, or its domain is answered for. What is no address
/// may not be used.
///
/// # Errors
/// Fails when the database fails.
pub async fn is_usable(connection: &mut SqliteConnection, typed: &str) -> Result<bool, Error> {
    let Ok(address) = EmailAddress::parse(typed) else { return Ok(false) };
    // An account keeps its address as it was typed, with an international domain in its own letters.
    let usable: bool = sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM accounts WHERE deleted_at IS NULL AND (lower(sender_address) = $1 OR sender_address = $2))
             OR EXISTS (SELECT 1 FROM senders WHERE address = $1 AND confirmed_at IS NOT NULL)
             OR EXISTS (SELECT 1 FROM sender_domains WHERE domain = $3)",
    )
    .bind(address.normalized())
    .bind(typed)
    .bind(address.domain())
    .fetch_one(connection)
    .await?;
    Ok(usable)
}
