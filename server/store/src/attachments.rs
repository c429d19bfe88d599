//! Files carried by messages, templates and campaigns; their contents are kept once in `blobs`.

mod copies;
mod ties;

use model::{Attachment, AttachmentId, MessageId, Moment, Noun, TemplateId, UserId};
use sqlx::SqliteConnection;

pub use copies::{copy, copy_loose};
pub use ties::{add, drop_own};
pub(crate) use ties::{loose_to, tie, tie_loose, tie_to_template};

use crate::Store;
use crate::blobs::{self, Arriving, Content};
use crate::db::next_id;
use crate::error::{Error, found};
use crate::tx::Tx;
use crate::vault::Place;

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    name: Vec<u8>,
    media_type: String,
    size: i64,
}

/// Keeps a file that belongs to nothing yet.
///
/// # Errors
/// Fails when the database fails.
pub async fn put(
    store: &Store,
    tx: &mut Tx,
    owner: UserId,
    name: &str,
    media_type: &str,
    content: &[u8],
    now: Moment,
) -> Result<Attachment, Error> {
    let blob = blobs::keep(store, tx, content, now).await?;
    insert(store, tx, owner, (name, media_type), (blob, content.len() as u64), now).await
}

/// Keeps a file that belongs to nothing yet and has come whole.
///
/// # Errors
/// Fails when the database fails.
pub async fn arrived(
    store: &Store,
    tx: &mut Tx,
    owner: UserId,
    name: &str,
    media_type: &str,
    content: Arriving,
    now: Moment,
) -> Result<Attachment, Error> {
    let size = content.size();
    let blob = content.finish(store, tx, now).await?;
    insert(store, tx, owner, (name, media_type), (blob, size), now).await
}

async fn insert(
    store: &Store,
    tx: &mut Tx,
    owner: UserId,
    (name, media_type): (&str, &str),
    (blob, size): (i64, u64),
    now: Moment,
) -> Result<Attachment, Error> {
    let id = AttachmentId(next_id(tx, "attachments").await?);
    sqlx::query(
        "INSERT INTO attachments (id, blob_id, owner_id, name, media_type, size, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(id.0)
    .bind(blob)
    .bind(owner.0)
    .bind(store.vault().seal_text(name_of(id), name)?)
    .bind(media_type)
    .bind(size as i64)
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    Ok(Attachment { id, name: name.to_owned(), media_type: media_type.to_owned(), size })
}

/// The files of a template, those of its earlier versions as well.
///
/// # Errors
/// Names a damaged one.
pub(crate) async fn of_template(
    store: &Store,
    connection: &mut SqliteConnection,
    id: TemplateId,
) -> Result<Vec<Attachment>, Error> {
    let rows: Vec<Row> = sqlx::query_as("SELECT id, name, media_type, size FROM attachments WHERE template_id = $1 ORDER BY id")
        .bind(id.0)
        .fetch_all(connection)
        .await?;
    rows.into_iter().map(|row| attachment(store, row)).collect()
}

/// A file that somebody may put into a message: a loose one of theirs, or one of this template.
///
/// # Errors
/// Refuses every other file.
pub async fn usable(
    store: &Store,
    connection: &mut SqliteConnection,
    id: AttachmentId,
    owner: UserId,
    template: Option<TemplateId>,
) -> Result<Attachment, Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, name, media_type, size FROM attachments
         WHERE id = $1 AND message_id IS NULL AND campaign_id IS NULL AND content_id IS NULL
           AND (template_id = $3 OR (template_id IS NULL AND owner_id = $2))",
    )
    .bind(id.0)
    .bind(owner.0)
    .bind(template.map(|it| it.0))
    .fetch_optional(connection)
    .await?;
    attachment(store, found(row, Noun::Attachment)?)
}

/// The files of a message in their order.
///
/// # Errors
/// Names a damaged one.
pub async fn of_message(store: &Store, connection: &mut SqliteConnection, id: MessageId) -> Result<Vec<Attachment>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, name, media_type, size FROM (
             SELECT * FROM attachments WHERE content_id = (SELECT files_id FROM messages WHERE id = $1) ORDER BY place, id)
         UNION ALL
         SELECT id, name, media_type, size FROM (SELECT * FROM attachments WHERE message_id = $1 ORDER BY place, id)",
    )
    .bind(id.0)
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(|row| attachment(store, row)).collect()
}

/// The files of a campaign that is being written, in their order.
///
/// # Errors
/// Names a damaged one.
pub async fn of_campaign(
    store: &Store,
    connection: &mut SqliteConnection,
    id: model::CampaignId,
) -> Result<Vec<Attachment>, Error> {
    let rows: Vec<Row> =
        sqlx::query_as("SELECT id, name, media_type, size FROM attachments WHERE campaign_id = $1 ORDER BY place, id")
            .bind(id.0)
            .fetch_all(connection)
            .await?;
    rows.into_iter().map(|row| attachment(store, row)).collect()
}

/// The files of a frozen content of a campaign, in their order.
///
/// # Errors
/// Names a damaged one.
pub(crate) async fn of_content(store: &Store, connection: &mut SqliteConnection, id: i64) -> Result<Vec<Attachment>, Error> {
    let rows: Vec<Row> =
        sqlx::query_as("SELECT id, name, media_type, size FROM attachments WHERE content_id = $1 ORDER BY place, id")
            .bind(id)
            .fetch_all(connection)
            .await?;
    rows.into_iter().map(|row| attachment(store, row)).collect()
}

/// Whether two lists hold files of the same names and contents in the same order. Equal contents are kept once under a keyed hash, so that
/// nothing is opened to compare them.
///
/// # Errors
/// Fails when the database fails.
pub async fn are_same(connection: &mut SqliteConnection, one: &[Attachment], other: &[Attachment]) -> Result<bool, Error> {
    if one.len() != other.len() || one.iter().zip(other).any(|(a, b)| a.name != b.name) {
        return Ok(false);
    }
    let pairs: Vec<(i64, i64)> = one.iter().zip(other).map(|(a, b)| (a.id.0, b.id.0)).collect();
    let differ: bool = sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM json_each($1) AS pair
                        WHERE (SELECT blob_id FROM attachments WHERE id = pair.value ->> 0)
                              IS NOT (SELECT blob_id FROM attachments WHERE id = pair.value ->> 1))",
    )
    .bind(serde_json::to_string(&pairs)?)
    .fetch_one(connection)
    .await?;
    Ok(!differ)
}

/// How many files a message alone carries, and how many bytes they are together.
///
/// # Errors
/// Fails when the database fails.
pub async fn totals(connection: &mut SqliteConnection, message: MessageId) -> Result<(u64, u64), Error> {
    let (n, size): (i64, i64) = sqlx::query_as("SELECT count(*), coalesce(sum(size), 0) FROM attachments WHERE message_id = $1")
        .bind(message.0)
        .fetch_one(connection)
        .await?;
    Ok((n as u64, size as u64))
}

/// A file of a message, and its content piece by piece.
///
/// # Errors
/// Refuses when the message has no such file; names one whose name is damaged.
pub async fn open(
    store: &Store,
    connection: &mut SqliteConnection,
    message: MessageId,
    id: AttachmentId,
) -> Result<(Attachment, Content), Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, name, media_type, size FROM attachments
         WHERE id = $1 AND (message_id = $2 OR content_id = (SELECT files_id FROM messages WHERE id = $2))",
    )
    .bind(id.0)
    .bind(message.0)
    .fetch_optional(&mut *connection)
    .await?;
    let file = attachment(store, found(row, Noun::Attachment)?)?;
    Ok((file, content(connection, id).await?))
}

/// The content of a file, whatever it belongs to.
///
/// # Errors
/// Refuses when there is no such file.
pub async fn content(connection: &mut SqliteConnection, id: AttachmentId) -> Result<Content, Error> {
    let row: Option<(i64, i64)> =
        sqlx::query_as("SELECT blob_id, size FROM attachments WHERE id = $1").bind(id.0).fetch_optional(connection).await?;
    let (blob, size) = found(row, Noun::Attachment)?;
    Ok(Content::new(blob, size as u64))
}

/// Deletes files that were uploaded before `before` and never used, what began to come in before then and never came whole, and contents
/// that nothing points to; tells how many files went.
///
/// # Errors
/// Fails when the database fails.
pub async fn sweep(tx: &mut Tx, before: Moment) -> Result<u64, Error> {
    let rows = sqlx::query(
        "DELETE FROM attachments
         WHERE message_id IS NULL AND template_id IS NULL AND campaign_id IS NULL AND content_id IS NULL AND created_at < $1",
    )
    .bind(before.0)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    blobs::sweep(tx, before).await?;
    Ok(rows)
}

fn attachment(store: &Store, row: Row) -> Result<Attachment, Error> {
    let id = AttachmentId(row.id);
    let name = store.vault().open_text(name_of(id), &row.name)?;
    Ok(Attachment { id, name, media_type: row.media_type, size: row.size as u64 })
}

pub(crate) fn name_of(id: AttachmentId) -> Place {
    Place { table: "attachments", column: "name", row: id.0 }
}
