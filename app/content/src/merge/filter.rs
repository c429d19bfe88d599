//! The filters: what each takes, what its arguments mean, what it makes.

mod arguments;
mod dates;
mod names;
mod numbers;
mod texts;
mod words;

use jiff::civil::{DateTime, Time};
use rust_decimal::Decimal;

use super::catalogue::Kind;
use super::fault::FaultKind;
use super::language::{Language, Plural};
use super::tree::Constant;
use super::url;
use super::value::{Currency, Value};
use crate::{sms, vocative};
use dates::Pattern;
use names::NamePart;
pub(crate) use names::opening as salutation;
pub use numbers::number;
pub use texts::typography;

/// The most decimal places.
const MAX_PLACES: u32 = 8;

/// What the insert menu of an editor says about a filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FilterInfo {
    /// Its name in a template.
    pub name: &'static str,
    /// The kinds of values it takes.
    pub takes: &'static [Kind],
    /// Examples of its arguments with the parentheses, the most usual first; an empty one stands for no arguments.
    pub arguments: &'static [&'static str],
}

const TEXTS: &[Kind] = &[Kind::Text, Kind::Url];
const NUMBERS: &[Kind] = &[Kind::Number, Kind::Money];
const ALL: &[Kind] = &[Kind::Text, Kind::Number, Kind::Money, Kind::Date, Kind::DateTime, Kind::Bool, Kind::Url];

/// All filters, in the order in which an editor offers them.
pub const FILTERS: [FilterInfo; 23] = [
    filter("fallback", ALL, &["(\"…\")"]),
    filter("salutation", TEXTS, &["", "(\"woman\")", "(\"man\")"]),
    filter("vocative", TEXTS, &["", "(\"first\")", "(\"last\")"]),
    filter(
        "date",
        &[Kind::Date, Kind::DateTime],
        &["", "(\"d. M. yyyy\")", "(\"d. MMMM yyyy\")", "(\"dd.mm.yyyy\")", "(\"EEEE\")"],
    ),
    filter("time", &[Kind::DateTime], &["", "(\"HH:mm\")"]),
    filter("money", NUMBERS, &["", "(0)", "(\"EUR\")"]),
    filter("number", NUMBERS, &["", "(2)", "(0)"]),
    filter("plural", &[Kind::Number], &["(\"kus\", \"kusy\", \"kusov\")", "(\"piece\", \"pieces\")"]),
    filter("in_words", NUMBERS, &[""]),
    filter("count", &[Kind::Collection], &[""]),
    filter("upper", TEXTS, &[""]),
    filter("lower", TEXTS, &[""]),
    filter("title", TEXTS, &[""]),
    filter("trim", TEXTS, &[""]),
    filter("truncate", TEXTS, &["(40)"]),
    filter("without_diacritics", TEXTS, &[""]),
    filter("typography", TEXTS, &[""]),
    filter("postcode", TEXTS, &[""]),
    filter("phone", TEXTS, &[""]),
    filter("iban", TEXTS, &[""]),
    filter("url", TEXTS, &[""]),
    filter("yes_no", &[Kind::Bool], &["", "(\"áno\", \"nie\")"]),
    filter("for_payment", &[Kind::Money], &[""]),
];

const fn filter(name: &'static str, takes: &'static [Kind], arguments: &'static [&'static str]) -> FilterInfo {
    FilterInfo { name, takes, arguments }
}

/// A filter with its arguments, checked.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Filter {
    Fallback(String),
    Salutation(Option<vocative::Bearer>),
    Vocative(NamePart),
    Date(Option<Pattern>),
    Time(Option<Pattern>),
    Money(Option<Currency>, Option<u32>),
    Number(Option<u32>),
    Plural(Vec<String>),
    InWords,
    Count,
    Upper,
    Lower,
    Title,
    Trim,
    Truncate(usize),
    WithoutDiacritics,
    Typography,
    Postcode,
    Phone,
    Iban,
    Url,
    YesNo(String, String),
    ForPayment,
}

impl Filter {
    /// Checks a filter against what stands before it; says what it makes.
    ///
    /// # Errors
    /// Says that there is no such filter, that it does not take this kind, or that its arguments are wrong.
    pub(super) fn read(name: &str, arguments: &[Constant], kind: Kind, language: Language) -> Result<(Self, Kind), FaultKind> {
        let Some(info) = FILTERS.iter().find(|it| it.name == name) else { return Err(FaultKind::UnknownFilter(name.to_owned())) };
        if !info.takes.contains(&kind) {
            return Err(FaultKind::WrongKind { filter: name.to_owned(), kind });
        }
        let filter =
            Self::with_arguments(name, arguments, kind, language).ok_or_else(|| FaultKind::WrongArguments(name.to_owned()))?;
        let made = match filter {
            Self::Count => Kind::Number,
            Self::Url => Kind::Url,
            _ => Kind::Text,
        };
        Ok((filter, made))
    }

    /// Puts a value through; one that is blank stays so, except for `fallback`. None when the value is not of the kind its field
    /// promises, or no safe address.
    pub(super) fn apply(&self, value: &Value, language: Language) -> Option<Value> {
        if let Self::Fallback(text) = self {
            return Some(Value::Text(if value.is_blank() { text.clone() } else { shown(value, language)? }));
        }
        if let (Self::Count, Value::List(rows)) = (self, value) {
            return Some(Value::Number(Decimal::from(rows.len())));
        }
        if value.is_blank() {
            return Some(Value::Missing);
        }
        match value {
            Value::Text(text) => self.of_text(text, language).map(Value::Text),
            Value::Number(_) | Value::Money { .. } => self.of_number(value, language).map(Value::Text),
            Value::Date(it) => self.of_moment(it.to_datetime(Time::midnight()), language).map(Value::Text),
            Value::DateTime(it) => self.of_moment(*it, language).map(Value::Text),
            Value::Bool(it) => match self {
                Self::YesNo(yes, no) => Some(Value::Text(if *it { yes.clone() } else { no.clone() })),
                _ => None,
            },
            Value::List(_) | Value::Missing => None,
        }
    }

    fn of_text(&self, text: &str, language: Language) -> Option<String> {
        Some(match self {
            Self::Salutation(who) => names::salutation(text, *who, language),
            Self::Vocative(part) => names::called(text, *part, language),
            Self::Upper => text.to_uppercase(),
            Self::Lower => text.to_lowercase(),
            Self::Title => texts::title(text),
            Self::Trim => text.trim().to_owned(),
            Self::Truncate(n) => texts::truncate(text, *n),
            Self::WithoutDiacritics => sms::without_diacritics(text),
            Self::Typography => typography(text, language),
            Self::Postcode => texts::postcode(text),
            Self::Phone => texts::phone(text),
            Self::Iban => texts::iban(text),
            Self::Url => return url::address(text),
            _ => return None,
        })
    }

    fn of_number(&self, value: &Value, language: Language) -> Option<String> {
        let number = value.decimal()?;
        match (self, value) {
            (Self::Money(_, places), Value::Money { currency, .. }) => Some(numbers::money(number, *currency, *places, language)),
            (Self::Money(Some(currency), places), _) => Some(numbers::money(number, *currency, *places, language)),
            (Self::ForPayment, Value::Money { currency, .. }) => Some(format!("{number:.2} {}", currency.code())),
            (Self::Number(places), _) => Some(numbers::number(number, *places, language)),
            (Self::InWords, Value::Money { minor, currency }) => {
                words::money(*minor, *currency, language).or_else(|| shown(value, language))
            }
            (Self::InWords, _) => words::number(number, language).or_else(|| shown(value, language)),
            (Self::Plural(forms), Value::Number(_)) => form(forms, number, language),
            _ => None,
        }
    }

    fn of_moment(&self, moment: DateTime, language: Language) -> Option<String> {
        Some(match self {
            Self::Date(None) => dates::long(moment.date(), language),
            Self::Time(None) => dates::clock(moment.time()),
            Self::Date(Some(pattern)) | Self::Time(Some(pattern)) => pattern.write(moment, language),
            _ => return None,
        })
    }
}

/// How a value is shown without any filter. None for rows and for nothing.
pub(super) fn shown(value: &Value, language: Language) -> Option<String> {
    Some(match value {
        Value::Text(text) => text.clone(),
        Value::Number(number) => numbers::number(*number, None, language),
        Value::Money { minor, currency } => numbers::money(Decimal::new(*minor, currency.places()), *currency, None, language),
        Value::Date(date) => dates::short(*date, language),
        Value::DateTime(it) => format!("{} {}", dates::short(it.date(), language), dates::clock(it.time())),
        Value::Bool(it) => yes_no(*it, language).to_owned(),
        Value::List(_) | Value::Missing => return None,
    })
}

fn yes_no(it: bool, language: Language) -> &'static str {
    match (it, language) {
        (true, Language::Slovak) => "áno",
        (false, Language::Slovak) => "nie",
        (true, Language::Czech) => "ano",
        (false, Language::Czech) => "ne",
        (true, Language::English) => "yes",
        (false, Language::English) => "no",
    }
}

fn form(forms: &[String], count: Decimal, language: Language) -> Option<String> {
    let at = match numbers::plural(count, language) {
        Plural::One => 0,
        Plural::Few => 1,
        Plural::Many => 2,
        Plural::Fraction => 3,
    };
    forms.get(at.min(forms.len().saturating_sub(1))).cloned()
}
