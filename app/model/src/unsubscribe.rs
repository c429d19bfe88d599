//! What a person can say by the links in a message: that they want no more of them.

use serde::{Deserialize, Serialize};

use crate::{Channel, Language, RecipientListId};

/// What the page behind a link shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnsubscribePage {
    /// The company that writes.
    pub company: String,
    /// Where the company can be written to; may be empty.
    pub company_email: String,
    /// The language of the person, if it is known.
    pub language: Option<Language>,
    /// By which channel the message came.
    pub channel: Channel,
    /// The address or number that the message went to, as people read it.
    pub address: String,
    /// Whether there is anything to unsubscribe from.
    pub state: UnsubscribeState,
    /// What the person gets, the way the message came first.
    pub offers: Vec<LeavingOffer>,
}

/// Whether unsubscribing by a link changes anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum UnsubscribeState {
    /// The address is written to.
    Open,
    /// The address is not written to any more.
    Left,
    /// The message only tried something out: nobody is unsubscribed by its link.
    Test,
}

/// One thing that a person gets and may leave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeavingOffer {
    /// What it is.
    pub what: Leaving,
    /// The address, the number without its middle, or the name of the list.
    pub shown: String,
    /// Whether it was left before.
    pub has_left: bool,
}

/// What can be left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Leaving {
    /// Every mail to the address.
    Email,
    /// Every text message to the numbers.
    Sms,
    /// One recipient list.
    List(RecipientListId),
}

impl Leaving {
    /// The name of its field in the form.
    pub fn field(self) -> String {
        match self {
            Self::Email => "email".to_owned(),
            Self::Sms => "sms".to_owned(),
            Self::List(id) => format!("list-{id}"),
        }
    }

    /// What a field of the form is about; nothing for another field.
    pub fn from_field(name: &str) -> Option<Self> {
        match name {
            "email" => Some(Self::Email),
            "sms" => Some(Self::Sms),
            _ => name.strip_prefix("list-")?.parse().ok().map(Self::List),
        }
    }
}

/// A phone number without its middle, for a page that somebody else might open: `+421 *** *** 456`.
pub fn without_middle(number: &str) -> String {
    let digits = number.chars().filter(char::is_ascii_digit).count();
    let mut nth = 0;
    let hidden = |nth: usize| 3 < nth && nth + 3 <= digits;
    number
        .chars()
        .map(|it| {
            if !it.is_ascii_digit() {
                return it;
            }
            nth += 1;
            if hidden(nth) { '*' } else { it }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_read_from_the_name_of_its_field() {
        for it in [Leaving::Email, Leaving::Sms, Leaving::List(RecipientListId(12))] {
            assert_eq!(Leaving::from_field(&it.field()), Some(it));
        }
        assert_eq!(["list-", "list-x", "List-Unsubscribe", ""].map(Leaving::from_field), [None; 4]);
    }

    #[test]
    fn of_a_number_only_its_ends_are_shown() {
        assert_eq!(without_middle("+421 905 123 456"), "+421 *** *** 456");
        assert_eq!(without_middle("12"), "12");
    }
}
