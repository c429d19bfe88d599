//! Phone numbers: parsed once at the edge, then passed on in the form of ITU-T E.164.

use std::fmt;

use serde::{Deserialize, Serialize};

/// One phone number in the form of ITU-T E.164: `+`, country code, number, 8 to 15 digits in all.
///
/// Slovak and Czech numbers have exactly nine digits behind the country code.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PhoneNumber(String);

/// Why a text is not a phone number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PhoneFault {
    /// Nothing was typed.
    Empty,
    /// A letter or another sign stands among the digits.
    Sign,
    /// Fewer than 8 or more than 15 digits, or not nine behind +421 or +420.
    Length,
    /// It costs more than a call and gets no messages.
    Premium,
}

/// What kind of line a number leads to, as far as the numbering plans of Slovakia and Czechia tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PhoneKind {
    /// A mobile phone: gets text messages.
    Mobile,
    /// A fixed line.
    Fixed,
    /// Free for the caller.
    Free,
    /// Costs more than a call: premium and shared-cost services.
    Premium,
    /// Another country's, or a service.
    Other,
}

/// The country whose numbers may be typed without a country code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum HomeCountry {
    /// Slovakia, +421.
    #[default]
    Slovakia,
    /// Czechia, +420.
    Czechia,
}

impl HomeCountry {
    /// The country code without `+`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Slovakia => "421",
            Self::Czechia => "420",
        }
    }
}

impl PhoneNumber {
    /// Parses `+421 903 622 237`, `00421903622237`, `0903 622 237` (Slovak trunk zero) or `603 123 456` (Czech, nine digits).
    ///
    /// # Errors
    /// Says by [`PhoneFault`] what is wrong.
    pub fn parse(text: &str, home: HomeCountry) -> Result<Self, PhoneFault> {
        let text = text.trim();
        if text.is_empty() {
            return Err(PhoneFault::Empty);
        }
        let (international, rest) = match text.strip_prefix('+') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let digits = digits(rest)?;
        let digits = if international {
            digits
        } else if let Some(rest) = digits.strip_prefix("00") {
            rest.to_owned()
        } else {
            format!("{}{}", home.code(), digits.strip_prefix('0').unwrap_or(&digits))
        };
        let digits = without_trunk_zero(digits);
        let fits = match national(&digits) {
            Some((_, number)) => number.len() == 9 && !number.starts_with('0'),
            None => (8..=15).contains(&digits.len()) && !digits.starts_with('0'),
        };
        if fits { Ok(Self(format!("+{digits}"))) } else { Err(PhoneFault::Length) }
    }

    /// The number with its leading `+`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What kind of line it leads to.
    pub fn kind(&self) -> PhoneKind {
        match national(&self.0[1..]) {
            Some((HomeCountry::Slovakia, number)) => slovak(number),
            Some((HomeCountry::Czechia, number)) => czech(number),
            None => PhoneKind::Other,
        }
    }

    /// The number in groups, as people read it: `+421 905 123 456`.
    pub fn shown(&self) -> String {
        let digits = &self.0[1..];
        let country = country_digits(digits);
        let (code, number) = digits.split_at(country.min(digits.len()));
        let groups = match national(digits) {
            Some((HomeCountry::Slovakia, _)) if number.starts_with('2') => grouped(number, &[1, 4, 4]),
            Some((HomeCountry::Slovakia, _)) if self.kind() == PhoneKind::Fixed => grouped(number, &[2, 3, 4]),
            _ => grouped(number, &[]),
        };
        format!("+{code} {groups}")
    }
}

/// The digits among the signs that people put between them.
fn digits(text: &str) -> Result<String, PhoneFault> {
    let mut digits = String::new();
    for it in text.chars() {
        match it {
            '0'..='9' => digits.push(it),
            ' ' | '\u{a0}' | '\u{202f}' | '-' | '/' | '(' | ')' | '.' => {}
            _ => return Err(PhoneFault::Sign),
        }
    }
    Ok(digits)
}

/// `+421 (0)905 123 456` is written often; the zero is dialled only inside the country.
fn without_trunk_zero(digits: String) -> String {
    match national(&digits) {
        Some((home, number)) if number.len() == 10 && number.starts_with('0') => format!("{}{}", home.code(), &number[1..]),
        _ => digits,
    }
}

/// The number inside Slovakia or Czechia, if it is one of theirs.
fn national(digits: &str) -> Option<(HomeCountry, &str)> {
    [HomeCountry::Slovakia, HomeCountry::Czechia].into_iter().find_map(|it| Some((it, digits.strip_prefix(it.code())?)))
}

/// By the Slovak numbering plan (decree of the Office for Electronic Communications).
fn slovak(number: &str) -> PhoneKind {
    match number.as_bytes() {
        [b'8', b'0', b'0', ..] => PhoneKind::Free,
        [b'9', b'0', b'0', ..] | [b'9', b'7' | b'8', ..] | [b'8', ..] => PhoneKind::Premium,
        [b'9', b'0' | b'1' | b'4' | b'5', ..] => PhoneKind::Mobile,
        [b'2'..=b'5', ..] => PhoneKind::Fixed,
        _ => PhoneKind::Other,
    }
}

/// By the Czech numbering plan (decree 117/2007).
fn czech(number: &str) -> PhoneKind {
    match number.as_bytes() {
        [b'8', b'0', b'0', ..] => PhoneKind::Free,
        [b'9', b'0', ..] | [b'8', ..] => PhoneKind::Premium,
        [b'6', b'0', ..] | [b'7', b'0' | b'2' | b'3' | b'7' | b'9', ..] => PhoneKind::Mobile,
        [b'2'..=b'5', ..] => PhoneKind::Fixed,
        _ => PhoneKind::Other,
    }
}

/// How many digits the country code has (ITU-T E.164 assigned country codes).
fn country_digits(digits: &str) -> usize {
    match digits.as_bytes() {
        [b'1' | b'7', ..] => 1,
        [b'2', b'0' | b'7', ..]
        | [b'3', b'0'..=b'4' | b'6' | b'9', ..]
        | [b'4', b'0' | b'1' | b'3'..=b'9', ..]
        | [b'5', b'1'..=b'8', ..]
        | [b'6', b'0'..=b'6', ..]
        | [b'8', b'1' | b'2' | b'4' | b'6', ..]
        | [b'9', b'0'..=b'5' | b'8', ..] => 2,
        _ => 3,
    }
}

/// Digits in groups of these sizes, the rest in threes; what would be left alone at the end joins the last group.
fn grouped(digits: &str, sizes: &[usize]) -> String {
    let mut groups: Vec<&str> = Vec::new();
    let (mut rest, mut sizes) = (digits, sizes.iter().copied());
    while !rest.is_empty() {
        let size = sizes.next().unwrap_or(3);
        let size = if rest.len() <= size + 1 { rest.len() } else { size };
        let (group, others) = rest.split_at(size);
        groups.push(group);
        rest = others;
    }
    groups.join(" ")
}

impl fmt::Display for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for PhoneNumber {
    type Error = PhoneFault;

    fn try_from(text: String) -> Result<Self, PhoneFault> {
        Self::parse(&text, HomeCountry::default())
    }
}

impl From<PhoneNumber> for String {
    fn from(number: PhoneNumber) -> Self {
        number.0
    }
}

impl fmt::Display for PhoneFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "the number is empty",
            Self::Sign => "the number contains a letter or a sign",
            Self::Length => "the number does not have the right count of digits",
            Self::Premium => "the number costs more than a call",
        })
    }
}

impl std::error::Error for PhoneFault {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn phones_become_e164() {
        for (text, home, kept) in [
            ("0903 622 237", HomeCountry::Slovakia, "+421903622237"),
            ("603 123 456", HomeCountry::Czechia, "+420603123456"),
            ("00421 903 622 237", HomeCountry::Czechia, "+421903622237"),
            ("+421 (0)903/622-237", HomeCountry::Czechia, "+421903622237"),
            ("02/1234 5678", HomeCountry::Slovakia, "+421212345678"),
            ("+420\u{a0}603\u{202f}123.456", HomeCountry::Slovakia, "+420603123456"),
            ("+43 1/234-5678", HomeCountry::Slovakia, "+4312345678"),
        ] {
            assert_eq!(PhoneNumber::parse(text, home).map(String::from), Ok(kept.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for (text, fault) in [
            ("", PhoneFault::Empty),
            ("   ", PhoneFault::Empty),
            ("0903x", PhoneFault::Sign),
            ("0800 POSEL", PhoneFault::Sign),
            ("0903\r\n622237", PhoneFault::Sign),
            ("+421 903 622 23", PhoneFault::Length),
            ("+421 903 622 2377", PhoneFault::Length),
            ("+421 0903 622 23", PhoneFault::Length),
            ("+0 123 456 789", PhoneFault::Length),
            ("++421903622237", PhoneFault::Sign),
            ("112", PhoneFault::Length),
            ("٠٩٠٣٦٢٢٢٣٧", PhoneFault::Sign),
        ] {
            assert_eq!(PhoneNumber::parse(text, HomeCountry::Slovakia), Err(fault), "{text:?}");
        }
        assert_eq!(PhoneNumber::parse(&"1".repeat(30), HomeCountry::Slovakia), Err(PhoneFault::Length));
    }

    #[test]
    fn the_kind_of_line_follows_from_the_numbering_plan() {
        for (text, kind) in [
            ("+421 905 123 456", PhoneKind::Mobile),
            ("+421 948 123 456", PhoneKind::Mobile),
            ("+421 2 1234 5678", PhoneKind::Fixed),
            ("+421 41 123 4567", PhoneKind::Fixed),
            ("+421 800 123 456", PhoneKind::Free),
            ("+421 900 123 456", PhoneKind::Premium),
            ("+421 850 123 456", PhoneKind::Premium),
            ("+420 603 123 456", PhoneKind::Mobile),
            ("+420 777 123 456", PhoneKind::Mobile),
            ("+420 222 123 456", PhoneKind::Fixed),
            ("+420 800 123 456", PhoneKind::Free),
            ("+420 906 123 456", PhoneKind::Premium),
            ("+420 950 123 456", PhoneKind::Other),
            ("+43 664 123 4567", PhoneKind::Other),
        ] {
            assert_eq!(PhoneNumber::parse(text, HomeCountry::Slovakia).map(|it| it.kind()), Ok(kind), "{text}");
        }
    }

    #[test]
    fn numbers_are_shown_in_groups() {
        for text in [
            "+421 905 123 456",
            "+421 2 1234 5678",
            "+421 41 123 4567",
            "+420 603 123 456",
            "+420 222 123 456",
            "+43 664 123 4567",
            "+1 212 555 0100",
            "+353 861 234 567",
        ] {
            assert_eq!(PhoneNumber::parse(text, HomeCountry::Slovakia).map(|it| it.shown()), Ok(text.to_owned()));
        }
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_as_the_same_number(text in "[+0-9 ()/.-]{0,24}|\\PC*") {
            for home in [HomeCountry::Slovakia, HomeCountry::Czechia] {
                if let Ok(number) = PhoneNumber::parse(&text, home) {
                    prop_assert_eq!(PhoneNumber::parse(&number.shown(), home), Ok(number.clone()));
                    prop_assert_eq!(PhoneNumber::parse(number.as_str(), HomeCountry::Czechia), Ok(number));
                }
            }
        }
    }
}
