//! What befalls the file: no room left, somebody else who locks it, the current that fails.

use std::fs;
use std::path::Path;

use model::MessageId;
use sqlx::{Connection, SqliteConnection};
use store::{Error, Store, search_jobs};

use crate::scratch::Scratch;

async fn put(store: &Store, n: i64) -> Result<(), Error> {
    let mut tx = store.write().await?;
    search_jobs::add(&mut tx, MessageId(n)).await?;
    tx.commit().await
}

async fn kept(store: &Store) -> Vec<i64> {
    let mut reader = store.read().await.unwrap();
    search_jobs::after(&mut reader, 0, 100_000).await.unwrap().into_iter().map(|it| it.1.0).collect()
}

/// How many pages the database may have.
async fn allow_pages(store: &Store, sql: &'static str) {
    let mut tx = store.write().await.unwrap();
    sqlx::query(sql).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
}

async fn stranger(scratch: &Scratch) -> SqliteConnection {
    let file = scratch.folder.path().join("posel.db");
    SqliteConnection::connect(&format!("sqlite:{}", file.display())).await.unwrap()
}

#[tokio::test]
async fn what_does_not_fit_on_the_disk_is_refused_and_nothing_else_is_lost() {
    let scratch = Scratch::new().await;
    put(&scratch.store, 1).await.unwrap();
    // SQLite says the same when a database may not grow as when the disk is full.
    allow_pages(&scratch.store, "PRAGMA max_page_count = 1").await;
    let many: Vec<MessageId> = (2..50_000).map(MessageId).collect();
    let mut tx = scratch.tx().await;
    assert!(search_jobs::add_many(&mut tx, &many).await.is_err());
    drop(tx);
    assert_eq!(kept(&scratch.store).await, [1]);
    allow_pages(&scratch.store, "PRAGMA max_page_count = 1000000").await;
    let mut tx = scratch.tx().await;
    search_jobs::add_many(&mut tx, &many).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(kept(&scratch.store).await.len(), 49_999);
    assert_eq!(scratch.store.check().await.unwrap(), Vec::<String>::new());
}

#[tokio::test]
async fn a_copy_that_is_read_for_long_holds_no_writer_up() {
    let scratch = Scratch::new().await;
    put(&scratch.store, 1).await.unwrap();
    let mut backup = stranger(&scratch).await;
    let mut reading = backup.begin().await.unwrap();
    let count = async |reading: &mut SqliteConnection| -> i64 {
        sqlx::query_scalar("SELECT count(*) FROM search_jobs").fetch_one(reading).await.unwrap()
    };
    assert_eq!(count(&mut reading).await, 1);
    for n in 2..=50 {
        put(&scratch.store, n).await.unwrap();
    }
    assert_eq!(count(&mut reading).await, 1, "whoever reads sees one moment");
    assert_eq!(kept(&scratch.store).await.len(), 50);
}

#[tokio::test]
async fn a_writer_waits_for_whoever_has_locked_the_file() {
    let scratch = Scratch::new().await;
    let mut other = stranger(&scratch).await;
    sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    let store = scratch.store.clone();
    let waiting = tokio::spawn(async move { put(&store, 1).await });
    sqlx::query("INSERT INTO search_jobs (message_id) VALUES (7)").execute(&mut other).await.unwrap();
    assert_eq!(kept(&scratch.store).await, Vec::<i64>::new());
    sqlx::query("COMMIT").execute(&mut other).await.unwrap();
    waiting.await.unwrap().unwrap();
    assert_eq!(kept(&scratch.store).await, [7, 1]);
}

/// What a disk holds when the current fails: the file, and of its log as much as had arrived.
fn image(from: &Path, to: &Path, length: usize) {
    fs::create_dir(to).unwrap();
    fs::copy(from.join("posel.db"), to.join("posel.db")).unwrap();
    let log = fs::read(from.join("posel.db-wal")).unwrap();
    fs::write(to.join("posel.db-wal"), &log[..length]).unwrap();
}

#[tokio::test]
async fn after_a_loss_of_power_at_any_moment_all_commits_up_to_one_are_there() {
    let mut scratch = Scratch::new().await;
    scratch.reopen().await;
    for n in 1..=12 {
        put(&scratch.store, n).await.unwrap();
    }
    let folder = scratch.folder.path();
    let whole = fs::metadata(folder.join("posel.db-wal")).unwrap().len() as usize;
    let mut seen = Vec::new();
    for part in 0..=24 {
        let cut = folder.join(format!("cut{part}"));
        image(folder, &cut, whole * part / 24);
        let store = Store::open(&cut.join("posel.db"), &scratch.key).await.unwrap();
        let kept = kept(&store).await;
        assert_eq!(kept, (1..=kept.len() as i64).collect::<Vec<_>>());
        assert_eq!(store.check().await.unwrap(), Vec::<String>::new());
        seen.push(kept.len());
        store.close().await;
    }
    assert!(seen.is_sorted() && seen.first() == Some(&0) && seen.last() == Some(&12), "{seen:?}");
}
