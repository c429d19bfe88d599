//! When so many messages will have left.

use model::time::{days, hours, seconds};
use model::{Moment, SendingWindow};

use super::ledger::Limits;

/// Farther than this nobody looks ahead.
const FAR: i64 = days(3_650);

/// When `n` messages of campaigns will have left that begin at `begin`; `ms_each` is how long one took lately, and counts where no limit
/// does. Nothing when nothing is known, or when it would take ten years.
pub(super) fn forecast(
    limits: &Limits,
    ramp_began_at: Option<Moment>,
    n: u64,
    begin: Moment,
    ms_each: Option<f64>,
) -> Option<Moment> {
    let each = each(limits, ms_each)?;
    let window = limits.pace.window;
    let (mut at, mut left) = (window.next_open(begin), n as f64);
    while at.since(begin) < FAR {
        let day_end = ramp_began_at.map(|it| it.plus((at.since(it).div_euclid(days(1)) + 1) * days(1)));
        let end = window.closes(at).min(day_end.unwrap_or(Moment(i64::MAX)));
        let of_day = ramp_began_at.and_then(|it| limits.pace.ramp_limit(limits.hour, it, at)).map_or(f64::MAX, f64::from);
        let capacity = (end.since(at) as f64 / each).min(of_day);
        if left <= capacity {
            return Some(at.plus((left * each).ceil() as i64));
        }
        left -= capacity;
        at = window.next_open(end);
    }
    None
}

/// One of several accounts that carry the same messages.
pub(super) struct Carrier {
    /// Its limits.
    pub limits: Limits,
    /// When its ramp began, if it has one.
    pub ramp_began_at: Option<Moment>,
    /// When it carries the next message.
    pub begin: Moment,
    /// How many milliseconds one took it lately.
    pub ms_each: Option<f64>,
    /// How many messages it carries before.
    pub own: u64,
}

/// When `n` messages of campaigns will have left that several accounts carry together, while the window of the one that they wait for is open.
/// Nothing when the speed of one of them is not known, or when it would take ten years.
pub(super) fn together(carriers: &[Carrier], window: SendingWindow, n: u64) -> Option<Moment> {
    let begin = carriers.iter().map(|it| it.begin).min()?;
    let speeds: Vec<f64> = carriers.iter().map(|it| each(&it.limits, it.ms_each)).collect::<Option<_>>()?;
    let is_done = |after: i64| {
        let until = begin.plus(after);
        let carried = carriers.iter().zip(&speeds).map(|(it, each)| (carried(it, *each, window, until) - it.own as f64).max(0.0));
        n as f64 <= carried.sum::<f64>() + 1e-6
    };
    let (mut too_early, mut late) = (0, hours(1));
    while !is_done(late) {
        too_early = late;
        late *= 2;
        if FAR < late {
            return None;
        }
    }
    while seconds(1) < late - too_early {
        let middle = too_early + (late - too_early) / 2;
        if is_done(middle) { late = middle } else { too_early = middle }
    }
    Some(begin.plus(late))
}

/// How many milliseconds one message takes, apart from a ramp; nothing when nothing is known.
fn each(limits: &Limits, ms_each: Option<f64>) -> Option<f64> {
    let without_ramp = Limits { day: None, ..limits.clone() };
    without_ramp.gap().into_iter().chain(ms_each).reduce(f64::max)
}

/// How many messages an account carries until then, while its own window and that of the account they wait for are open.
fn carried(it: &Carrier, each: f64, window: SendingWindow, until: Moment) -> f64 {
    let own = it.limits.pace.window;
    let open = |mut at: Moment| loop {
        let next = window.next_open(own.next_open(at));
        if next == at || until < next {
            return next;
        }
        at = next;
    };
    let (mut at, mut n) = (open(it.begin), 0.0);
    while at < until {
        let day_end = it.ramp_began_at.map(|began| began.plus((at.since(began).div_euclid(days(1)) + 1) * days(1)));
        let end = own.closes(at).min(window.closes(at)).min(day_end.unwrap_or(until)).min(until);
        let of_day = it.ramp_began_at.and_then(|began| it.limits.pace.ramp_limit(it.limits.hour, began, at));
        n += (end.since(at) as f64 / each).min(of_day.map_or(f64::MAX, f64::from));
        at = open(end);
    }
    n
}

#[cfg(test)]
mod tests {
    use model::time::{hours, minutes};
    use model::{Day, LocalTime, Pace, SendingWindow};

    use super::*;

    fn limits(hour: Option<u32>, window: SendingWindow, ramp: Option<u32>) -> Limits {
        Limits { hour, day: None, pace: Pace { window, ramp, ..Pace::default() }, rests: false }
    }

    fn at(day: i64, hour: u16) -> Moment {
        LocalTime { day: Day::new(2026, 11, day).unwrap(), minute: hour * 60 }.moment()
    }

    #[test]
    fn an_hourly_limit_tells_the_end() {
        let end = forecast(&limits(Some(600), SendingWindow::ALWAYS, None), None, 1_200, at(23, 8), None);
        assert_eq!(end, Some(at(23, 10)));
    }

    #[test]
    fn what_does_not_fit_before_the_evening_goes_on_the_next_morning() {
        let window = SendingWindow { days: 0x1f, from: 480, until: 1_020 };
        let end = forecast(&limits(Some(100), window, None), None, 1_000, at(20, 9), None);
        assert_eq!(end, Some(at(23, 10)));
    }

    #[test]
    fn a_ramp_holds_back_on_its_first_days() {
        let began = at(2, 0);
        let end = forecast(&limits(Some(600), SendingWindow::ALWAYS, Some(200)), Some(began), 700, began, None);
        assert_eq!(end, Some(began.plus(days(2)).plus(minutes(10))));
    }

    fn carrier(hour: u32, window: SendingWindow, own: u64) -> Carrier {
        Carrier { limits: limits(Some(hour), window, None), ramp_began_at: None, begin: at(23, 8), ms_each: None, own }
    }

    /// Within the second that the end is looked for.
    fn is_at(end: Option<Moment>, expected: Moment) -> bool {
        end.is_some_and(|it| (0..=seconds(1)).contains(&it.since(expected)))
    }

    #[test]
    fn several_carry_together_what_is_left_of_each() {
        let always = SendingWindow::ALWAYS;
        let both = [carrier(100, always, 0), carrier(200, always, 0)];
        assert!(is_at(together(&both, always, 600), at(23, 10)));
        // The second one has its own to carry for an hour.
        let busy = [carrier(100, always, 0), carrier(200, always, 200)];
        assert!(is_at(together(&busy, always, 400), at(23, 10)));
        let unknown = Carrier { limits: limits(None, always, None), ..carrier(1, always, 0) };
        assert_eq!(together(&[carrier(100, always, 0), unknown], always, 600), None);
        assert_eq!(together(&[], always, 1), None);
    }

    #[test]
    fn together_they_keep_to_both_windows() {
        let (morning, day) =
            (SendingWindow { days: 0x7f, from: 480, until: 600 }, SendingWindow { days: 0x7f, from: 540, until: 1_020 });
        let one = [carrier(100, morning, 0)];
        // From nine to ten each day.
        assert!(is_at(together(&one, day, 250), at(25, 9).plus(minutes(30))));
    }

    #[test]
    fn without_a_limit_the_speed_of_late_counts() {
        let free = limits(None, SendingWindow::ALWAYS, None);
        assert_eq!(forecast(&free, None, 1_000, at(2, 0), Some(3_600.0)), Some(at(2, 1)));
        assert_eq!(forecast(&free, None, 1_000, at(2, 0), None), None);
        let slow = limits(Some(3_600), SendingWindow::ALWAYS, None);
        assert_eq!(forecast(&slow, None, 10, at(2, 0), Some(hours(1) as f64)), Some(at(2, 10)));
    }
}
