//! What is typed about a contact, and what makes it valid.

use serde::{Deserialize, Serialize};

use super::address::line_for;
use super::{
    AddressLine, ContactAddresses, ContactEmail, ContactKind, ContactPhone, FieldDefinition, Gender, Nature, Obtained, OwnValue,
    ParentLink, PostalAddress, Purpose, Relation,
};
use crate::{
    AddressFault, EmailAddress, Fault, Faults, HomeCountry, Language, PhoneFault, PhoneNumber, Refusal, Required, UserId,
};

/// What is typed to make or change a contact.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ContactDraft {
    /// Person or company.
    pub nature: Nature,
    /// What it is to us.
    pub kind: ContactKind,
    /// How a person is addressed.
    pub gender: Gender,
    /// Title before the name: `Ing.`
    pub title_before: String,
    /// First name of a person.
    pub first_name: String,
    /// Last name of a person.
    pub last_name: String,
    /// Title behind the name: `PhD.`
    pub title_after: String,
    /// First name in the vocative; empty leaves it to the rules of the language.
    pub first_vocative: String,
    /// Last name in the vocative; empty leaves it to the rules of the language.
    pub last_vocative: String,
    /// Name of the company, or of the company where the person works.
    pub company_name: String,
    /// Position or department.
    pub position: String,
    /// Opening words of a message; empty lets the language decide.
    pub salutation: String,
    /// Language to write in; nothing means the company's.
    pub language: Option<Language>,
    /// E-mail addresses, the first of a purpose is its default.
    pub emails: Vec<AddressLine>,
    /// Phone numbers, the first of a purpose is its default.
    pub phones: Vec<AddressLine>,
    /// Where invoices go, and where the contact lives or has its seat.
    pub billing: PostalAddress,
    /// Where goods go; empty is the same as the other.
    pub delivery: PostalAddress,
    /// Registration number (IČO).
    pub registration_number: String,
    /// Tax number (DIČ).
    pub tax_number: String,
    /// Number for value added tax (IČ DPH).
    pub vat_number: String,
    /// The company it belongs to.
    pub parent: Option<ParentLink>,
    /// The user who looks after it.
    pub owner: Option<UserId>,
    /// Words that it is grouped by.
    pub tags: Vec<String>,
    /// Values of own fields.
    pub values: Vec<OwnValue>,
    /// Whether it gets no bulk messages.
    pub no_bulk: bool,
    /// How it came to us.
    pub obtained: Obtained,
    /// Free note.
    pub note: String,
}

/// Most tags of one contact.
const TAGS_MAX: usize = 50;
/// Most addresses of one channel.
const ADDRESSES_MAX: usize = 50;

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

    /// The name with its titles: `Ing. Eva Nová, PhD.`
    pub fn titled_name(&self) -> String {
        let name = format!("{} {}", self.title_before.trim(), self.display_name()).trim().to_owned();
        match self.title_after.trim() {
            "" => name,
            title => format!("{name}, {title}"),
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

    /// The e-mail address to use for a purpose: its own, else the general one, else the first there is.
    pub fn email_for(&self, purpose: Purpose) -> Option<&str> {
        line_for(&self.emails, purpose).map(|it| it.text.as_str())
    }

    /// The phone number to use for a purpose: its own, else the general one, else the first there is.
    pub fn phone_for(&self, purpose: Purpose) -> Option<&str> {
        line_for(&self.phones, purpose).map(|it| it.text.as_str())
    }

    /// The tags without doubles and empty ones; case and accents do not make a difference.
    pub fn tag_names(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for name in self.tags.iter().map(|it| it.split_whitespace().collect::<Vec<_>>().join(" ")) {
            let folded = crate::fold::fold(&name);
            if !name.is_empty() && names.iter().all(|it| crate::fold::fold(it) != folded) {
                names.push(name);
            }
        }
        names
    }

    /// Checks the fields and parses the addresses; empty address lines are left out. `own` are the own fields there are.
    ///
    /// # Errors
    /// Names each wrong field; addresses by position: `emails.1`; own fields by their ids: `values.3`.
    pub fn check(&self, home: HomeCountry, own: &[FieldDefinition]) -> Result<ContactAddresses, Refusal> {
        let mut faults = Faults::default();
        self.check_lines(&mut faults);
        if self.display_name().is_empty() {
            faults.add(if self.nature == Nature::Company { "company_name" } else { "last_name" }, Fault::Missing);
        }
        if self.parent.is_some_and(|it| it.relation != Relation::of(self.nature)) {
            faults.add("parent", Fault::Gone);
        }
        let addresses = ContactAddresses { emails: self.check_emails(&mut faults), phones: self.check_phones(home, &mut faults) };
        for (n, tag) in self.tags.iter().enumerate() {
            faults.line(format!("tags.{n}"), tag, Required::No, 60);
        }
        if TAGS_MAX < self.tags.len() {
            faults.add("tags", Fault::TooMany { max: TAGS_MAX as u32 });
        }
        self.check_values(own, &mut faults);
        faults.finish()?;
        Ok(addresses)
    }

    fn check_lines(&self, faults: &mut Faults) {
        for (field, text) in [
            ("title_before", &self.title_before),
            ("first_name", &self.first_name),
            ("last_name", &self.last_name),
            ("title_after", &self.title_after),
            ("first_vocative", &self.first_vocative),
            ("last_vocative", &self.last_vocative),
            ("company_name", &self.company_name),
            ("position", &self.position),
            ("salutation", &self.salutation),
            ("registration_number", &self.registration_number),
            ("tax_number", &self.tax_number),
            ("vat_number", &self.vat_number),
            ("obtained.note", &self.obtained.note),
        ] {
            faults.line(field, text, Required::No, 160);
        }
        self.billing.check(faults, "billing");
        self.delivery.check(faults, "delivery");
        faults.text("note", &self.note, Required::No, 10_000);
    }

    fn check_emails(&self, faults: &mut Faults) -> Vec<ContactEmail> {
        let mut emails: Vec<ContactEmail> = Vec::new();
        for (n, AddressLine { text, purpose }) in self.emails.iter().enumerate() {
            match EmailAddress::parse(text) {
                Ok(it) if emails.iter().any(|e| e.purpose == *purpose && e.address.normalized() == it.normalized()) => {}
                Ok(address) => emails.push(ContactEmail { address, purpose: *purpose }),
                Err(AddressFault::Empty) => {}
                Err(fault) => faults.add(format!("emails.{n}"), Fault::Address { text: text.trim().to_owned(), fault }),
            }
        }
        if ADDRESSES_MAX < emails.len() {
            faults.add("emails", Fault::TooMany { max: ADDRESSES_MAX as u32 });
        }
        emails
    }

    fn check_phones(&self, home: HomeCountry, faults: &mut Faults) -> Vec<ContactPhone> {
        let mut phones: Vec<ContactPhone> = Vec::new();
        for (n, AddressLine { text, purpose }) in self.phones.iter().enumerate() {
            match PhoneNumber::parse(text, home) {
                Ok(it) if phones.iter().any(|p| p.purpose == *purpose && p.number == it) => {}
                Ok(number) => phones.push(ContactPhone { number, purpose: *purpose }),
                Err(PhoneFault::Empty) => {}
                Err(fault) => faults.add(format!("phones.{n}"), Fault::Phone { text: text.trim().to_owned(), fault }),
            }
        }
        if ADDRESSES_MAX < phones.len() {
            faults.add("phones", Fault::TooMany { max: ADDRESSES_MAX as u32 });
        }
        phones
    }

    fn check_values(&self, own: &[FieldDefinition], faults: &mut Faults) {
        for (n, OwnValue { field, value }) in self.values.iter().enumerate() {
            let name = format!("values.{field}");
            if self.values[..n].iter().any(|it| it.field == *field) {
                faults.add(name, Fault::Taken);
                continue;
            }
            match own.iter().find(|it| it.id == *field).map(|it| it.fault(value)) {
                Some(None) => {}
                Some(Some(fault)) => faults.add(name, fault),
                None => faults.add(name, Fault::Gone),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ContactId, FieldId, FieldKind, FieldValue};

    fn person(first: &str, last: &str) -> ContactDraft {
        ContactDraft { first_name: first.into(), last_name: last.into(), ..ContactDraft::default() }
    }

    fn faulty(draft: &ContactDraft, own: &[FieldDefinition]) -> Vec<String> {
        match draft.check(HomeCountry::Slovakia, own) {
            Err(Refusal::Invalid(faults)) => faults.into_iter().map(|it| it.field).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_contact_needs_some_name() {
        assert_eq!(faulty(&ContactDraft::default(), &[]), ["last_name"]);
        assert!(person("", "Nová").check(HomeCountry::Slovakia, &[]).is_ok());
    }

    #[test]
    fn bad_addresses_are_named_by_position_and_doubles_dropped() {
        let mut draft = person("Eva", "Nová");
        draft.emails = vec!["eva@x.sk".into(), "EVA@x.sk".into(), "".into(), "zle".into()];
        draft.phones = vec!["0903 622 237".into(), "+421903622237".into()];
        assert_eq!(faulty(&draft, &[]), ["emails.3"]);
        draft.emails.pop();
        let addresses = draft.check(HomeCountry::Slovakia, &[]).unwrap();
        assert_eq!((addresses.emails.len(), addresses.phones.len()), (1, 1));
    }

    #[test]
    fn one_address_may_serve_two_purposes() {
        let line = |purpose| AddressLine { text: "fakt@x.sk".into(), purpose };
        let mut draft = person("Eva", "Nová");
        draft.emails = vec![line(Purpose::Invoices), line(Purpose::Reminders), line(Purpose::Invoices)];
        assert_eq!(draft.check(HomeCountry::Slovakia, &[]).unwrap().emails.len(), 2);
        assert_eq!(draft.email_for(Purpose::Marketing), Some("fakt@x.sk"));
    }

    #[test]
    fn people_are_sorted_by_last_name() {
        assert!(person("Zuzana", "Adamová").sort_name() < person("Adam", "Zeman").sort_name());
    }

    #[test]
    fn titles_stand_around_the_name() {
        let draft = ContactDraft { title_before: "Ing.".into(), title_after: "PhD.".into(), ..person("Eva", "Nová") };
        assert_eq!(draft.titled_name(), "Ing. Eva Nová, PhD.");
        assert_eq!(person("Eva", "Nová").titled_name(), "Eva Nová");
    }

    #[test]
    fn tags_that_differ_only_in_accents_are_one() {
        let draft =
            ContactDraft { tags: vec!["Stolár".into(), " ".into(), "stolar".into(), "VIP  klient".into()], ..person("E", "N") };
        assert_eq!(draft.tag_names(), ["Stolár", "VIP klient"]);
    }

    #[test]
    fn values_of_own_fields_are_checked_by_their_definitions() {
        let own =
            [FieldDefinition { id: FieldId(3), key: "k".into(), name: "N".into(), kind: FieldKind::Text, choices: Vec::new() }];
        let value = |field, text: &str| OwnValue { field: FieldId(field), value: FieldValue::Text(text.into()) };
        let draft = ContactDraft { values: vec![value(3, "a"), value(3, "b"), value(9, "c")], ..person("E", "N") };
        assert_eq!(faulty(&draft, &own), ["values.3", "values.9"]);
        assert!(ContactDraft { values: vec![value(3, "a")], ..person("E", "N") }.check(HomeCountry::Slovakia, &own).is_ok());
    }

    #[test]
    fn a_person_is_no_branch() {
        let parent = Some(ParentLink { contact: ContactId(1), relation: Relation::Branch });
        assert_eq!(faulty(&ContactDraft { parent, ..person("E", "N") }, &[]), ["parent"]);
    }
}
