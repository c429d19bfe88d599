//! Whom the company writes to: companies, the people who work there, and customers at home.

use std::collections::HashSet;

use model::{AddressLine, ContactDraft, ContactKind, Gender, Language, Nature, PostalAddress, Purpose};

use super::ascii::slug;
use super::chance::Chance;
use super::firms;
use super::names::{CZECH_LAST, CZECH_MEN, CZECH_WOMEN, SLOVAK_LAST, SLOVAK_MEN, SLOVAK_WOMEN};
use super::places::{CZECH_STREETS, CZECH_TOWNS, SLOVAK_STREETS, SLOVAK_TOWNS};

const COMPANIES: usize = 158;
const BRANCHES: usize = 12;
const COLLEAGUES: usize = 190;
const CUSTOMERS: usize = 140;

/// Somebody the company writes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Acquaintance {
    /// What is known about them.
    pub draft: ContactDraft,
    /// The place in the list of the company that they belong to.
    pub of: Option<usize>,
}

/// 500 contacts, no two with the same address; who belongs to a company stands behind it. All addresses end with `.example`, so that
/// nothing can ever reach anybody (RFC 2606).
pub fn contacts(chance: &mut Chance) -> Vec<Acquaintance> {
    let mut taken = HashSet::new();
    let alone = |draft: ContactDraft| Acquaintance { draft, of: None };
    let mut all: Vec<Acquaintance> = (0..COMPANIES).map(|n| alone(company(n, chance))).collect();
    for n in 0..BRANCHES {
        // Every thirteenth company has a second place.
        let of = n * 13;
        let draft = branch(&all[of].draft, chance);
        all.push(Acquaintance { draft, of: Some(of) });
    }
    for n in 0..COLLEAGUES {
        let of = n % (COMPANIES + BRANCHES);
        let draft = colleague(&all[of].draft, &mut taken, chance);
        all.push(Acquaintance { draft, of: Some(of) });
    }
    for _ in 0..CUSTOMERS {
        all.push(alone(customer(&mut taken, chance)));
    }
    all
}

/// A second place of a company, in another town.
fn branch(company: &ContactDraft, chance: &mut Chance) -> ContactDraft {
    let language = company.language.unwrap_or_default();
    let place = at_home(language, chance);
    let what = if language == Language::Cs { "prodejna" } else { "predajňa" };
    let domain = company.emails.first().and_then(|it| it.text.split_once('@')).map_or("posta.example", |it| it.1);
    ContactDraft {
        nature: Nature::Company,
        kind: company.kind,
        company_name: format!("{}, {what} {}", company.company_name, place.billing.city),
        registration_number: company.registration_number.clone(),
        emails: vec![format!("{}@{domain}", slug(&place.billing.city)).into()],
        ..place
    }
}

fn company(n: usize, chance: &mut Chance) -> ContactDraft {
    let language = language(chance);
    let company_name = match language {
        Language::Cs => firms::czech(n, chance),
        _ => firms::slovak(n, chance),
    };
    let sign = company_name.split(" s.").next().unwrap_or_default().split(',').next().unwrap_or_default();
    let email = format!("info@{}-{}.example", slug(sign), language.code());
    let mut draft = at_home(language, chance);
    draft.nature = Nature::Company;
    draft.kind = if chance.once_in(6) { ContactKind::Partner } else { ContactKind::Client };
    draft.registration_number = firms::registration_number(chance);
    draft.emails = vec![email.as_str().into()];
    if chance.once_in(4) {
        let text = email.replace("info@", if language == Language::Cs { "ucetni@" } else { "uctaren@" });
        draft.emails.push(AddressLine { text, purpose: Purpose::Invoices });
    }
    draft.company_name = company_name;
    draft
}

fn colleague(company: &ContactDraft, taken: &mut HashSet<String>, chance: &mut Chance) -> ContactDraft {
    let language = company.language.unwrap_or_default();
    let domain = company.emails.first().and_then(|it| it.text.split_once('@')).map_or("posta.example", |it| it.1);
    let mut draft = ContactDraft {
        kind: company.kind,
        company_name: company.company_name.clone(),
        billing: company.billing.clone(),
        language: company.language,
        ..ContactDraft::default()
    };
    let is_woman = name(&mut draft, language, chance);
    draft.position = position(language, is_woman, chance).to_owned();
    draft.phones = phones(language, chance);
    draft.emails = vec![email(&draft, domain, taken).into()];
    draft
}

fn customer(taken: &mut HashSet<String>, chance: &mut Chance) -> ContactDraft {
    let language = language(chance);
    let mut draft = at_home(language, chance);
    name(&mut draft, language, chance);
    let post = chance.pick(&["posta.example", "mail.example", "schranka.example"]);
    draft.emails = vec![email(&draft, post, taken).into()];
    if chance.once_in(9) {
        draft.kind = ContactKind::Other;
        draft.note = match language {
            Language::Cs => "Zajímal se o výrobu na míru, zatím bez objednávky.".to_owned(),
            _ => "Zaujímal sa o výrobu na mieru, zatiaľ bez objednávky.".to_owned(),
        };
    }
    draft
}

/// Three of five are Slovaks.
fn language(chance: &mut Chance) -> Language {
    if chance.below(5) < 3 { Language::Sk } else { Language::Cs }
}

fn at_home(language: Language, chance: &mut Chance) -> ContactDraft {
    let ((city, postcode), street) = match language {
        Language::Cs => (chance.pick(&CZECH_TOWNS), chance.pick(&CZECH_STREETS)),
        _ => (chance.pick(&SLOVAK_TOWNS), chance.pick(&SLOVAK_STREETS)),
    };
    ContactDraft {
        language: Some(language),
        billing: PostalAddress {
            street: format!("{street} {}", chance.between(1, 140)),
            city: city.to_owned(),
            postcode: postcode.to_owned(),
            country: String::new(),
        },
        phones: phones(language, chance),
        ..ContactDraft::default()
    }
}

/// Numbers that no operator gives out.
fn phones(language: Language, chance: &mut Chance) -> Vec<AddressLine> {
    if chance.once_in(5) {
        return Vec::new();
    }
    let country = if language == Language::Cs { "+420" } else { "+421" };
    vec![format!("{country} 999 {:03} {:03}", chance.below(1_000), chance.below(1_000)).into()]
}

/// Gives a person a name and the words to address them by; tells whether it is a woman.
fn name(draft: &mut ContactDraft, language: Language, chance: &mut Chance) -> bool {
    let is_woman = chance.once_in(2);
    let (first, last, salutation) = match (language, is_woman) {
        (Language::Cs, false) => {
            let (last, called, _) = chance.pick(&CZECH_LAST);
            (chance.pick(&CZECH_MEN), last, format!("Vážený pane {called}"))
        }
        (Language::Cs, true) => {
            let (_, _, last) = chance.pick(&CZECH_LAST);
            (chance.pick(&CZECH_WOMEN), last, format!("Vážená paní {last}"))
        }
        (_, false) => {
            let (last, _) = chance.pick(&SLOVAK_LAST);
            (chance.pick(&SLOVAK_MEN), last, format!("Vážený pán {last}"))
        }
        (_, true) => {
            let (_, last) = chance.pick(&SLOVAK_LAST);
            (chance.pick(&SLOVAK_WOMEN), last, format!("Vážená pani {last}"))
        }
    };
    draft.first_name = first.to_owned();
    draft.last_name = last.to_owned();
    draft.salutation = salutation;
    draft.gender = if is_woman { Gender::Woman } else { Gender::Man };
    is_woman
}

fn position(language: Language, is_woman: bool, chance: &mut Chance) -> &'static str {
    let (men, women): ([&str; 4], [&str; 4]) = match language {
        Language::Cs => (["jednatel", "nákupčí", "účetní", "vedoucí provozu"], ["jednatelka", "nákupčí", "účetní", "asistentka"]),
        _ => (["konateľ", "nákupca", "účtovník", "vedúci prevádzky"], ["konateľka", "nákupkyňa", "účtovníčka", "asistentka"]),
    };
    chance.pick(if is_woman { &women } else { &men })
}

/// `first.last@domain`, with a number where somebody has that address already.
fn email(draft: &ContactDraft, domain: &str, taken: &mut HashSet<String>) -> String {
    let name = format!("{}.{}", slug(&draft.first_name), slug(&draft.last_name));
    let numbered = (2..).map(|n| format!("{name}{n}@{domain}"));
    let free = std::iter::once(format!("{name}@{domain}")).chain(numbered).find(|it| !taken.contains(it));
    let free = free.unwrap_or_default();
    taken.insert(free.clone());
    free
}

#[cfg(test)]
mod tests {
    use model::HomeCountry;

    use super::*;

    #[test]
    fn five_hundred_different_contacts_pass_every_check() {
        let all = contacts(&mut Chance::new(1));
        assert_eq!(all.len(), 500);
        let mut addresses = HashSet::new();
        for Acquaintance { draft, .. } in &all {
            let checked = draft.check(HomeCountry::Slovakia, &[]).unwrap();
            for email in checked.emails {
                assert!(email.address.as_str().ends_with(".example"), "{email:?}");
                assert!(addresses.insert(email.address), "{draft:?}");
            }
        }
    }

    #[test]
    fn women_bear_the_names_of_women() {
        let all = contacts(&mut Chance::new(1));
        let women = all.iter().map(|it| &it.draft).filter(|it| it.salutation.starts_with("Vážená"));
        assert!(women.clone().all(|it| it.last_name.ends_with("ová") || it.last_name.ends_with('á')));
        assert!(100 < women.count());
    }

    #[test]
    fn the_same_seed_makes_the_same_company() {
        assert_eq!(contacts(&mut Chance::new(5)), contacts(&mut Chance::new(5)));
    }
}
