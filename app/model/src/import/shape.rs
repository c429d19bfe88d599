//! From the cells of a row to a contact.

use super::{ImportMatch, ImportPlan, ImportTarget, Place, RowFault};
use crate::fold::fold;
use crate::{
    AddressLine, ContactAddresses, ContactDraft, ContactKind, FieldDefinition, FieldFault, Language, Nature, OwnValue,
    PostalAddress, Refusal,
};

/// Makes contacts of rows by a plan.
#[derive(Clone, Debug)]
pub struct Shaper {
    plan: ImportPlan,
    own: Vec<FieldDefinition>,
}

/// What a row is shaped into.
#[derive(Clone, Debug, PartialEq)]
pub struct Shaped {
    /// The contact; its addresses are normalised.
    pub draft: ContactDraft,
    /// The addresses, parsed.
    pub addresses: ContactAddresses,
    /// Whether the row names the contact; otherwise the name is made of an address.
    pub named: bool,
}

/// Words before and behind names that are titles.
const TITLES_AFTER: [&str; 10] = ["phd", "csc", "drsc", "mba", "llm", "msc", "bsc", "ml", "st", "dis"];

impl Shaper {
    /// Makes contacts by this plan, with the own fields there are.
    pub fn new(plan: ImportPlan, own: Vec<FieldDefinition>) -> Self {
        Self { plan, own }
    }

    /// The own fields there are.
    pub fn own(&self) -> &[FieldDefinition] {
        &self.own
    }

    /// The plan.
    pub fn plan(&self) -> &ImportPlan {
        &self.plan
    }

    /// Makes a contact of the cells and parses its addresses.
    ///
    /// # Errors
    /// Says which values are wrong, each with the heading of its column.
    pub fn shape(&self, columns: &[String], cells: &[String]) -> Result<Shaped, RowFault> {
        let mut draft = ContactDraft {
            kind: self.plan.kind,
            obtained: self.plan.obtained.clone(),
            tags: self.plan.tags.clone(),
            ..ContactDraft::default()
        };
        let (mut faults, mut nature, mut email_columns, mut phone_columns) =
            (Vec::new(), self.plan.nature, Vec::new(), Vec::new());
        for (n, (target, cell)) in self.plan.columns.iter().zip(cells).enumerate() {
            let text = cell.trim();
            if text.is_empty() {
                continue;
            }
            match *target {
                ImportTarget::Email(purpose) => put_lines(text, purpose, &mut draft.emails, n, &mut email_columns),
                ImportTarget::Phone(purpose) => put_lines(text, purpose, &mut draft.phones, n, &mut phone_columns),
                ImportTarget::Nature => nature = nature_of(text).or(nature),
                ImportTarget::Own(id) => {
                    if let Some(field) = self.own.iter().find(|it| it.id == id) {
                        match field.parse(text) {
                            Ok(Some(value)) => draft.values.push(OwnValue { field: id, value }),
                            Ok(None) => {}
                            Err(fault) => faults.push((FieldFault { field: format!("values.{id}"), fault }, heading(columns, n))),
                        }
                    }
                }
                target => put(&mut draft, target, text),
            }
        }
        draft.nature = nature.unwrap_or_else(|| guessed_nature(&draft));
        let named = !draft.display_name().is_empty();
        if !named {
            name_by_address(&mut draft);
        }
        match draft.check(self.plan.home, &self.own) {
            Ok(addresses) if faults.is_empty() => {
                take_over(&mut draft, &addresses);
                Ok(Shaped { draft, addresses, named })
            }
            Ok(_) => Err(RowFault::Fields(faults)),
            Err(Refusal::Invalid(wrong)) => {
                for it in wrong {
                    let at = |name: &str, from: &[usize]| {
                        it.field.strip_prefix(name)?.parse::<usize>().ok().and_then(|at| from.get(at).copied())
                    };
                    let column = at("emails.", &email_columns).or_else(|| at("phones.", &phone_columns));
                    let column = column.or_else(|| self.column_of(&it.field));
                    let heading = column.map(|at| heading(columns, at)).unwrap_or_default();
                    faults.push((it, heading));
                }
                Err(RowFault::Fields(faults))
            }
            Err(_) => Err(RowFault::Fields(faults)),
        }
    }

    /// The column from which a field came.
    fn column_of(&self, field: &str) -> Option<usize> {
        let is_it = |target: &ImportTarget| match target {
            ImportTarget::FirstName => field == "first_name",
            ImportTarget::LastName => field == "last_name",
            ImportTarget::FullName => field == "first_name" || field == "last_name",
            ImportTarget::CompanyName => field == "company_name",
            ImportTarget::Position => field == "position",
            ImportTarget::Salutation => field == "salutation",
            ImportTarget::RegistrationNumber => field == "registration_number",
            ImportTarget::TaxNumber => field == "tax_number",
            ImportTarget::VatNumber => field == "vat_number",
            ImportTarget::Note => field == "note",
            ImportTarget::Tags => field.starts_with("tags"),
            ImportTarget::Street(_) => field.ends_with(".street"),
            ImportTarget::City(_) => field.ends_with(".city"),
            ImportTarget::Postcode(_) => field.ends_with(".postcode"),
            ImportTarget::Country(_) => field.ends_with(".country"),
            ImportTarget::Address(_) => field.starts_with("billing") || field.starts_with("delivery"),
            _ => false,
        };
        self.plan.columns.iter().position(is_it)
    }
}

/// What a contact is found by, as it is kept: a normalised address or number, the digits of a registration number, a text.
pub fn match_key(matched_by: ImportMatch, draft: &ContactDraft, addresses: &ContactAddresses) -> Vec<String> {
    match matched_by {
        ImportMatch::Email => addresses.emails.iter().map(|it| it.address.normalized()).collect(),
        ImportMatch::Phone => addresses.phones.iter().map(|it| it.number.as_str().to_owned()).collect(),
        ImportMatch::RegistrationNumber => {
            Some(crate::duplicate::registration_key(&draft.registration_number)).filter(|it| !it.is_empty()).into_iter().collect()
        }
        ImportMatch::Own(id) => {
            let value = draft.values.iter().find(|it| it.field == id).map(|it| &it.value);
            match value {
                Some(crate::FieldValue::Text(text)) => vec![fold(text.trim())],
                _ => Vec::new(),
            }
        }
    }
}

/// Writes parsed addresses back into the lines they came from.
pub fn take_over(draft: &mut ContactDraft, addresses: &ContactAddresses) {
    draft.emails =
        addresses.emails.iter().map(|it| AddressLine { text: it.address.as_str().to_owned(), purpose: it.purpose }).collect();
    draft.phones =
        addresses.phones.iter().map(|it| AddressLine { text: it.number.as_str().to_owned(), purpose: it.purpose }).collect();
}

fn heading(columns: &[String], n: usize) -> String {
    columns.get(n).cloned().unwrap_or_default()
}

/// Several addresses in one cell have a comma, a semicolon or a line end between them.
fn put_lines(text: &str, purpose: crate::Purpose, into: &mut Vec<AddressLine>, column: usize, columns: &mut Vec<usize>) {
    for piece in text.split([';', ',', '\n']).map(str::trim).filter(|it| !it.is_empty()) {
        into.push(AddressLine { text: piece.to_owned(), purpose });
        columns.push(column);
    }
}

fn put(draft: &mut ContactDraft, target: ImportTarget, text: &str) {
    let line = || text.split_whitespace().collect::<Vec<_>>().join(" ");
    match target {
        ImportTarget::FullName => put_name(draft, text),
        ImportTarget::FirstName => draft.first_name = line(),
        ImportTarget::LastName => draft.last_name = line(),
        ImportTarget::TitleBefore => draft.title_before = line(),
        ImportTarget::TitleAfter => draft.title_after = line(),
        ImportTarget::CompanyName => draft.company_name = line(),
        ImportTarget::Position => draft.position = line(),
        ImportTarget::Salutation => draft.salutation = line(),
        ImportTarget::Kind => draft.kind = kind_of(text).unwrap_or(draft.kind),
        ImportTarget::Language => draft.language = language_of(text),
        ImportTarget::RegistrationNumber => draft.registration_number = text.split_whitespace().collect(),
        ImportTarget::TaxNumber => draft.tax_number = text.split_whitespace().collect(),
        ImportTarget::VatNumber => draft.vat_number = text.split_whitespace().collect(),
        ImportTarget::Tags => {
            draft.tags.extend(text.split([',', ';']).map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned))
        }
        ImportTarget::Note if draft.note.is_empty() => draft.note = text.replace("\r\n", "\n"),
        ImportTarget::Note => draft.note = format!("{}\n{}", draft.note, text.replace("\r\n", "\n")),
        ImportTarget::Street(place) => postal(draft, place).street = line(),
        ImportTarget::City(place) => postal(draft, place).city = line(),
        ImportTarget::Postcode(place) => postal(draft, place).postcode = line(),
        ImportTarget::Country(place) => postal(draft, place).country = line(),
        ImportTarget::Address(place) => put_address(postal(draft, place), text),
        ImportTarget::Nothing | ImportTarget::Nature | ImportTarget::Email(_) | ImportTarget::Phone(_) | ImportTarget::Own(_) => {
        }
    }
}

fn postal(draft: &mut ContactDraft, place: Place) -> &mut PostalAddress {
    match place {
        Place::Billing => &mut draft.billing,
        Place::Delivery => &mut draft.delivery,
    }
}

/// `Ing. Eva Nová, PhD.`: titles end in a dot, the last word is the last name; `Nová Eva` cannot be told and is taken as it stands.
fn put_name(draft: &mut ContactDraft, text: &str) {
    let (name, after) = text.split_once(',').unwrap_or((text, ""));
    let (mut before, mut rest): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    for word in name.split_whitespace() {
        if word.ends_with('.') && rest.is_empty() { before.push(word) } else { rest.push(word) }
    }
    let mut behind: Vec<&str> = after.split_whitespace().collect();
    while 1 < rest.len() && rest.last().is_some_and(|it| TITLES_AFTER.contains(&fold(it).replace('.', "").as_str())) {
        behind.insert(0, rest.pop().unwrap_or_default());
    }
    draft.title_before = before.join(" ");
    draft.title_after = behind.join(" ");
    let last = rest.pop().unwrap_or_default();
    draft.first_name = rest.join(" ");
    draft.last_name = last.to_owned();
}

/// `Hlavná 1, 010 01 Žilina, Slovensko`: the piece with the postcode is the town, what is before it the street, what is behind the country.
fn put_address(address: &mut PostalAddress, text: &str) {
    let pieces: Vec<&str> = text.split([',', '\n', ';']).map(str::trim).filter(|it| !it.is_empty()).collect();
    let town = pieces.iter().position(|it| postcode(it).is_some());
    let Some(town) = town else {
        address.street = pieces.first().map(|it| (*it).to_owned()).unwrap_or_default();
        address.city = pieces.get(1).map(|it| (*it).to_owned()).unwrap_or_default();
        address.country = pieces.get(2).map(|it| (*it).to_owned()).unwrap_or_default();
        return;
    };
    let (code, city) = postcode(pieces[town]).unwrap_or_default();
    let behind = &pieces[town + 1..];
    address.street = pieces[..town].join(", ");
    address.postcode = code;
    // The postcode may stand alone, before its town.
    let (city, behind) =
        if city.is_empty() && !behind.is_empty() { (behind[0].to_owned(), &behind[1..]) } else { (city, behind) };
    address.city = city;
    address.country = behind.join(", ");
}

/// Postcode and town of a piece as `010 01 Žilina` or `Žilina 01001`.
fn postcode(piece: &str) -> Option<(String, String)> {
    let words: Vec<&str> = piece.split_whitespace().collect();
    let digits = |it: &str, n: usize| it.len() == n && it.bytes().all(|it| it.is_ascii_digit());
    let at = words.iter().enumerate().find_map(|(n, word)| {
        let split = digits(word, 3) && words.get(n + 1).is_some_and(|it| digits(it, 2));
        if split { Some((n, 2)) } else { digits(word, 5).then_some((n, 1)) }
    });
    let (n, long) = at?;
    let code: String = words[n..n + long].concat();
    let city = if n == 0 { words[long..].join(" ") } else { words[..n].join(" ") };
    Some((format!("{} {}", &code[..3], &code[3..]), city))
}

fn nature_of(text: &str) -> Option<Nature> {
    match fold(text).as_str() {
        "company" | "firma" | "spolocnost" | "spolecnost" | "organizacia" | "organizace" | "pravnicka osoba" | "po" => {
            Some(Nature::Company)
        }
        "person" | "osoba" | "clovek" | "fyzicka osoba" | "fo" => Some(Nature::Person),
        _ => None,
    }
}

fn kind_of(text: &str) -> Option<ContactKind> {
    match fold(text).as_str() {
        "client" | "customer" | "klient" | "zakaznik" | "odberatel" => Some(ContactKind::Client),
        "partner" | "supplier" | "dodavatel" => Some(ContactKind::Partner),
        "employee" | "zamestnanec" | "zamestnankyna" => Some(ContactKind::Employee),
        "other" | "iny" | "jiny" | "ostatne" | "ostatni" => Some(ContactKind::Other),
        _ => None,
    }
}

fn language_of(text: &str) -> Option<Language> {
    match fold(text).get(..2)? {
        "sk" | "sl" => Some(Language::Sk),
        "cs" | "cz" | "ce" => Some(Language::Cs),
        "en" | "an" => Some(Language::En),
        _ => None,
    }
}

fn guessed_nature(draft: &ContactDraft) -> Nature {
    let has_person = !draft.last_name.is_empty() || !draft.first_name.is_empty();
    if !has_person && !draft.company_name.is_empty() { Nature::Company } else { Nature::Person }
}

/// Files with nothing but addresses are common: what stands before the `@` is better than no name.
fn name_by_address(draft: &mut ContactDraft) {
    let name = match (draft.emails.first(), draft.phones.first()) {
        (Some(email), _) => email.text.split('@').next().unwrap_or_default().to_owned(),
        (None, Some(phone)) => phone.text.clone(),
        (None, None) => return,
    };
    if draft.nature == Nature::Company { draft.company_name = name } else { draft.last_name = name }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Fault, FieldId, FieldKind, Purpose};

    fn shaped(columns: &[ImportTarget], cells: &[&str]) -> Result<ContactDraft, RowFault> {
        let plan = ImportPlan { columns: columns.to_vec(), ..ImportPlan::default() };
        let own =
            vec![FieldDefinition { id: FieldId(1), key: "k".into(), name: "K".into(), kind: FieldKind::Number, choices: vec![] }];
        let headings: Vec<String> = (0..cells.len()).map(|n| format!("h{n}")).collect();
        let cells: Vec<String> = cells.iter().map(|it| (*it).to_owned()).collect();
        Shaper::new(plan, own).shape(&headings, &cells).map(|it| it.draft)
    }

    #[test]
    fn whole_names_are_taken_apart() {
        for (text, parts) in [
            ("Eva Nová", ["", "Eva", "Nová", ""]),
            ("Ing. Mgr. Eva Mária Nová, PhD.", ["Ing. Mgr.", "Eva Mária", "Nová", "PhD."]),
            ("JUDr. Ján Kováč LL.M.", ["JUDr.", "Ján", "Kováč", "LL.M."]),
            ("Nová", ["", "", "Nová", ""]),
        ] {
            let draft = shaped(&[ImportTarget::FullName], &[text]).unwrap();
            assert_eq!([draft.title_before, draft.first_name, draft.last_name, draft.title_after], parts, "{text}");
        }
    }

    #[test]
    fn whole_addresses_are_taken_apart() {
        for (text, parts) in [
            ("Hlavná 1, 010 01 Žilina, Slovensko", ["Hlavná 1", "010 01", "Žilina", "Slovensko"]),
            ("Příčná 3\n60200 Brno", ["Příčná 3", "602 00", "Brno", ""]),
            ("Dlhá 5, Košice 04001", ["Dlhá 5", "040 01", "Košice", ""]),
            ("Krátka 2, Nitra", ["Krátka 2", "", "Nitra", ""]),
            ("949 01, Nitra", ["", "949 01", "Nitra", ""]),
        ] {
            let draft = shaped(&[ImportTarget::LastName, ImportTarget::Address(Place::Billing)], &["X", text]).unwrap();
            let it = draft.billing;
            assert_eq!([it.street, it.postcode, it.city, it.country], parts, "{text}");
        }
    }

    #[test]
    fn several_addresses_in_one_cell_become_several() {
        let draft = shaped(&[ImportTarget::Email(Purpose::General)], &["eva@x.sk; nova@x.sk,\nc@x.sk"]).unwrap();
        assert_eq!(draft.emails.len(), 3);
        assert_eq!(draft.last_name, "eva", "an address alone names its contact");
    }

    #[test]
    fn wrong_values_are_named_by_their_columns() {
        let columns = [
            ImportTarget::LastName,
            ImportTarget::Email(Purpose::General),
            ImportTarget::Own(FieldId(1)),
            ImportTarget::Email(Purpose::Invoices),
        ];
        let Err(RowFault::Fields(faults)) = shaped(&columns, &["Nová", "a@x.sk", "veľa", "zle"]) else { panic!("accepted") };
        let named: Vec<(&str, &str)> = faults.iter().map(|it| (it.0.field.as_str(), it.1.as_str())).collect();
        assert_eq!(named, [("values.1", "h2"), ("emails.1", "h3")]);
        let Err(RowFault::Fields(faults)) = shaped(&[ImportTarget::Note], &["x"]) else { panic!("accepted") };
        assert_eq!(faults[0].0, FieldFault { field: "last_name".into(), fault: Fault::Missing });
    }

    #[test]
    fn a_company_without_a_person_is_a_company() {
        assert_eq!(shaped(&[ImportTarget::CompanyName], &["Alfa s.r.o."]).unwrap().nature, Nature::Company);
        let both = shaped(&[ImportTarget::CompanyName, ImportTarget::LastName], &["Alfa s.r.o.", "Nová"]).unwrap();
        assert_eq!(both.nature, Nature::Person);
        assert_eq!(
            shaped(&[ImportTarget::Nature, ImportTarget::CompanyName, ImportTarget::LastName], &["Firma", "A", "B"])
                .unwrap()
                .nature,
            Nature::Company
        );
    }
}
