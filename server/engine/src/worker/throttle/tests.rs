//! The throttle against whatever arrives when, however long it takes and whenever the process dies.

use std::collections::HashMap;

use model::time::{hours, minutes, seconds};
use model::{DomainLimit, DomainName, Lane, Moment, Pace, SendingWindow};
use proptest::prelude::*;

use super::ledger::{Ledger, Limits};

const BEGIN: Moment = Moment(1_780_000_000_000);
const DOMAIN: &str = "centrum.cz";

fn limits(hour: u32, minute: Option<u32>, domain: Option<u32>) -> Limits {
    let domain_limit = |per_hour| DomainLimit { domain: DomainName::parse(DOMAIN).unwrap(), per_hour };
    let pace = Pace { minute_limit: minute, domains: domain.map(domain_limit).into_iter().collect(), ..Pace::default() };
    Limits { hour: Some(hour), day: None, pace, rests: false }
}

/// A relay, a queue of campaigns that never ends, and single messages now and then.
struct Play {
    limits: Limits,
    ledger: Ledger,
    now: Moment,
    /// What was set aside, with the moment at which it is handed; nothing when it never is.
    flying: Vec<(Option<Moment>, Lane, bool)>,
    /// What left, and whether it went to the limited domain.
    left: Vec<(Moment, bool)>,
}

impl Play {
    fn new(limits: Limits) -> Self {
        let ledger = Ledger::new(limits.clone(), &[], &HashMap::new(), BEGIN);
        Self { limits, ledger, now: BEGIN, flying: Vec::new(), left: Vec::new() }
    }

    /// Lets everything land that is handed until `at`.
    fn advance(&mut self, at: Moment) {
        self.flying.sort_by_key(|it| it.0);
        for (landing, lane, of_domain) in std::mem::take(&mut self.flying) {
            let domain = if of_domain { DOMAIN } else { "" };
            match landing {
                Some(landing) if landing <= at => {
                    self.ledger.handed(domain, landing);
                    self.left.push((landing, of_domain));
                }
                Some(_) => self.flying.push((landing, lane, of_domain)),
                None => self.ledger.released(domain, lane),
            }
        }
        self.now = at;
    }

    /// Sends what may be sent of a lane, at most `most`; each takes as long as `after` says.
    fn send(&mut self, lane: Lane, most: u32, of_domain: bool, mut after: impl FnMut() -> Option<i64>) {
        for _ in 0..self.ledger.free(lane, self.now).min(most) {
            if of_domain && self.ledger.admit(DOMAIN, lane, false, self.now).is_err() {
                continue;
            }
            self.ledger.reserve(lane, 1);
            self.flying.push((after().map(|it| self.now.plus(it)), lane, of_domain));
        }
    }

    /// The process dies: what is set aside never leaves, and the ledger is what the database says.
    fn crash(&mut self) {
        self.flying.clear();
        self.left.sort();
        let left: Vec<(Moment, String)> =
            self.left.iter().map(|it| (it.0, if it.1 { DOMAIN.to_owned() } else { String::new() })).collect();
        self.ledger = Ledger::new(self.limits.clone(), &left, &HashMap::new(), self.now);
    }

    fn most_within(&self, span: i64, which: impl Fn(bool) -> bool) -> usize {
        let mut times: Vec<Moment> = self.left.iter().filter(|it| which(it.1)).map(|it| it.0).collect();
        times.sort();
        let mut most = 0;
        let mut first = 0;
        for n in 0..times.len() {
            while span <= times[n].since(times[first]) {
                first += 1;
            }
            most = most.max(n - first + 1);
        }
        most
    }
}

#[derive(Clone, Debug)]
struct Step {
    pause: i64,
    singles: u32,
    slow: i64,
    lost: bool,
    crash: bool,
    of_domain: bool,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let pause = prop_oneof![0..seconds(1), 0..seconds(30), 0..minutes(20)];
    let step = (pause, 0_u32..40, 0..seconds(20), prop::bool::weighted(0.1), prop::bool::weighted(0.03), any::<bool>());
    let step =
        step.prop_map(|(pause, singles, slow, lost, crash, of_domain)| Step { pause, singles, slow, lost, crash, of_domain });
    prop::collection::vec(step, 1..300)
}

proptest! {
    #[test]
    fn no_sliding_hour_minute_or_domain_is_ever_over_its_limit(
        hour in 1_u32..400, minute in prop::option::of(1_u32..30), domain in prop::option::of(1_u32..40), steps in steps(),
    ) {
        let mut play = Play::new(limits(hour, minute, domain));
        for step in steps {
            play.advance(play.now.plus(step.pause));
            if step.crash {
                play.crash();
            }
            let after = || (!step.lost).then_some(step.slow);
            play.send(Lane::Single, step.singles, step.of_domain, after);
            play.send(Lane::Campaign, u32::MAX, step.of_domain, after);
        }
        play.advance(play.now.plus(hours(1)));
        prop_assert!(play.most_within(hours(1), |_| true) <= hour as usize);
        if let Some(minute) = minute {
            prop_assert!(play.most_within(minutes(1), |_| true) <= minute as usize);
        }
        if let Some(domain) = domain {
            prop_assert!(play.most_within(hours(1), |it| it) <= domain as usize);
        }
    }

}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn over_a_long_run_nearly_the_whole_allowance_is_used(
        hour in 20_u32..3_000, jitter in 1_i64..400, singles in 0_u32..5, slow in 0_i64..800,
    ) {
        let mut play = Play::new(limits(hour, None, None));
        let end = BEGIN.plus(hours(5));
        let mut n = 0_i64;
        while play.now < end {
            n += 1;
            let next = play.ledger.free_at(Lane::Campaign, play.now).max(play.now.plus(1));
            play.advance(next.plus(n * 7_919 % jitter));
            play.send(Lane::Single, if n % 50 == 0 { singles } else { 0 }, false, || Some(slow));
            play.send(Lane::Campaign, u32::MAX, false, || Some(n * 104_729 % (slow + 1)));
        }
        let used = play.left.iter().filter(|it| BEGIN.plus(hours(1)) <= it.0 && it.0 < end).count();
        prop_assert!(0.98 * f64::from(hour) * 4.0 <= used as f64, "{used} of {}", hour * 4);
    }
}

#[test]
fn campaigns_are_spread_and_single_messages_go_at_once() {
    let mut play = Play::new(limits(60, None, None));
    play.send(Lane::Campaign, u32::MAX, false, || Some(0));
    play.advance(BEGIN.plus(minutes(1) - 1));
    play.send(Lane::Campaign, u32::MAX, false, || Some(0));
    assert_eq!(play.left.len() + play.flying.len(), 1);
    play.send(Lane::Single, 20, false, || Some(0));
    play.advance(play.now);
    assert_eq!(play.left.len(), 21);
    assert_eq!(play.ledger.free_at(Lane::Campaign, play.now), BEGIN.plus(minutes(1)));
}

#[test]
fn those_over_the_limit_of_their_domain_get_slots_of_their_own() {
    let mut ledger = Ledger::new(limits(1_000, None, Some(60)), &[], &HashMap::new(), BEGIN);
    assert_eq!(ledger.admit(DOMAIN, Lane::Campaign, false, BEGIN), Ok(()));
    let slots: Vec<Moment> = (0..3).map(|_| ledger.admit(DOMAIN, Lane::Campaign, false, BEGIN).unwrap_err()).collect();
    assert!(slots.is_sorted() && minutes(1) <= slots[0].since(BEGIN) && minutes(1) <= slots[2].since(slots[1]));
    assert_eq!(ledger.admit("firma.sk", Lane::Campaign, false, BEGIN), Ok(()));
    assert_eq!(ledger.admit(DOMAIN, Lane::Single, false, BEGIN), Ok(()), "a single message does not stand in the line");
    assert_eq!(ledger.admit(DOMAIN, Lane::Campaign, true, slots[0]), Ok(()));
}

#[test]
fn campaigns_wait_outside_the_sending_window_and_single_messages_do_not() {
    // BEGIN is a Thursday, 22:26 on the clocks of Bratislava.
    let window = SendingWindow { days: 0x1f, from: 480, until: 1_020 };
    let closed = Limits { pace: Pace { window, ..Pace::default() }, ..limits(600, None, None) };
    let mut ledger = Ledger::new(closed, &[], &HashMap::new(), BEGIN);
    assert_eq!((ledger.free(Lane::Campaign, BEGIN), ledger.free(Lane::Single, BEGIN)), (0, 600));
    let opens = ledger.free_at(Lane::Campaign, BEGIN);
    assert_eq!(opens, window.next_open(BEGIN));
    assert!(0 < ledger.free(Lane::Campaign, opens));
}
