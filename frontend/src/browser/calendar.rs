//! Calendar days where the person is, as fields of dates hold them.

use std::fmt;

use model::Moment;

/// One day: `2026-05-03`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    year: i32,
    month: u32,
    day: u32,
}

impl Date {
    /// Reads `2026-05-03`; nothing when it is no day of the calendar between the years 1970 and 9999.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        let date = Self { year, month, day };
        let valid = parts.next().is_none() && (1970..=9999).contains(&year) && (1..=12).contains(&month);
        (valid && 0 < day && day <= date.days_of_month()).then_some(date)
    }

    /// The day that follows.
    pub fn next(self) -> Self {
        if self.day < self.days_of_month() {
            Self { day: self.day + 1, ..self }
        } else if self.month < 12 {
            Self { month: self.month + 1, day: 1, ..self }
        } else {
            Self { year: self.year + 1, month: 1, day: 1 }
        }
    }

    /// The moment at which it begins.
    pub fn begin(self) -> Moment {
        imp::begin(self.year, self.month, self.day)
    }

    /// The moment at a time of that day where the person is.
    pub fn at(self, hour: u32, minute: u32) -> Moment {
        imp::at(self, hour, minute)
    }

    fn days_of_month(self) -> u32 {
        let leap = self.year % 4 == 0 && (self.year % 100 != 0 || self.year % 400 == 0);
        match self.month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }
}

/// Reads a day with a time, as a field of both holds them: `2026-05-03T14:05`.
pub fn moment(text: &str) -> Option<Moment> {
    let (day, time) = text.split_once('T')?;
    let (hour, minute) = time.split_once(':')?;
    let (hour, minute) = (hour.parse().ok()?, minute.get(..2)?.parse().ok()?);
    (hour < 24 && minute < 60).then(|| Date::parse(day).map(|it| it.at(hour, minute)))?
}

/// A moment as a field of day and time holds it.
pub fn field(moment: Moment) -> String {
    imp::field(moment)
}

/// The name of the time zone that the person is in, as `Europe/Bratislava`.
pub fn zone() -> String {
    imp::zone()
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(target_arch = "wasm32")]
mod imp {
    use js_sys::{Array, Intl, Object, Reflect};

    use super::{Date, Moment};

    pub fn begin(year: i32, month: u32, day: u32) -> Moment {
        let date = js_sys::Date::new_with_year_month_day(year as u32, month as i32 - 1, day as i32);
        Moment(date.get_time() as i64)
    }

    pub fn at(day: Date, hour: u32, minute: u32) -> Moment {
        let (year, month, of_month) = (day.year as u32, day.month as i32 - 1, day.day as i32);
        let date = js_sys::Date::new_with_year_month_day_hr_min(year, month, of_month, hour as i32, minute as i32);
        Moment(date.get_time() as i64)
    }

    pub fn field(moment: Moment) -> String {
        let date = js_sys::Date::new(&(moment.0 as f64).into());
        let (year, month, day) = (date.get_full_year(), date.get_month() + 1, date.get_date());
        format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}", date.get_hours(), date.get_minutes())
    }

    pub fn zone() -> String {
        let options = Intl::DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
        Reflect::get(&options, &"timeZone".into()).ok().and_then(|it| it.as_string()).unwrap_or_default()
    }
}

/// Outside the browser, where only tests run: universal time.
#[cfg(not(target_arch = "wasm32"))]
mod imp {
    use super::{Date, Moment};

    pub fn begin(year: i32, month: u32, day: u32) -> Moment {
        let wanted = Date { year, month, day };
        let mut date = Date { year: 1970, month: 1, day: 1 };
        let mut days = 0;
        while date < wanted {
            date = date.next();
            days += 1;
        }
        Moment(days * 86_400_000)
    }

    pub fn at(day: Date, hour: u32, minute: u32) -> Moment {
        day.begin().plus(i64::from(hour * 60 + minute) * 60_000)
    }

    pub fn field(moment: Moment) -> String {
        let minutes = moment.0.rem_euclid(86_400_000) / 60_000;
        let mut date = Date { year: 1970, month: 1, day: 1 };
        while date.next().begin() <= moment {
            date = date.next();
        }
        format!("{date}T{:02}:{:02}", minutes / 60, minutes % 60)
    }

    pub fn zone() -> String {
        "UTC".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use model::time::days;

    use super::*;

    #[test]
    fn only_days_of_the_calendar_are_read() {
        for (text, valid) in [
            ("2026-05-03", true),
            ("2024-02-29", true),
            ("2026-02-29", false),
            ("2026-13-01", false),
            ("2026-00-10", false),
            ("2026-04-31", false),
            ("2026-04", false),
            ("2026-04-01-01", false),
            ("", false),
        ] {
            assert_eq!(Date::parse(text).map(|it| it.to_string()).as_deref(), valid.then_some(text), "{text}");
        }
    }

    #[test]
    fn a_day_with_a_time_is_read_and_written() {
        for text in ["2026-05-03T14:05", "1970-01-01T00:00", "2028-02-29T23:59"] {
            assert_eq!(moment(text).map(field).as_deref(), Some(text));
        }
        for text in ["", "2026-05-03", "2026-05-03T24:00", "2026-05-03T1", "2026-05-03T10:60", "xT10:00"] {
            assert_eq!(moment(text), None, "{text}");
        }
    }

    #[test]
    fn a_day_ends_where_the_next_begins() {
        for text in ["2026-05-03", "2026-02-28", "2026-12-31"] {
            let date = Date::parse(text).unwrap();
            assert_eq!(date.next().begin(), date.begin().plus(days(1)));
        }
    }
}
