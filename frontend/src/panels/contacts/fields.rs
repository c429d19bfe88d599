//! The fields of the contact's form.

use leptos::prelude::*;
use model::{
    ContactDraft, ContactKind, Day, FieldDefinition, FieldFault, FieldId, Gender, Language, Nature, Obtained, ObtainedWay,
    OwnValue, ParentLink, PostalAddress, UserId,
};

use crate::state::contact_form::{Lines, gender_code};
use crate::state::contact_place::{kind_code, nature_code, way_code};

/// What is typed; single choices by their stable names.
#[derive(Clone, Copy)]
pub(super) struct ContactFields {
    pub nature: RwSignal<String>,
    pub kind: RwSignal<String>,
    pub gender: RwSignal<String>,
    pub title_before: RwSignal<String>,
    pub first_name: RwSignal<String>,
    pub last_name: RwSignal<String>,
    pub title_after: RwSignal<String>,
    pub first_vocative: RwSignal<String>,
    pub last_vocative: RwSignal<String>,
    pub company_name: RwSignal<String>,
    pub position: RwSignal<String>,
    pub salutation: RwSignal<String>,
    /// Empty means as set for the company.
    pub language: RwSignal<String>,
    pub emails: RwSignal<Lines>,
    pub phones: RwSignal<Lines>,
    pub billing: PostalFields,
    pub delivery: PostalFields,
    pub registration_number: RwSignal<String>,
    pub tax_number: RwSignal<String>,
    pub vat_number: RwSignal<String>,
    pub parent: RwSignal<Option<ParentLink>>,
    /// Empty means nobody.
    pub owner: RwSignal<String>,
    pub tags: RwSignal<Vec<String>>,
    pub own: OwnFields,
    pub no_bulk: RwSignal<bool>,
    /// Empty means not known.
    pub obtained_way: RwSignal<String>,
    pub obtained_on: RwSignal<String>,
    pub obtained_note: RwSignal<String>,
    pub note: RwSignal<String>,
}

/// The fields of a postal address.
#[derive(Clone, Copy)]
pub(super) struct PostalFields {
    pub street: RwSignal<String>,
    pub city: RwSignal<String>,
    pub postcode: RwSignal<String>,
    pub country: RwSignal<String>,
}

/// Own fields: what is typed into each; a choice by its name.
#[derive(Clone, Copy)]
pub(super) struct OwnFields {
    pub definitions: StoredValue<Vec<FieldDefinition>>,
    texts: StoredValue<Vec<(FieldId, RwSignal<String>)>>,
}

impl ContactFields {
    /// The fields of a draft; `own` are the own fields there are.
    pub fn new(draft: &ContactDraft, own: Vec<FieldDefinition>) -> Self {
        let empty = || RwSignal::new(String::new());
        let fields = Self {
            nature: empty(),
            kind: empty(),
            gender: empty(),
            title_before: empty(),
            first_name: empty(),
            last_name: empty(),
            title_after: empty(),
            first_vocative: empty(),
            last_vocative: empty(),
            company_name: empty(),
            position: empty(),
            salutation: empty(),
            language: empty(),
            emails: RwSignal::new(Lines::read(&[])),
            phones: RwSignal::new(Lines::read(&[])),
            billing: PostalFields::new(),
            delivery: PostalFields::new(),
            registration_number: empty(),
            tax_number: empty(),
            vat_number: empty(),
            parent: RwSignal::new(None),
            owner: empty(),
            tags: RwSignal::new(Vec::new()),
            own: OwnFields::new(own),
            no_bulk: RwSignal::new(false),
            obtained_way: empty(),
            obtained_on: empty(),
            obtained_note: empty(),
            note: empty(),
        };
        fields.lay(draft);
        fields
    }

    /// Puts another draft into the fields.
    pub fn lay(self, draft: &ContactDraft) {
        let set = |field: RwSignal<String>, text: &str| field.set(text.to_owned());
        set(self.nature, nature_code(draft.nature));
        set(self.kind, kind_code(draft.kind));
        set(self.gender, gender_code(draft.gender));
        set(self.title_before, &draft.title_before);
        set(self.first_name, &draft.first_name);
        set(self.last_name, &draft.last_name);
        set(self.title_after, &draft.title_after);
        set(self.first_vocative, &draft.first_vocative);
        set(self.last_vocative, &draft.last_vocative);
        set(self.company_name, &draft.company_name);
        set(self.position, &draft.position);
        set(self.salutation, &draft.salutation);
        set(self.language, draft.language.map_or("", Language::code));
        self.emails.set(Lines::read(&draft.emails));
        self.phones.set(Lines::read(&draft.phones));
        self.billing.lay(&draft.billing);
        self.delivery.lay(&draft.delivery);
        set(self.registration_number, &draft.registration_number);
        set(self.tax_number, &draft.tax_number);
        set(self.vat_number, &draft.vat_number);
        self.parent.set(draft.parent);
        self.owner.set(draft.owner.map_or_else(String::new, |it| it.to_string()));
        self.tags.set(draft.tags.clone());
        self.own.lay(&draft.values);
        self.no_bulk.set(draft.no_bulk);
        set(self.obtained_way, draft.obtained.way.map_or("", way_code));
        self.obtained_on.set(draft.obtained.on.map_or_else(String::new, |it| it.to_string()));
        set(self.obtained_note, &draft.obtained.note);
        set(self.note, &draft.note);
    }

    /// What is typed, subscribing to changes. What cannot be read as a number or a day is left out; [`Self::faults`] names it.
    pub fn draft(self) -> ContactDraft {
        ContactDraft {
            nature: self.nature(),
            kind: self.kind.with(|it| ContactKind::ALL.into_iter().find(|kind| kind_code(*kind) == it)).unwrap_or_default(),
            gender: self.gender(),
            title_before: self.title_before.get(),
            first_name: self.first_name.get(),
            last_name: self.last_name.get(),
            title_after: self.title_after.get(),
            first_vocative: self.first_vocative.get(),
            last_vocative: self.last_vocative.get(),
            company_name: self.company_name.get(),
            position: self.position.get(),
            salutation: self.salutation.get(),
            language: self.language.with(|it| Language::from_code(it)),
            emails: self.emails.with(Lines::typed),
            phones: self.phones.with(Lines::typed),
            billing: self.billing.draft(),
            delivery: self.delivery.draft(),
            registration_number: self.registration_number.get(),
            tax_number: self.tax_number.get(),
            vat_number: self.vat_number.get(),
            parent: self.parent.get(),
            owner: self.owner.with(|it| it.parse::<UserId>().ok()),
            tags: self.tags.get(),
            values: self.own.values().0,
            no_bulk: self.no_bulk.get(),
            obtained: Obtained {
                way: self.obtained_way.with(|it| ObtainedWay::ALL.into_iter().find(|way| way_code(*way) == it)),
                on: self.obtained_on.with(|it| Day::parse(it).ok()),
                note: self.obtained_note.get(),
            },
            note: self.note.get(),
        }
    }

    /// What cannot even be read, before the server is asked.
    pub fn faults(self) -> Vec<FieldFault> {
        let mut faults = self.own.values().1;
        if self.obtained_on.with(|it| !it.trim().is_empty() && Day::parse(it).is_err()) {
            faults.push(FieldFault { field: "obtained.on".to_owned(), fault: model::Fault::NoDate });
        }
        faults
    }

    /// Person or company, subscribing to changes.
    pub fn nature(self) -> Nature {
        self.nature.with(|it| if it == nature_code(Nature::Company) { Nature::Company } else { Nature::Person })
    }

    /// How the person is addressed, subscribing to changes.
    pub fn gender(self) -> Gender {
        self.gender.with(|it| Gender::ALL.into_iter().find(|gender| gender_code(*gender) == it)).unwrap_or_default()
    }
}

impl PostalFields {
    fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        Self { street: empty(), city: empty(), postcode: empty(), country: empty() }
    }

    fn lay(self, address: &PostalAddress) {
        self.street.set(address.street.clone());
        self.city.set(address.city.clone());
        self.postcode.set(address.postcode.clone());
        self.country.set(address.country.clone());
    }

    /// What is typed, subscribing to changes.
    pub fn draft(self) -> PostalAddress {
        PostalAddress {
            street: self.street.get(),
            city: self.city.get(),
            postcode: self.postcode.get(),
            country: self.country.get(),
        }
    }
}

impl OwnFields {
    fn new(definitions: Vec<FieldDefinition>) -> Self {
        let texts = definitions.iter().map(|it| (it.id, RwSignal::new(String::new()))).collect();
        Self { definitions: StoredValue::new(definitions), texts: StoredValue::new(texts) }
    }

    /// What is typed into a field.
    pub fn text(self, id: FieldId) -> RwSignal<String> {
        self.texts.with_value(|it| it.iter().find(|it| it.0 == id).map(|it| it.1)).unwrap_or_else(|| RwSignal::new(String::new()))
    }

    fn lay(self, values: &[OwnValue]) {
        self.definitions.with_value(|definitions| {
            for definition in definitions {
                let value = values.iter().find(|it| it.field == definition.id);
                self.text(definition.id).set(value.map_or_else(String::new, |it| definition.show(&it.value)));
            }
        });
    }

    /// The values that can be read, and the faults of those that cannot.
    fn values(self) -> (Vec<OwnValue>, Vec<FieldFault>) {
        let (mut values, mut faults) = (Vec::new(), Vec::new());
        self.definitions.with_value(|definitions| {
            for definition in definitions {
                match self.text(definition.id).with(|it| definition.parse(it)) {
                    Ok(value) => values.extend(value.map(|value| OwnValue { field: definition.id, value })),
                    Err(fault) => faults.push(FieldFault { field: format!("values.{}", definition.id), fault }),
                }
            }
        });
        (values, faults)
    }
}
