//! The time of day in Slovakia and Czechia, which share a zone: UTC+1, and UTC+2 from the last Sunday of March to the last of October
//! (Directive 2000/84/EC).

use serde::{Deserialize, Serialize};

use crate::time::{days, hours, minutes};
use crate::{Day, Moment};

/// A day and a minute of it, as clocks on the wall show them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LocalTime {
    /// The day.
    pub day: Day,
    /// Minutes since midnight, 0 … 1,439.
    pub minute: u16,
}

impl LocalTime {
    /// What clocks show at a moment.
    pub fn of(moment: Moment) -> Self {
        let shown = moment.plus(offset(moment));
        Self { day: Day::of(shown), minute: (shown.0.rem_euclid(days(1)) / minutes(1)) as u16 }
    }

    /// The first moment at which clocks show this or, where that is left out in March, the moment of the change.
    pub fn moment(self) -> Moment {
        let shown = Moment(days(self.day.0)).plus(minutes(i64::from(self.minute)));
        let (summer, winter) = (shown.plus(-hours(2)), shown.plus(-hours(1)));
        if Self::of(summer) == self {
            return summer;
        }
        if Self::of(winter) == self { winter } else { change(self.day.parts().0, 3) }
    }

    /// The day of the week, 0 for Monday … 6 for Sunday.
    pub fn weekday(self) -> u8 {
        // 1970-01-01 was a Thursday.
        (self.day.0 + 3).rem_euclid(7) as u8
    }
}

/// How far clocks are ahead of UTC, in milliseconds.
fn offset(moment: Moment) -> i64 {
    let year = Day::of(moment).parts().0;
    if change(year, 3) <= moment && moment < change(year, 10) { hours(2) } else { hours(1) }
}

/// When clocks are changed in that month: at 01:00 UTC of its last Sunday. Both months have 31 days.
fn change(year: i64, month: i64) -> Moment {
    let last = Day::new(year, month, 31).map_or(0, |it| it.0);
    let after_sunday = (last + 4).rem_euclid(7);
    Moment(days(last - after_sunday) + hours(1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(year: i64, month: i64, day: i64, hour: i64, minute: i64) -> Moment {
        Moment(days(Day::new(year, month, day).unwrap().0) + hours(hour) + minutes(minute))
    }

    fn shown(moment: Moment) -> String {
        let it = LocalTime::of(moment);
        format!("{} {:02}:{:02}", it.day, it.minute / 60, it.minute % 60)
    }

    #[test]
    fn clocks_change_on_the_last_sundays_of_march_and_october() {
        assert_eq!(shown(at(2027, 3, 28, 0, 59)), "2027-03-28 01:59");
        assert_eq!(shown(at(2027, 3, 28, 1, 0)), "2027-03-28 03:00");
        assert_eq!(shown(at(2027, 10, 31, 0, 59)), "2027-10-31 02:59");
        assert_eq!(shown(at(2027, 10, 31, 1, 0)), "2027-10-31 02:00");
        assert_eq!(shown(at(2026, 12, 31, 23, 30)), "2027-01-01 00:30");
    }

    #[test]
    fn an_hour_that_is_left_out_is_the_moment_of_the_change() {
        let left_out = LocalTime { day: Day::new(2027, 3, 28).unwrap(), minute: 150 };
        assert_eq!(left_out.moment(), at(2027, 3, 28, 1, 0));
        let twice = LocalTime { day: Day::new(2027, 10, 31).unwrap(), minute: 150 };
        assert_eq!(twice.moment(), at(2027, 10, 31, 0, 30));
    }

    #[test]
    fn days_of_the_week_begin_with_monday() {
        assert_eq!(LocalTime::of(at(2026, 11, 23, 12, 0)).weekday(), 0);
        assert_eq!(LocalTime::of(at(2026, 11, 22, 12, 0)).weekday(), 6);
    }

    proptest! {
        #[test]
        fn what_clocks_show_leads_back_to_the_first_moment_of_it(minute in 20_000_000_i64..60_000_000) {
            let moment = Moment(minutes(minute));
            let back = LocalTime::of(moment).moment();
            prop_assert_eq!(LocalTime::of(back), LocalTime::of(moment));
            prop_assert!(back == moment || back == moment.plus(-hours(1)));
        }
    }
}
