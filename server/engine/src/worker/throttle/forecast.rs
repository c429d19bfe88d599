//! When so many messages will have left.

use model::Moment;
use model::time::days;

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
    let without_ramp = Limits { day: None, ..limits.clone() };
    let each = without_ramp.gap().into_iter().chain(ms_each).reduce(f64::max)?;
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

    #[test]
    fn without_a_limit_the_speed_of_late_counts() {
        let free = limits(None, SendingWindow::ALWAYS, None);
        assert_eq!(forecast(&free, None, 1_000, at(2, 0), Some(3_600.0)), Some(at(2, 1)));
        assert_eq!(forecast(&free, None, 1_000, at(2, 0), None), None);
        let slow = limits(Some(3_600), SendingWindow::ALWAYS, None);
        assert_eq!(forecast(&slow, None, 10, at(2, 0), Some(hours(1) as f64)), Some(at(2, 10)));
    }
}
