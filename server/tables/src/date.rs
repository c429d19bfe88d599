//! Days of the calendar and the numbers that spreadsheets keep for them.

/// Day 0 of the spreadsheets that count from 1900 lies at 1899-12-30, as they hold 1900 for a leap year; this many days before 1970.
const SINCE_1900: i64 = 25_569;
/// Spreadsheets of the old Macintosh count from 1904-01-01.
const SINCE_1904: i64 = 24_107;
/// The last serial number that spreadsheets know, 9999-12-31.
const LAST: f64 = 2_958_465.0;

/// From which day a workbook counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Epoch {
    /// From 1900.
    #[default]
    Of1900,
    /// From 1904.
    Of1904,
}

/// The serial number of a day written as `YYYY-MM-DD`, or nothing when it is no day.
pub fn serial(day: &str) -> Option<i64> {
    let mut parts = day.splitn(3, '-').map(|it| it.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    if !(1900..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let days = days_since_1970(year, month, day);
    (civil(days) == (year, month, day)).then_some(days + SINCE_1900)
}

/// What a serial number means: `YYYY-MM-DD`, with ` HH:MM` when it is not midnight.
pub fn of_serial(number: f64, epoch: Epoch) -> Option<String> {
    if !(0.0..=LAST).contains(&number) {
        return None;
    }
    let whole = number.floor() as i64;
    let minutes = ((number - number.floor()) * 1440.0).round() as i64;
    let (whole, minutes) = if minutes == 1440 { (whole + 1, 0) } else { (whole, minutes) };
    let days = match epoch {
        // Before the day that never was (1900-02-29) the count is one ahead.
        Epoch::Of1900 if whole < 60 => whole + 1 - SINCE_1900,
        Epoch::Of1900 => whole - SINCE_1900,
        Epoch::Of1904 => whole - SINCE_1904,
    };
    let (year, month, day) = civil(days);
    let date = format!("{year:04}-{month:02}-{day:02}");
    Some(if minutes == 0 { date } else { format!("{date} {:02}:{:02}", minutes / 60, minutes % 60) })
}

/// Days from 1970-01-01 to a day of the Gregorian calendar; years begin in March so that the leap day is the last.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
    let before = year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    before + (153 * month + 2) / 5 + day - 1 - 719_468
}

/// Year, month and day of a number of days since 1970-01-01.
fn civil(days: i64) -> (i64, i64, i64) {
    let mut year = 1970 + days.div_euclid(366);
    while days_since_1970(year + 1, 1, 1) <= days {
        year += 1;
    }
    let mut month = 1;
    while month < 12 && days_since_1970(year, month + 1, 1) <= days {
        month += 1;
    }
    (year, month, days - days_since_1970(year, month, 1) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_serial_numbers_agree() {
        for (day, number) in [("1900-03-01", 61), ("1970-01-01", 25_569), ("2024-02-29", 45_351), ("2026-11-21", 46_347)] {
            assert_eq!(serial(day), Some(number));
            assert_eq!(of_serial(number as f64, Epoch::Of1900).as_deref(), Some(day));
        }
    }

    #[test]
    fn both_epochs_and_the_day_that_never_was() {
        assert_eq!(of_serial(1.0, Epoch::Of1900).as_deref(), Some("1900-01-01"));
        assert_eq!(of_serial(0.0, Epoch::Of1904).as_deref(), Some("1904-01-01"));
        assert_eq!(of_serial(44_885.0, Epoch::Of1904), of_serial(46_347.0, Epoch::Of1900));
        assert_eq!(of_serial(46_347.75, Epoch::Of1900).as_deref(), Some("2026-11-21 18:00"));
    }

    #[test]
    fn no_day_is_made_of_what_is_none() {
        for day in ["2023-02-29", "2024-13-01", "x", "2024-1", "0000-01-01", ""] {
            assert_eq!(serial(day), None, "{day}");
        }
        assert_eq!(of_serial(-1.0, Epoch::Of1900), None);
        assert_eq!(of_serial(f64::NAN, Epoch::Of1900), None);
    }
}
