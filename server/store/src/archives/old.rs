//! Messages of old archives on their way into the history.

use model::time::seconds;
use model::{Channel, ContactId, MessageId, MessageState, Moment, Origin, Recipient, UserId};
use sqlx::SqliteConnection;

use crate::Store;
use crate::attachments;
use crate::codes::Code;
use crate::db::next_id;
use crate::drafts::subject_of;
use crate::error::Error;
use crate::messages::{bodies, write_recipients};
use crate::persons;
use crate::tx::Tx;

/// A message of an old archive, complete.
pub struct OldMessage {
    /// What it travelled by.
    pub channel: Channel,
    /// Message-ID without brackets; may be empty.
    pub header_id: String,
    /// Name of the sender.
    pub sender_name: String,
    /// Address of the sender.
    pub sender_address: String,
    /// Where answers went; may be empty.
    pub reply_to: String,
    /// Subject.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// HTML; may be empty.
    pub html: String,
    /// Recipients in all roles.
    pub recipients: Vec<Recipient>,
    /// Whoever of ours it is from or went to first.
    pub contact: Option<ContactId>,
    /// When it was written; nothing when it does not say.
    pub written_at: Option<Moment>,
    /// Name, media type and content of each file.
    pub files: Vec<(String, String, Vec<u8>)>,
}

/// By what a message is told again, however it was packed: a keyed hash of what it says.
pub fn hash(store: &Store, message: &OldMessage) -> Vec<u8> {
    let date = message.written_at.map(|it| it.0).unwrap_or_default().to_string();
    let texts = [&message.header_id, &date, &message.sender_address, &message.subject, &message.text, &message.html];
    let mut all = Vec::new();
    for text in texts {
        all.extend((text.len() as u64).to_le_bytes());
        all.extend(text.as_bytes());
    }
    // The texts of a campaign say the same to many; only whom they went to tells them apart.
    for it in message.recipients.iter().filter(|_| message.header_id.is_empty()) {
        all.extend(it.role.code().bytes().chain(it.address.as_str().bytes()));
        all.push(0);
    }
    for (name, _, content) in &message.files {
        all.extend(name.as_bytes());
        all.extend(store.vault().file_hash(content));
    }
    store.vault().file_hash(&all)
}

/// Whether a message was taken in before, or left this program.
///
/// # Errors
/// Fails when the database fails.
pub async fn is_known(connection: &mut SqliteConnection, hash: &[u8], message: &OldMessage) -> Result<bool, Error> {
    let is_known: bool = sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM archived_mails WHERE hash = $1)
             OR ($2 <> '' AND EXISTS (SELECT 1 FROM messages WHERE header_id = $2 AND header_id <> '' AND origin <> $3))",
    )
    .bind(hash)
    .bind(&message.header_id)
    .bind(Origin::Archive.code())
    .fetch_one(&mut *connection)
    .await?;
    Ok(is_known || is_ours(connection, message).await?)
}

/// Whether a message that no Message-ID names is one of this program: by the second in which it was made, who sent it and whom it went to.
async fn is_ours(connection: &mut SqliteConnection, message: &OldMessage) -> Result<bool, Error> {
    let (true, Some(at), Some(first)) = (message.header_id.is_empty(), message.written_at, message.recipients.first()) else {
        return Ok(false);
    };
    let second = seconds(at.0.div_euclid(seconds(1)));
    Ok(sqlx::query_scalar(
        "SELECT EXISTS (
             SELECT 1 FROM messages m JOIN recipients r ON r.message_id = m.id AND r.place = 0
             WHERE m.created_at >= $1 AND m.created_at < $2 AND m.origin <> $3 AND m.channel = $4 AND m.sender_address = $5
               AND r.address = $6)",
    )
    .bind(second)
    .bind(second + seconds(1))
    .bind(Origin::Archive.code())
    .bind(message.channel.code())
    .bind(&message.sender_address)
    .bind(first.address.as_str())
    .fetch_one(connection)
    .await?)
}

/// Takes a message in as history: it has no delivery, so nothing can ever send it.
///
/// # Errors
/// Fails when the database fails.
pub async fn insert(
    store: &Store,
    tx: &mut Tx,
    message: &OldMessage,
    hash: &[u8],
    author: UserId,
    now: Moment,
) -> Result<MessageId, Error> {
    let id = MessageId(next_id(tx, "messages").await?);
    let person = model::message::only_contact(&message.recipients);
    // Somebody who was erased has no key any more; what comes from outside is nobody's then.
    let (person, seal) = match persons::sealer(store, tx, person).await {
        Ok(seal) => (person, seal),
        Err(Error::Refused(_)) => (None, persons::sealer(store, tx, None).await?),
        Err(error) => return Err(error),
    };
    let first = message.recipients.first().map_or("", |it| if it.name.is_empty() { it.address.as_str() } else { &it.name });
    let at = message.written_at.unwrap_or(now);
    sqlx::query(
        "INSERT INTO messages (id, channel, origin, state, author_id, contact_id, sender_name, sender_address, reply_to, header_id, subject,
                               revision, first_recipient, recipients, attachments, created_at, sent_at, person_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, $12, $13, $14, $15, $15, $16)",
    )
    .bind(id.0)
    .bind(message.channel.code())
    .bind(Origin::Archive.code())
    .bind(MessageState::Sent.code())
    .bind(author.0)
    .bind(message.contact.map(|it| it.0))
    .bind(&message.sender_name)
    .bind(&message.sender_address)
    .bind(&message.reply_to)
    .bind(&message.header_id)
    .bind(seal.seal_text(subject_of(id), &message.subject)?)
    .bind(first)
    .bind(message.recipients.len() as i64)
    .bind(message.files.len() as i64)
    .bind(at.0)
    .bind(person.map(|it| it.0))
    .execute(&mut **tx)
    .await?;
    bodies::put(tx, id, &seal, &message.text, &message.html).await?;
    write_recipients(tx, id, &message.recipients).await?;
    let mut files = Vec::with_capacity(message.files.len());
    for (name, media_type, content) in &message.files {
        files.push(attachments::put(store, tx, author, name, media_type, content, now).await?.id);
    }
    attachments::add(tx, id, author, &files).await?;
    sqlx::query("INSERT INTO archived_mails (hash) VALUES ($1) ON CONFLICT DO NOTHING").bind(hash).execute(&mut **tx).await?;
    crate::search_jobs::add(tx, id).await?;
    Ok(id)
}
