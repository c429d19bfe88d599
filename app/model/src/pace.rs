//! How fast an account sends: connections, limits, the hours in which campaigns leave.

use serde::{Deserialize, Serialize};

use crate::local_time::LocalTime;
use crate::{Day, DomainName, Fault, Faults, Moment};

/// Connections to a relay at the same time, at most.
pub const CONNECTIONS_MAX: u8 = 20;
/// Domains with limits of their own, at most.
pub const DOMAIN_LIMITS_MAX: usize = 50;
/// Minutes in a day.
pub const DAY_MINUTES: u16 = 1_440;

/// What an account keeps to, beside its hourly limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pace {
    /// Connections at the same time, 1 … 20.
    pub connections: u8,
    /// Messages on one connection, 1 … 100,000; then a new one is made.
    pub messages_per_connection: u32,
    /// Messages per sliding minute at most; nothing means that only the hour counts.
    pub minute_limit: Option<u32>,
    /// When campaigns may leave.
    pub window: SendingWindow,
    /// How many messages a new account sends on its first day, 1 … 1,000,000; each further day twice as many, until the hourly limit
    /// alone counts. Nothing means that it begins at full speed.
    pub ramp: Option<u32>,
    /// Domains of recipients that take less than the account may send.
    pub domains: Vec<DomainLimit>,
}

/// How many messages an hour go to one domain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DomainLimit {
    /// The domain as it stands in addresses.
    pub domain: DomainName,
    /// Messages per sliding hour, 1 … 1,000,000.
    pub per_hour: u32,
}

/// The days and hours in which campaigns leave, on the clocks of Slovakia and Czechia.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendingWindow {
    /// Seven bits, the lowest for Monday.
    pub days: u8,
    /// Minute of the day from which on messages leave.
    pub from: u16,
    /// Minute of the day from which on they wait; 1,440 is midnight at the end.
    pub until: u16,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            connections: 3,
            messages_per_connection: 100,
            minute_limit: None,
            window: SendingWindow::ALWAYS,
            ramp: None,
            domains: Vec::new(),
        }
    }
}

impl Pace {
    /// Checks the fields; their names begin with `pace.`.
    pub fn check(&self, faults: &mut Faults) {
        let mut range = |name: &str, n: Option<u32>, max: i64| {
            if n.is_some_and(|it| !(1..=max).contains(&i64::from(it))) {
                faults.add(format!("pace.{name}"), Fault::OutOfRange { min: 1, max });
            }
        };
        range("connections", Some(u32::from(self.connections)), i64::from(CONNECTIONS_MAX));
        range("messages_per_connection", Some(self.messages_per_connection), 100_000);
        range("minute_limit", self.minute_limit, 100_000);
        range("ramp", self.ramp, 1_000_000);
        for (n, limit) in self.domains.iter().enumerate() {
            range(&format!("domains.{n}.per_hour"), Some(limit.per_hour), 1_000_000);
        }
        for (n, limit) in self.domains.iter().enumerate() {
            if self.domains.iter().take(n).any(|it| it.domain == limit.domain) {
                faults.add(format!("pace.domains.{n}.domain"), Fault::Taken);
            }
        }
        if DOMAIN_LIMITS_MAX < self.domains.len() {
            faults.add("pace.domains", Fault::OutOfRange { min: 0, max: DOMAIN_LIMITS_MAX as i64 });
        }
        if self.window.days & 0x7f == 0 {
            faults.add("pace.window.days", Fault::Missing);
        }
        if DAY_MINUTES < self.window.until || self.window.until <= self.window.from {
            faults.add("pace.window.until", Fault::OutOfRange { min: i64::from(self.window.from) + 1, max: 1_440 });
        }
    }

    /// How many messages may leave on a day of the ramp that began at `began_at`; nothing once it does not hold anything back.
    pub fn ramp_limit(&self, hourly: Option<u32>, began_at: Moment, now: Moment) -> Option<u32> {
        let first = u64::from(self.ramp?);
        let day = now.since(began_at).max(0) / crate::time::days(1);
        let limit = first.checked_shl(u32::try_from(day).ok()?).filter(|it| *it < 24_000_000 && day < 40)?;
        let full = hourly.map_or(1_000_000, |it| u64::from(it) * 24);
        (limit < full).then(|| u32::try_from(limit).ok()).flatten()
    }
}

impl SendingWindow {
    /// Day and night.
    pub const ALWAYS: Self = Self { days: 0x7f, from: 0, until: DAY_MINUTES };

    /// Whether it never closes.
    pub fn is_always(self) -> bool {
        self.days & 0x7f == 0x7f && self.from == 0 && self.until == DAY_MINUTES
    }

    /// Whether it opens on that day of the week, 0 for Monday.
    pub fn has(self, weekday: u8) -> bool {
        self.days & (1 << weekday) != 0
    }

    /// How long it is open within a week, in milliseconds.
    pub fn weekly(self) -> i64 {
        let open = i64::from(self.until.saturating_sub(self.from));
        crate::time::minutes(open) * i64::from((self.days & 0x7f).count_ones())
    }

    /// The moment itself when it is open then, otherwise when it opens next. A window without days never does.
    pub fn next_open(self, moment: Moment) -> Moment {
        if self.is_always() {
            return moment;
        }
        let local = LocalTime::of(moment);
        if self.has(local.weekday()) && (self.from..self.until).contains(&local.minute) {
            return moment;
        }
        (0..=7)
            .map(|n| LocalTime { day: Day(local.day.0 + n), minute: self.from })
            .find(|it| self.has(it.weekday()) && *it > local)
            .map_or(Moment(i64::MAX), LocalTime::moment)
    }

    /// When it closes, if it is open at the moment; the end of time when it never closes.
    pub fn closes(self, moment: Moment) -> Moment {
        if self.is_always() {
            return Moment(i64::MAX);
        }
        let local = LocalTime::of(moment);
        let end = match self.until {
            DAY_MINUTES => LocalTime { day: Day(local.day.0 + 1), minute: 0 },
            minute => LocalTime { day: local.day, minute },
        };
        end.moment().max(moment.plus(1))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::time::{days, hours, minutes};

    const WORKING: SendingWindow = SendingWindow { days: 0x1f, from: 480, until: 1_020 };

    fn at(month: i64, day: i64, hour: i64) -> Moment {
        LocalTime { day: Day::new(2026, month, day).unwrap(), minute: (hour * 60) as u16 }.moment()
    }

    #[test]
    fn what_comes_outside_the_window_waits_until_it_opens() {
        assert_eq!(WORKING.next_open(at(11, 20, 9)), at(11, 20, 9));
        assert_eq!(WORKING.next_open(at(11, 20, 17)), at(11, 23, 8));
        assert_eq!(WORKING.next_open(at(11, 22, 12)), at(11, 23, 8));
        assert_eq!(WORKING.next_open(at(11, 23, 3)), at(11, 23, 8));
        assert_eq!(WORKING.closes(at(11, 23, 9)), at(11, 23, 17));
        assert_eq!(WORKING.weekly(), hours(45));
    }

    #[test]
    fn the_clocks_on_the_wall_count() {
        assert_eq!(WORKING.next_open(at(10, 24, 12)).since(at(10, 23, 8)), days(3) + hours(1));
    }

    #[test]
    fn a_new_account_doubles_each_day_until_only_the_hourly_limit_counts() {
        let pace = Pace { ramp: Some(200), ..Pace::default() };
        let on = |day| pace.ramp_limit(Some(300), Moment(0), Moment(days(day) + minutes(5)));
        assert_eq!([on(0), on(1), on(5), on(6)], [Some(200), Some(400), Some(6_400), None]);
        assert_eq!(pace.ramp_limit(None, Moment(0), Moment(days(400))), None);
        assert_eq!(Pace::default().ramp_limit(Some(300), Moment(0), Moment(0)), None);
    }

    #[test]
    fn wrong_fields_are_named() {
        let limit = |per_hour| DomainLimit { domain: DomainName::parse("centrum.cz").unwrap(), per_hour };
        let pace = Pace {
            connections: 21,
            messages_per_connection: 0,
            minute_limit: Some(0),
            window: SendingWindow { days: 0, from: 600, until: 600 },
            ramp: Some(0),
            domains: vec![limit(1), limit(0)],
        };
        let mut faults = Faults::default();
        pace.check(&mut faults);
        let named: Vec<&str> = faults.list().iter().map(|it| it.field.as_str()).collect();
        assert_eq!(named.len(), 8, "{named:?}");
        let mut none = Faults::default();
        Pace::default().check(&mut none);
        assert!(none.finish().is_ok());
    }

    proptest! {
        #[test]
        fn the_next_opening_is_open_and_none_comes_before(
            days in 1_u8..128, from in 0_u16..1_439, length in 1_u16..1_440, at in 25_000_000_i64..40_000_000, before in 0.0_f64..1.0,
        ) {
            let window = SendingWindow { days, from, until: from.saturating_add(length).min(1_440) };
            let moment = Moment(minutes(at));
            let open = window.next_open(moment);
            prop_assert!(moment <= open && open.since(moment) <= crate::time::days(8));
            prop_assert_eq!(window.next_open(open), open);
            let between = moment.plus((open.since(moment) as f64 * before) as i64);
            prop_assert!(between == open || window.next_open(between) == open);
            prop_assert!(open < window.closes(open));
        }
    }
}
