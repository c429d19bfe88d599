//! The fields of the contact's form.

use leptos::prelude::*;
use model::{ContactDraft, ContactKind, Language, Nature};

use crate::state::contact_form::Lines;
use crate::state::contact_place::{kind_code, nature_code};

/// What is typed; single choices by their stable names.
#[derive(Clone, Copy)]
pub(super) struct ContactFields {
    pub nature: RwSignal<String>,
    pub kind: RwSignal<String>,
    pub first_name: RwSignal<String>,
    pub last_name: RwSignal<String>,
    pub company_name: RwSignal<String>,
    pub position: RwSignal<String>,
    pub salutation: RwSignal<String>,
    /// Empty means as set for the company.
    pub language: RwSignal<String>,
    pub emails: RwSignal<Lines>,
    pub phones: RwSignal<Lines>,
    pub street: RwSignal<String>,
    pub city: RwSignal<String>,
    pub postcode: RwSignal<String>,
    pub registration_number: RwSignal<String>,
    pub note: RwSignal<String>,
}

impl ContactFields {
    /// The fields of a draft.
    pub fn new(draft: &ContactDraft) -> Self {
        let text = |it: &str| RwSignal::new(it.to_owned());
        Self {
            nature: text(nature_code(draft.nature)),
            kind: text(kind_code(draft.kind)),
            first_name: text(&draft.first_name),
            last_name: text(&draft.last_name),
            company_name: text(&draft.company_name),
            position: text(&draft.position),
            salutation: text(&draft.salutation),
            language: text(draft.language.map_or("", Language::code)),
            emails: RwSignal::new(Lines::read(&draft.emails)),
            phones: RwSignal::new(Lines::read(&draft.phones)),
            street: text(&draft.street),
            city: text(&draft.city),
            postcode: text(&draft.postcode),
            registration_number: text(&draft.registration_number),
            note: text(&draft.note),
        }
    }

    /// Puts another draft into the fields.
    pub fn lay(self, draft: &ContactDraft) {
        let set = |field: RwSignal<String>, text: &str| field.set(text.to_owned());
        set(self.nature, nature_code(draft.nature));
        set(self.kind, kind_code(draft.kind));
        set(self.first_name, &draft.first_name);
        set(self.last_name, &draft.last_name);
        set(self.company_name, &draft.company_name);
        set(self.position, &draft.position);
        set(self.salutation, &draft.salutation);
        set(self.language, draft.language.map_or("", Language::code));
        self.emails.set(Lines::read(&draft.emails));
        self.phones.set(Lines::read(&draft.phones));
        set(self.street, &draft.street);
        set(self.city, &draft.city);
        set(self.postcode, &draft.postcode);
        set(self.registration_number, &draft.registration_number);
        set(self.note, &draft.note);
    }

    /// What is typed, subscribing to changes.
    pub fn draft(self) -> ContactDraft {
        ContactDraft {
            nature: self.nature(),
            kind: self.kind.with(|it| kind_of(it)),
            first_name: self.first_name.get(),
            last_name: self.last_name.get(),
            company_name: self.company_name.get(),
            position: self.position.get(),
            salutation: self.salutation.get(),
            language: self.language.with(|it| Language::from_code(it)),
            emails: self.emails.with(Lines::texts),
            phones: self.phones.with(Lines::texts),
            street: self.street.get(),
            city: self.city.get(),
            postcode: self.postcode.get(),
            registration_number: self.registration_number.get(),
            note: self.note.get(),
        }
    }

    /// Person or company, subscribing to changes.
    pub fn nature(self) -> Nature {
        self.nature.with(|it| if it == nature_code(Nature::Company) { Nature::Company } else { Nature::Person })
    }
}

fn kind_of(code: &str) -> ContactKind {
    ContactKind::ALL.into_iter().find(|it| kind_code(*it) == code).unwrap_or_default()
}
