//! Where a delivery goes, whatever its channel.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{AddressFault, EmailAddress};
use crate::{Channel, HomeCountry, PhoneFault, PhoneNumber};

/// An e-mail address or a phone number. Both are written as plain text; only the first has an `@`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Address {
    /// An e-mail address.
    Email(EmailAddress),
    /// A phone number.
    Phone(PhoneNumber),
}

/// Why a text is neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoAddress {
    /// It has an `@` and is no e-mail address.
    Email(AddressFault),
    /// It has none and is no phone number.
    Phone(PhoneFault),
}

impl Address {
    /// Parses an address as it is stored: a number begins with `+`.
    ///
    /// # Errors
    /// Says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, NoAddress> {
        if text.contains('@') {
            EmailAddress::parse(text).map(Self::Email).map_err(NoAddress::Email)
        } else {
            PhoneNumber::parse(text, HomeCountry::default()).map(Self::Phone).map_err(NoAddress::Phone)
        }
    }

    /// What messages to it travel by.
    pub fn channel(&self) -> Channel {
        match self {
            Self::Email(_) => Channel::Email,
            Self::Phone(_) => Channel::Sms,
        }
    }

    /// The address as it is written.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Email(it) => it.as_str(),
            Self::Phone(it) => it.as_str(),
        }
    }

    /// The form by which two spellings of one address are told to be the same.
    pub fn normalized(&self) -> String {
        match self {
            Self::Email(it) => it.normalized(),
            Self::Phone(it) => it.as_str().to_owned(),
        }
    }

    /// The domain of an e-mail address; empty for a number.
    pub fn domain(&self) -> &str {
        self.email().map_or("", EmailAddress::domain)
    }

    /// The e-mail address, if it is one.
    pub fn email(&self) -> Option<&EmailAddress> {
        match self {
            Self::Email(it) => Some(it),
            Self::Phone(_) => None,
        }
    }

    /// The phone number, if it is one.
    pub fn phone(&self) -> Option<&PhoneNumber> {
        match self {
            Self::Email(_) => None,
            Self::Phone(it) => Some(it),
        }
    }

    /// The address as people read it: an international domain in its own letters, a number in groups.
    pub fn shown(&self) -> String {
        match self {
            Self::Email(it) => it.shown(),
            Self::Phone(it) => it.shown(),
        }
    }
}

impl From<EmailAddress> for Address {
    fn from(it: EmailAddress) -> Self {
        Self::Email(it)
    }
}

impl From<PhoneNumber> for Address {
    fn from(it: PhoneNumber) -> Self {
        Self::Phone(it)
    }
}

impl TryFrom<String> for Address {
    type Error = NoAddress;

    fn try_from(text: String) -> Result<Self, NoAddress> {
        Self::parse(&text)
    }
}

impl From<Address> for String {
    fn from(it: Address) -> Self {
        it.as_str().to_owned()
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for NoAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Email(it) => it.fmt(f),
            Self::Phone(it) => it.fmt(f),
        }
    }
}

impl std::error::Error for NoAddress {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_an_at_is_an_email_address_and_everything_else_a_number() {
        for (text, channel) in [("eva@x.sk", Channel::Email), ("+eva@x.sk", Channel::Email), ("+421903622237", Channel::Sms)] {
            let address = Address::parse(text).unwrap();
            assert_eq!((address.channel(), address.as_str()), (channel, text));
            assert_eq!(Address::try_from(String::from(address.clone())), Ok(address));
        }
        assert!(Address::parse("eva@").is_err() && Address::parse("eva").is_err());
        assert_eq!(Address::parse("+421903622237").unwrap().shown(), "+421 903 622 237");
    }
}
