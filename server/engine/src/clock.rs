//! The only place that asks what time it is.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use model::Moment;

/// Tells the time: the machine's, or one that tests move by hand.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    by_hand: Option<Arc<AtomicI64>>,
}

impl Clock {
    /// The machine's clock.
    pub fn machine() -> Self {
        Self::default()
    }

    /// A clock that stands at `moment` until it is moved.
    pub fn standing_at(moment: Moment) -> Self {
        Self { by_hand: Some(Arc::new(AtomicI64::new(moment.0))) }
    }

    /// What time it is.
    pub fn now(&self) -> Moment {
        match &self.by_hand {
            Some(ms) => Moment(ms.load(Ordering::SeqCst)),
            None => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                Moment(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
            }
        }
    }

    /// Moves a clock that stands; the machine's clock goes by itself.
    pub fn advance(&self, ms: i64) {
        if let Some(by_hand) = &self.by_hand {
            by_hand.fetch_add(ms, Ordering::SeqCst);
        }
    }
}

/// Measures how long something takes, whatever the clock says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stopwatch(Instant);

impl Stopwatch {
    /// Begins to measure.
    pub(crate) fn begin() -> Self {
        Self(Instant::now())
    }

    /// Time since the begin.
    pub(crate) fn elapsed(self) -> Duration {
        self.0.elapsed()
    }

    /// Microseconds since the begin.
    pub(crate) fn us(self) -> u64 {
        u64::try_from(self.elapsed().as_micros()).unwrap_or(u64::MAX)
    }
}
