//! What one account may still send, and when. The truth is in the database; this is the part of it that counts now.

use std::collections::HashMap;

use model::time::{days, hours, minutes};
use model::{Lane, Moment, Pace};

use super::domain::Domain;
use super::window::Window;

/// How much campaigns make up for when they were held up, in milliseconds.
const CATCH_UP: i64 = minutes(1);
/// Campaigns faster than this go in small groups, one in so many milliseconds.
const GROUP: i64 = 250;

/// The limits that an account keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Limits {
    /// Messages per sliding hour.
    pub hour: Option<u32>,
    /// Messages per sliding day, while the account is new.
    pub day: Option<u32>,
    /// Everything else.
    pub pace: Pace,
    /// Whether everything waits outside the window, as text messages do at night, and not only campaigns.
    pub rests: bool,
}

/// One account's book of what left and what is about to.
#[derive(Clone, Debug)]
pub(super) struct Ledger {
    pub limits: Limits,
    windows: Vec<Window>,
    domains: HashMap<String, Domain>,
    pending: u32,
    /// Milliseconds between two messages of campaigns; nothing when they go as fast as they can.
    gap: Option<f64>,
    /// When the next message of a campaign leaves.
    slot: f64,
}

impl Ledger {
    /// A ledger at `now`, with what left within the last day or hour, earliest first, and the slots of domains that are given out.
    pub fn new(limits: Limits, left: &[(Moment, String)], slots: &HashMap<String, Moment>, now: Moment) -> Self {
        let spans = [(hours(1), limits.hour), (minutes(1), limits.pace.minute_limit), (days(1), limits.day)];
        let within = |span: i64| left.iter().filter(move |it| now.since(it.0) < span).map(|it| it.0);
        let windows = spans.into_iter().filter_map(|(span, limit)| Some(Window::new(span, limit?, within(span)))).collect();
        let domains = limits.pace.domains.iter().map(|limit| {
            let name = limit.domain.as_str();
            let here = left.iter().filter(|it| it.1 == name && now.since(it.0) < hours(1)).map(|it| it.0);
            let next_slot = slots.get(name).copied().unwrap_or_default();
            (name.to_owned(), Domain::new(limit.per_hour, next_slot, here))
        });
        let (domains, gap) = (domains.collect(), limits.gap());
        let after_last = left.last().map_or(0.0, |it| it.0.0 as f64 + gap.unwrap_or(0.0));
        Self { windows, domains, pending: 0, gap, slot: after_last.max(now.0 as f64), limits }
    }

    /// How many of a lane may leave now.
    pub fn free(&mut self, lane: Lane, now: Moment) -> u32 {
        let pending = self.pending;
        let free = self.windows.iter_mut().map(|it| it.free(now, pending)).min().unwrap_or(u32::MAX);
        let is_campaign = lane == Lane::Campaign;
        if (is_campaign || self.limits.rests) && self.limits.pace.window.next_open(now) != now {
            return 0;
        }
        if !is_campaign {
            return free;
        }
        let Some(gap) = self.gap else { return free };
        self.slot = self.slot.max((now.0 - CATCH_UP) as f64);
        let due = ((now.0 as f64 - self.slot) / gap).floor() + 1.0;
        free.min(due.max(0.0) as u32)
    }

    /// When one of a lane may leave, at `now` or later.
    pub fn free_at(&self, lane: Lane, now: Moment) -> Moment {
        let free = self.windows.iter().map(|it| it.free_at(now, self.pending)).max().unwrap_or(now);
        if lane != Lane::Campaign {
            return if self.limits.rests { self.limits.pace.window.next_open(free) } else { free };
        }
        let group = self.gap.map_or(0.0, |gap| if gap < GROUP as f64 { GROUP as f64 - gap } else { 0.0 });
        let slot = if self.gap.is_some() { Moment((self.slot + group).ceil() as i64) } else { now };
        self.limits.pace.window.next_open(free.max(slot))
    }

    /// Sets so many aside that are about to leave.
    pub fn reserve(&mut self, lane: Lane, n: u32) {
        self.pending += n;
        self.slot += self.step(lane) * f64::from(n);
    }

    /// Lets one through to its domain, or says when its turn there comes.
    pub fn admit(&mut self, domain: &str, lane: Lane, has_slot: bool, now: Moment) -> Result<(), Moment> {
        let open = self.limits.pace.window;
        self.domains.get_mut(domain).map_or(Ok(()), |it| it.admit(lane, has_slot, open, now))
    }

    /// Whether the domain has a limit of its own, and before when its slots are given out.
    pub fn next_slot(&self, domain: &str) -> Option<Moment> {
        self.domains.get(domain).map(Domain::next_slot)
    }

    /// Gives slots of a domain out anew.
    pub fn wind_back(&mut self, domain: &str, next: Moment) {
        if let Some(domain) = self.domains.get_mut(domain) {
            domain.wind_back(next);
        }
    }

    /// Notes that one that was set aside leaves.
    pub fn handed(&mut self, domain: &str, at: Moment) {
        self.pending = self.pending.saturating_sub(1);
        self.windows.iter_mut().for_each(|it| it.note(at));
        if let Some(domain) = self.domains.get_mut(domain) {
            domain.handed(at);
        }
    }

    /// Notes that one that was set aside does not leave.
    pub fn released(&mut self, domain: &str, lane: Lane) {
        self.pending = self.pending.saturating_sub(1);
        self.slot -= self.step(lane);
        if let Some(domain) = self.domains.get_mut(domain) {
            domain.released();
        }
    }

    /// When the next message of a campaign leaves.
    pub fn slot(&self) -> Moment {
        Moment(self.slot.ceil() as i64)
    }

    fn step(&self, lane: Lane) -> f64 {
        if lane == Lane::Campaign { self.gap.unwrap_or(0.0) } else { 0.0 }
    }
}

impl Limits {
    /// Milliseconds between two messages that are spread evenly; nothing without a limit.
    pub fn gap(&self) -> Option<f64> {
        let a_day = self.pace.window.weekly() as f64 / 7.0;
        let gaps = [
            self.hour.map(|it| hours(1) as f64 / f64::from(it)),
            self.pace.minute_limit.map(|it| minutes(1) as f64 / f64::from(it)),
            self.day.map(|it| a_day / f64::from(it)),
        ];
        gaps.into_iter().flatten().reduce(f64::max)
    }
}
