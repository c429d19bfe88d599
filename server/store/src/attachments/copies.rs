//! Files that are carried once more, without keeping their contents twice.

use model::{Attachment, AttachmentId, MessageId, Moment, Noun, UserId};

use super::{name_of, of_message};
use crate::Store;
use crate::db::next_id;
use crate::error::{Error, found};
use crate::tx::Tx;

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
