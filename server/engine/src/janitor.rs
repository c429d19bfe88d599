//! Sweeps out what nobody needs any more.

use std::time::Duration;

use model::time::days;
use tokio::sync::watch;

use crate::{Engine, Error};

/// How often it looks.
const PAUSE: Duration = Duration::from_secs(3_600);
/// How many members of lists that are gone are swept out in one transaction.
const MEMBERS: u32 = 5_000;
/// How many pieces of files that nobody needs any more are swept out in one transaction.
const PIECES: u32 = 64;
/// How long a file may wait to be imported, in milliseconds.
const UNSTARTED: i64 = days(2);
/// How long the file of an import stays behind its end, and one of an old archive waits for a person, in milliseconds.
const FILES: i64 = days(7);
/// How long an import can be undone and its report be read, in milliseconds.
const TRACES: i64 = days(90);
/// How long a receipt may wait for the text message that it is about, in milliseconds.
const RECEIPTS: i64 = days(8);
/// How long an uploaded file may wait for a message, in milliseconds.
const LOOSE: i64 = days(2);

/// Sweeps once, and mails where the action log ended. Neither waits for the other to succeed.
///
/// # Errors
/// Fails when the database fails.
pub async fn turn(engine: &Engine) -> Result<(), Error> {
    let swept = sweep(engine).await;
    if let Err(error) = crate::audit::mail_turn(engine).await {
        tracing::error!(%error, "where the action log ended could not be mailed");
    }
    swept
}

async fn sweep(engine: &Engine) -> Result<(), Error> {
    let now = engine.clock().now();
    let mut tx = engine.store.write().await?;
    let files = store::attachments::sweep(&mut tx, now.plus(-LOOSE)).await?;
    let imports = store::imports::sweep(&mut tx, now.plus(-UNSTARTED), now.plus(-FILES), now.plus(-TRACES)).await?;
    let archives = store::archives::sweep(&mut tx, now.plus(-FILES)).await?;
    let receipts = store::sms::sweep(&mut tx, now.plus(-RECEIPTS)).await?;
    tx.commit().await?;
    let mut members = 0;
    loop {
        let mut tx = engine.store.write().await?;
        let swept = store::recipient_lists::members::sweep(&mut tx, MEMBERS).await?;
        tx.commit().await?;
        members += swept;
        if swept == 0 {
            break;
        }
    }
    let mut pieces = 0;
    loop {
        let mut tx = engine.store.write().await?;
        let swept = store::archives::sweep_pieces(&mut tx, PIECES).await?;
        tx.commit().await?;
        pieces += swept;
        if swept < u64::from(PIECES) {
            break;
        }
    }
    let divided = divide(engine).await?;
    tracing::debug!(divided, files, imports, archives, pieces, receipts, members, "swept");
    Ok(())
}

/// Divides what earlier versions kept whole into pieces, and tells how many contents that were.
async fn divide(engine: &Engine) -> Result<u32, Error> {
    let (mut n, mut behind) = (0, i64::MIN);
    loop {
        let mut tx = engine.store.write().await?;
        match store::blobs::divide_next(&engine.store, &mut tx, &mut behind).await {
            Ok(true) => {}
            Ok(false) => return Ok(n),
            // It is named to whoever opens it or has everything checked.
            Err(error @ store::Error::Damaged { .. }) => {
                tracing::warn!(%error, "a damaged content stays as it is");
                continue;
            }
            Err(error) => return Err(error.into()),
        }
        tx.commit().await?;
        n += 1;
    }
}

/// Sweeps every hour until `stop` becomes true.
pub async fn run(engine: Engine, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        if let Err(error) = turn(&engine).await {
            tracing::error!(%error, "sweeping failed");
        }
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            _ = stop.changed() => {}
        }
    }
}
