//! Comments, sealed under the key of the person they are about where there is one.

use model::{Comment, CommentId, CommentOn, ContactId, MessageId, Moment, Noun, UserId};
use sqlx::SqliteConnection;

use crate::Store;
use crate::db::next_id;
use crate::error::{Error, found};
use crate::persons::{self, Opener};
use crate::tx::Tx;
use crate::vault::Place;

/// Most comments that are shown of one thing; the newest count.
const SHOWN: i64 = 500;

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    author_id: i64,
    author: String,
    text: Vec<u8>,
    created_at: i64,
    edited_at: Option<i64>,
    person_id: Option<i64>,
    wrapped: Option<Vec<u8>>,
    destroyed_at: Option<i64>,
}

macro_rules! select {
    ($about:literal) => {
        concat!(
            "SELECT c.id, c.author_id, u.name AS author, c.text, c.created_at, c.edited_at, c.person_id, k.wrapped, k.destroyed_at
             FROM comments c JOIN users u ON u.id = c.author_id LEFT JOIN person_keys k ON k.contact_id = c.person_id
             WHERE c.",
            $about,
            " = $1 ORDER BY c.id DESC LIMIT $2"
        )
    };
}

/// The comments on a thing, newest first.
///
/// # Errors
/// Names a damaged one.
pub async fn of(store: &Store, connection: &mut SqliteConnection, on: CommentOn) -> Result<Vec<Comment>, Error> {
    let (sql, id) = match on {
        CommentOn::Contact(id) => (select!("contact_id"), id.0),
        CommentOn::Campaign(id) => (select!("campaign_id"), id.0),
        CommentOn::Message(id) => (select!("message_id"), id.0),
    };
    opened(store, sqlx::query_as(sql).bind(id).bind(SHOWN).fetch_all(connection).await?)
}

/// Every comment that goes with a person when they are erased: on the contact, and on messages to nobody else.
///
/// # Errors
/// Names a damaged one.
pub async fn of_person(
    store: &Store,
    connection: &mut SqliteConnection,
    contact: ContactId,
    alone: &[MessageId],
) -> Result<Vec<Comment>, Error> {
    let rows = sqlx::query_as(
        "SELECT c.id, c.author_id, u.name AS author, c.text, c.created_at, c.edited_at, c.person_id, k.wrapped, k.destroyed_at
         FROM comments c JOIN users u ON u.id = c.author_id LEFT JOIN person_keys k ON k.contact_id = c.person_id
         WHERE c.contact_id = $1 OR c.message_id IN (SELECT value FROM json_each($2))
            OR c.person_id = $1 OR c.person_id IN (SELECT old_id FROM contact_merges WHERE new_id = $1)
         ORDER BY c.id DESC",
    )
    .bind(contact.0)
    .bind(serde_json::to_string(alone)?);
    opened(store, rows.fetch_all(connection).await?)
}

fn opened(store: &Store, rows: Vec<Row>) -> Result<Vec<Comment>, Error> {
    rows.into_iter()
        .map(|row| {
            let opener = Opener::of(store, row.person_id, row.wrapped.as_deref(), row.destroyed_at)?;
            Ok(Comment {
                id: CommentId(row.id),
                author: (UserId(row.author_id), row.author),
                text: opener.open_text(text_of(CommentId(row.id)), &row.text)?,
                created_at: Moment(row.created_at),
                edited_at: row.edited_at.map(Moment),
            })
        })
        .collect()
}

/// Writes a comment.
///
/// # Errors
/// Refuses when what it is about is not there, and when the person was erased.
pub async fn insert(
    store: &Store,
    tx: &mut Tx,
    on: CommentOn,
    author: UserId,
    text: &str,
    now: Moment,
) -> Result<CommentId, Error> {
    let person = person_of(tx, on).await?;
    let id = CommentId(next_id(tx, "comments").await?);
    let sealed = persons::sealer(store, tx, person.map(ContactId)).await?.seal_text(text_of(id), text)?;
    let (contact, campaign, message) = match on {
        CommentOn::Contact(id) => (Some(id.0), None, None),
        CommentOn::Campaign(id) => (None, Some(id.0), None),
        CommentOn::Message(id) => (None, None, Some(id.0)),
    };
    sqlx::query(
        "INSERT INTO comments (id, contact_id, campaign_id, message_id, author_id, person_id, text, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(id.0)
    .bind(contact)
    .bind(campaign)
    .bind(message)
    .bind(author.0)
    .bind(person)
    .bind(sealed)
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    Ok(id)
}

/// Changes the text of a comment.
///
/// # Errors
/// Refuses one that is not there or that somebody else wrote.
pub async fn update(
    store: &Store,
    tx: &mut Tx,
    (on, id): (CommentOn, CommentId),
    author: UserId,
    text: &str,
    now: Moment,
) -> Result<(), Error> {
    require_own(tx, (on, id), author).await?;
    let person: Option<i64> =
        sqlx::query_scalar("SELECT person_id FROM comments WHERE id = $1").bind(id.0).fetch_one(&mut **tx).await?;
    let sealed = persons::sealer(store, tx, person.map(ContactId)).await?.seal_text(text_of(id), text)?;
    sqlx::query("UPDATE comments SET text = $2, edited_at = $3 WHERE id = $1")
        .bind(id.0)
        .bind(sealed)
        .bind(now.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Deletes a comment.
///
/// # Errors
/// Refuses one that is not there or that somebody else wrote.
pub async fn delete(tx: &mut Tx, (on, id): (CommentOn, CommentId), author: UserId) -> Result<(), Error> {
    require_own(tx, (on, id), author).await?;
    sqlx::query("DELETE FROM comments WHERE id = $1").bind(id.0).execute(&mut **tx).await?;
    Ok(())
}

async fn require_own(tx: &mut Tx, (on, id): (CommentOn, CommentId), author: UserId) -> Result<(), Error> {
    let sql = match on {
        CommentOn::Contact(_) => "SELECT id FROM comments WHERE id = $1 AND author_id = $2 AND contact_id = $3",
        CommentOn::Campaign(_) => "SELECT id FROM comments WHERE id = $1 AND author_id = $2 AND campaign_id = $3",
        CommentOn::Message(_) => "SELECT id FROM comments WHERE id = $1 AND author_id = $2 AND message_id = $3",
    };
    let about = match on {
        CommentOn::Contact(id) => id.0,
        CommentOn::Campaign(id) => id.0,
        CommentOn::Message(id) => id.0,
    };
    let row: Option<i64> = sqlx::query_scalar(sql).bind(id.0).bind(author.0).bind(about).fetch_optional(&mut **tx).await?;
    found(row, Noun::Comment).map(|_| ())
}

/// Whose key seals what is said about a thing: a contact's, or that of the only person a message went to.
async fn person_of(tx: &mut Tx, on: CommentOn) -> Result<Option<i64>, Error> {
    let (sql, id, noun) = match on {
        CommentOn::Contact(id) => ("SELECT id FROM contacts WHERE id = $1", id.0, Noun::Contact),
        CommentOn::Campaign(id) => ("SELECT NULL FROM campaigns WHERE id = $1", id.0, Noun::Campaign),
        CommentOn::Message(id) => ("SELECT person_id FROM messages WHERE id = $1", id.0, Noun::Message),
    };
    let row: Option<(Option<i64>,)> = sqlx::query_as(sql).bind(id).fetch_optional(&mut **tx).await?;
    Ok(found(row, noun)?.0)
}

fn text_of(id: CommentId) -> Place {
    Place { table: "comments", column: "text", row: id.0 }
}
