//! Words of what was destroyed leave the disk, whichever index they lie in.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use model::LocalTime;

use crate::{Engine, Error};

/// Not before then it is done, in minutes of the day.
const NIGHT: u16 = 2 * 60;

/// What is to be done about words in the indexes that nobody may find any more.
pub(crate) struct Tidying {
    is_due: AtomicBool,
    /// The last day on which it was done.
    done_on: AtomicI64,
}

impl Tidying {
    /// What was asked for before the start is not known, so it is to be done: where nothing was destroyed, little is to do.
    pub(crate) fn new() -> Self {
        Self { is_due: AtomicBool::new(true), done_on: AtomicI64::new(i64::MIN) }
    }

    /// Something was destroyed whose words an index still holds.
    pub(crate) fn ask(&self) {
        self.is_due.store(true, Ordering::Release);
    }
}

/// Rewrites the parts of the indexes that hold words of what was destroyed, once a day from the night on, and tells whether it did. While an
/// index has something to take in it waits: what is destroyed may be among that.
///
/// # Errors
/// Fails when the database or an index fails; it is tried again.
pub async fn tidy(engine: &Engine) -> Result<bool, Error> {
    let (now, tidying) = (LocalTime::of(engine.clock().now()), &engine.tidying);
    if now.minute < NIGHT || now.day.0 <= tidying.done_on.load(Ordering::Acquire) {
        return Ok(false);
    }
    if !tidying.is_due.swap(false, Ordering::AcqRel) {
        return Ok(false);
    }
    let tidied = compact(engine).await;
    match tidied {
        Ok(true) => tidying.done_on.store(now.day.0, Ordering::Release),
        Ok(false) | Err(_) => tidying.ask(),
    }
    tidied
}

/// Rewrites them unless an index is behind; tells whether it did.
async fn compact(engine: &Engine) -> Result<bool, Error> {
    let mut reader = engine.store.read().await?;
    let waiting = store::search_jobs::waiting(&mut reader).await?
        + crate::things::waiting(engine, &mut reader).await?
        + crate::audit::waiting(engine, &mut reader).await?;
    drop(reader);
    if 0 < waiting {
        return Ok(false);
    }
    let (index, things, log) = (engine.index.clone(), engine.things()?.clone(), engine.log_index()?.clone());
    tokio::task::spawn_blocking(move || {
        index.compact()?;
        things.compact()?;
        log.compact()
    })
    .await??;
    Ok(true)
}
