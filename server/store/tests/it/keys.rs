//! Sealing anew under a further data key.

use store::{Step, Walk, archives, messages};

use crate::scratch::{NOW, Scratch, capture, prepared, writer};

/// Takes a further key up and walks until nothing changes; tells how many values were sealed anew and how many do not open.
async fn sealed_anew(scratch: &Scratch) -> (usize, u64) {
    store::add_data_key(&scratch.folder.path().join("posel.db"), &scratch.key, NOW).await.unwrap();
    let mut tx = scratch.tx().await;
    assert_eq!(scratch.store.vault().take_up(&mut tx, NOW).await.unwrap(), Some(2));
    tx.commit().await.unwrap();
    let (mut walk, mut tx, mut sealed) = (Walk::default(), scratch.tx().await, 0);
    let left = loop {
        match store::step(&scratch.store, &mut tx, &mut walk).await.unwrap() {
            Step::Further(all) => {
                store::put_resealed(&mut tx, &all).await.unwrap();
                sealed += all.len();
            }
            Step::Done(damaged) => break damaged,
        }
    };
    tx.commit().await.unwrap();
    (sealed, left)
}

#[tokio::test]
async fn what_messages_say_is_sealed_anew_beside_their_rows() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let (author, account) = (writer(&mut tx, "jana@example.sk").await, capture(&mut tx).await);
    let id = prepared(&scratch, &mut tx, author, account, "eva@example.sk", "Ponuka", NOW).await;
    tx.commit().await.unwrap();
    // Subject, draft, plain text and HTML.
    assert_eq!(sealed_anew(&scratch).await, (4, 0));
    let mut reader = scratch.store.read().await.unwrap();
    let places = store::sealed_by(&mut reader).await.unwrap();
    let texts = places.iter().find(|it| it.place == "message_texts.body_text").unwrap();
    assert_eq!(texts.keys.iter().map(|(key, n)| (*key, *n)).collect::<Vec<_>>(), [(2, 1)]);
    let parts = messages::parts(&scratch.store, &mut reader, id).await.unwrap();
    assert_eq!((parts.subject.as_str(), parts.text.as_str()), ("Ponuka", "Dobrý deň, posielame ponuku."));
}

#[tokio::test]
async fn a_value_that_does_not_open_is_counted_and_the_others_are_sealed_anew() {
    let scratch = Scratch::new().await;
    let (store, mut tx) = (&scratch.store, scratch.tx().await);
    let author = writer(&mut tx, "jana@example.sk").await;
    let damaged = archives::create(store, &mut tx, "prvý.mbox", author, NOW).await.unwrap();
    archives::create(store, &mut tx, "druhý.mbox", author, NOW).await.unwrap();
    let cut = "UPDATE archives SET file = CAST(substr(file, 1, length(file) - 1) AS BLOB) WHERE id = $1";
    sqlx::query(cut).bind(damaged.0).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();

    assert_eq!(sealed_anew(&scratch).await, (1, 1));
    let places = store::sealed_by(&mut scratch.store.read().await.unwrap()).await.unwrap();
    let files = places.iter().find(|it| it.place == "archives.file").unwrap();
    assert_eq!(files.keys.iter().map(|(key, n)| (*key, *n)).collect::<Vec<_>>(), [(1, 1), (2, 1)]);
}
