//! Sweeps out what nobody needs any more.

use std::time::Duration;

use model::time::days;
use tokio::sync::watch;

use crate::{Engine, Error};

/// How often it looks.
const PAUSE: Duration = Duration::from_secs(3_600);
/// How long an uploaded file may wait for a message, in milliseconds.
const LOOSE: i64 = days(2);

/// Sweeps once.
///
/// # Errors
/// Fails when the database fails.
pub async fn turn(engine: &Engine) -> Result<(), Error> {
    let now = engine.clock().now();
    let mut tx = engine.store.write().await?;
    let files = store::attachments::sweep(&mut tx, now.plus(-LOOSE)).await?;
    tx.commit().await?;
    tracing::debug!(files, "swept");
    Ok(())
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
