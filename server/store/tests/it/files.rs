//! Contents of files: in pieces, once, and never changed unnoticed.

use model::{Attachment, UserId};
use sqlx::{Connection, SqliteConnection};
use store::blobs::{self, Arriving};
use store::{Error, PIECE, attachments};

use crate::scratch::{NOW, Scratch, writer};

/// Bytes of which no piece is like another.
fn bytes(n: usize) -> Vec<u8> {
    (0..n).map(|at| (at ^ (at >> 8) ^ (at >> 16)) as u8).collect()
}

async fn kept(scratch: &Scratch, owner: UserId, content: &[u8]) -> Attachment {
    let mut tx = scratch.tx().await;
    let file = attachments::put(&scratch.store, &mut tx, owner, "a.bin", "x/y", content, NOW).await.unwrap();
    tx.commit().await.unwrap();
    file
}

async fn opened(scratch: &Scratch, file: &Attachment) -> Result<Vec<u8>, Error> {
    let mut reader = scratch.store.read().await.unwrap();
    let content = attachments::content(&mut reader, file.id).await?;
    content.whole(&scratch.store, &mut reader).await
}

async fn count(scratch: &Scratch, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(&mut *scratch.store.read().await.unwrap()).await.unwrap()
}

/// Runs statements past the store, as somebody with the file in their hands does.
async fn meddle(scratch: &Scratch, sql: &'static str) {
    let file = scratch.folder.path().join("posel.db");
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file).foreign_keys(false);
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

#[tokio::test]
async fn a_content_of_any_length_comes_out_as_it_went_in() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let jana = writer(&mut tx, "jana@firma.sk").await;
    tx.commit().await.unwrap();
    for n in [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 5] {
        let content = bytes(n);
        let file = kept(&scratch, jana, &content).await;
        assert_eq!(file.size, n as u64);
        assert!(opened(&scratch, &file).await.unwrap() == content, "{n}");
    }
    let largest = count(&scratch, "SELECT max(length(content)) FROM blob_chunks").await;
    assert!(largest < PIECE as i64 + 100, "{largest}");
    assert!(blobs::damaged(&scratch.store).await.unwrap().is_empty());
}

#[tokio::test]
async fn one_content_that_comes_in_twice_at_the_same_time_is_kept_once() {
    let scratch = Scratch::new().await;
    let store = &scratch.store;
    let mut tx = scratch.tx().await;
    let jana = writer(&mut tx, "jana@firma.sk").await;
    let content = bytes(2 * PIECE + 1);
    let (mut one, mut other) = (Arriving::new(store), Arriving::new(store));
    for piece in content.chunks(PIECE) {
        one.put(store, &mut tx, piece.to_vec(), NOW).await.unwrap();
        other.put(store, &mut tx, piece.to_vec(), NOW).await.unwrap();
    }
    let mut files = Vec::new();
    for arriving in [one, other] {
        files.push(attachments::arrived(store, &mut tx, jana, "a.bin", "x/y", arriving, NOW).await.unwrap());
    }
    tx.commit().await.unwrap();
    assert_eq!(count(&scratch, "SELECT count(*) FROM blobs").await, 1);
    assert_eq!(count(&scratch, "SELECT count(*) FROM blob_chunks").await, 3);
    for file in files {
        assert!(opened(&scratch, &file).await.unwrap() == content);
    }
}

#[tokio::test]
async fn what_came_half_is_swept_out_and_what_still_comes_stays() {
    let scratch = Scratch::new().await;
    let store = &scratch.store;
    for at in [NOW, NOW.plus(10)] {
        let mut tx = scratch.tx().await;
        let mut arriving = Arriving::new(store);
        for piece in bytes(2 * PIECE).chunks(PIECE) {
            arriving.put(store, &mut tx, piece.to_vec(), at).await.unwrap();
        }
        tx.commit().await.unwrap();
    }
    let mut tx = scratch.tx().await;
    attachments::sweep(&mut tx, NOW.plus(5)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(count(&scratch, "SELECT count(*) FROM blobs").await, 1);
    assert_eq!(count(&scratch, "SELECT count(*) FROM blob_chunks").await, 1);
    assert_eq!(count(&scratch, "SELECT min(arriving_at) FROM blobs").await, NOW.plus(10).0);
}

#[tokio::test]
async fn no_piece_is_changed_cut_off_doubled_or_put_elsewhere_unnoticed() {
    for meddling in [
        "UPDATE blob_chunks SET content = CAST(substr(content, 1, 90) || x'0102' || substr(content, 93) AS BLOB)
         WHERE start = 0 AND blob_id = 1",
        "DELETE FROM blob_chunks WHERE blob_id = 1 AND id & 1 = 1",
        "DELETE FROM blob_chunks WHERE blob_id = 1 AND start = 0",
        "DELETE FROM blob_chunks WHERE blob_id = 1",
        // The second piece as the last one.
        "DELETE FROM blob_chunks WHERE blob_id = 1 AND id & 1 = 1;
         UPDATE blob_chunks SET id = id | 1 WHERE blob_id = 1 AND 0 < start",
        // The first two in each other's places, by what they say and by what they are.
        "UPDATE blob_chunks SET start = -1 WHERE blob_id = 1 AND start = 0;
         UPDATE blob_chunks SET start = 0 WHERE blob_id = 1 AND start = (SELECT min(start) FROM blob_chunks WHERE 0 < start);
         UPDATE blob_chunks SET start = (SELECT start FROM blob_chunks WHERE blob_id = 2 AND (id & 8388607) = 2) WHERE start = -1",
        "UPDATE blob_chunks SET content = (SELECT content FROM blob_chunks it WHERE it.blob_id = 1 AND it.start = 0)
         WHERE blob_id = 1 AND (id & 8388607) = 2",
        // A piece of another file.
        "UPDATE blob_chunks SET content = (SELECT content FROM blob_chunks it WHERE it.blob_id = 2 AND it.start = 0)
         WHERE blob_id = 1 AND start = 0",
        "UPDATE attachments SET blob_id = 3 WHERE blob_id = 1",
    ] {
        let scratch = Scratch::new().await;
        let mut tx = scratch.tx().await;
        let jana = writer(&mut tx, "jana@firma.sk").await;
        tx.commit().await.unwrap();
        let content = bytes(3 * PIECE);
        let file = kept(&scratch, jana, &content[..2 * PIECE + 9]).await;
        let other = kept(&scratch, jana, &content[1..2 * PIECE + 8]).await;
        let short = kept(&scratch, jana, &content[..PIECE]).await;
        assert!(opened(&scratch, &file).await.is_ok());
        meddle(&scratch, meddling).await;
        assert!(matches!(opened(&scratch, &file).await, Err(Error::Damaged { .. })), "{meddling}");
        assert_eq!(blobs::damaged(&scratch.store).await.unwrap().len(), 1, "{meddling}");
        assert!(opened(&scratch, &other).await.is_ok() && opened(&scratch, &short).await.is_ok(), "{meddling}");
    }
}

#[tokio::test]
async fn a_content_that_is_gone_is_named_with_whoever_carries_it() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let jana = writer(&mut tx, "jana@firma.sk").await;
    let key = store::drafts::create(&scratch.store, &mut tx, jana, model::Origin::Manual, &model::MessageDraft::default(), NOW)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let (lost, whole) = (kept(&scratch, jana, b"zmluva").await, kept(&scratch, jana, b"faktura").await);
    let mut tx = scratch.tx().await;
    attachments::add(&mut tx, key.id, jana, &[lost.id, whole.id]).await.unwrap();
    tx.commit().await.unwrap();
    meddle(&scratch, "DELETE FROM blob_chunks WHERE blob_id = 1; DELETE FROM blobs WHERE id = 1").await;
    let faults = blobs::damaged(&scratch.store).await.unwrap();
    assert_eq!(faults, [format!("blobs.content of row 1 is damaged (carried by message {})", key.id)]);
    assert!(matches!(opened(&scratch, &lost).await, Err(Error::Damaged { .. })));
    assert_eq!(opened(&scratch, &whole).await.unwrap(), b"faktura");
}
