//! By which account that leaves what waits for an account with stand-ins.
//!
//! What waits is always at home. Whoever claims it carries it, and what has not been handed over goes home again; so nothing has to be led
//! elsewhere when a relay fails, and nothing has to be led back when it works again. The settings are those of the last look at the queue.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use model::time::seconds;
use model::{AccountId, Lane, Moment, SendingWindow};
use store::stand_ins::{Home, HomeCarrier};
use tokio::sync::watch;

use super::shares::Shares;
use crate::{Engine, Error};

/// Who takes nothing for so long does not hold up the others, in milliseconds.
const STALLED: i64 = seconds(10);

/// The accounts with stand-ins, and what each carrier took lately.
#[derive(Default)]
pub(crate) struct Ways {
    homes: Mutex<Arc<HashMap<AccountId, Home>>>,
    shares: Mutex<Shares>,
    turn: watch::Sender<()>,
}

impl Ways {
    fn homes(&self) -> Arc<HashMap<AccountId, Home>> {
        self.homes.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn shares(&self) -> MutexGuard<'_, Shares> {
        self.shares.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The accounts whose deliveries this one may carry, itself first.
    pub(super) fn carried_by(&self, carrier: AccountId) -> Vec<AccountId> {
        let homes = self.homes();
        let others = homes.values().filter(|it| it.id != carrier && it.carriers.iter().any(|it| it.id == carrier));
        let mut others: Vec<AccountId> = others.map(|it| it.id).collect();
        others.sort_unstable_by_key(|it| it.0);
        others.insert(0, carrier);
        others
    }

    /// Who carries for an account, by rank, itself first; nothing without stand-ins.
    pub(crate) fn carriers(&self, home: AccountId) -> Vec<HomeCarrier> {
        self.homes().get(&home).map(|it| it.carriers.clone()).unwrap_or_default()
    }

    /// When campaigns of an account with stand-ins may leave, whoever carries them.
    pub(crate) fn window(&self, home: AccountId) -> Option<SendingWindow> {
        self.homes().get(&home).map(|it| it.window)
    }

    /// Whether others besides `carrier` carry for the account.
    pub(super) fn has_others(&self, home: AccountId, carrier: AccountId) -> bool {
        self.homes().get(&home).is_some_and(|it| it.carriers.iter().any(|it| it.id != carrier && it.sends))
    }

    /// Notes that an account is being served.
    pub(super) fn enter(&self, carrier: AccountId, now: Moment) {
        for home in self.homes().values().filter(|it| it.carriers.iter().any(|it| it.id == carrier)) {
            self.shares().enter(home.id, carrier, now);
        }
    }

    /// Notes that an account is not served any more.
    pub(super) fn leave(&self, carrier: AccountId) {
        if self.shares().leave(carrier) {
            self.turn.send_replace(());
        }
    }

    /// Hears when another carrier took something or ended.
    pub(super) fn turns(&self) -> watch::Receiver<()> {
        self.turn.subscribe()
    }

    /// Notes that a carrier took so many.
    pub(super) fn took(&self, home: AccountId, carrier: AccountId, n: u32, now: Moment) {
        if let Some(weight) = self.carriers(home).iter().find(|it| it.id == carrier).map(|it| it.weight) {
            self.shares().took(home, carrier, f64::from(n) / f64::from(weight.max(1)), now);
            self.turn.send_replace(());
        }
    }
}

/// Reads who carries for whom.
pub(crate) async fn load(engine: &Engine, reader: &mut store::Connection) -> Result<(), Error> {
    let homes = store::stand_ins::homes(reader).await?;
    if homes.is_empty() && engine.ways.homes().is_empty() {
        return Ok(());
    }
    let homes = Arc::new(homes.into_iter().map(|it| (it.id, it)).collect());
    *engine.ways.homes.lock().unwrap_or_else(PoisonError::into_inner) = homes;
    Ok(())
}

/// Whether this account may carry of that lane of what waits for `home` now: nobody who comes before it does.
pub(crate) fn may_carry(engine: &Engine, home: AccountId, carrier: AccountId, lane: Lane, now: Moment) -> bool {
    let homes = engine.ways.homes();
    let Some(home) = homes.get(&home) else { return home == carrier };
    let Some(own) = home.carriers.iter().find(|it| it.id == carrier) else { return false };
    let is_open = lane != Lane::Campaign || home.window.next_open(now) == now;
    let goes_before = |it: &&HomeCarrier| {
        let is_free = is_free(engine, it.id, lane, now);
        let takes = it.rank < own.rank && takes(engine, it) && (is_free || !home.overflows);
        takes || is_free && it.id != carrier && is_asked_first(engine, it, own, now)
    };
    own.sends && is_open && !home.carriers.iter().any(|it| goes_before(&it))
}

/// Who carries what waits for an account as things are: all whose relays can be used, or, where others do not step in for limits, those of the
/// first rank among them. Nobody where there are no stand-ins.
pub(crate) fn who_carry(engine: &Engine, home: AccountId) -> Vec<AccountId> {
    let homes = engine.ways.homes();
    let Some(home) = homes.get(&home) else { return Vec::new() };
    let usable: Vec<&HomeCarrier> = home.carriers.iter().filter(|it| takes(engine, it)).collect();
    let first = usable.iter().map(|it| it.rank).min();
    usable.into_iter().filter(|it| home.overflows || Some(it.rank) == first).map(|it| it.id).collect()
}

/// When an account may carry of that lane of what waits for `home` and is due at `at`; nothing while another one does.
pub(super) fn carries_at(
    engine: &Engine,
    home: AccountId,
    carrier: HomeCarrier,
    (lane, at): (Lane, Moment),
    now: Moment,
) -> Option<Moment> {
    let homes = engine.ways.homes();
    let window = homes.get(&home).map(|it| it.window).filter(|_| lane == Lane::Campaign);
    let open = |at: Moment| window.map_or(at, |it| it.next_open(at));
    let at = open(if at <= now { engine.throttle.free_at(carrier.id, lane, now).max(at) } else { at });
    let is_due = at <= now;
    (carrier.sends && (!is_due || may_carry(engine, home, carrier.id, lane, now)))
        .then(|| at.max(engine.backoff.until(carrier.id)))
}

/// How many an account may take of what waits for `home` without taking the part of its equals; nothing means as many as it can.
pub(super) fn share(engine: &Engine, home: AccountId, carrier: AccountId, lane: Lane, now: Moment) -> Option<u32> {
    let carriers = engine.ways.carriers(home);
    let own = *carriers.iter().find(|it| it.id == carrier)?;
    let equals = carriers.iter().filter(|it| it.id != carrier && it.rank == own.rank);
    let equals: Vec<HomeCarrier> = equals.filter(|it| takes(engine, it) && is_free(engine, it.id, lane, now)).copied().collect();
    engine.ways.shares().left(home, own, &equals, now.plus(-STALLED))
}

/// Whether the account sends, and its relay is not in doubt.
fn takes(engine: &Engine, it: &HomeCarrier) -> bool {
    it.sends && !engine.backoff.is_in_doubt(it.id)
}

/// Whether the account's relay wanted rest, and is asked by one delivery whether it works again before `own` takes any: it would otherwise
/// never be, where a single one waits now and then.
fn is_asked_first(engine: &Engine, it: &HomeCarrier, own: &HomeCarrier, now: Moment) -> bool {
    let comes_before = it.rank < own.rank || it.rank == own.rank && !engine.backoff.is_to_be_asked(own.id, now);
    comes_before && it.sends && engine.backoff.is_to_be_asked(it.id, now)
}

/// Whether the account's limits let something leave now.
fn is_free(engine: &Engine, id: AccountId, lane: Lane, now: Moment) -> bool {
    engine.throttle.free_at(id, lane, now) <= now
}
