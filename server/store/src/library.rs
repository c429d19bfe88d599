//! The library: files and pictures that templates and messages share.

mod list;
mod uses;

use model::library::{LibraryKind, named};
use model::{Attachment, AttachmentId, LibraryDraft, LibraryId, LibraryItem, Moment, Noun, Refusal, UserId, collate};
use sqlx::SqliteConnection;

use crate::Store;
use crate::attachments::name_of;
use crate::blobs;
use crate::db::next_id;
use crate::error::{Error, found, moved};
use crate::tx::Tx;
use crate::vault::Place;

pub use list::{folders, page};
pub use uses::{uses, uses_of};

/// The content of a file and what was told from it.
pub struct Content<'a> {
    /// What it is.
    pub kind: LibraryKind,
    /// Its media type.
    pub media_type: &'a str,
    /// The ending of its name.
    pub ending: &'a str,
    /// Its bytes, as they have come.
    pub bytes: blobs::Arriving,
    /// A small picture of it.
    pub thumbnail: Option<&'a [u8]>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    name: String,
    folder: String,
    media_type: String,
    size: i64,
    width: i64,
    height: i64,
    version: i64,
    revision: i64,
    changed_by: String,
    updated_at: i64,
}

/// Finds a file.
///
/// # Errors
/// Refuses when there is none.
pub async fn by_id(connection: &mut SqliteConnection, id: LibraryId) -> Result<LibraryItem, Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT l.id, l.name, l.folder, l.media_type, l.size, l.width, l.height, l.version, l.revision, u.name AS changed_by, l.updated_at
         FROM library l JOIN users u ON u.id = l.changed_by
         WHERE l.id = $1",
    )
    .bind(id.0)
    .fetch_optional(connection)
    .await?;
    Ok(item(found(row, Noun::Library)?))
}

/// Puts a file into the library.
///
/// # Errors
/// Fails when the database fails.
pub async fn add(
    store: &Store,
    tx: &mut Tx,
    draft: &LibraryDraft,
    content: Content<'_>,
    by: UserId,
    now: Moment,
) -> Result<LibraryId, Error> {
    let id = LibraryId(next_id(tx, "library").await?);
    let name = named(&draft.name, content.ending);
    let size = content.bytes.size();
    let blob = content.bytes.finish(store, tx, now).await?;
    let (width, height) = pixels(content.kind);
    sqlx::query(
        "INSERT INTO library (id, blob_id, name, sort_name, words, folder, folded_folder, media_type, size, width, height, thumbnail,
                              changed_by, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14)",
    )
    .bind(id.0)
    .bind(blob)
    .bind(&name)
    .bind(collate::key(&name))
    .bind(crate::contacts::words::of(&name))
    .bind(draft.folder.trim())
    .bind(model::fold::fold(draft.folder.trim()))
    .bind(content.media_type)
    .bind(size as i64)
    .bind(width)
    .bind(height)
    .bind(sealed(store, id, content.thumbnail)?)
    .bind(by.0)
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    Ok(id)
}

/// Changes name and folder, unless somebody else has changed something since that revision.
///
/// # Errors
/// Refuses a stale revision.
pub async fn change(
    tx: &mut Tx,
    id: LibraryId,
    revision: i64,
    draft: &LibraryDraft,
    by: UserId,
    now: Moment,
) -> Result<(), Error> {
    let before = by_id(tx, id).await?;
    let ending = before.name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let name = named(&draft.name, ending);
    let rows = sqlx::query(
        "UPDATE library
         SET name = $3, sort_name = $4, words = $5, folder = $6, folded_folder = $7, revision = revision + 1, changed_by = $8,
             updated_at = $9
         WHERE id = $1 AND revision = $2",
    )
    .bind(id.0)
    .bind(revision)
    .bind(&name)
    .bind(collate::key(&name))
    .bind(crate::contacts::words::of(&name))
    .bind(draft.folder.trim())
    .bind(model::fold::fold(draft.folder.trim()))
    .bind(by.0)
    .bind(now.0)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    moved(rows, Noun::Library)
}

/// Gives a file another content, also in templates and drafts that use it; tells how many those are. Messages that were released keep what
/// they have.
///
/// # Errors
/// Refuses a stale revision.
pub async fn replace(
    store: &Store,
    tx: &mut Tx,
    id: LibraryId,
    revision: i64,
    content: Content<'_>,
    by: UserId,
    now: Moment,
) -> Result<u64, Error> {
    let size = content.bytes.size();
    let blob = content.bytes.finish(store, tx, now).await?;
    let before = by_id(tx, id).await?;
    let name = named(&before.name, content.ending);
    let (width, height) = pixels(content.kind);
    let rows = sqlx::query(
        "UPDATE library
         SET blob_id = $3, name = $4, sort_name = $5, words = $6, media_type = $7, size = $8, width = $9, height = $10,
             thumbnail = $11, version = version + 1, revision = revision + 1, changed_by = $12, updated_at = $13
         WHERE id = $1 AND revision = $2",
    )
    .bind(id.0)
    .bind(revision)
    .bind(blob)
    .bind(&name)
    .bind(collate::key(&name))
    .bind(crate::contacts::words::of(&name))
    .bind(content.media_type)
    .bind(size as i64)
    .bind(width)
    .bind(height)
    .bind(sealed(store, id, content.thumbnail)?)
    .bind(by.0)
    .bind(now.0)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    moved(rows, Noun::Library)?;
    follow(store, tx, id, (blob, size), &name, (content.kind, content.media_type)).await
}

/// Changes what templates, drafts and campaigns took from a file; what was prepared stays.
async fn follow(
    store: &Store,
    tx: &mut Tx,
    id: LibraryId,
    (blob, size): (i64, u64),
    name: &str,
    (kind, media_type): (LibraryKind, &str),
) -> Result<u64, Error> {
    // The few templates and drafts lead, never the many messages that left; the plus keeps the index of the library out.
    let files: Vec<i64> = sqlx::query_scalar(
        "SELECT a.id FROM templates t CROSS JOIN attachments a WHERE a.template_id = t.id AND +a.library_id = $1
         UNION ALL
         SELECT a.id FROM messages m CROSS JOIN attachments a
         WHERE m.state = 'draft' AND a.message_id = m.id AND +a.library_id = $1
         UNION ALL
         SELECT a.id FROM attachments a WHERE a.campaign_id IS NOT NULL AND +a.library_id = $1",
    )
    .bind(id.0)
    .fetch_all(&mut **tx)
    .await?;
    // The text of a mail calls its pictures by their names, so those stay.
    let is_picture = kind.is_picture();
    for file in &files {
        let name = (!is_picture).then(|| store.vault().seal_text(name_of(AttachmentId(*file)), name)).transpose()?;
        sqlx::query("UPDATE attachments SET blob_id = $2, name = coalesce($3, name), media_type = $4, size = $5 WHERE id = $1")
            .bind(file)
            .bind(blob)
            .bind(name)
            .bind(media_type)
            .bind(size as i64)
            .execute(&mut **tx)
            .await?;
    }
    Ok(files.len() as u64)
}

/// Takes a file out of the library. What was taken from it before stays where it is.
///
/// # Errors
/// Refuses when there is none, or when templates or drafts use it.
pub async fn delete(tx: &mut Tx, id: LibraryId) -> Result<(), Error> {
    if uses_of(tx, id).await?.is_in_use() {
        return Err(Refusal::InUse(Noun::Library).into());
    }
    let rows = sqlx::query("DELETE FROM library WHERE id = $1").bind(id.0).execute(&mut **tx).await?.rows_affected();
    found((0 < rows).then_some(()), Noun::Library)
}

/// Makes a loose file for somebody out of one of the library, without keeping the content twice. A picture gets a name that no other
/// file has, because texts call it by that.
///
/// # Errors
/// Refuses when there is none.
pub async fn take(store: &Store, tx: &mut Tx, id: LibraryId, owner: UserId, now: Moment) -> Result<Attachment, Error> {
    let item = by_id(tx, id).await?;
    let file = AttachmentId(next_id(tx, "attachments").await?);
    let name = match (item.kind.is_picture(), item.name.rsplit_once('.')) {
        (true, Some((stem, ending))) => format!("{stem}-{file}.{ending}"),
        _ => item.name,
    };
    sqlx::query(
        "INSERT INTO attachments (id, blob_id, owner_id, name, media_type, size, created_at, library_id)
         SELECT $1, blob_id, $2, $3, media_type, size, $4, id FROM library WHERE id = $5",
    )
    .bind(file.0)
    .bind(owner.0)
    .bind(store.vault().seal_text(name_of(file), &name)?)
    .bind(now.0)
    .bind(id.0)
    .execute(&mut **tx)
    .await?;
    Ok(Attachment { id: file, name, media_type: item.media_type, size: item.size })
}

/// A file, and its content piece by piece.
///
/// # Errors
/// Refuses when there is none.
pub async fn open(connection: &mut SqliteConnection, id: LibraryId) -> Result<(LibraryItem, blobs::Content), Error> {
    let item = by_id(connection, id).await?;
    let blob: i64 =
        sqlx::query_scalar("SELECT blob_id FROM library WHERE id = $1").bind(id.0).fetch_one(&mut *connection).await?;
    let content = blobs::Content::new(blob, item.size);
    Ok((item, content))
}

/// The small picture of a picture.
///
/// # Errors
/// Refuses when there is none; names a damaged one.
pub async fn thumbnail(store: &Store, connection: &mut SqliteConnection, id: LibraryId) -> Result<Vec<u8>, Error> {
    let sealed: Option<Vec<u8>> = sqlx::query_scalar("SELECT thumbnail FROM library WHERE id = $1 AND thumbnail IS NOT NULL")
        .bind(id.0)
        .fetch_optional(connection)
        .await?;
    store.vault().open_value(thumbnail_of(id), &found(sealed, Noun::Library)?)
}

fn sealed(store: &Store, id: LibraryId, thumbnail: Option<&[u8]>) -> Result<Option<Vec<u8>>, Error> {
    thumbnail.map(|it| store.vault().seal(thumbnail_of(id), it)).transpose()
}

fn thumbnail_of(id: LibraryId) -> Place {
    Place { table: "library", column: "thumbnail", row: id.0 }
}

fn pixels(kind: LibraryKind) -> (i64, i64) {
    match kind {
        LibraryKind::Picture { width, height } => (width.into(), height.into()),
        LibraryKind::File => (0, 0),
    }
}

fn item(row: Row) -> LibraryItem {
    let pixels = |it: i64| u32::try_from(it).unwrap_or_default();
    let kind = match (pixels(row.width), pixels(row.height)) {
        (0, _) => LibraryKind::File,
        (width, height) => LibraryKind::Picture { width, height },
    };
    LibraryItem {
        id: LibraryId(row.id),
        name: row.name,
        folder: row.folder,
        kind,
        media_type: row.media_type,
        size: row.size.max(0) as u64,
        revision: row.revision,
        version: pixels(row.version),
        changed_by: row.changed_by,
        updated_at: Moment(row.updated_at),
    }
}
