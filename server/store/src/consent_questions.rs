//! Questions for consents: links sent to addresses, of which only hashes are kept.

use model::{Channel, ConsentQuestion, ContactId, Language, Moment, QuestionState, UserId};
use sqlx::SqliteConnection;

use crate::codes::Code;
use crate::db::next_id;
use crate::error::Error;
use crate::tx::Tx;

/// A question as it was put.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Whom.
    pub contact: ContactId,
    /// For which channel.
    pub channel: Channel,
    /// The address or number that would be written to.
    pub address: String,
    /// The language of the page.
    pub language: Language,
    /// The words that are agreed to.
    pub statement: String,
    /// Whether it can be answered.
    pub state: QuestionState,
}

/// Keeps a question; earlier ones to the same contact about the channel cannot be answered any more.
///
/// # Errors
/// Fails when the database fails.
#[expect(clippy::too_many_arguments, reason = "each is one column")]
pub async fn add(
    tx: &mut Tx,
    contact: ContactId,
    question: &ConsentQuestion,
    address: &str,
    token_hash: &[u8],
    by: UserId,
    now: Moment,
    until: Moment,
) -> Result<(), Error> {
    close(tx, contact, question.channel, now).await?;
    let id = next_id(tx, "consent_questions").await?;
    sqlx::query(
        "INSERT INTO consent_questions (id, contact_id, channel, address, language, statement, token_hash, asked_at, asked_by, until)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(id)
    .bind(contact.0)
    .bind(question.channel.code())
    .bind(address)
    .bind(question.language.code())
    .bind(question.statement.trim())
    .bind(token_hash)
    .bind(now.0)
    .bind(by.0)
    .bind(until.0)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Takes the open questions to a contact about a channel back, because something else was said.
///
/// # Errors
/// Fails when the database fails.
pub async fn close(tx: &mut Tx, contact: ContactId, channel: Channel, now: Moment) -> Result<(), Error> {
    sqlx::query(
        "UPDATE consent_questions SET closed_at = $3
         WHERE contact_id = $1 AND channel = $2 AND confirmed_at IS NULL AND closed_at IS NULL",
    )
    .bind(contact.0)
    .bind(channel.code())
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The question that a link leads to.
///
/// # Errors
/// Fails when the database fails.
pub async fn by_hash(connection: &mut SqliteConnection, token_hash: &[u8], now: Moment) -> Result<Option<Asked>, Error> {
    #[derive(sqlx::FromRow)]
    struct Row {
        contact_id: i64,
        channel: String,
        address: String,
        language: String,
        statement: String,
        confirmed_at: Option<i64>,
        is_open: bool,
    }
    let row: Option<Row> = sqlx::query_as(
        "SELECT q.contact_id, q.channel, q.address, q.language, q.statement, q.confirmed_at,
                q.closed_at IS NULL AND $2 < q.until
                AND EXISTS (SELECT 1 FROM addresses a
                            WHERE a.contact_id = q.contact_id AND a.channel = q.channel AND a.normalized = lower(q.address)) AS is_open
         FROM consent_questions q WHERE q.token_hash = $1",
    )
    .bind(token_hash)
    .bind(now.0)
    .fetch_optional(connection)
    .await?;
    row.map(|row| {
        Ok(Asked {
            contact: ContactId(row.contact_id),
            channel: Code::from_code(&row.channel)?,
            address: row.address,
            language: Code::from_code(&row.language)?,
            statement: row.statement,
            state: match (row.confirmed_at, row.is_open) {
                (Some(at), _) => QuestionState::Confirmed(Moment(at)),
                (None, true) => QuestionState::Open,
                (None, false) => QuestionState::Closed,
            },
        })
    })
    .transpose()
}

/// Notes that the question was answered with yes.
///
/// # Errors
/// Fails when the database fails.
pub async fn confirm(tx: &mut Tx, token_hash: &[u8], now: Moment) -> Result<(), Error> {
    sqlx::query("UPDATE consent_questions SET confirmed_at = $2 WHERE token_hash = $1 AND confirmed_at IS NULL")
        .bind(token_hash)
        .bind(now.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// The addresses that a contact is written to when nothing says otherwise: e-mail and phone; empty where there is none.
///
/// # Errors
/// Refuses when there is no such contact.
pub async fn addresses(connection: &mut SqliteConnection, contact: ContactId) -> Result<(String, String), Error> {
    let row: Option<(String, String)> =
        sqlx::query_as("SELECT email, phone FROM contacts WHERE id = $1").bind(contact.0).fetch_optional(connection).await?;
    crate::error::found(row, model::Noun::Contact)
}
