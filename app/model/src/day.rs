//! Calendar days without a time of day.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Moment;

/// A day of the Gregorian calendar, counted from 1970-01-01; years 1 to 9999. Written as in ISO 8601: `2026-05-28`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Day(pub i64);

/// The text is not a day that there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoDay;

/// Days from 0000-03-01 to 1970-01-01.
const EPOCH: i64 = 719_468;
/// Days in 400 years, after which the calendar repeats.
const ERA: i64 = 146_097;

impl Day {
    /// The day of that year, month and number, if there is one.
    pub fn new(year: i64, month: i64, day: i64) -> Option<Self> {
        if !(1..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=length(year, month)).contains(&day) {
            return None;
        }
        // The year is taken to begin in March, so that the leap day is its last.
        let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
        let before = year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
        Some(Self(before + (153 * month + 2) / 5 + day - 1 - EPOCH))
    }

    /// The day on which a moment falls in UTC.
    pub fn of(moment: Moment) -> Self {
        Self(moment.0.div_euclid(crate::time::days(1)))
    }

    /// Year, month and number of the day.
    pub fn parts(self) -> (i64, i64, i64) {
        let days = self.0 + EPOCH;
        let (era, within) = (days.div_euclid(ERA), days.rem_euclid(ERA));
        let year = (within - within / 1_460 + within / 36_524 - within / (ERA - 1)) / 365;
        let rest = within - (365 * year + year / 4 - year / 100);
        let month = (5 * rest + 2) / 153;
        let day = rest - (153 * month + 2) / 5 + 1;
        let (month, turn) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
        (era * 400 + year + turn, month, day)
    }

    /// Reads a day as people write it: `2026-05-28`, `28.5.2026`, `28. 5. 2026` or `28/5/2026`; surrounding white space is ignored.
    ///
    /// # Errors
    /// Says that it is no day.
    pub fn parse(text: &str) -> Result<Self, NoDay> {
        let text = text.trim();
        let numbers = |sign: char| -> Option<Vec<i64>> {
            let pieces: Vec<&str> = text.split(sign).map(str::trim).collect();
            let is_number = |it: &&str| (1..=4).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_digit());
            pieces.iter().all(is_number).then(|| pieces.iter().filter_map(|it| it.parse().ok()).collect())
        };
        let sign = ['-', '.', '/'].into_iter().find(|it| text.contains(*it)).ok_or(NoDay)?;
        match (sign, numbers(sign).ok_or(NoDay)?.as_slice()) {
            ('-', [year, month, day]) | ('.' | '/', [day, month, year]) => Self::new(*year, *month, *day).ok_or(NoDay),
            _ => Err(NoDay),
        }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.parts();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl FromStr for Day {
    type Err = NoDay;

    fn from_str(text: &str) -> Result<Self, NoDay> {
        Self::parse(text)
    }
}

/// Days in a month.
fn length(year: i64, month: i64) -> i64 {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + i64::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_day_leads_back(n in -719_162_i64..2_932_896) {
            let (year, month, day) = Day(n).parts();
            prop_assert_eq!(Day::new(year, month, day), Some(Day(n)));
            prop_assert_eq!(Day::parse(&Day(n).to_string()), Ok(Day(n)));
        }
    }

    #[test]
    fn known_days_have_their_numbers() {
        assert_eq!(Day::new(1970, 1, 1), Some(Day(0)));
        assert_eq!(Day::new(2000, 3, 1), Some(Day(11_017)));
        assert_eq!(Day::of(Moment(1_780_000_000_000)).to_string(), "2026-05-28");
    }

    #[test]
    fn days_are_read_as_people_write_them() {
        for text in ["2026-05-28", "28.5.2026", " 28. 05. 2026 ", "28/5/2026"] {
            assert_eq!(Day::parse(text), Ok(Day(20_601)), "{text}");
        }
        for text in
            ["", "29.2.2026", "2026-13-01", "0.1.2026", "1.1", "1.1.26.3", "-1-1-1", "2026-05-28T10:00", "1.1.99999", "a.b.c"]
        {
            assert_eq!(Day::parse(text), Err(NoDay), "{text}");
        }
        assert!(Day::parse("29.2.2028").is_ok());
    }
}
