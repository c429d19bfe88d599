//! When something is tried again.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use model::time::minutes;
use model::{AccountId, Moment};

/// Pauses after the first, second, … time in a row that a relay wants rest, in milliseconds; the last one repeats.
const PAUSES: [i64; 4] = [minutes(1), minutes(5), minutes(15), minutes(30)];

/// How long an account rests that often in a row, in milliseconds.
fn pause(times: u32) -> i64 {
    let at = (times as usize).saturating_sub(1).min(PAUSES.len() - 1);
    PAUSES[at]
}

/// Accounts whose relay wants rest: how often in a row, and until when. Kept in memory: after a restart the relay is simply asked once
/// more.
#[derive(Debug, Default)]
pub(crate) struct Backoff(Mutex<HashMap<AccountId, Resting>>);

#[derive(Debug)]
struct Resting {
    /// How often in a row.
    times: u32,
    until: Moment,
    /// Whether it has been asked since whether it works again.
    is_asked: bool,
}

impl Backoff {
    fn resting(&self) -> MutexGuard<'_, HashMap<AccountId, Resting>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Until when the account rests; the begin of time when it does not.
    pub(crate) fn until(&self, id: AccountId) -> Moment {
        self.resting().get(&id).map_or(Moment(i64::MIN), |it| it.until)
    }

    /// Whether the relay wanted rest and has not worked since.
    pub(super) fn is_in_doubt(&self, id: AccountId) -> bool {
        self.resting().contains_key(&id)
    }

    /// Whether the rest is over and nobody has asked the relay since whether it works again.
    pub(super) fn is_to_be_asked(&self, id: AccountId, now: Moment) -> bool {
        self.resting().get(&id).is_some_and(|it| it.until <= now && !it.is_asked)
    }

    /// Notes that the relay is asked whether it works again.
    pub(super) fn ask(&self, id: AccountId) {
        if let Some(it) = self.resting().get_mut(&id) {
            it.is_asked = true;
        }
    }

    /// Lets the account rest, longer each time in a row. Connections that hear the same together mean one rest.
    pub(super) fn rest(&self, id: AccountId, now: Moment) {
        let mut resting = self.resting();
        let it = resting.entry(id).or_insert(Resting { times: 0, until: now, is_asked: false });
        if it.until <= now {
            it.times += 1;
            it.until = now.plus(pause(it.times));
            it.is_asked = false;
        }
    }

    /// How many of so many connections the account uses: after each rest in a row half as many.
    pub(super) fn connections(&self, id: AccountId, most: u8) -> u8 {
        let times = self.resting().get(&id).map_or(0, |it| it.times);
        (most >> times.min(7)).max(1)
    }

    /// Notes that a try worked; one that began before the rest was over says nothing.
    pub(super) fn worked(&self, id: AccountId, began_at: Moment) {
        let mut resting = self.resting();
        if resting.get(&id).is_some_and(|it| it.until <= began_at) {
            resting.remove(&id);
        }
    }

    /// Forgets that the account rested, because it was changed.
    pub(crate) fn forget(&self, id: AccountId) {
        self.resting().remove(&id);
    }
}
