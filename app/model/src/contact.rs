//! Contacts: people and companies we may write to.

use serde::{Deserialize, Serialize};

use crate::{
    AddressFault, ContactId, Cursor, Direction, EmailAddress, Fault, Faults, HomeCountry, Language, Moment, PhoneFault,
    PhoneNumber, Refusal, Required,
};

/// Whether a contact is one person or a company.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Nature {
    /// One person.
    #[default]
    Person,
    /// A company or another organisation.
    Company,
}

/// What a contact is to us.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ContactKind {
    /// Buys from us.
    #[default]
    Client,
    /// Supplies us or works with us.
    Partner,
    /// Works for us.
    Employee,
    /// Anybody else.
    Other,
}

impl ContactKind {
    /// All kinds, in the order the screens offer them.
    pub const ALL: [Self; 4] = [Self::Client, Self::Partner, Self::Employee, Self::Other];
}

/// What is typed to make or change a contact.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactDraft {
    /// Person or company.
    pub nature: Nature,
    /// What it is to us.
    pub kind: ContactKind,
    /// First name of a person.
    pub first_name: String,
    /// Last name of a person.
    pub last_name: String,
    /// Name of the company, or of the company where the person works.
    pub company_name: String,
    /// Position or department.
    pub position: String,
    /// Opening words of a message; empty lets the language decide.
    pub salutation: String,
    /// Language to write in; nothing means the company's.
    pub language: Option<Language>,
    /// E-mail addresses, the first is the default.
    pub emails: Vec<String>,
    /// Phone numbers, the first is the default.
    pub phones: Vec<String>,
    /// Street and number.
    pub street: String,
    /// Town.
    pub city: String,
    /// Postcode.
    pub postcode: String,
    /// Registration number (IČO).
    pub registration_number: String,
    /// Free note.
    pub note: String,
}

/// The addresses of a draft after they were parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactAddresses {
    /// E-mail addresses without doubles, the first is the default.
    pub emails: Vec<EmailAddress>,
    /// Phone numbers without doubles, the first is the default.
    pub phones: Vec<PhoneNumber>,
}

impl ContactDraft {
    /// The name that lists and messages show.
    pub fn display_name(&self) -> String {
        let person = format!("{} {}", self.first_name.trim(), self.last_name.trim()).trim().to_owned();
        let company = self.company_name.trim();
        match self.nature {
            Nature::Company if !company.is_empty() => company.to_owned(),
            Nature::Person if !person.is_empty() => person,
            _ if !person.is_empty() => person,
            _ => company.to_owned(),
        }
    }

    /// The name that lists are sorted by: a person's last name first.
    pub fn sort_name(&self) -> String {
        match self.nature {
            Nature::Person if !self.last_name.trim().is_empty() => {
                crate::collate::key(&format!("{} {}", self.last_name.trim(), self.first_name.trim()))
            }
            _ => crate::collate::key(&self.display_name()),
        }
    }

    /// Checks the fields and parses the addresses; empty address lines are left out.
    ///
    /// # Errors
    /// Names each wrong field; addresses by position: `emails.1`.
    pub fn check(&self, home: HomeCountry) -> Result<ContactAddresses, Refusal> {
        let mut faults = Faults::default();
        for (field, text) in [
            ("first_name", &self.first_name),
            ("last_name", &self.last_name),
            ("company_name", &self.company_name),
            ("position", &self.position),
            ("salutation", &self.salutation),
            ("street", &self.street),
            ("city", &self.city),
            ("postcode", &self.postcode),
            ("registration_number", &self.registration_number),
        ] {
            faults.line(field, text, Required::No, 160);
        }
        faults.text("note", &self.note, Required::No, 10_000);
        if self.display_name().is_empty() {
            faults.add(if self.nature == Nature::Company { "company_name" } else { "last_name" }, Fault::Missing);
        }
        let mut addresses = ContactAddresses { emails: Vec::new(), phones: Vec::new() };
        for (n, text) in self.emails.iter().enumerate() {
            match EmailAddress::parse(text) {
                Ok(it) if addresses.emails.iter().any(|other| other.normalized() == it.normalized()) => {}
                Ok(it) => addresses.emails.push(it),
                Err(AddressFault::Empty) => {}
                Err(fault) => faults.add(format!("emails.{n}"), Fault::Address { text: text.trim().to_owned(), fault }),
            }
        }
        for (n, text) in self.phones.iter().enumerate() {
            match PhoneNumber::parse(text, home) {
                Ok(it) if addresses.phones.contains(&it) => {}
                Ok(it) => addresses.phones.push(it),
                Err(PhoneFault::Empty) => {}
                Err(fault) => faults.add(format!("phones.{n}"), Fault::Phone { text: text.trim().to_owned(), fault }),
            }
        }
        faults.finish()?;
        Ok(addresses)
    }
}

/// A contact as its page shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contact {
    /// Which contact.
    pub id: ContactId,
    /// Its fields; addresses are normalised.
    pub fields: ContactDraft,
    /// Counts every change; an edit of an older revision is refused as stale.
    pub revision: i64,
    /// When it was created.
    pub created_at: Moment,
    /// When it was last changed.
    pub updated_at: Moment,
}

/// A contact in the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ContactRow {
    /// Which contact.
    pub id: ContactId,
    /// Person or company.
    pub nature: Nature,
    /// What it is to us.
    pub kind: ContactKind,
    /// Name shown.
    pub name: String,
    /// Company where the person works; empty for a company itself.
    pub company_name: String,
    /// Default e-mail address; may be empty.
    pub email: String,
    /// Default phone number; may be empty.
    pub phone: String,
    /// Town.
    pub city: String,
    /// When it was last changed.
    pub updated_at: Moment,
}

/// Which contacts a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactFilter {
    /// Words that names, addresses, companies and towns begin with; case and diacritics do not matter.
    pub words: String,
    /// Only this kind.
    pub kind: Option<ContactKind>,
    /// Only people or only companies.
    pub nature: Option<Nature>,
}

/// What contacts are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ContactSort {
    /// By name in the order of the Czech and Slovak alphabet.
    #[default]
    Name,
    /// By time of the last change.
    Updated,
}

/// A question for one page of contacts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactQuery {
    /// Which ones.
    pub filter: ContactFilter,
    /// By what.
    pub sort: ContactSort,
    /// Which way.
    pub direction: Direction,
    /// Behind which row.
    pub after: Option<Cursor>,
}

/// What the recipient field offers while one types.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecipientOffer {
    /// Whose address it is.
    pub contact: ContactId,
    /// Name of the contact.
    pub name: String,
    /// Company where the person works; may be empty.
    pub company_name: String,
    /// The address.
    pub email: EmailAddress,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(first: &str, last: &str) -> ContactDraft {
        ContactDraft { first_name: first.into(), last_name: last.into(), ..ContactDraft::default() }
    }

    #[test]
    fn a_contact_needs_some_name() {
        let refused = ContactDraft::default().check(HomeCountry::Slovakia);
        assert_eq!(refused, Err(Refusal::field("last_name", Fault::Missing)));
        assert!(person("", "Nová").check(HomeCountry::Slovakia).is_ok());
    }

    #[test]
    fn bad_addresses_are_named_by_position_and_doubles_dropped() {
        let mut draft = person("Eva", "Nová");
        draft.emails = vec!["eva@x.sk".into(), "EVA@x.sk".into(), String::new(), "zle".into()];
        draft.phones = vec!["0903 622 237".into(), "+421903622237".into()];
        let Err(Refusal::Invalid(faults)) = draft.check(HomeCountry::Slovakia) else { panic!("accepted") };
        assert_eq!(faults.iter().map(|it| it.field.as_str()).collect::<Vec<_>>(), ["emails.3"]);
        draft.emails.pop();
        let addresses = draft.check(HomeCountry::Slovakia).unwrap();
        assert_eq!((addresses.emails.len(), addresses.phones.len()), (1, 1));
    }

    #[test]
    fn people_are_sorted_by_last_name() {
        assert!(person("Zuzana", "Adamová").sort_name() < person("Adam", "Zeman").sort_name());
    }
}
