//! Words of what was destroyed leave the disk.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use model::LocalTime;

use crate::{Engine, Error};

/// Not before then it is done, in minutes of the day.
const NIGHT: u16 = 2 * 60;

/// What is to be done about words in the index that nobody may find any more.
pub(crate) struct Tidying {
    is_due: AtomicBool,
    /// The last day on which it was done.
    done_on: AtomicI64,
}

impl Tidying {
    /// Nothing is to be done.
    pub(crate) fn new() -> Self {
        Self { is_due: AtomicBool::new(false), done_on: AtomicI64::new(i64::MIN) }
    }

    /// Something was destroyed whose words the index still holds.
    pub(crate) fn ask(&self) {
        self.is_due.store(true, Ordering::Release);
    }
}

/// Rewrites the parts of the index that hold words of what was destroyed, once a day from the night on, and tells whether it did. To be
/// called when the index has taken everything in.
///
/// # Errors
/// Fails when the index fails; it is tried again.
pub async fn tidy(engine: &Engine) -> Result<bool, Error> {
    let (now, tidying) = (LocalTime::of(engine.clock().now()), &engine.tidying);
    if now.minute < NIGHT || now.day.0 <= tidying.done_on.load(Ordering::Acquire) {
        return Ok(false);
    }
    if !tidying.is_due.swap(false, Ordering::AcqRel) {
        return Ok(false);
    }
    tidying.done_on.store(now.day.0, Ordering::Release);
    let index = engine.index.clone();
    let tidied = tokio::task::spawn_blocking(move || index.compact()).await?;
    if tidied.is_err() {
        tidying.ask();
    }
    Ok(tidied.map(|()| true)?)
}
