//! Decimal numbers that are exact.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A number with at most four decimal places, kept in ten-thousandths; less than a hundred billion in either direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Decimal(pub i64);

/// The text is not such a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoDecimal;

const PLACES: usize = 4;
const UNIT: i64 = 10_000;
/// Digits before the decimal point.
const DIGITS: usize = 11;

impl Decimal {
    /// Reads a number as people write it: `1234.5`, `1 234,50`, `1.234,50`, `-3`. What could mean two things, like `1,234.5,6`, is refused.
    ///
    /// # Errors
    /// Says that it is no such number.
    pub fn parse(text: &str) -> Result<Self, NoDecimal> {
        let (sign, text) = match text.trim().strip_prefix(['-', '\u{2212}']) {
            Some(rest) => (-1, rest.trim_start()),
            None => (1, text.trim()),
        };
        let (whole, places) = split(text)?;
        let digits: String = whole.chars().filter(char::is_ascii_digit).collect();
        if digits.is_empty() || DIGITS < digits.len() || PLACES < places.len() {
            return Err(NoDecimal);
        }
        let whole: i64 = digits.parse().map_err(|_| NoDecimal)?;
        let part: i64 = format!("{places:0<PLACES$}").parse().map_err(|_| NoDecimal)?;
        Ok(Self(sign * (whole * UNIT + part)))
    }
}

/// The digits before the decimal sign, perhaps grouped, and those behind it without closing zeros.
fn split(text: &str) -> Result<(&str, &str), NoDecimal> {
    let (whole, places) = match text.rfind([',', '.']) {
        // The same sign twice groups thousands and leaves no decimal places.
        Some(at) if text[..at].contains(&text[at..=at]) => (text, ""),
        Some(at) => (&text[..at], &text[at + 1..]),
        None => (text, ""),
    };
    let groups: Vec<&str> = whole.split(|it: char| it.is_whitespace() || it == '.' || it == ',').collect();
    let signs: Vec<char> = whole.chars().filter(|it| !it.is_ascii_digit()).collect();
    let is_grouped = groups.iter().skip(1).all(|it| it.len() == 3) && groups[0].len() <= 3 || groups.len() == 1;
    let is_plain =
        signs.windows(2).all(|it| it[0] == it[1]) && signs.iter().all(|it| it.is_whitespace() || matches!(it, '.' | ','));
    if is_grouped && is_plain && places.bytes().all(|it| it.is_ascii_digit()) {
        Ok((whole, places.trim_end_matches('0')))
    } else {
        Err(NoDecimal)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0.unsigned_abs() / UNIT as u64, self.0.unsigned_abs() % UNIT as u64);
        let sign = if self.0 < 0 { "-" } else { "" };
        match part {
            0 => write!(f, "{sign}{whole}"),
            part => write!(f, "{sign}{whole}.{}", format!("{part:04}").trim_end_matches('0')),
        }
    }
}

impl FromStr for Decimal {
    type Err = NoDecimal;

    fn from_str(text: &str) -> Result<Self, NoDecimal> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_shown_is_read_back(n in -999_999_999_999_999_i64..=999_999_999_999_999) {
            prop_assert_eq!(Decimal::parse(&Decimal(n).to_string()), Ok(Decimal(n)));
        }

        #[test]
        fn no_text_breaks_the_reader(text in ".{0,24}") {
            let _ = Decimal::parse(&text);
        }
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, value) in [
            ("0", 0),
            ("1234.5", 12_345_000),
            ("1 234,50", 12_345_000),
            ("1\u{a0}234,5", 12_345_000),
            ("1.234,50", 12_345_000),
            ("1,234.5", 12_345_000),
            ("1.234.567", 12_345_670_000),
            ("-3", -30_000),
            ("\u{2212}0,25", -2_500),
            ("99999999999", 999_999_999_990_000),
        ] {
            assert_eq!(Decimal::parse(text), Ok(Decimal(value)), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in
            ["", "-", "NaN", "1e5", "9223372036854775808", "1,2.3,4", "1 23", "12 34 56", "0.00001", "1..2", "٣", "1 234.567,8 "]
        {
            assert_eq!(Decimal::parse(text), Err(NoDecimal), "{text}");
        }
    }
}
