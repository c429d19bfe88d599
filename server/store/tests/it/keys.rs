//! Sealing anew under a further data key.

use store::{Step, Walk, archives};

use crate::scratch::{NOW, Scratch, writer};

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
    store::add_data_key(&scratch.folder.path().join("posel.db"), &scratch.key, NOW).await.unwrap();
    let mut tx = scratch.tx().await;
    assert_eq!(store.vault().take_up(&mut tx, NOW).await.unwrap(), Some(2));
    tx.commit().await.unwrap();

    let (mut walk, mut tx, mut sealed) = (Walk::default(), scratch.tx().await, 0);
    let left = loop {
        match store::step(store, &mut tx, &mut walk).await.unwrap() {
            Step::Further(all) => {
                store::put_resealed(&mut tx, &all).await.unwrap();
                sealed += all.len();
            }
            Step::Done(damaged) => break damaged,
        }
    };
    assert_eq!((sealed, left), (1, 1));
    let places = store::sealed_by(&mut tx).await.unwrap();
    let files = places.iter().find(|it| it.place == "archives.file").unwrap();
    assert_eq!(files.keys.iter().map(|(key, n)| (*key, *n)).collect::<Vec<_>>(), [(1, 1), (2, 1)]);
}
