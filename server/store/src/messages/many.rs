//! What the mails of many messages are built from, fetched together.

use std::collections::HashMap;

use model::{Address, Channel, ContactId, MessageId, Moment, Recipient};
use sqlx::SqliteConnection;

use super::bodies::{Sealed, bodies, texts};
use crate::Store;
use crate::codes::Code;
use crate::drafts::subject_of;
use crate::error::Error;
use crate::persons::Opener;
use crate::vault::Dictionary;

/// A message with what its mail is built from.
pub struct Letter {
    /// Which message.
    pub id: MessageId,
    /// What it travels by.
    pub channel: Channel,
    /// How many files it carries.
    pub attachments: u32,
    /// Whether it belongs to a commercial campaign, so that unsubscribing must be offered.
    pub is_commercial: bool,
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
    channel: String,
    attachments: i64,
    sender_name: String,
    sender_address: String,
    reply_to: String,
    header_id: String,
    created_at: i64,
    subject: Vec<u8>,
    #[sqlx(flatten)]
    bodies: Sealed,
    is_commercial: bool,
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
    let rows: Vec<Row> = sqlx::query_as(concat!(
        "SELECT m.id, m.channel, m.attachments, m.sender_name, m.sender_address, m.reply_to, m.header_id, m.created_at, m.subject, ",
        bodies!(),
        ", coalesce(g.kind = 'commercial', 0) AS is_commercial, m.person_id, k.wrapped,
                coalesce(m.anonymized_at, k.destroyed_at) AS destroyed_at
         FROM messages m
         LEFT JOIN person_keys k ON k.contact_id = m.person_id
         LEFT JOIN campaigns g ON g.id = m.campaign_id",
        texts!(),
        "WHERE m.id IN (SELECT value FROM json_each($1)) ORDER BY m.id"
    ))
    .bind(&ids)
    .fetch_all(&mut *connection)
    .await?;
    let mut recipients = recipients_of(&mut *connection, &ids).await?;
    let mut letters = Vec::with_capacity(rows.len());
    for row in rows {
        let dictionary = row.bodies.dictionary(store, &mut *connection).await?;
        letters.push(Letter {
            id: MessageId(row.id),
            channel: Code::from_code(&row.channel)?,
            attachments: row.attachments as u32,
            is_commercial: row.is_commercial,
            words: words(store, &row, dictionary.as_deref()),
            sender_name: row.sender_name,
            sender_address: row.sender_address,
            reply_to: row.reply_to,
            header_id: row.header_id,
            created_at: Moment(row.created_at),
            recipients: recipients.remove(&row.id).unwrap_or_default(),
        });
    }
    Ok(letters)
}

fn words(store: &Store, row: &Row, dictionary: Option<&Dictionary>) -> Result<Words, Error> {
    let id = MessageId(row.id);
    let opener = Opener::of(store, row.person_id, row.wrapped.as_deref(), row.destroyed_at)?;
    let bodies = row.bodies.open(&opener, id, dictionary)?;
    Ok(Words { subject: opener.open_text(subject_of(id), &row.subject)?, text: bodies.text, html: bodies.html })
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
        let address = Address::parse(&address).map_err(|_| Error::UnknownCode(address))?;
        let recipient = Recipient { role: Code::from_code(&role)?, name, address, contact: contact.map(ContactId) };
        recipients.entry(message).or_default().push(recipient);
    }
    Ok(recipients)
}
