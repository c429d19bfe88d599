//! Dates, sizes and numbers as people read them.

use model::{Day, Decimal, HomeCountry, Language, Moment, PhoneNumber};

use crate::browser::intl::{self, DateStyle};
use crate::browser::timer;
use crate::i18n::{Locale, language, td_string};

/// A moment in short: *today 14:05*, *yesterday 9:30*, the day within this year, else the date.
pub fn moment(locale: Locale, moment: Moment) -> String {
    moment_at(locale, moment, timer::now())
}

/// A moment in short as seen from another one.
pub fn moment_at(locale: Locale, moment: Moment, now: Moment) -> String {
    let (then, today) = (intl::day(moment), intl::day(now));
    let write = |style| intl::date(language(locale), style, moment);
    match today.number - then.number {
        0 => td_string!(locale, common.today_at, time = write(DateStyle::Time)),
        1 => td_string!(locale, common.yesterday_at, time = write(DateStyle::Time)),
        _ if then.year == today.year => write(DateStyle::Day),
        _ => write(DateStyle::Date),
    }
}

/// A moment in full, for tooltips.
pub fn exact(locale: Locale, moment: Moment) -> String {
    intl::date(language(locale), DateStyle::Exact, moment)
}

/// The day, always with its year.
pub fn day(language: Language, moment: Moment) -> String {
    intl::date(language, DateStyle::Date, moment)
}

/// A day of the calendar, always with its year; noon is on the same day everywhere we know.
pub fn calendar_day(language: Language, it: Day) -> String {
    day(language, Moment(model::time::days(it.0) + model::time::hours(11)))
}

/// The time of day.
pub fn time(locale: Locale, moment: Moment) -> String {
    intl::date(language(locale), DateStyle::Time, moment)
}

/// A whole number with the separators of the language.
pub fn number(language: Language, n: u64) -> String {
    intl::number(language, n as f64, 0)
}

/// A decimal number with the signs of the language.
pub fn decimal(language: Language, it: Decimal) -> String {
    let places = (0..4_u32).find(|places| it.0 % 10_i64.pow(4 - places) == 0).unwrap_or(4);
    intl::number(language, it.0 as f64 / 10_000.0, places)
}

/// So many tenths as a number with one decimal place.
pub fn tenths(locale: Locale, n: u64) -> String {
    intl::number(language(locale), n as f64 / 10.0, 1)
}

/// A size of so many bytes in the unit that reads best: whole kilobytes, megabytes with one decimal.
pub fn size(locale: Locale, bytes: u64) -> String {
    let write = |value, decimals| intl::number(language(locale), value, decimals);
    let bytes = bytes as f64;
    if bytes < 1_000.0 {
        td_string!(locale, common.bytes, n = write(bytes, 0))
    } else if bytes < 999_500.0 {
        td_string!(locale, common.kilobytes, n = write((bytes / 1_000.0).round(), 0))
    } else {
        td_string!(locale, common.megabytes, n = write((bytes / 100_000.0).round() / 10.0, 1))
    }
}

/// Up to two letters that stand for a name: first and last word.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter(|it| it.starts_with(char::is_alphanumeric));
    let first = words.next().and_then(|it| it.chars().next());
    let last = words.next_back().and_then(|it| it.chars().next());
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

/// A phone number in groups, as people read it; anything else stays as it is.
pub fn phone(text: &str) -> String {
    match text.starts_with('+') {
        true => PhoneNumber::parse(text, HomeCountry::default()).map_or_else(|_| text.to_owned(), |it| it.shown()),
        false => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use model::time::{days, hours, minutes};

    use super::*;

    #[test]
    fn today_and_yesterday_have_names() {
        let now = Moment(days(20_000) + hours(15));
        let words = |ms| moment_at(Locale::en, Moment(now.0 - ms), now);
        assert_eq!(words(minutes(55)), "today 14:05");
        assert_eq!(words(hours(16)), "yesterday 23:00");
        assert_eq!(words(days(3)), "day 19997");
        assert_eq!(words(days(400)), "date 19600");
    }

    #[test]
    fn sizes_choose_their_unit() {
        for (bytes, words) in [(999, "999 B"), (1_500, "2 KB"), (999_499, "999 KB"), (999_600, "1.0 MB"), (15_728_640, "15.7 MB")]
        {
            assert_eq!(size(Locale::en, bytes), words);
        }
    }

    #[test]
    fn only_numbers_are_grouped() {
        assert_eq!(phone("+421905123456"), "+421 905 123 456");
        assert_eq!(phone("eva@example.sk"), "eva@example.sk");
        assert_eq!((phone(""), phone("klapka 12")), (String::new(), "klapka 12".to_owned()));
    }

    #[test]
    fn initials_are_of_the_first_and_last_word() {
        for (name, letters) in
            [("Eva Nová", "EN"), ("Ján Ňachaj ml.", "JM"), ("žofia", "Ž"), ("", ""), ("ACME (SK) s.r.o.", "AS")]
        {
            assert_eq!(initials(name), letters, "{name}");
        }
    }
}
