//! The mark beside the database: it tells a copy that was put back from everything else.

use std::fs;
use std::path::Path;

use model::{MessageId, Moment};
use sqlx::{Connection, SqliteConnection};
use store::{put_back, search_jobs};

use crate::scratch::{NOW, Scratch, capture, prepared, writer};

async fn used() -> Scratch {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let jana = writer(&mut tx, "jana@firma.sk").await;
    let account = capture(&mut tx).await;
    prepared(&scratch, &mut tx, jana, account, "eva@example.sk", "Ponuka", NOW).await;
    tx.commit().await.unwrap();
    scratch
}

async fn write(scratch: &Scratch) {
    let mut tx = scratch.tx().await;
    search_jobs::add(&mut tx, MessageId(1)).await.unwrap();
    tx.commit().await.unwrap();
}

async fn is_put_back(scratch: &Scratch) -> bool {
    put_back::is_undecided(&mut scratch.store.read().await.unwrap()).await.unwrap()
}

/// Makes a copy beside the server that runs, as a backup does.
async fn copy(scratch: &Scratch, to: &Path) {
    let file = scratch.folder.path().join("posel.db");
    let mut other = SqliteConnection::connect(&format!("sqlite:{}", file.display())).await.unwrap();
    sqlx::query("VACUUM INTO $1").bind(to.to_str().unwrap()).execute(&mut other).await.unwrap();
    other.close().await.unwrap();
}

/// Puts a copy in the place of the database that was closed.
async fn put(scratch: &mut Scratch, copy: &Path) {
    scratch.store.close().await;
    for name in ["posel.db-wal", "posel.db-shm"] {
        let _gone = fs::remove_file(scratch.folder.path().join(name));
    }
    fs::copy(copy, scratch.folder.path().join("posel.db")).unwrap();
    scratch.reopen().await;
}

#[tokio::test]
async fn a_copy_is_noticed_when_anything_was_written_since_and_only_then() {
    let mut scratch = used().await;
    let file = scratch.folder.path().join("copy");
    copy(&scratch, &file).await;
    put(&mut scratch, &file).await;
    assert!(!is_put_back(&scratch).await);
    write(&scratch).await;
    put(&mut scratch, &file).await;
    assert!(is_put_back(&scratch).await);
    // It stays so over restarts until somebody has decided; then the same copy is noticed once more.
    scratch.reopen().await;
    let it = put_back::get(&mut scratch.store.read().await.unwrap(), NOW).await.unwrap().unwrap();
    assert_eq!((it.left_since, it.waiting, it.made_at), (Some(0), 0, Moment(0)));
    let mut tx = scratch.tx().await;
    put_back::end(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
    scratch.reopen().await;
    assert!(!is_put_back(&scratch).await);
    put(&mut scratch, &file).await;
    assert!(is_put_back(&scratch).await);
}

#[tokio::test]
async fn a_transaction_that_changed_nothing_is_not_counted() {
    let scratch = used().await;
    let mark = || fs::read_to_string(scratch.folder.path().join("posel.mark")).unwrap();
    write(&scratch).await;
    let before = mark();
    scratch.tx().await.commit().await.unwrap();
    drop(scratch.tx().await);
    scratch.tx().await.commit().await.unwrap();
    assert_eq!(mark(), before);
    write(&scratch).await;
    let after = mark();
    assert!(after != before && after.len() == before.len());
}

#[tokio::test]
async fn a_database_that_comes_from_before_there_were_marks_is_no_copy() {
    let mut scratch = used().await;
    scratch.store.close().await;
    let file = scratch.folder.path().join("posel.db");
    let mut other = SqliteConnection::connect(&format!("sqlite:{}", file.display())).await.unwrap();
    sqlx::query("UPDATE lineage SET commits = 0").execute(&mut other).await.unwrap();
    other.close().await.unwrap();
    fs::remove_file(scratch.folder.path().join("posel.mark")).unwrap();
    scratch.reopen().await;
    assert!(!is_put_back(&scratch).await);
}
