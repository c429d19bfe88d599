//! How fast accounts send: limits that hold in every sliding hour, minute and day, spread evenly, per account and per domain of recipients.
//!
//! What left is `handed_at` in the database. A ledger in memory is loaded from it when an account is first served, so that no claim counts
//! rows. Before something is handed over it is set aside; from then on it counts, so that nothing can leave twice on the same allowance.

mod domain;
mod forecast;
mod ledger;
#[cfg(test)]
mod tests;
mod window;

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use model::time::{days, hours};
use model::{Account, AccountId, Channel, DomainName, Lane, Moment, SendingWindow};
use store::Tx;
use store::deliveries::Leased;

use self::ledger::{Ledger, Limits};
use crate::{Engine, Error};

/// The ledgers of the accounts served so far.
#[derive(Debug, Default)]
pub(crate) struct Throttle(Mutex<HashMap<AccountId, (Ledger, Option<Moment>)>>);

/// One of those who carry what waits for an account, for a forecast.
pub(crate) struct CarriedBy {
    /// Which account.
    pub id: AccountId,
    /// How many messages of campaigns it carries before.
    pub own: u64,
    /// How many milliseconds one took it lately.
    pub ms_each: Option<f64>,
}

impl Throttle {
    fn ledgers(&self) -> MutexGuard<'_, HashMap<AccountId, (Ledger, Option<Moment>)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many of a lane may leave now; none before the account is loaded.
    pub(super) fn free(&self, id: AccountId, lane: Lane, now: Moment) -> u32 {
        self.ledgers().get_mut(&id).map_or(0, |it| it.0.free(lane, now))
    }

    /// When one of a lane may leave, at `now` or later; an account that is not loaded yet is looked at now.
    pub(crate) fn free_at(&self, id: AccountId, lane: Lane, now: Moment) -> Moment {
        self.ledgers().get(&id).map_or(now, |it| it.0.free_at(lane, now))
    }

    /// Sets so many aside.
    pub(super) fn reserve(&self, id: AccountId, lane: Lane, n: u32) {
        if let Some(it) = self.ledgers().get_mut(&id) {
            it.0.reserve(lane, n);
        }
    }

    /// Parts what may go to its domain now from what has to wait, with the slot it waits for. What another account waits for stands in no
    /// line here: it goes as soon as the limit lets it, by whoever can carry it then.
    pub(super) fn admit(
        &self,
        id: AccountId,
        lane: Lane,
        leased: Vec<Leased>,
        now: Moment,
    ) -> (Vec<Leased>, Vec<(Leased, Moment)>) {
        let mut ledgers = self.ledgers();
        let Some((ledger, _)) = ledgers.get_mut(&id) else { return (leased, Vec::new()) };
        let (mut admitted, mut late) = (Vec::with_capacity(leased.len()), Vec::new());
        for it in leased {
            let stands_in_line = !it.has_slot && it.home == it.carrier;
            match ledger.admit(it.address.domain(), lane, !stands_in_line, now) {
                Ok(()) => admitted.push(it),
                Err(slot) => late.push((it, slot)),
            }
        }
        (admitted, late)
    }

    /// Notes that what was set aside leaves at `at`.
    pub(super) fn handed<'a>(&self, id: AccountId, leased: impl IntoIterator<Item = &'a Leased>, at: Moment) {
        if let Some((ledger, _)) = self.ledgers().get_mut(&id) {
            leased.into_iter().for_each(|it| ledger.handed(it.address.domain(), at));
        }
    }

    /// Notes that what was set aside does not leave.
    pub(super) fn released<'a>(&self, id: AccountId, leased: impl IntoIterator<Item = &'a Leased>) {
        if let Some((ledger, _)) = self.ledgers().get_mut(&id) {
            leased.into_iter().for_each(|it| ledger.released(it.address.domain(), it.lane));
        }
    }

    /// Sets a copy to this domain aside, or says when one may leave. Copies come with automatic notifications: they do not wait for the slots
    /// of campaigns, and all together never exceed a limit.
    pub(super) fn admit_copy(&self, id: AccountId, domain: &str, now: Moment) -> Result<(), Moment> {
        let mut ledgers = self.ledgers();
        let Some((ledger, _)) = ledgers.get_mut(&id) else { return Ok(()) };
        if ledger.free(Lane::Notification, now) == 0 {
            return Err(ledger.free_at(Lane::Notification, now).max(now.plus(1)));
        }
        ledger.admit(domain, Lane::Notification, false, now)?;
        ledger.reserve(Lane::Notification, 1);
        Ok(())
    }

    /// Notes that a copy that was set aside leaves at `at`.
    pub(super) fn copy_handed(&self, id: AccountId, domain: &str, at: Moment) {
        if let Some((ledger, _)) = self.ledgers().get_mut(&id) {
            ledger.handed(domain, at);
        }
    }

    /// Notes that a copy that was set aside does not leave.
    pub(super) fn copy_released(&self, id: AccountId, domain: &str) {
        if let Some((ledger, _)) = self.ledgers().get_mut(&id) {
            ledger.released(domain, Lane::Notification);
        }
    }

    /// When `n` messages of campaigns will have left; see [`forecast::forecast`].
    pub(crate) fn forecast(&self, id: AccountId, n: u64, now: Moment, ms_each: Option<f64>) -> Option<Moment> {
        let ledgers = self.ledgers();
        let (ledger, began_at) = ledgers.get(&id)?;
        forecast::forecast(&ledger.limits, *began_at, n, ledger.slot().max(now), ms_each)
    }

    /// When `n` messages of campaigns will have left that several accounts carry; see [`forecast::together`].
    pub(crate) fn forecast_together(&self, carriers: &[CarriedBy], window: SendingWindow, n: u64, now: Moment) -> Option<Moment> {
        let ledgers = self.ledgers();
        let all: Option<Vec<forecast::Carrier>> = carriers
            .iter()
            .map(|it| {
                let (ledger, ramp_began_at) = ledgers.get(&it.id)?;
                let (limits, begin) = (ledger.limits.clone(), ledger.slot().max(now));
                Some(forecast::Carrier { limits, ramp_began_at: *ramp_began_at, begin, ms_each: it.ms_each, own: it.own })
            })
            .collect();
        forecast::together(&all?, window, n)
    }
}

/// Loads the ledger of an account, unless it is here and its limits are the same.
pub(crate) async fn load(engine: &Engine, account: &Account) -> Result<(), Error> {
    let now = engine.clock().now();
    let mut reader = engine.store.read().await?;
    let began_at = store::deliveries::ramp_began_at(&mut reader, account.id).await?;
    let day = began_at.and_then(|it| account.pace.ramp_limit(account.hourly_limit, it, now));
    let rests = account.channel() == Channel::Sms;
    let limits = Limits { hour: account.hourly_limit, day, pace: account.pace.clone(), rests };
    if engine.throttle.ledgers().get(&account.id).is_some_and(|it| it.0.limits == limits) {
        return Ok(());
    }
    let is_free = limits.gap().is_none() && limits.pace.domains.is_empty();
    let since = now.plus(if day.is_some() { -days(1) } else { -hours(1) });
    let left = if is_free { Vec::new() } else { store::deliveries::handed_since(&mut reader, account.id, since).await? };
    let slots = store::deliveries::next_slots(&mut reader, account.id).await?;
    engine.throttle.ledgers().insert(account.id, (Ledger::new(limits, &left, &slots, now), began_at));
    Ok(())
}

/// Writes down which slots of domains are given out, for the next start.
pub(super) async fn keep_slots(engine: &Engine, tx: &mut Tx, account: &Account, late: &[(Leased, Moment)]) -> Result<(), Error> {
    let mut domains: Vec<&str> = late.iter().map(|it| it.0.address.domain()).collect();
    domains.sort_unstable();
    domains.dedup();
    for name in domains {
        let next = engine.throttle.ledgers().get(&account.id).and_then(|it| it.0.next_slot(name));
        if let (Some(next), Ok(domain)) = (next, DomainName::parse(name)) {
            store::deliveries::set_next_slot(tx, account.id, &domain, next).await?;
        }
    }
    Ok(())
}

/// Gives slots of domains out anew that nobody waits for any more. Still within the transaction, because whoever claims asks for slots
/// within theirs.
pub(crate) async fn wind_back(engine: &Engine, tx: &mut Tx) -> Result<(), Error> {
    for (account, domain, next) in store::deliveries::wind_back(tx).await? {
        if let Some((ledger, _)) = engine.throttle.ledgers().get_mut(&account) {
            ledger.wind_back(&domain, next);
        }
    }
    Ok(())
}
