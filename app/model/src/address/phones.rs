//! Fields with several phone numbers.

use serde::{Deserialize, Serialize};

use super::{parted, pieces, unquoted, without_name};
use crate::{HomeCountry, PhoneFault, PhoneNumber};

/// One piece of a field with several numbers: its text as typed, and what it means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedPhone {
    /// The text as typed, trimmed.
    pub text: String,
    /// The number, or why it is none.
    pub number: Result<PhoneNumber, PhoneFault>,
}

impl ListedPhone {
    /// The name before the number, without its quotes; empty when there is none.
    pub fn name(&self) -> String {
        parted(&self.text).map(|(name, _)| unquoted(name)).unwrap_or_default()
    }
}

/// Splits a field at commas, semicolons and line breaks as [`parse_list`](super::parse_list) does, and reads each piece as a number,
/// which may stand behind a name: `Eva Nová <0903 622 237>`.
pub fn parse_phones(text: &str, home: HomeCountry) -> Vec<ListedPhone> {
    let piece = |it: &str| ListedPhone { text: it.to_owned(), number: PhoneNumber::parse(without_name(it), home) };
    pieces(text).into_iter().map(piece).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_alone_or_behind_a_name() {
        let list = parse_phones("0903 622 237; \"Nová, Eva\" <+420 603 123 456>\nEva", HomeCountry::Slovakia);
        let numbers: Vec<_> = list.iter().map(|it| it.number.clone().map(String::from)).collect();
        assert_eq!(numbers, [Ok("+421903622237".into()), Ok("+420603123456".into()), Err(PhoneFault::Sign)]);
        assert_eq!(list.iter().map(ListedPhone::name).collect::<Vec<_>>(), ["", "Nová, Eva", ""]);
    }
}
