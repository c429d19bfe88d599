//! Duplicates: contacts that seem to be one and the same, and what becomes of them.

use serde::{Deserialize, Serialize};

use crate::fold::fold;
use crate::{ContactDraft, ContactId, ContactLine, Nature};

/// Why contacts seem to be the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum DuplicateReason {
    /// They share an e-mail address.
    #[default]
    Email,
    /// They share a phone number.
    Phone,
    /// They bear the same name, and people work for the same company.
    Name,
    /// They share a registration number and neither belongs to another contact.
    RegistrationNumber,
}

impl DuplicateReason {
    /// All reasons, the surest first.
    pub const ALL: [Self; 4] = [Self::Email, Self::RegistrationNumber, Self::Phone, Self::Name];
}

/// Contacts that seem to be the same.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DuplicateGroup {
    /// Why.
    pub reason: DuplicateReason,
    /// What they share, in the form by which it is found.
    pub key: String,
    /// The first of them by age, at most [`GROUP_ROWS`].
    pub contacts: Vec<ContactLine>,
    /// How many there are.
    pub count: u32,
}

/// How many contacts of a group are told.
pub const GROUP_ROWS: usize = 20;

/// Where looking for groups begins or goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DuplicatePlace {
    /// For which reason.
    pub reason: DuplicateReason,
    /// From which key on.
    pub from: String,
}

/// Some groups. A page may be empty although more follow: looking goes in portions, so that none takes long.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DuplicatePage {
    /// The groups found.
    pub groups: Vec<DuplicateGroup>,
    /// Where to go on looking for this reason; nothing when everything was looked at.
    pub next: Option<DuplicatePlace>,
}

/// Somebody who has an address already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressHolder {
    /// The address or number as it was asked for.
    pub text: String,
    /// Who has it.
    pub contact: ContactId,
    /// Their name.
    pub name: String,
}

/// Two contacts become one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergeDraft {
    /// The one that stays, and its revision.
    pub survivor: (ContactId, i64),
    /// The one that goes into it, and its revision.
    pub other: (ContactId, i64),
    /// What the survivor's fields become.
    pub fields: ContactDraft,
}

/// What is typed of two contacts, united: every address, tag and own value of both, and each other field of the first one unless only
/// the second one has it.
pub fn unite(first: &ContactDraft, second: &ContactDraft) -> ContactDraft {
    let mut united = first.clone();
    for line in &second.emails {
        let own = line.text.trim().to_lowercase();
        if united.emails.iter().all(|it| it.text.trim().to_lowercase() != own || it.purpose != line.purpose) {
            united.emails.push(line.clone());
        }
    }
    for line in &second.phones {
        if !united.phones.contains(line) {
            united.phones.push(line.clone());
        }
    }
    for tag in &second.tags {
        if united.tags.iter().all(|it| fold(it) != fold(tag)) {
            united.tags.push(tag.clone());
        }
    }
    for value in &second.values {
        if united.values.iter().all(|it| it.field != value.field) {
            united.values.push(value.clone());
        }
    }
    united.no_bulk |= second.no_bulk;
    united
}

/// What people and companies of the same name have in common: the name without case, accents and legal form, with a person's company.
/// Empty when the name says too little.
pub fn name_key(nature: Nature, first_name: &str, last_name: &str, company_name: &str) -> String {
    let company = without_legal_form(company_name);
    match nature {
        Nature::Company if !company.is_empty() => format!("| {company}"),
        Nature::Person if !first_name.trim().is_empty() && !last_name.trim().is_empty() && !company.is_empty() => {
            format!("{} {} | {company}", tokens(last_name).join(" "), tokens(first_name).join(" "))
        }
        _ => String::new(),
    }
}

/// The digits of a registration number without zeros in front; empty when it is none.
pub fn registration_key(number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_start_matches('0');
    if (4..=12).contains(&digits.len()) { digits.to_owned() } else { String::new() }
}

/// Legal forms of Czechia, Slovakia and their neighbours as they stand behind a name, the longest first.
const LEGAL_FORMS: [&[&str]; 12] = [
    &["spol", "s", "r", "o"],
    &["s", "r", "o"],
    &["v", "o", "s"],
    &["a", "s"],
    &["k", "s"],
    &["o", "z"],
    &["z", "s"],
    &["sro"],
    &["as"],
    &["gmbh"],
    &["kft"],
    &["ltd"],
];

fn without_legal_form(name: &str) -> String {
    let words = tokens(name);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let form = LEGAL_FORMS.iter().find(|form| form.len() < words.len() && words.ends_with(form));
    words[..words.len() - form.map_or(0, |it| it.len())].join(" ")
}

fn tokens(text: &str) -> Vec<String> {
    fold(text).split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn companies_of_one_name_are_alike_whatever_their_legal_form_and_spelling() {
        let key = |name: &str| name_key(Nature::Company, "", "", name);
        assert_eq!(key("Papiernictvo Novák, s. r. o."), key("PAPIERNICTVO NOVAK spol. s r.o."));
        assert_eq!(key("Jasenové dielo a.s."), key("Jasenove dielo"));
        assert_ne!(key("Firma A s.r.o."), key("Firma B s.r.o."));
        assert_eq!(key("s.r.o."), "| s r o");
        assert_eq!(key("  "), "");
    }

    #[test]
    fn people_are_alike_only_within_a_company() {
        let key = |first, last, company| name_key(Nature::Person, first, last, company);
        assert_eq!(key("Eva", "Nová", "Drevo s.r.o."), key("EVA", "nova", "Drevo"));
        assert_ne!(key("Eva", "Nová", "Drevo"), key("Eva", "Nová", "Tehla"));
        assert_eq!(key("Eva", "Nová", ""), "");
        assert_eq!(key("", "Nová", "Drevo"), "");
    }

    #[test]
    fn a_registration_number_is_its_digits() {
        assert_eq!(registration_key(" 036 123 456 "), "36123456");
        assert_eq!(registration_key("IČO 36123456"), "36123456");
        assert_eq!(registration_key("12"), "");
    }

    #[test]
    fn united_contacts_have_the_addresses_and_tags_of_both() {
        let draft = |emails: &[&str], tags: &[&str]| ContactDraft {
            emails: emails.iter().map(|it| (*it).into()).collect(),
            tags: tags.iter().map(|it| (*it).to_owned()).collect(),
            ..ContactDraft::default()
        };
        let second = ContactDraft { no_bulk: true, ..draft(&["EVA@x.sk", "eva@y.sk"], &["stolar", "VIP"]) };
        let united = unite(&draft(&["eva@x.sk"], &["Stolár"]), &second);
        assert_eq!(united.emails.iter().map(|it| it.text.as_str()).collect::<Vec<_>>(), ["eva@x.sk", "eva@y.sk"]);
        assert_eq!(united.tags, ["Stolár", "VIP"]);
        assert!(united.no_bulk);
    }
}
