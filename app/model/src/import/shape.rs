//! From the cells of a row to a contact.

use serde::{Deserialize, Serialize};

use super::consents::Sayings;
use super::pieces::{put_address, put_name};
use super::words::{gender_of, is_no, kind_of, language_of, nature_of, way_of};
use super::{ImportMatch, ImportPlan, ImportTarget, ParentBy, Place, RowFault, RowNote};
use crate::fold::fold;
use crate::{
    AddressLine, ConsentDraft, ContactAddresses, ContactDraft, Day, EmailAddress, Fault, FieldDefinition, FieldFault, Nature,
    Obtained, ObtainedWay, OwnValue, PostalAddress, Refusal, UserId,
};

/// Makes contacts of rows by a plan.
#[derive(Clone, Debug)]
pub struct Shaper {
    plan: ImportPlan,
    own: Vec<FieldDefinition>,
    known: Known,
}

/// What rows are read against.
#[derive(Clone, Debug)]
pub struct Known {
    /// The colleagues who can look after contacts, by the normalised addresses that they sign in with.
    pub owners: Vec<(String, UserId)>,
    /// The last day on which something can have been said.
    pub latest: Day,
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
    /// What the person said about being written to.
    pub consents: Vec<ConsentDraft>,
    /// By what the company that it belongs to is found, the surest first.
    pub parents: Vec<ParentKey>,
    /// What of the row cannot be taken in although the rest can.
    pub notes: Vec<RowNote>,
}

/// By what a company is found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParentKey {
    /// What it is.
    pub by: ParentBy,
    /// The form in which it is compared.
    pub key: String,
    /// What stands in the file.
    pub text: String,
}

impl ParentKey {
    /// What a cell says; nothing when it says too little to find anybody.
    fn of(by: ParentBy, text: &str) -> Option<Self> {
        let key = match by {
            ParentBy::RegistrationNumber => crate::duplicate::registration_key(text),
            ParentBy::Own(_) => fold(text),
            ParentBy::Name => crate::duplicate::name_key(Nature::Company, "", "", text),
        };
        (!key.is_empty()).then(|| Self { by, key, text: text.to_owned() })
    }
}

impl Shaper {
    /// Makes contacts by this plan, with the own fields there are.
    pub fn new(plan: ImportPlan, own: Vec<FieldDefinition>, known: Known) -> Self {
        Self { plan, own, known }
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
        let mut draft = ContactDraft { kind: self.plan.kind, tags: self.plan.tags.clone(), ..ContactDraft::default() };
        let (mut faults, mut nature, mut email_columns, mut phone_columns) =
            (Vec::new(), self.plan.nature, Vec::new(), Vec::new());
        let (mut notes, mut sayings, mut parents) = (Vec::new(), Sayings::default(), Vec::new());
        for (n, (target, cell)) in self.plan.columns.iter().zip(cells).enumerate() {
            let text = cell.trim();
            if text.is_empty() {
                continue;
            }
            match *target {
                ImportTarget::Email(purpose) => put_lines(text, purpose, &mut draft.emails, n, &mut email_columns),
                ImportTarget::Phone(purpose) => put_lines(text, purpose, &mut draft.phones, n, &mut phone_columns),
                ImportTarget::Nature => nature = nature_of(text).or(nature),
                ImportTarget::Owner => self.put_owner(text, &mut draft, &mut notes),
                ImportTarget::Parent(by) => match ParentKey::of(by, text) {
                    Some(key) => parents.push(key),
                    None => notes.push(RowNote::NoParent(text.to_owned())),
                },
                ImportTarget::Consent(_)
                | ImportTarget::ConsentOn(_)
                | ImportTarget::ConsentWay(_)
                | ImportTarget::ConsentProof(_) => sayings.take(*target, text),
                ImportTarget::ObtainedOn => match Day::parse(text) {
                    Ok(day) => draft.obtained.on = Some(day),
                    Err(_) => {
                        let fault = FieldFault { field: "obtained.on".to_owned(), fault: Fault::NoDate };
                        faults.push((fault, heading(columns, n)));
                    }
                },
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
        if draft.obtained == Obtained::default() {
            draft.obtained.clone_from(&self.plan.obtained);
        }
        draft.nature = nature.unwrap_or_else(|| guessed_nature(&draft));
        let named = !draft.display_name().is_empty();
        if !named {
            name_by_address(&mut draft);
        }
        match draft.check(self.plan.home, &self.own) {
            Ok(addresses) if faults.is_empty() => {
                take_over(&mut draft, &addresses);
                let consents = sayings.drafts(&self.plan.consents, self.known.latest, &mut notes);
                parents.sort_by_key(|it: &ParentKey| it.by);
                Ok(Shaped { draft, addresses, named, consents, parents, notes })
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

    /// Finds the colleague by the address; a contact of whom nobody knows comes in with a note.
    fn put_owner(&self, text: &str, draft: &mut ContactDraft, notes: &mut Vec<RowNote>) {
        let email = EmailAddress::parse(text).map(|it| it.normalized());
        match self.known.owners.iter().find(|it| email.as_ref() == Ok(&it.0)) {
            Some((_, owner)) => draft.owner = Some(*owner),
            None => notes.push(RowNote::NoOwner(text.to_owned())),
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
            ImportTarget::FirstVocative => field == "first_vocative",
            ImportTarget::LastVocative => field == "last_vocative",
            ImportTarget::ObtainedNote => field == "obtained.note",
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
        ImportTarget::Gender => draft.gender = gender_of(text),
        ImportTarget::FirstVocative => draft.first_vocative = line(),
        ImportTarget::LastVocative => draft.last_vocative = line(),
        // Whoever is written to against their wish is the worse of two mistakes, so only a clear no is one.
        ImportTarget::NoBulk => draft.no_bulk = !is_no(text),
        ImportTarget::ObtainedWay => put_way(&mut draft.obtained, text),
        ImportTarget::ObtainedNote => draft.obtained.note = line(),
        ImportTarget::Nothing
        | ImportTarget::Nature
        | ImportTarget::Email(_)
        | ImportTarget::Phone(_)
        | ImportTarget::Owner
        | ImportTarget::ObtainedOn
        | ImportTarget::Consent(_)
        | ImportTarget::ConsentOn(_)
        | ImportTarget::ConsentWay(_)
        | ImportTarget::ConsentProof(_)
        | ImportTarget::Parent(_)
        | ImportTarget::Own(_) => {}
    }
}

/// A word that is none of ours says how in the note.
fn put_way(obtained: &mut Obtained, text: &str) {
    obtained.way = Some(way_of(text).unwrap_or(ObtainedWay::Other));
    if way_of(text).is_none() && obtained.note.is_empty() {
        text.clone_into(&mut obtained.note);
    }
}

fn postal(draft: &mut ContactDraft, place: Place) -> &mut PostalAddress {
    match place {
        Place::Billing => &mut draft.billing,
        Place::Delivery => &mut draft.delivery,
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
        Shaper::new(plan, own, Known { owners: Vec::new(), latest: Day(20_000) }).shape(&headings, &cells).map(|it| it.draft)
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
