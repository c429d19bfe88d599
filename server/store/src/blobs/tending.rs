//! What is done with contents beside keeping and opening them: dividing what was kept whole, sweeping, looking for damage.

use model::Moment;
use sqlx::SqliteConnection;

use super::{CHUNKS, Content, chunk_id, whole};
use crate::Store;
use crate::chunks::PIECE;
use crate::error::Error;
use crate::tx::Tx;

/// Divides the next content that is kept whole into pieces; false when there is none.
///
/// # Errors
/// Names a damaged one.
pub async fn divide_next(store: &Store, tx: &mut Tx, behind: &mut i64) -> Result<bool, Error> {
    let next: Option<i64> = sqlx::query_scalar("SELECT id FROM blobs WHERE id > $1 AND length(content) > 0 ORDER BY id LIMIT 1")
        .bind(*behind)
        .fetch_optional(&mut **tx)
        .await?;
    let Some(blob) = next else { return Ok(false) };
    *behind = blob;
    let content = whole(store, tx, blob).await?.unwrap_or_default();
    // One without bytes is one piece without bytes.
    let pieces = content.chunks(PIECE).count().max(1);
    for n in 0..pieces {
        let piece = content.chunks(PIECE).nth(n).unwrap_or_default();
        let id = chunk_id(blob, n as i64, n + 1 == pieces);
        CHUNKS.put(store, tx, id, (blob, (n * PIECE) as u64), piece).await?;
    }
    sqlx::query("UPDATE blobs SET content = x'' WHERE id = $1").bind(blob).execute(&mut **tx).await?;
    Ok(true)
}

/// Deletes contents that nothing points to, and those that began to come in before that moment and never came whole.
pub(crate) async fn sweep(tx: &mut Tx, before: Moment) -> Result<(), Error> {
    sqlx::query(
        "DELETE FROM blobs
         WHERE NOT EXISTS (SELECT 1 FROM attachments WHERE blob_id = blobs.id)
           AND NOT EXISTS (SELECT 1 FROM library WHERE blob_id = blobs.id)
           AND coalesce(arriving_at < $1, 1)",
    )
    .bind(before.0)
    .execute(&mut **tx)
    .await?;
    Ok(())
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

/// Goes through every content that something carries, and answers a sentence for each that is damaged or gone, with what carries it.
///
/// # Errors
/// Fails when the database fails.
pub async fn damaged(store: &Store) -> Result<Vec<String>, Error> {
    let (mut faults, mut last) = (Vec::new(), i64::MIN);
    let mut reader = store.read().await?;
    loop {
        // The contents as they are pointed to: one that is gone is missed only by whoever carries it.
        let next: Option<(i64, i64)> = sqlx::query_as(
            "SELECT blob_id, size FROM (
                 SELECT * FROM (SELECT blob_id, size FROM attachments WHERE blob_id > $1 ORDER BY blob_id LIMIT 1)
                 UNION ALL
                 SELECT * FROM (SELECT blob_id, size FROM library WHERE blob_id > $1 ORDER BY blob_id LIMIT 1))
             ORDER BY blob_id LIMIT 1",
        )
        .bind(last)
        .fetch_optional(&mut *reader)
        .await?;
        let Some((blob, size)) = next else { return Ok(faults) };
        match Content::new(blob, size as u64).verify(store, &mut reader).await {
            Ok(()) => {}
            Err(error @ Error::Damaged { .. }) => faults.push(format!("{error}{}", carriers(&mut reader, blob).await?)),
            Err(error) => return Err(error),
        }
        last = blob;
    }
}

/// Who carries a content, in words.
async fn carriers(connection: &mut SqliteConnection, blob: i64) -> Result<String, Error> {
    let files: String = sqlx::query_scalar(
        "SELECT coalesce(group_concat(it, ', '), '') FROM (
             SELECT 'message ' || message_id AS it FROM attachments WHERE blob_id = $1 AND message_id IS NOT NULL
             UNION SELECT 'template ' || template_id FROM attachments WHERE blob_id = $1 AND template_id IS NOT NULL
             UNION SELECT 'campaign ' || coalesce(a.campaign_id, c.campaign_id)
                   FROM attachments a LEFT JOIN campaign_contents c ON c.id = a.content_id
                   WHERE a.blob_id = $1 AND (a.campaign_id IS NOT NULL OR c.campaign_id IS NOT NULL)
             UNION SELECT 'file ' || id || ' of the library' FROM library WHERE blob_id = $1
             LIMIT 20)",
    )
    .bind(blob)
    .fetch_one(connection)
    .await?;
    if files.is_empty() {
        return Ok(files);
    }
    let words = format!(" (carried by {files})");
    Ok(words)
}
