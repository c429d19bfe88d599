//! Drafts: what is typed, kept as typed.

use model::address::{parse_list, parse_phones};
use model::message::sms_title;
use model::{
    Attachment, Channel, DraftKey, HomeCountry, MessageDraft, MessageId, MessageState, Moment, Noun, Origin, StoredDraft, UserId,
};
use sqlx::SqliteConnection;

use crate::Store;
use crate::codes::Code;
use crate::db::next_id;
use crate::error::{Error, found, moved};
use crate::messages::bodies;
use crate::tx::Tx;
use crate::vault::Place;

/// Makes a draft of a message that exists for a reason.
///
/// # Errors
/// Fails when the database fails.
pub async fn create(
    store: &Store,
    tx: &mut Tx,
    author: UserId,
    origin: Origin,
    draft: &MessageDraft,
    now: Moment,
) -> Result<DraftKey, Error> {
    let id = MessageId(next_id(tx, "messages").await?);
    sqlx::query(
        "INSERT INTO messages (id, channel, origin, state, author_id, subject, revision, first_recipient, recipients, attachments,
                               created_at)
         VALUES ($1, $5, $4, 'draft', $2, x'', 0, '', 0, 0, $3)",
    )
    .bind(id.0)
    .bind(author.0)
    .bind(now.0)
    .bind(origin.code())
    .bind(draft.channel.code())
    .execute(&mut **tx)
    .await?;
    save(store, tx, DraftKey { id, revision: 0 }, author, draft).await
}

/// Keeps what is typed now, unless another screen has saved since that revision, and ties the files to the draft.
///
/// # Errors
/// Refuses a stale revision, a message that is no draft of this author, and files that belong elsewhere.
pub async fn save(store: &Store, tx: &mut Tx, key: DraftKey, author: UserId, draft: &MessageDraft) -> Result<DraftKey, Error> {
    let id = key.id;
    let (recipients, subject) = listed(draft);
    let rows = sqlx::query(
        "UPDATE messages
         SET channel = $13, draft = $4, subject = $5, first_recipient = $6, recipients = $7, attachments = $8, contact_id = $9, account_id = $10,
             person_id = NULL, template_id = $11, template_version = $12, revision = revision + 1
         WHERE id = $1 AND revision = $2 AND author_id = $3 AND state = 'draft'",
    )
    .bind(id.0)
    .bind(key.revision)
    .bind(author.0)
    .bind(store.vault().seal(draft_of(id), &serde_json::to_vec(draft)?)?)
    .bind(store.vault().seal_text(subject_of(id), &subject)?)
    .bind(recipients.first().map_or("", String::as_str))
    .bind(recipients.len() as i64)
    .bind(draft.attachments.len() as i64)
    .bind(draft.contact.map(|it| it.0))
    .bind(draft.account.map(|it| it.0))
    .bind(draft.template.map(|it| it.id.0))
    .bind(draft.template.map(|it| it.version))
    .bind(draft.channel.code())
    .execute(&mut **tx)
    .await?
    .rows_affected();
    moved(rows, Noun::Message)?;
    bodies::delete(tx, id).await?;
    crate::attachments::tie(tx, id, author, &draft.attachments).await?;
    Ok(DraftKey { id, revision: key.revision + 1 })
}

/// What lists show of a draft: its recipients by name or as typed, and its subject.
fn listed(draft: &MessageDraft) -> (Vec<String>, String) {
    let named = |name: String, text: String| if name.is_empty() { text } else { name };
    match draft.channel {
        Channel::Email => {
            let pieces = [&draft.to, &draft.cc, &draft.bcc].into_iter().flat_map(|it| parse_list(it));
            (pieces.map(|it| named(it.name(), it.text)).collect(), draft.subject.trim().to_owned())
        }
        Channel::Sms => {
            let pieces = parse_phones(&draft.to, HomeCountry::default()).into_iter();
            (pieces.map(|it| named(it.name(), it.text)).collect(), sms_title(draft.body.source()))
        }
    }
}

/// Keeps with a repeated message what one would have typed to write it, so that it can be opened for writing.
///
/// # Errors
/// Fails when the database fails.
pub async fn put(store: &Store, tx: &mut Tx, id: MessageId, draft: &MessageDraft) -> Result<(), Error> {
    sqlx::query("UPDATE messages SET draft = $2 WHERE id = $1")
        .bind(id.0)
        .bind(store.vault().seal(draft_of(id), &serde_json::to_vec(draft)?)?)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Opens a draft of this author; who the sender is, is not looked up.
///
/// # Errors
/// Refuses when it is not there or not theirs; names a damaged one.
pub async fn open(store: &Store, connection: &mut SqliteConnection, id: MessageId, author: UserId) -> Result<StoredDraft, Error> {
    let row: Option<(i64, Vec<u8>)> = sqlx::query_as(
        "SELECT revision, draft FROM messages WHERE id = $1 AND author_id = $2 AND state = 'draft' AND draft IS NOT NULL",
    )
    .bind(id.0)
    .bind(author.0)
    .fetch_optional(&mut *connection)
    .await?;
    let (revision, sealed) = found(row, Noun::Message)?;
    let draft: MessageDraft = serde_json::from_slice(&store.vault().open_value(draft_of(id), &sealed)?)?;
    // A message that was taken back still has the payment codes that were drawn for it; they are drawn anew.
    let mut attachments: Vec<Attachment> = crate::attachments::of_message(store, connection, id).await?;
    attachments.retain(|it| draft.attachments.contains(&it.id));
    Ok(StoredDraft { id, revision, draft, attachments, sender: None })
}

/// What was typed for a message, however far it has come since; nothing for one that nobody typed.
///
/// # Errors
/// Refuses when there is no such message; names a damaged one.
pub async fn typed(store: &Store, connection: &mut SqliteConnection, id: MessageId) -> Result<Option<MessageDraft>, Error> {
    let row: Option<(Option<Vec<u8>>,)> =
        sqlx::query_as("SELECT draft FROM messages WHERE id = $1").bind(id.0).fetch_optional(connection).await?;
    let (sealed,) = found(row, Noun::Message)?;
    sealed.map(|it| Ok(serde_json::from_slice(&store.vault().open_value(draft_of(id), &it)?)?)).transpose()
}

/// Deletes a draft of this author with its files.
///
/// # Errors
/// Refuses when it is not there or not theirs.
pub async fn delete(tx: &mut Tx, id: MessageId, author: UserId) -> Result<(), Error> {
    let row: Option<i64> =
        sqlx::query_scalar("DELETE FROM messages WHERE id = $1 AND author_id = $2 AND state = 'draft' RETURNING id")
            .bind(id.0)
            .bind(author.0)
            .fetch_optional(&mut **tx)
            .await?;
    found(row, Noun::Message)?;
    Ok(())
}

/// Whose message it is and how far it has come.
///
/// # Errors
/// Refuses when there is none.
pub async fn author_and_state(connection: &mut SqliteConnection, id: MessageId) -> Result<(UserId, MessageState), Error> {
    let row: Option<(i64, String)> =
        sqlx::query_as("SELECT author_id, state FROM messages WHERE id = $1").bind(id.0).fetch_optional(connection).await?;
    let (author, state) = found(row, Noun::Message)?;
    Ok((UserId(author), crate::codes::Code::from_code(&state)?))
}

pub(crate) fn draft_of(id: MessageId) -> Place {
    Place { table: "messages", column: "draft", row: id.0 }
}

pub(crate) fn subject_of(id: MessageId) -> Place {
    Place { table: "messages", column: "subject", row: id.0 }
}
