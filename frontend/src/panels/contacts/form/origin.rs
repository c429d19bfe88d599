//! How the contact came to us.

use leptos::prelude::*;
use model::ObtainedWay;

use super::super::fields::ContactFields;
use crate::i18n::{contacts as words, t_string, use_i18n};
use crate::parts::{Part, Select, TextField};
use crate::state::contact_place::way_code;

/// Way, day, and what else is known.
#[component]
pub(super) fn Origin(
    /// What is typed.
    fields: ContactFields,
) -> impl IntoView {
    let i18n = use_i18n();
    let ways = Signal::derive(move || {
        let locale = i18n.get_locale();
        let mut options = vec![(String::new(), t_string!(i18n, persons.way_unknown).to_owned())];
        options.extend(ObtainedWay::ALL.map(|it| (way_code(it).to_owned(), words::way(locale, it).to_owned())));
        options
    });
    view! {
        <Part title=move || t_string!(i18n, persons.section_origin)>
            <div class="form-row">
                <Select label=move || t_string!(i18n, persons.obtained_way) options=ways value=fields.obtained_way name="obtained.way" />
                <TextField
                    label=move || t_string!(i18n, persons.obtained_on)
                    value=fields.obtained_on
                    name="obtained.on"
                    placeholder=move || t_string!(i18n, persons.date_example)
                    optional=true
                />
            </div>
            <TextField
                label=move || t_string!(i18n, persons.obtained_note)
                value=fields.obtained_note
                name="obtained.note"
                optional=true
            />
        </Part>
    }
}
