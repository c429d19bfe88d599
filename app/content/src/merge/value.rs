//! What stands in the fields for one recipient.

use std::collections::HashMap;

use jiff::civil::{Date, DateTime, Time};
use rust_decimal::Decimal;

/// A currency by its code of ISO 4217.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// Euro.
    pub const EUR: Self = Self(*b"EUR");
    /// Czech crown.
    pub const CZK: Self = Self(*b"CZK");

    /// Reads a code of three letters.
    pub fn parse(code: &str) -> Option<Self> {
        let code: [u8; 3] = code.as_bytes().try_into().ok()?;
        code.iter().all(u8::is_ascii_alphabetic).then(|| Self(code.map(|it| it.to_ascii_uppercase())))
    }

    /// The code of three capital letters.
    pub fn code(&self) -> &str {
        // Only letters of ASCII are let in.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// How many digits of an amount stand behind the decimal point (ISO 4217).
    pub fn places(&self) -> u32 {
        match self.code() {
            "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX" | "UYI" | "VND" | "VUV"
            | "XAF" | "XOF" | "XPF" => 0,
            "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
            _ => 2,
        }
    }
}

/// What a field holds for one recipient.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// Words, also of fields that hold an address of the web.
    Text(String),
    /// A number.
    Number(Decimal),
    /// An amount in minor units: cents, halers.
    Money {
        /// The amount in minor units.
        minor: i64,
        /// Its currency.
        currency: Currency,
    },
    /// A calendar day.
    Date(Date),
    /// A day and a time of day in the zone of the reader.
    DateTime(DateTime),
    /// Yes or no.
    Bool(bool),
    /// The rows of a collection.
    List(Vec<Row>),
    /// Nothing is known.
    #[default]
    Missing,
}

impl Value {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Whether there is nothing to show: missing, only blanks, or no rows.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Missing => true,
            Self::Text(text) => text.trim().is_empty(),
            Self::List(rows) => rows.is_empty(),
            _ => false,
        }
    }

    /// A text such as `2026-05-28` or `2026-05-28 14:30` as a day or a moment.
    pub(super) fn read_day(&self) -> Option<Self> {
        let Self::Text(text) = self else { return None };
        // jiff's own reader knows far more forms and weighs some 50 KB of the browser's program.
        let (day, time) = text.trim().split_once([' ', 'T']).map_or((text.trim(), None), |(day, time)| (day, Some(time)));
        let numbers = |text: &str, sign| text.split(sign).map(number).collect::<Option<Vec<i16>>>();
        let [year, month, day] = numbers(day, '-')?[..] else { return None };
        let date = Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()?;
        let Some(time) = time else { return Some(Self::Date(date)) };
        let [hour, minute] = numbers(time, ':')?[..] else { return None };
        let time = Time::new(hour.try_into().ok()?, minute.try_into().ok()?, 0, 0).ok()?;
        Some(Self::DateTime(date.to_datetime(time)))
    }

    /// An amount or a number as a decimal.
    pub(super) fn decimal(&self) -> Option<Decimal> {
        match self {
            Self::Number(it) => Some(*it),
            Self::Money { minor, currency } => Some(Decimal::new(*minor, currency.places())),
            _ => None,
        }
    }
}

/// One to four digits.
fn number(text: &str) -> Option<i16> {
    let is_number = (1..=4).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_digit());
    text.parse().ok().filter(|_| is_number)
}

/// One row of a collection: values by the field's name without the collection's path.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row(HashMap<String, Value>);

impl Row {
    /// The value of a field.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }
}

impl<'a> FromIterator<(&'a str, Value)> for Row {
    fn from_iter<T: IntoIterator<Item = (&'a str, Value)>>(values: T) -> Self {
        Self(values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }
}

/// The values of one recipient by path; what is common to all recipients may lie below and be shared.
#[derive(Clone, Debug, Default)]
pub struct Values<'a> {
    own: HashMap<String, Value>,
    below: Option<&'a Values<'a>>,
}

impl<'a> Values<'a> {
    /// No values.
    pub fn new() -> Self {
        Self::default()
    }

    /// No own values above those that all recipients share, such as the company's.
    pub fn above(below: &'a Values<'a>) -> Self {
        Self { own: HashMap::new(), below: Some(below) }
    }

    /// Sets the value of a path.
    pub fn set(&mut self, path: &str, value: Value) {
        self.own.insert(path.to_owned(), value);
    }

    /// The value of a path, from here or from below.
    pub fn get(&self, path: &str) -> Option<&Value> {
        self.own.get(path).or_else(|| self.below.and_then(|it| it.get(path)))
    }
}
