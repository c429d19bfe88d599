//! When something is tried again.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use model::time::{hours, minutes};
use model::{AccountId, Moment};

/// Pauses after the first, second, … try of a delivery, in milliseconds; the last one repeats.
const PAUSES: [i64; 7] = [minutes(1), minutes(5), minutes(15), minutes(30), hours(1), hours(2), hours(4)];

/// How long a delivery waits after so many tries, in milliseconds.
pub(super) fn pause(tries: u32) -> i64 {
    let at = (tries as usize).saturating_sub(1).min(PAUSES.len() - 1);
    PAUSES[at]
}

/// Accounts whose relay wants rest, and until when. Kept in memory: after a restart the relay is simply asked once more.
#[derive(Debug, Default)]
pub(crate) struct Backoff(Mutex<HashMap<AccountId, (u32, Moment)>>);

impl Backoff {
    /// Until when the account rests; the begin of time when it does not.
    pub(crate) fn until(&self, id: AccountId) -> Moment {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&id).map_or(Moment(i64::MIN), |it| it.1)
    }

    /// Lets the account rest, longer each time in a row.
    pub(super) fn rest(&self, id: AccountId, now: Moment) -> Moment {
        let mut resting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (times, until) = resting.entry(id).or_insert((0, now));
        *times += 1;
        *until = now.plus(pause(*times).min(minutes(30)));
        *until
    }

    /// Forgets that the account rested, because it works or was changed.
    pub(crate) fn forget(&self, id: AccountId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
    }
}
