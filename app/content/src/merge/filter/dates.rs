//! Days and times of day by patterns like those of CLDR, with the names of three languages.

use jiff::civil::{Date, DateTime, Time, Weekday};

use crate::merge::language::Language;

/// The longest pattern, in characters.
const MAX_PATTERN: usize = 60;

/// A pattern, read.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::merge) struct Pattern(Vec<Piece>);

#[derive(Clone, Debug, PartialEq)]
enum Piece {
    Text(String),
    Day(usize),
    Month(usize),
    /// The name of a month alone, in the nominative.
    MonthAlone(usize),
    Year(usize),
    Weekday(usize),
    Hour(usize),
    HourOf12(usize),
    Minute(usize),
    Second(usize),
    HalfOfDay,
}

impl Pattern {
    /// Reads a pattern: `d`, `dd`, `M`, `MM`, `MMM`, `MMMM`, `LLLL`, `yy`, `yyyy`, `EEE`, `EEEE`, `H`, `HH`, `h`, `mm`, `ss`,
    /// `a`; other letters only between apostrophes. Capital `D` and `Y` mean the same as small ones, and `m` before any hour
    /// means the month, as in `dd.mm.yyyy`. None when it is none, or has no letter that means something.
    pub(in crate::merge) fn read(text: &str) -> Option<Self> {
        if MAX_PATTERN < text.chars().count() {
            return None;
        }
        let mut pieces: Vec<Piece> = Vec::new();
        let mut signs = text.chars().peekable();
        while let Some(sign) = signs.next() {
            if sign == '\'' {
                let quoted: String = signs.by_ref().take_while(|it| *it != '\'').collect();
                push_text(&mut pieces, if quoted.is_empty() { "'" } else { &quoted });
            } else if sign.is_ascii_alphabetic() {
                let mut n = 1;
                while signs.next_if_eq(&sign).is_some() {
                    n += 1;
                }
                let has_hour = pieces.iter().any(|it| matches!(it, Piece::Hour(_) | Piece::HourOf12(_)));
                pieces.push(piece(sign, n, has_hour)?);
            } else {
                push_text(&mut pieces, sign.encode_utf8(&mut [0; 4]));
            }
        }
        pieces.iter().any(|it| !matches!(it, Piece::Text(_))).then_some(Self(pieces))
    }

    /// Whether the pattern shows hours, minutes or seconds, which a day alone does not have.
    pub(in crate::merge) fn has_time(&self) -> bool {
        let is_time = |it: &Piece| {
            matches!(it, Piece::Hour(_) | Piece::HourOf12(_) | Piece::Minute(_) | Piece::Second(_) | Piece::HalfOfDay)
        };
        self.0.iter().any(is_time)
    }

    /// Writes a day and time; a space behind a number with a dot does not break.
    pub(in crate::merge) fn write(&self, moment: DateTime, language: Language) -> String {
        let mut text = String::new();
        let mut is_behind_number = false;
        for piece in &self.0 {
            if let Piece::Text(it) = piece {
                match it.strip_prefix(". ").filter(|_| is_behind_number) {
                    Some(rest) => text.extend([".\u{a0}", rest]),
                    None if is_behind_number && it == " " && language == Language::English => text.push('\u{a0}'),
                    None => text.push_str(it),
                }
            } else {
                text.push_str(&piece.write(moment, language));
            }
            is_behind_number = matches!(piece, Piece::Day(_) | Piece::Month(1 | 2));
        }
        text
    }
}

fn push_text(pieces: &mut Vec<Piece>, text: &str) {
    match pieces.last_mut() {
        Some(Piece::Text(before)) => before.push_str(text),
        _ => pieces.push(Piece::Text(text.to_owned())),
    }
}

fn piece(sign: char, n: usize, has_hour: bool) -> Option<Piece> {
    Some(match (sign, n) {
        ('d' | 'D', 1..=2) => Piece::Day(n),
        ('m', 1..=2) if has_hour => Piece::Minute(n),
        ('M' | 'm', 1..=4) => Piece::Month(n),
        ('L', 3..=4) => Piece::MonthAlone(n),
        ('y' | 'Y', 1 | 2 | 4) => Piece::Year(n),
        ('E', 1..=4) => Piece::Weekday(n),
        ('H', 1..=2) => Piece::Hour(n),
        ('h', 1..=2) => Piece::HourOf12(n),
        ('s', 1..=2) => Piece::Second(n),
        ('a', 1) => Piece::HalfOfDay,
        _ => return None,
    })
}

impl Piece {
    fn write(&self, it: DateTime, language: Language) -> String {
        let padded = |value: i16, width: usize| format!("{value:0width$}");
        match *self {
            Self::Text(ref text) => text.clone(),
            Self::Day(n) => padded(it.day().into(), n),
            Self::Month(n @ 1..=2) => padded(it.month().into(), n),
            Self::Month(3) => short_month(it.month(), language).to_owned(),
            Self::Month(_) => month(it.month(), language, true).to_owned(),
            Self::MonthAlone(3) => short_month(it.month(), language).to_owned(),
            Self::MonthAlone(_) => month(it.month(), language, false).to_owned(),
            Self::Year(2) => padded(it.year().rem_euclid(100), 2),
            Self::Year(n) => padded(it.year(), n),
            Self::Weekday(n) => weekday(it.weekday(), language, n == 4).to_owned(),
            Self::Hour(n) => padded(it.hour().into(), n),
            Self::HourOf12(n) => padded((i16::from(it.hour()) + 11) % 12 + 1, n),
            Self::Minute(n) => padded(it.minute().into(), n),
            Self::Second(n) => padded(it.second().into(), n),
            Self::HalfOfDay => half(it.hour(), language).to_owned(),
        }
    }
}

fn half(hour: i8, language: Language) -> &'static str {
    match (hour < 12, language) {
        (true, Language::Czech) => "dop.",
        (false, Language::Czech) => "odp.",
        (true, _) => "AM",
        (false, _) => "PM",
    }
}

/// A day as it stands in a sentence: `28. mája 2026`.
pub(in crate::merge) fn long(date: Date, language: Language) -> String {
    let dot = if language == Language::English { "" } else { "." };
    format!("{}{dot}\u{a0}{} {}", date.day(), month(date.month(), language, true), date.year())
}

/// A day in numbers: `28. 5. 2026`; in English with the name of the month, because the order of numbers is not clear there.
pub(in crate::merge) fn short(date: Date, language: Language) -> String {
    match language {
        Language::English => long(date, language),
        _ => format!("{}.\u{a0}{}.\u{a0}{}", date.day(), date.month(), date.year()),
    }
}

/// A time of day: `9:05`.
pub(in crate::merge) fn clock(time: Time) -> String {
    format!("{}:{:02}", time.hour(), time.minute())
}

/// The name of a month: `mája` in a date, `máj` alone.
fn month(number: i8, language: Language, is_in_date: bool) -> &'static str {
    let names = match (language, is_in_date) {
        (Language::Slovak, true) => &GENITIVE_SK,
        (Language::Slovak, false) => &NOMINATIVE_SK,
        (Language::Czech, true) => &GENITIVE_CS,
        (Language::Czech, false) => &NOMINATIVE_CS,
        (Language::English, _) => &MONTHS_EN,
    };
    nth(names, number)
}

fn short_month(number: i8, language: Language) -> &'static str {
    nth(
        match language {
            Language::Slovak => &SHORT_SK,
            Language::Czech => &SHORT_CS,
            Language::English => &SHORT_EN,
        },
        number,
    )
}

fn weekday(day: Weekday, language: Language, is_long: bool) -> &'static str {
    let names = match (language, is_long) {
        (Language::Slovak, true) => &["pondelok", "utorok", "streda", "štvrtok", "piatok", "sobota", "nedeľa"],
        (Language::Slovak, false) => &["po", "ut", "st", "št", "pi", "so", "ne"],
        (Language::Czech, true) => &["pondělí", "úterý", "středa", "čtvrtek", "pátek", "sobota", "neděle"],
        (Language::Czech, false) => &["po", "út", "st", "čt", "pá", "so", "ne"],
        (Language::English, true) => &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
        (Language::English, false) => &["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    };
    nth(names, day.to_monday_one_offset())
}

fn nth(names: &[&'static str], number: i8) -> &'static str {
    usize::try_from(number - 1).ok().and_then(|it| names.get(it)).copied().unwrap_or_default()
}

const GENITIVE_SK: [&str; 12] =
    ["januára", "februára", "marca", "apríla", "mája", "júna", "júla", "augusta", "septembra", "októbra", "novembra", "decembra"];
const NOMINATIVE_SK: [&str; 12] =
    ["január", "február", "marec", "apríl", "máj", "jún", "júl", "august", "september", "október", "november", "december"];
const SHORT_SK: [&str; 12] = ["jan", "feb", "mar", "apr", "máj", "jún", "júl", "aug", "sep", "okt", "nov", "dec"];
const GENITIVE_CS: [&str; 12] =
    ["ledna", "února", "března", "dubna", "května", "června", "července", "srpna", "září", "října", "listopadu", "prosince"];
const NOMINATIVE_CS: [&str; 12] =
    ["leden", "únor", "březen", "duben", "květen", "červen", "červenec", "srpen", "září", "říjen", "listopad", "prosinec"];
const SHORT_CS: [&str; 12] = ["led", "úno", "bře", "dub", "kvě", "čvn", "čvc", "srp", "zář", "říj", "lis", "pro"];
const MONTHS_EN: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const SHORT_EN: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
