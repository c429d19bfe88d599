//! Files carried by messages; equal contents are kept once.

use model::{Attachment, AttachmentId, MessageId, Moment, Noun, TemplateId, UserId};
use sqlx::SqliteConnection;

use crate::Store;
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

/// Keeps an uploaded file that belongs to no message yet.
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
    let blob = blob_of(store, tx, content).await?;
    let id = AttachmentId(next_id(tx, "attachments").await?);
    sqlx::query(
        "INSERT INTO attachments (id, blob_id, owner_id, name, media_type, size, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(id.0)
    .bind(blob)
    .bind(owner.0)
    .bind(store.vault().seal_text(name_of(id), name)?)
    .bind(media_type)
    .bind(content.len() as i64)
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    Ok(Attachment { id, name: name.to_owned(), media_type: media_type.to_owned(), size: content.len() as u64 })
}

/// The row that holds this content; equal contents share one.
pub(crate) async fn blob_of(store: &Store, tx: &mut Tx, content: &[u8]) -> Result<i64, Error> {
    let hash = store.vault().file_hash(content);
    let known: Option<i64> =
        sqlx::query_scalar("SELECT id FROM blobs WHERE hash = $1").bind(&hash).fetch_optional(&mut **tx).await?;
    if let Some(blob) = known {
        return Ok(blob);
    }
    let blob = next_id(tx, "blobs").await?;
    let sealed = store.vault().seal(blob_at(blob), content)?;
    sqlx::query("INSERT INTO blobs (id, hash, content) VALUES ($1, $2, $3)")
        .bind(blob)
        .bind(hash)
        .bind(sealed)
        .execute(&mut **tx)
        .await?;
    Ok(blob)
}

/// The content that a row holds.
pub(crate) async fn open_blob(store: &Store, connection: &mut SqliteConnection, blob: i64) -> Result<Vec<u8>, Error> {
    let sealed: Vec<u8> = sqlx::query_scalar("SELECT content FROM blobs WHERE id = $1").bind(blob).fetch_one(connection).await?;
    store.vault().open_value(blob_at(blob), &sealed)
}

/// The statement that gives a loose file to whatever the column names.
macro_rules! loose_to {
    ($column:literal) => {
        concat!(
            "UPDATE attachments SET ",
            $column,
            " = $2, place = $3
             WHERE id = $1 AND owner_id = $4 AND message_id IS NULL AND template_id IS NULL AND campaign_id IS NULL
               AND content_id IS NULL"
        )
    };
}
pub(crate) use loose_to;

/// Gives a message exactly these files in this order; files taken out become loose.
///
/// # Errors
/// Refuses files that are not loose files of this owner or of this message already.
pub(crate) async fn tie(tx: &mut Tx, message: MessageId, owner: UserId, files: &[AttachmentId]) -> Result<(), Error> {
    sqlx::query("UPDATE attachments SET message_id = NULL WHERE message_id = $1").bind(message.0).execute(&mut **tx).await?;
    tie_loose(tx, loose_to!("message_id"), message.0, owner, files).await
}

/// Gives loose files of this owner away in this order, by a statement of `loose_to`.
///
/// # Errors
/// Refuses files that are not loose files of this owner.
pub(crate) async fn tie_loose(
    tx: &mut Tx,
    sql: &'static str,
    holder: i64,
    owner: UserId,
    files: &[AttachmentId],
) -> Result<(), Error> {
    for (place, id) in files.iter().enumerate() {
        let tied = sqlx::query(sql).bind(id.0).bind(holder).bind(place as i64).bind(owner.0);
        found((0 < tied.execute(&mut **tx).await?.rows_affected()).then_some(()), Noun::Attachment)?;
    }
    Ok(())
}

/// Gives a message more files behind those that it has.
///
/// # Errors
/// Refuses files that are not loose files of this owner.
pub async fn add(tx: &mut Tx, message: MessageId, owner: UserId, files: &[AttachmentId]) -> Result<(), Error> {
    for id in files {
        let rows = sqlx::query(
            "UPDATE attachments
             SET message_id = $2, place = (SELECT coalesce(max(place), -1) + 1 FROM attachments WHERE message_id = $2)
             WHERE id = $1 AND owner_id = $3 AND message_id IS NULL AND template_id IS NULL AND campaign_id IS NULL
               AND content_id IS NULL",
        )
        .bind(id.0)
        .bind(message.0)
        .bind(owner.0)
        .execute(&mut **tx)
        .await?
        .rows_affected();
        found((0 < rows).then_some(()), Noun::Attachment)?;
    }
    Ok(())
}

/// Gives a template these files. They stay with it when it no longer carries them, because its earlier versions do.
///
/// # Errors
/// Refuses files that are neither loose files of this owner nor of this template already.
pub(crate) async fn tie_to_template(
    tx: &mut Tx,
    template: TemplateId,
    owner: UserId,
    files: impl Iterator<Item = AttachmentId>,
) -> Result<(), Error> {
    for id in files {
        let rows = sqlx::query(
            "UPDATE attachments SET template_id = $2
             WHERE id = $1 AND (template_id = $2 OR (template_id IS NULL AND message_id IS NULL AND owner_id = $3 AND campaign_id IS NULL
                                                    AND content_id IS NULL))",
        )
        .bind(id.0)
        .bind(template.0)
        .bind(owner.0)
        .execute(&mut **tx)
        .await?
        .rows_affected();
        found((0 < rows).then_some(()), Noun::Attachment)?;
    }
    Ok(())
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

/// Makes loose copies of files for somebody, in their order, without keeping the contents twice.
///
/// # Errors
/// Refuses files that are gone.
pub async fn copy_loose(
    store: &Store,
    tx: &mut Tx,
    files: &[Attachment],
    owner: UserId,
    now: Moment,
) -> Result<Vec<Attachment>, Error> {
    let mut copies = Vec::with_capacity(files.len());
    for file in files {
        let id = AttachmentId(next_id(tx, "attachments").await?);
        let rows = sqlx::query(
            "INSERT INTO attachments (id, blob_id, owner_id, name, media_type, size, created_at, library_id)
             SELECT $1, blob_id, $2, $3, media_type, size, $4, library_id FROM attachments WHERE id = $5",
        )
        .bind(id.0)
        .bind(owner.0)
        .bind(store.vault().seal_text(name_of(id), &file.name)?)
        .bind(now.0)
        .bind(file.id.0)
        .execute(&mut **tx)
        .await?
        .rows_affected();
        found((0 < rows).then_some(()), Noun::Attachment)?;
        copies.push(Attachment { id, ..file.clone() });
    }
    Ok(copies)
}

/// Gives a message the same files as another one, without keeping their contents twice.
///
/// # Errors
/// Fails when the database fails.
pub async fn copy(store: &Store, tx: &mut Tx, from: MessageId, to: MessageId, owner: UserId, now: Moment) -> Result<(), Error> {
    for (place, file) in of_message(store, tx, from).await?.into_iter().enumerate() {
        let id = AttachmentId(next_id(tx, "attachments").await?);
        sqlx::query(
            "INSERT INTO attachments (id, blob_id, owner_id, message_id, place, name, media_type, size, created_at, library_id)
             SELECT $1, blob_id, $2, $3, $4, $5, media_type, size, $6, library_id FROM attachments WHERE id = $7",
        )
        .bind(id.0)
        .bind(owner.0)
        .bind(to.0)
        .bind(place as i64)
        .bind(store.vault().seal_text(name_of(id), &file.name)?)
        .bind(now.0)
        .bind(file.id.0)
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
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

/// Takes the files away that a message alone carries.
///
/// # Errors
/// Fails when the database fails.
pub async fn drop_own(tx: &mut Tx, message: MessageId) -> Result<(), Error> {
    sqlx::query("DELETE FROM attachments WHERE message_id = $1").bind(message.0).execute(&mut **tx).await?;
    Ok(())
}

/// The total size in bytes of these files.
///
/// # Errors
/// Fails when the database fails.
pub async fn total_size(connection: &mut SqliteConnection, message: MessageId) -> Result<u64, Error> {
    let size: i64 = sqlx::query_scalar("SELECT coalesce(sum(size), 0) FROM attachments WHERE message_id = $1")
        .bind(message.0)
        .fetch_one(connection)
        .await?;
    Ok(size as u64)
}

/// A file of a message with its content.
///
/// # Errors
/// Refuses when the message has no such file; names a damaged one.
pub async fn content(
    store: &Store,
    connection: &mut SqliteConnection,
    message: MessageId,
    id: AttachmentId,
) -> Result<(Attachment, Vec<u8>), Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, name, media_type, size FROM attachments
         WHERE id = $1 AND (message_id = $2 OR content_id = (SELECT files_id FROM messages WHERE id = $2))",
    )
    .bind(id.0)
    .bind(message.0)
    .fetch_optional(&mut *connection)
    .await?;
    let file = attachment(store, found(row, Noun::Attachment)?)?;
    let (blob, sealed): (i64, Vec<u8>) =
        sqlx::query_as("SELECT b.id, b.content FROM attachments a JOIN blobs b ON b.id = a.blob_id WHERE a.id = $1")
            .bind(id.0)
            .fetch_one(connection)
            .await?;
    Ok((file, store.vault().open_value(blob_at(blob), &sealed)?))
}

/// Deletes files that were uploaded before `before` and never used, and contents that nothing points to; tells how many files went.
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
    sqlx::query(
        "DELETE FROM blobs
         WHERE NOT EXISTS (SELECT 1 FROM attachments WHERE blob_id = blobs.id)
           AND NOT EXISTS (SELECT 1 FROM library WHERE blob_id = blobs.id)",
    )
    .execute(&mut **tx)
    .await?;
    Ok(rows)
}

/// Deletes those of these contents that nothing points to any more.
pub(crate) async fn collect(tx: &mut Tx, blobs: &[i64]) -> Result<(), Error> {
    sqlx::query(
        "DELETE FROM blobs
         WHERE id IN (SELECT value FROM json_each($1))
           AND NOT EXISTS (SELECT 1 FROM attachments WHERE blob_id = blobs.id)
           AND NOT EXISTS (SELECT 1 FROM library WHERE blob_id = blobs.id)",
    )
    .bind(serde_json::to_string(blobs)?)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Opens every content and answers a sentence for each damaged one.
///
/// # Errors
/// Fails when the database fails.
pub async fn damaged(store: &Store) -> Result<Vec<String>, Error> {
    let (mut faults, mut last) = (Vec::new(), 0_i64);
    let mut reader = store.read().await?;
    loop {
        let row: Option<(i64, Vec<u8>)> = sqlx::query_as("SELECT id, content FROM blobs WHERE id > $1 ORDER BY id LIMIT 1")
            .bind(last)
            .fetch_optional(&mut *reader)
            .await?;
        let Some((id, sealed)) = row else { return Ok(faults) };
        if let Err(error) = store.vault().open_value(blob_at(id), &sealed) {
            faults.push(error.to_string());
        }
        last = id;
    }
}

fn attachment(store: &Store, row: Row) -> Result<Attachment, Error> {
    let id = AttachmentId(row.id);
    let name = store.vault().open_text(name_of(id), &row.name)?;
    Ok(Attachment { id, name, media_type: row.media_type, size: row.size as u64 })
}

pub(crate) fn name_of(id: AttachmentId) -> Place {
    Place { table: "attachments", column: "name", row: id.0 }
}

fn blob_at(id: i64) -> Place {
    Place { table: "blobs", column: "content", row: id }
}
