//! Points in time.

use serde::{Deserialize, Serialize};

/// A point in time in milliseconds since 1970-01-01 00:00 UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Moment(pub i64);

impl Moment {
    /// The moment so many milliseconds later; stops at the end of time.
    pub fn plus(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// Milliseconds from `earlier` to this moment; negative when it lies before.
    pub fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// The moment as other programs read it (RFC 3339, UTC), to the second.
    pub fn rfc3339(self) -> String {
        let seconds = self.0.rem_euclid(days(1)) / seconds(1);
        format!("{}T{:02}:{:02}:{:02}Z", crate::Day::of(self), seconds / 3_600, seconds / 60 % 60, seconds % 60)
    }
}

/// Milliseconds in so many seconds.
pub const fn seconds(n: i64) -> i64 {
    n * 1_000
}

/// Milliseconds in so many minutes.
pub const fn minutes(n: i64) -> i64 {
    n * 60_000
}

/// Milliseconds in so many hours.
pub const fn hours(n: i64) -> i64 {
    n * 3_600_000
}

/// Milliseconds in so many days of 24 hours.
pub const fn days(n: i64) -> i64 {
    n * 86_400_000
}
