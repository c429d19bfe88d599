//! How the contact is written to.

use content::vocative::{self, Bearer};
use leptos::prelude::*;
use model::{Gender, Language, Nature};

use super::super::fields::ContactFields;
use crate::i18n::{t_string, use_i18n, words as common};
use crate::parts::{Checkbox, Part, Select, TextArea, TextField};

/// Language, opening words, vocative, and whether they get bulk messages.
#[component]
pub(super) fn Writing(
    /// What is typed.
    fields: ContactFields,
) -> impl IntoView {
    let i18n = use_i18n();
    let languages = Signal::derive(move || {
        let mut options = vec![(String::new(), t_string!(i18n, contacts.language_company).to_owned())];
        options.extend(Language::ALL.map(|it| (it.code().to_owned(), common::language(it).to_owned())));
        options
    });
    // Slovak and English address people in the nominative.
    let is_czech = Memo::new(move |_| {
        fields.nature() == Nature::Person && fields.language.with(|it| Language::from_code(it)) == Some(Language::Cs)
    });
    view! {
        <Part title=move || t_string!(i18n, contacts.section_writing)>
            <Select
                label=move || t_string!(i18n, contacts.language)
                options=languages
                value=fields.language
                name="language"
            />
            <TextField
                label=move || t_string!(i18n, contacts.salutation)
                value=fields.salutation
                name="salutation"
                hint=move || t_string!(i18n, contacts.salutation_hint)
                optional=true
            />
            <Show when=move || is_czech.get()>
                <Vocative fields=fields />
            </Show>
            <Checkbox
                label=move || t_string!(i18n, persons.no_bulk)
                hint=move || t_string!(i18n, persons.no_bulk_hint)
                checked=fields.no_bulk
            />
            <TextArea label=move || t_string!(i18n, contacts.note) value=fields.note name="note" optional=true />
        </Part>
    }
}

/// The vocative as the rules suggest it, until something else is typed.
#[component]
fn Vocative(fields: ContactFields) -> impl IntoView {
    let i18n = use_i18n();
    let bearer = move || match fields.gender() {
        Gender::Woman => Bearer::Woman,
        Gender::Man => Bearer::Man,
        Gender::Unknown => fields.first_name.with(|first| fields.last_name.with(|last| vocative::guess(first, last))),
    };
    let first = move || fields.first_name.with(|it| vocative::first_name(it, bearer()));
    let last = move || fields.last_name.with(|it| vocative::last_name(it, bearer()));
    view! {
        <div class="form-row">
            <TextField
                label=move || t_string!(i18n, persons.first_vocative)
                value=fields.first_vocative
                name="first_vocative"
                placeholder=first
                optional=true
            />
            <TextField
                label=move || t_string!(i18n, persons.last_vocative)
                value=fields.last_vocative
                name="last_vocative"
                placeholder=last
                hint=move || t_string!(i18n, persons.vocative_hint)
                optional=true
            />
        </div>
    }
}
