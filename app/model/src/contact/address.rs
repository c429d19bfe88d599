//! Addresses of a contact: several, each for a purpose.

use serde::{Deserialize, Serialize};

use crate::{EmailAddress, Faults, PhoneNumber, Required};

/// What an address is meant for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Purpose {
    /// Anything.
    #[default]
    General,
    /// Invoices and other documents.
    Invoices,
    /// Reminders of what is due.
    Reminders,
    /// News and offers.
    Marketing,
}

impl Purpose {
    /// All purposes, in the order the screens offer them.
    pub const ALL: [Self; 4] = [Self::General, Self::Invoices, Self::Reminders, Self::Marketing];
}

/// One line of the form: an e-mail address or a phone number as typed, and what it is for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct AddressLine {
    /// What is typed.
    pub text: String,
    /// What it is for; the first line of a purpose is its default.
    pub purpose: Purpose,
}

impl From<&str> for AddressLine {
    fn from(text: &str) -> Self {
        Self { text: text.to_owned(), purpose: Purpose::General }
    }
}

impl From<String> for AddressLine {
    fn from(text: String) -> Self {
        Self { text, purpose: Purpose::General }
    }
}

/// An e-mail address of a contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactEmail {
    /// The address.
    pub address: EmailAddress,
    /// What it is for.
    pub purpose: Purpose,
}

/// A phone number of a contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactPhone {
    /// The number.
    pub number: PhoneNumber,
    /// What it is for.
    pub purpose: Purpose,
}

/// The addresses of a draft after they were parsed; none stands twice for the same purpose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactAddresses {
    /// E-mail addresses; the first of a purpose is its default.
    pub emails: Vec<ContactEmail>,
    /// Phone numbers; the first of a purpose is its default.
    pub phones: Vec<ContactPhone>,
}

impl ContactAddresses {
    /// The e-mail address to use for a purpose: its own, else the general one, else the first there is.
    pub fn email_for(&self, purpose: Purpose) -> Option<&EmailAddress> {
        chosen(&self.emails, purpose, |it| it.purpose).map(|it| &it.address)
    }

    /// The phone number to use for a purpose: its own, else the general one, else the first there is.
    pub fn phone_for(&self, purpose: Purpose) -> Option<&PhoneNumber> {
        chosen(&self.phones, purpose, |it| it.purpose).map(|it| &it.number)
    }
}

/// The line to use for a purpose: its own, else the general one, else the first that is not empty.
pub(super) fn line_for(lines: &[AddressLine], purpose: Purpose) -> Option<&AddressLine> {
    let full: Vec<&AddressLine> = lines.iter().filter(|it| !it.text.trim().is_empty()).collect();
    chosen(&full, purpose, |it| it.purpose).copied()
}

fn chosen<T>(all: &[T], purpose: Purpose, of: impl Fn(&T) -> Purpose) -> Option<&T> {
    let first = |wanted: Purpose| all.iter().find(|it| of(it) == wanted);
    first(purpose).or_else(|| first(Purpose::General)).or_else(|| all.first())
}

/// A postal address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostalAddress {
    /// Street and number.
    pub street: String,
    /// Town.
    pub city: String,
    /// Postcode.
    pub postcode: String,
    /// Country; empty is the company's own.
    pub country: String,
}

impl PostalAddress {
    /// Whether nothing is filled in.
    pub fn is_empty(&self) -> bool {
        [&self.street, &self.city, &self.postcode, &self.country].iter().all(|it| it.trim().is_empty())
    }

    /// The address in one line: `Hlavná 1, 010 01 Žilina, Slovensko`.
    pub fn line(&self) -> String {
        let town = format!("{} {}", self.postcode.trim(), self.city.trim());
        let parts = [self.street.trim(), town.trim(), self.country.trim()];
        parts.iter().filter(|it| !it.is_empty()).copied().collect::<Vec<_>>().join(", ")
    }

    pub(super) fn check(&self, faults: &mut Faults, name: &str) {
        for (field, text) in
            [("street", &self.street), ("city", &self.city), ("postcode", &self.postcode), ("country", &self.country)]
        {
            faults.line(format_args!("{name}.{field}"), text, Required::No, 160);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, purpose: Purpose) -> AddressLine {
        AddressLine { text: text.into(), purpose }
    }

    #[test]
    fn a_purpose_without_an_address_of_its_own_falls_back_to_the_general_one_then_to_the_first() {
        let lines = [line("m@x.sk", Purpose::Marketing), line("g@x.sk", Purpose::General), line("f@x.sk", Purpose::Invoices)];
        let text = |lines: &[AddressLine], purpose| line_for(lines, purpose).map(|it| it.text.clone());
        assert_eq!(text(&lines, Purpose::Invoices).as_deref(), Some("f@x.sk"));
        assert_eq!(text(&lines, Purpose::Reminders).as_deref(), Some("g@x.sk"));
        assert_eq!(text(&lines[..1], Purpose::Reminders).as_deref(), Some("m@x.sk"));
        assert_eq!(text(&[line(" ", Purpose::General)], Purpose::General), None);
    }

    #[test]
    fn a_postal_address_makes_one_line_of_what_there_is() {
        let address = PostalAddress { city: "Žilina".into(), postcode: "010 01".into(), ..PostalAddress::default() };
        assert_eq!(address.line(), "010 01 Žilina");
        assert!(!address.is_empty() && PostalAddress::default().is_empty());
    }
}
