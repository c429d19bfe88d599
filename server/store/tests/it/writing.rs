//! Transactions: common commits, abandoned ones, and what survives a crash.

use std::future::poll_fn;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;

use model::{Deed, UserId};
use sqlx::Connection;
use store::{Error, MasterKey, Store, audit, company, search_jobs};

use crate::scratch::{NOW, Scratch, writer};

#[tokio::test]
async fn what_is_not_committed_leaves_nothing_behind() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    search_jobs::add(&mut tx, model::MessageId(1)).await.unwrap();
    drop(tx);
    let mut tx = scratch.tx().await;
    search_jobs::add(&mut tx, model::MessageId(2)).await.unwrap();
    tx.commit().await.unwrap();
    let mut reader = scratch.store.read().await.unwrap();
    let jobs = search_jobs::after(&mut reader, 0, 10).await.unwrap();
    assert_eq!(jobs.iter().map(|it| it.1.0).collect::<Vec<_>>(), [2]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_hundred_writers_at_once_all_become_durable_and_an_abandoned_one_among_them_harms_none() {
    let mut scratch = Scratch::new().await;
    let abandoned = std::sync::Arc::new(AtomicUsize::new(0));
    let mut writers = tokio::task::JoinSet::new();
    for n in 0..100 {
        let (store, abandoned) = (scratch.store.clone(), abandoned.clone());
        writers.spawn(async move {
            let mut tx = store.write().await.unwrap();
            search_jobs::add(&mut tx, model::MessageId(n)).await.unwrap();
            if n % 10 == 3 {
                abandoned.fetch_add(1, Ordering::SeqCst);
            } else {
                tx.commit().await.unwrap();
            }
        });
    }
    while let Some(joined) = writers.join_next().await {
        joined.unwrap();
    }
    scratch.reopen().await;
    let mut reader = scratch.store.read().await.unwrap();
    let jobs = search_jobs::after(&mut reader, 0, 1_000).await.unwrap();
    assert_eq!(jobs.len() + abandoned.load(Ordering::SeqCst), 100);
    assert!(jobs.iter().all(|it| it.1.0 % 10 != 3));
}

#[tokio::test]
async fn whoever_stops_waiting_at_whatever_moment_harms_no_other_writer() {
    let scratch = Scratch::new().await;
    for n_polls in 0..60 {
        let store = scratch.store.clone();
        let mut going = Box::pin(async move {
            let mut tx = store.write().await?;
            search_jobs::add(&mut tx, model::MessageId(0)).await?;
            tx.commit().await
        });
        for _ in 0..n_polls {
            if poll_fn(|cx| Poll::Ready(going.as_mut().poll(cx).is_ready())).await {
                break;
            }
            tokio::task::yield_now().await;
        }
        drop(going);
        let mut tx = scratch.tx().await;
        search_jobs::add(&mut tx, model::MessageId(1 + n_polls)).await.unwrap();
        tx.commit().await.unwrap();
    }
    let mut reader = scratch.store.read().await.unwrap();
    let jobs = search_jobs::after(&mut reader, 0, 1_000).await.unwrap();
    let of_others: Vec<i64> = jobs.iter().map(|it| it.1.0).filter(|it| *it != 0).collect();
    assert_eq!(of_others, (1..=60).collect::<Vec<_>>());
}

#[tokio::test]
async fn another_key_is_refused_and_the_right_one_still_fits() {
    let mut scratch = Scratch::new().await;
    scratch.store.close().await;
    let file = scratch.folder.path().join("posel.db");
    let refused = Store::open(&file, &MasterKey::generate().unwrap()).await;
    assert!(matches!(refused, Err(Error::WrongKey)));
    scratch.reopen().await;
    assert_eq!(scratch.store.check().await.unwrap(), Vec::<String>::new());
}

#[tokio::test]
async fn a_newer_schema_is_refused() {
    let scratch = Scratch::new().await;
    scratch.store.close().await;
    let file = scratch.folder.path().join("posel.db");
    let mut raw = sqlx::SqliteConnection::connect(&format!("sqlite://{}", file.display())).await.unwrap();
    sqlx::query(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (9999, 'x', 1, x'00', 0)",
    )
    .execute(&mut raw)
    .await
    .unwrap();
    raw.close().await.unwrap();
    assert!(matches!(Store::open(&file, &scratch.key).await, Err(Error::NewerSchema)));
}

#[tokio::test]
async fn a_reader_cannot_write() {
    let scratch = Scratch::new().await;
    let mut reader = scratch.store.read().await.unwrap();
    let tried = sqlx::query("DELETE FROM audit").execute(&mut *reader).await;
    assert!(tried.unwrap_err().to_string().contains("readonly"));
    assert_eq!(company::get(&mut reader).await.unwrap(), None);
}

#[tokio::test]
async fn the_action_log_names_the_first_entry_that_was_changed_or_taken_out() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let jana: UserId = writer(&mut tx, "jana@firma.sk").await;
    for _ in 0..5 {
        audit::write(&mut tx, jana, "192.0.2.1", &Deed::SignedIn, NOW).await.unwrap();
    }
    assert_eq!(audit::first_broken(&mut tx).await.unwrap(), None);
    tx.commit().await.unwrap();

    for (harm, first) in [
        ("UPDATE audit SET network = '192.0.2.9' WHERE id = 3", 3),
        ("DELETE FROM audit WHERE id = 2", 2),
        ("DELETE FROM audit WHERE id = 5", 5),
    ] {
        let mut tx = scratch.tx().await;
        sqlx::raw_sql(harm).execute(&mut *tx).await.unwrap();
        assert_eq!(audit::first_broken(&mut tx).await.unwrap().map(|it| it.0), Some(first), "{harm}");
    }
}
