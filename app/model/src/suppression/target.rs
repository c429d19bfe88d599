//! Whom suppressions are about, and how they are typed.

use serde::{Deserialize, Serialize};

use crate::address::parse_list;
use crate::{ContactId, DomainName, EmailAddress, Fault, HomeCountry, PhoneNumber};

/// Whom we must not write to.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SuppressionTarget {
    /// One e-mail address.
    Email(EmailAddress),
    /// One phone number.
    Phone(PhoneNumber),
    /// Every e-mail address of a domain; those of its subdomains are others.
    Domain(DomainName),
    /// Every address of a contact, also those it gets later; with its name when it was suppressed.
    Contact(ContactId, String),
}

/// What a suppression was found by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SuppressionScope {
    /// The address itself.
    Address,
    /// Its domain.
    Domain,
    /// The contact that has it.
    Contact,
}

impl SuppressionTarget {
    /// What kind of thing it is.
    pub fn scope(&self) -> SuppressionScope {
        match self {
            Self::Email(_) | Self::Phone(_) => SuppressionScope::Address,
            Self::Domain(_) => SuppressionScope::Domain,
            Self::Contact(..) => SuppressionScope::Contact,
        }
    }

    /// The form under which it is kept and found again; a contact is found by its id.
    pub fn normalized(&self) -> String {
        match self {
            Self::Email(address) => address.normalized(),
            Self::Phone(number) => number.as_str().to_owned(),
            Self::Domain(name) => name.as_str().to_owned(),
            Self::Contact(..) => String::new(),
        }
    }

    /// The form that people read.
    pub fn shown(&self) -> String {
        match self {
            Self::Email(address) => address.shown(),
            Self::Phone(number) => number.shown(),
            Self::Domain(name) => format!("@{}", name.shown()),
            Self::Contact(_, name) => name.clone(),
        }
    }
}

/// One piece of a field with addresses, numbers and domains: its text as typed, and what it means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedTarget {
    /// The text as typed, trimmed.
    pub text: String,
    /// What it means, or why it means nothing.
    pub target: Result<SuppressionTarget, Fault>,
}

/// Splits a field at commas, semicolons and line breaks and reads each piece as an address, a phone number or a domain
/// (`@firma.sk`). One bad piece never hides the good ones.
pub fn parse_targets(text: &str, home: HomeCountry) -> Vec<ListedTarget> {
    parse_list(text)
        .into_iter()
        .map(|piece| {
            let target = match piece.address {
                Ok(address) => Ok(SuppressionTarget::Email(address)),
                Err(_) if is_numeric(&piece.text) => PhoneNumber::parse(&piece.text, home)
                    .map(SuppressionTarget::Phone)
                    .map_err(|fault| Fault::Phone { text: piece.text.clone(), fault }),
                Err(fault) => DomainName::parse(&piece.text)
                    .map(SuppressionTarget::Domain)
                    .map_err(|_| Fault::Address { text: piece.text.clone(), fault }),
            };
            ListedTarget { text: piece.text, target }
        })
        .collect()
}

/// Whether a piece can only be meant as a phone number.
fn is_numeric(text: &str) -> bool {
    text.chars().any(|it| it.is_ascii_digit()) && text.chars().all(|it| it.is_ascii_digit() || " \u{a0}+-/().".contains(it))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{AddressFault, PhoneFault};

    fn shown(text: &str) -> Vec<String> {
        let read = parse_targets(text, HomeCountry::Slovakia).into_iter();
        read.map(|it| it.target.map_or_else(|fault| format!("{fault:?}"), |it| it.shown())).collect()
    }

    #[test]
    fn a_pasted_list_may_mix_addresses_numbers_and_domains() {
        let text = "Eva Nová <eva@x.sk>; @kôň.sk, firma.cz\n0905 123 456;\t+420 603 123 456";
        assert_eq!(shown(text), ["eva@x.sk", "@kôň.sk", "@firma.cz", "+421 905 123 456", "+420 603 123 456"]);
    }

    #[test]
    fn bad_pieces_are_named_and_the_rest_is_kept() {
        let read = parse_targets("eva@x.sk, eva, 0905, jan @x.sk", HomeCountry::Slovakia);
        let faults: Vec<_> = read.into_iter().filter_map(|it| it.target.err()).collect();
        assert_eq!(
            faults,
            [
                Fault::Address { text: "eva".into(), fault: AddressFault::NoAt },
                Fault::Phone { text: "0905".into(), fault: PhoneFault::Length },
                Fault::Address { text: "jan @x.sk".into(), fault: AddressFault::Space },
            ]
        );
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_as_the_same_target(text in "[a-z]{1,6}@[a-zč]{1,6}\\.(sk|cz)|@?[a-zč]{1,6}\\.sk|\\+42[01][2-9][0-9]{8}|\\PC*") {
            for it in parse_targets(&text, HomeCountry::Czechia) {
                if let Ok(target) = it.target {
                    let again = parse_targets(&target.shown(), HomeCountry::Czechia);
                    prop_assert_eq!(again.into_iter().map(|it| it.target).collect::<Vec<_>>(), vec![Ok(target)]);
                }
            }
        }
    }
}
