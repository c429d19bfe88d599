//! Parts of the same rank: who has taken how much of what waits for an account, by its weight.

use std::collections::HashMap;

use model::{AccountId, Moment};
use store::stand_ins::HomeCarrier;

/// How far one may be ahead of its equals, in messages of the one with the least weight.
const AHEAD: f64 = 4.0;

/// What each carrier has taken for each home.
#[derive(Debug, Default)]
pub(super) struct Shares(HashMap<AccountId, HashMap<AccountId, Taken>>);

#[derive(Clone, Copy, Debug)]
struct Taken {
    /// Messages by weight: equals have the same when each has its part.
    parts: f64,
    /// When it last took something, or began.
    at: Moment,
    is_here: bool,
}

impl Shares {
    /// Notes that a carrier is served. It does not make up for the time when it was not.
    pub fn enter(&mut self, home: AccountId, carrier: AccountId, now: Moment) {
        let of_home = self.0.entry(home).or_default();
        let others = of_home.iter().filter(|it| *it.0 != carrier && it.1.is_here).map(|it| it.1.parts);
        let least = others.reduce(f64::min).map_or(0.0, |it| it - AHEAD);
        let parts = of_home.get(&carrier).map_or(least, |it| it.parts.max(least));
        of_home.insert(carrier, Taken { parts, at: now, is_here: true });
    }

    /// Notes that a carrier is not served any more; tells whether anybody may have waited for it.
    pub fn leave(&mut self, carrier: AccountId) -> bool {
        let of_carrier = self.0.values_mut().filter_map(|it| it.get_mut(&carrier));
        of_carrier.fold(false, |_, it| {
            it.is_here = false;
            true
        })
    }

    /// Notes that a carrier took so many parts.
    pub fn took(&mut self, home: AccountId, carrier: AccountId, parts: f64, now: Moment) {
        if let Some(it) = self.0.get_mut(&home).and_then(|it| it.get_mut(&carrier)) {
            it.parts += parts;
            it.at = now;
        }
    }

    /// How many a carrier may take until its equals have taken theirs; nothing when it has none that are served and took something after
    /// `since`.
    pub fn left(&self, home: AccountId, own: HomeCarrier, equals: &[HomeCarrier], since: Moment) -> Option<u32> {
        let of_home = self.0.get(&home)?;
        let here = equals.iter().filter(|it| of_home.get(&it.id).is_some_and(|it| it.is_here && since <= it.at));
        let here: Vec<&HomeCarrier> = here.collect();
        let least = here.iter().filter_map(|it| of_home.get(&it.id)).map(|it| it.parts).reduce(f64::min)?;
        let lightest = here.iter().map(|it| it.weight).fold(own.weight, u8::min);
        let taken = of_home.get(&own.id).map_or(least, |it| it.parts);
        let left = (least + AHEAD / f64::from(lightest.max(1)) - taken) * f64::from(own.weight);
        // A part lost in rounding would leave everybody waiting for everybody.
        Some((left + 1e-6).floor().max(0.0) as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOME: AccountId = AccountId(1);

    fn carrier(id: i64, weight: u8) -> HomeCarrier {
        HomeCarrier { id: AccountId(id), rank: 1, weight, sends: true }
    }

    /// Takes as many as it may, at most `n`.
    fn take(shares: &mut Shares, own: HomeCarrier, equals: &[HomeCarrier], n: u32) -> u32 {
        let n = shares.left(HOME, own, equals, Moment(0)).unwrap_or(u32::MAX).min(n);
        shares.took(HOME, own.id, f64::from(n) / f64::from(own.weight), Moment(1));
        n
    }

    #[test]
    fn equals_take_by_weight_and_somebody_always_may() {
        for (a, b, c) in [(3, 1, 1), (1, 1, 1), (100, 7, 33), (2, 5, 100)] {
            let all = [carrier(1, a), carrier(2, b), carrier(3, c)];
            let mut shares = Shares::default();
            all.iter().for_each(|it| shares.enter(HOME, it.id, Moment(1)));
            let mut taken = [0_u32; 3];
            while taken.iter().sum::<u32>() < 20_000 {
                let before = taken;
                for (own, taken) in all.iter().zip(&mut taken) {
                    let equals: Vec<HomeCarrier> = all.iter().filter(|it| it.id != own.id).copied().collect();
                    *taken += take(&mut shares, *own, &equals, 7);
                }
                assert_ne!(before, taken);
            }
            let (sum, weights) = (taken.iter().sum::<u32>(), u32::from(a) + u32::from(b) + u32::from(c));
            for (own, taken) in all.iter().zip(taken) {
                let part = f64::from(sum) * f64::from(own.weight) / f64::from(weights);
                assert!((f64::from(taken) - part).abs() < f64::from(sum) / 50.0, "{own:?} took {taken} of {sum}");
            }
        }
    }

    #[test]
    fn who_is_not_there_or_takes_nothing_holds_nobody_up() {
        let (own, other) = (carrier(1, 1), carrier(2, 1));
        let mut shares = Shares::default();
        shares.enter(HOME, own.id, Moment(5));
        assert_eq!(shares.left(HOME, own, &[other], Moment(0)), None);
        shares.enter(HOME, other.id, Moment(5));
        assert!(shares.left(HOME, own, &[other], Moment(0)).is_some());
        assert_eq!(shares.left(HOME, own, &[other], Moment(6)), None);
        assert!(shares.leave(other.id));
        assert_eq!(shares.left(HOME, own, &[other], Moment(0)), None);
    }

    #[test]
    fn who_comes_back_does_not_make_up_for_its_absence() {
        let (own, other) = (carrier(1, 1), carrier(2, 1));
        let mut shares = Shares::default();
        shares.enter(HOME, own.id, Moment(1));
        shares.took(HOME, own.id, 1_000.0, Moment(1));
        shares.enter(HOME, other.id, Moment(1));
        assert_eq!(shares.left(HOME, own, &[other], Moment(0)), Some(0));
        take(&mut shares, other, &[own], 5);
        assert!(0 < take(&mut shares, own, &[other], 1_000));
    }
}
