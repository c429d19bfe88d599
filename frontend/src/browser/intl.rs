//! Numbers and dates as the browser writes them in a language.

use model::{Language, Moment};

/// How much of a moment is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateStyle {
    /// 14:05
    Time,
    /// 3. 5.
    Day,
    /// 3. 5. 2026
    Date,
    /// pondelok 3. mája 2026, 14:05:09
    Exact,
    /// pondelok 3. mája
    Weekday,
}

/// A calendar day where the person is, as a count of days; and the year it lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// Days since some fixed day.
    pub number: i64,
    /// The year.
    pub year: i32,
}

/// Writes a moment.
pub fn date(language: Language, style: DateStyle, moment: Moment) -> String {
    imp::date(language, style, moment)
}

/// Writes a number with at most so many decimals.
pub fn number(language: Language, value: f64, decimals: u32) -> String {
    imp::number(language, value, decimals)
}

/// The day a moment lies in.
pub fn day(moment: Moment) -> Day {
    imp::day(moment)
}

/// The begin of the day a moment lies in.
pub fn midnight(moment: Moment) -> Moment {
    imp::midnight(moment)
}

/// The hour of the day a moment lies in, 0 … 23.
pub fn hour(moment: Moment) -> u32 {
    imp::hour(moment)
}

#[cfg(target_arch = "wasm32")]
mod imp {
    use std::cell::RefCell;

    use js_sys::{Array, Date, Function, Intl, Object, Reflect};
    use wasm_bindgen::JsValue;

    use super::{DateStyle, Day, Language, Moment};

    type Formats<K> = Vec<((Language, K), Function)>;

    thread_local! {
        // A format costs a thousand times more to make than to use.
        static DATES: RefCell<Formats<DateStyle>> = const { RefCell::new(Vec::new()) };
        static NUMBERS: RefCell<Formats<u32>> = const { RefCell::new(Vec::new()) };
    }

    pub fn date(language: Language, style: DateStyle, moment: Moment) -> String {
        let make = || Intl::DateTimeFormat::new(&locales(language), &date_options(style)).format();
        let format = DATES.with_borrow_mut(|it| kept(it, (language, style), make));
        written(&format, &js_date(moment))
    }

    pub fn number(language: Language, value: f64, decimals: u32) -> String {
        let make = || {
            let options = Object::new();
            set(&options, "maximumFractionDigits", &JsValue::from(decimals));
            Intl::NumberFormat::new(&locales(language), &options).format()
        };
        let format = NUMBERS.with_borrow_mut(|it| kept(it, (language, decimals), make));
        written(&format, &JsValue::from(value))
    }

    fn kept<K: Copy + PartialEq>(formats: &mut Formats<K>, key: (Language, K), make: impl FnOnce() -> Function) -> Function {
        if let Some((_, format)) = formats.iter().find(|it| it.0 == key) {
            return format.clone();
        }
        let format = make();
        formats.push((key, format.clone()));
        format
    }

    pub fn day(moment: Moment) -> Day {
        let date = js_date(moment);
        let local_ms = moment.0 - date.get_timezone_offset() as i64 * 60_000;
        Day { number: local_ms.div_euclid(86_400_000), year: date.get_full_year() as i32 }
    }

    pub fn midnight(moment: Moment) -> Moment {
        let date = js_date(moment);
        date.set_hours(0);
        date.set_minutes(0);
        date.set_seconds(0);
        date.set_milliseconds(0);
        Moment(date.get_time() as i64)
    }

    pub fn hour(moment: Moment) -> u32 {
        js_date(moment).get_hours()
    }

    fn js_date(moment: Moment) -> Date {
        Date::new(&JsValue::from(moment.0 as f64))
    }

    fn locales(language: Language) -> Array {
        // English dates in the order and with the 24 hours that people here expect.
        Array::of1(&JsValue::from(match language {
            Language::Sk => "sk-SK",
            Language::Cs => "cs-CZ",
            Language::En => "en-GB",
        }))
    }

    fn date_options(style: DateStyle) -> Object {
        let options = Object::new();
        let pairs: &[(&str, &str)] = match style {
            DateStyle::Time => &[("hour", "numeric"), ("minute", "2-digit")],
            DateStyle::Day => &[("day", "numeric"), ("month", "short")],
            DateStyle::Date => &[("day", "numeric"), ("month", "numeric"), ("year", "numeric")],
            DateStyle::Exact => &[("dateStyle", "full"), ("timeStyle", "medium")],
            DateStyle::Weekday => &[("weekday", "long"), ("day", "numeric"), ("month", "long")],
        };
        for (name, value) in pairs {
            set(&options, name, &JsValue::from(*value));
        }
        options
    }

    fn set(options: &Object, name: &str, value: &JsValue) {
        let _ = Reflect::set(options, &JsValue::from(name), value);
    }

    fn written(format: &Function, value: &JsValue) -> String {
        format.call1(&JsValue::UNDEFINED, value).ok().and_then(|it| it.as_string()).unwrap_or_default()
    }
}

/// Outside the browser, where only tests run: universal time and plain digits.
#[cfg(not(target_arch = "wasm32"))]
mod imp {
    use super::{DateStyle, Day, Language, Moment};

    const DAY_MS: i64 = 86_400_000;

    pub fn date(_: Language, style: DateStyle, moment: Moment) -> String {
        let minutes = moment.0.rem_euclid(DAY_MS) / 60_000;
        let time = format!("{}:{:02}", minutes / 60, minutes % 60);
        let day = moment.0.div_euclid(DAY_MS);
        match style {
            DateStyle::Time => time,
            DateStyle::Day | DateStyle::Weekday => format!("day {day}"),
            DateStyle::Date => format!("date {day}"),
            DateStyle::Exact => format!("date {day}, {time}"),
        }
    }

    pub fn number(_: Language, value: f64, decimals: u32) -> String {
        format!("{value:.*}", decimals as usize)
    }

    pub fn day(moment: Moment) -> Day {
        let number = moment.0.div_euclid(DAY_MS);
        Day { number, year: 1970 + (number / 365) as i32 }
    }

    pub fn midnight(moment: Moment) -> Moment {
        Moment(moment.0.div_euclid(DAY_MS) * DAY_MS)
    }

    pub fn hour(moment: Moment) -> u32 {
        (moment.0.rem_euclid(DAY_MS) / 3_600_000) as u32
    }
}
