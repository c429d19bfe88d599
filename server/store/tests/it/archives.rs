//! Files of old archives and their pieces.

use model::{ArchiveState, Noun, Refusal, time::days};
use store::{Error, archives};

use crate::scratch::{NOW, Scratch, writer};

async fn pieces(scratch: &Scratch) -> i64 {
    let mut reader = scratch.store.read().await.unwrap();
    sqlx::query_scalar("SELECT count(*) FROM archive_chunks").fetch_one(&mut *reader).await.unwrap()
}

#[tokio::test]
async fn a_file_that_nobody_needs_goes_some_pieces_at_a_time() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let author = writer(&mut tx, "jana@example.sk").await;
    let mut ids = Vec::new();
    for name in ["stopped.mbox", "forgotten.mbox", "kept.mbox"] {
        let id = archives::create(&scratch.store, &mut tx, name, author, NOW).await.unwrap();
        for _ in 0..3 {
            archives::put_chunk(&scratch.store, &mut tx, id, b"From ").await.unwrap();
        }
        ids.push(id);
    }
    archives::set_state(&mut tx, ids[0], ArchiveState::Arriving, ArchiveState::Stopped, NOW).await.unwrap();
    archives::forget(&mut tx, ids[1]).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(pieces(&scratch).await, 9, "an end takes nothing out by itself");

    let mut tx = scratch.tx().await;
    let state = archives::state(&mut tx, ids[1]).await;
    assert!(matches!(state, Err(Error::Refused(Refusal::NotFound(Noun::Import)))));
    assert_eq!(archives::list(&scratch.store, &mut tx).await.unwrap().len(), 2);
    assert_eq!(archives::sweep_pieces(&mut tx, 4).await.unwrap(), 4);
    assert_eq!(archives::sweep_pieces(&mut tx, 4).await.unwrap(), 2);
    assert_eq!(archives::sweep(&mut tx, NOW.plus(days(8))).await.unwrap(), 1);
    tx.commit().await.unwrap();
    assert_eq!(pieces(&scratch).await, 3);
}
