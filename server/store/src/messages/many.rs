//! What the mails of many messages are built from, fetched together.

use std::collections::HashMap;

use model::{ContactId, EmailAddress, MessageId, Moment, Recipient};
use sqlx::SqliteConnection;

use super::{html_of, text_of};
use crate::Store;
use crate::codes::Code;
use crate::drafts::subject_of;
use crate::error::Error;
use crate::persons::Opener;

/// A message with what its mail is built from.
pub struct Letter {
    /// Which message.
    pub id: MessageId,
    /// How many files it carries.
    pub attachments: u32,
    /// Name of the sender.
    pub sender_name: String,
    /// Address of the sender.
    pub sender_address: String,
    /// Where answers go; may be empty.
    pub reply_to: String,
    /// Message-ID without brackets.
    pub header_id: String,
    /// When it was created.
    pub created_at: Moment,
    /// Recipients in all roles.
    pub recipients: Vec<Recipient>,
    /// Subject, plain text and HTML; a damaged one says so.
    pub words: Result<Words, Error>,
}

/// The sealed parts of a message, opened.
#[derive(Default)]
pub struct Words {
    /// Subject.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// HTML.
    pub html: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    attachments: i64,
    sender_name: String,
    sender_address: String,
    reply_to: String,
    header_id: String,
    created_at: i64,
    subject: Vec<u8>,
    body_text: Option<Vec<u8>>,
    body_html: Option<Vec<u8>>,
    person_id: Option<i64>,
    wrapped: Option<Vec<u8>>,
    destroyed_at: Option<i64>,
}

/// What the mails of completed messages are built from, by the order of their ids; one that is not there is left out.
///
/// # Errors
/// Fails when the database fails.
pub async fn letters(store: &Store, connection: &mut SqliteConnection, ids: &[MessageId]) -> Result<Vec<Letter>, Error> {
    let ids = serde_json::to_string(ids)?;
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT m.id, m.attachments, m.sender_name, m.sender_address, m.reply_to, m.header_id, m.created_at, m.subject, m.body_text,
                m.body_html, m.person_id, k.wrapped, k.destroyed_at
         FROM messages m LEFT JOIN person_keys k ON k.contact_id = m.person_id
         WHERE m.id IN (SELECT value FROM json_each($1)) ORDER BY m.id",
    )
    .bind(&ids)
    .fetch_all(&mut *connection)
    .await?;
    let mut recipients = recipients_of(connection, &ids).await?;
    rows.into_iter()
        .map(|row| {
            Ok(Letter {
                id: MessageId(row.id),
                attachments: row.attachments as u32,
                words: words(store, &row),
                sender_name: row.sender_name,
                sender_address: row.sender_address,
                reply_to: row.reply_to,
                header_id: row.header_id,
                created_at: Moment(row.created_at),
                recipients: recipients.remove(&row.id).unwrap_or_default(),
            })
        })
        .collect()
}

fn words(store: &Store, row: &Row) -> Result<Words, Error> {
    let id = MessageId(row.id);
    let opener = Opener::of(store, row.person_id, row.wrapped.as_deref(), row.destroyed_at)?;
    Ok(Words {
        subject: opener.open_text(subject_of(id), &row.subject)?,
        text: row.body_text.as_ref().map(|it| opener.open_text(text_of(id), it)).transpose()?.unwrap_or_default(),
        html: row.body_html.as_ref().map(|it| opener.open_text(html_of(id), it)).transpose()?.unwrap_or_default(),
    })
}

async fn recipients_of(connection: &mut SqliteConnection, ids: &str) -> Result<HashMap<i64, Vec<Recipient>>, Error> {
    let rows: Vec<(i64, String, String, String, Option<i64>)> = sqlx::query_as(
        "SELECT message_id, role, name, address, contact_id FROM recipients
         WHERE message_id IN (SELECT value FROM json_each($1)) ORDER BY message_id, place",
    )
    .bind(ids)
    .fetch_all(connection)
    .await?;
    let mut recipients: HashMap<i64, Vec<Recipient>> = HashMap::new();
    for (message, role, name, address, contact) in rows {
        let address = EmailAddress::parse(&address).map_err(|_| Error::UnknownCode(address))?;
        let recipient = Recipient { role: Code::from_code(&role)?, name, address, contact: contact.map(ContactId) };
        recipients.entry(message).or_default().push(recipient);
    }
    Ok(recipients)
}
