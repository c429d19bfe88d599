//! One SMS as a gateway is asked to carry it.

use std::fmt;

use content::sms::Alphabet;
use model::PhoneNumber;
use serde::{Deserialize, Serialize};

/// One text to one phone. Long texts go out in segments, which the gateway cuts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SmsMessage {
    /// Our own name of the delivery, the same at each try of it.
    pub reference: Reference,
    /// Where to.
    pub recipient: PhoneNumber,
    /// Who it comes from; nothing means the sender of the account.
    pub sender: Option<Sender>,
    /// The final text.
    pub text: String,
    /// Where it shows on the phone.
    pub kind: SmsKind,
    /// How many minutes it is worth delivering, from 1; nothing leaves it to the gateway.
    pub validity: Option<u32>,
}

/// Where a text shows on the phone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SmsKind {
    /// Among the messages.
    #[default]
    Normal,
    /// At once on the screen, and kept only if the person wants (class 0 of 3GPP TS 23.038).
    Flash,
}

impl SmsMessage {
    /// Whether the text needs Unicode.
    pub(crate) fn is_unicode(&self) -> bool {
        Alphabet::of(&self.text) == Alphabet::Unicode
    }

    /// How many segments the text takes.
    pub(crate) fn n_segments(&self) -> usize {
        content::sms::count(&self.text).n_segments
    }

    /// The number without its leading `+`.
    pub(crate) fn digits(&self) -> &str {
        self.recipient.as_str().trim_start_matches('+')
    }
}

/// Our own name of a delivery that a gateway keeps beside its own: 1 to 36 letters, digits, `-` and `_` of ASCII.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Reference(String);

/// Who a text comes from: up to 11 letters, digits, spaces, `-` and `.` of ASCII with a letter among them, or a phone number with up to 15 digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Sender(String);

/// Why a text is no reference or no sender.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
pub enum NameFault {
    /// Nothing was given.
    #[error("it is empty")]
    Empty,
    /// It is longer than allowed.
    #[error("it is too long")]
    TooLong,
    /// It has a character that is not allowed.
    #[error("it has a character that is not allowed")]
    Sign,
}

impl Reference {
    /// Takes a text as a reference.
    ///
    /// # Errors
    /// Says by [`NameFault`] what is wrong.
    pub fn parse(text: &str) -> Result<Self, NameFault> {
        checked(text, 36, |it| it.is_ascii_alphanumeric() || matches!(it, '-' | '_')).map(Self)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Sender {
    /// Takes a text as a sender; spaces around it are dropped.
    ///
    /// # Errors
    /// Says by [`NameFault`] what is wrong.
    pub fn parse(text: &str) -> Result<Self, NameFault> {
        let text = text.trim();
        let digits = text.strip_prefix('+').unwrap_or(text);
        if !digits.is_empty() && digits.chars().all(|it| it.is_ascii_digit()) {
            return checked(digits, 15, |_| true).map(|_| Self(text.to_owned()));
        }
        checked(text, 11, |it| it.is_ascii_alphanumeric() || matches!(it, ' ' | '-' | '.')).map(Self)
    }

    /// The text as it was given.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is a phone number.
    pub fn is_number(&self) -> bool {
        self.0.chars().all(|it| it.is_ascii_digit() || it == '+')
    }
}

fn checked(text: &str, most: usize, allowed: fn(char) -> bool) -> Result<String, NameFault> {
    if text.is_empty() {
        Err(NameFault::Empty)
    } else if !text.chars().all(allowed) {
        Err(NameFault::Sign)
    } else if most < text.len() {
        Err(NameFault::TooLong)
    } else {
        Ok(text.to_owned())
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Sender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Reference {
    type Error = NameFault;

    fn try_from(text: String) -> Result<Self, NameFault> {
        Self::parse(&text)
    }
}

impl From<Reference> for String {
    fn from(it: Reference) -> Self {
        it.0
    }
}

impl TryFrom<String> for Sender {
    type Error = NameFault;

    fn try_from(text: String) -> Result<Self, NameFault> {
        Self::parse(&text)
    }
}

impl From<Sender> for String {
    fn from(it: Sender) -> Self {
        it.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn senders_are_names_of_eleven_characters_or_numbers() {
        for text in ["Posel", "ABCDEFGHIJK", "a-b.c d", "+421903622237", "421903622237", "112"] {
            assert_eq!(Sender::parse(text).map(String::from), Ok(text.to_owned()));
        }
        for (text, fault) in [
            ("", NameFault::Empty),
            ("  ", NameFault::Empty),
            ("ABCDEFGHIJKL", NameFault::TooLong),
            ("Čaj", NameFault::Sign),
            ("a\r\nb", NameFault::Sign),
            ("+42190x", NameFault::Sign),
            ("1234567890123456", NameFault::TooLong),
        ] {
            assert_eq!(Sender::parse(text), Err(fault), "{text:?}");
        }
    }

    #[test]
    fn references_are_plain_words() {
        assert!(Reference::parse("posel-4711_2").is_ok());
        assert_eq!(Reference::parse("a b"), Err(NameFault::Sign));
        assert_eq!(Reference::parse(&"a".repeat(37)), Err(NameFault::TooLong));
        assert_eq!(Reference::parse(""), Err(NameFault::Empty));
    }
}
