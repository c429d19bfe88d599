//! Who the contact is.

use leptos::prelude::*;
use model::{ContactId, ContactKind, Gender, Nature};

use super::super::fields::ContactFields;
use super::parent::ParentField;
use crate::i18n::{contacts as words, t_string, use_i18n};
use crate::parts::{Part, RadioGroup, Select, TextField};
use crate::state::contact_form::gender_code;
use crate::state::contact_place::{kind_code, nature_code};

/// Nature, names, and what it belongs to.
#[component]
pub(super) fn Who(
    /// What is typed.
    fields: ContactFields,
    /// Name of the company it belongs to at the beginning.
    parent_name: String,
    /// The contact itself, which cannot belong to itself.
    own_id: Option<ContactId>,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_company = Memo::new(move |_| fields.nature() == Nature::Company);
    let natures = [Nature::Person, Nature::Company]
        .map(|it| (nature_code(it), TextProp::from(move || words::nature(i18n.get_locale(), it))));
    let kinds = Signal::derive(move || {
        let locale = i18n.get_locale();
        ContactKind::ALL.map(|it| (kind_code(it).to_owned(), words::kind(locale, it).to_owned())).to_vec()
    });
    view! {
        <Part title=move || t_string!(i18n, contacts.section_who)>
            <RadioGroup
                label=move || t_string!(i18n, contacts.nature)
                options=natures.to_vec()
                value=fields.nature
                name="nature"
                segmented=true
            />
            <Show when=move || is_company.get()>
                <TextField
                    label=move || t_string!(i18n, contacts.company_name)
                    value=fields.company_name
                    name="company_name"
                    autofocus=true
                />
                <p class="meta">{move || t_string!(i18n, contacts.person_of_company)}</p>
            </Show>
            <Names fields=fields is_company=is_company />
            <Show when=move || !is_company.get()>
                <TextField
                    label=move || t_string!(i18n, contacts.employer)
                    value=fields.company_name
                    name="company_name"
                    optional=true
                />
            </Show>
            <div class="form-row">
                <TextField
                    label=move || t_string!(i18n, contacts.position)
                    value=fields.position
                    name="position"
                    optional=true
                />
                <Select label=move || t_string!(i18n, contacts.kind) options=kinds value=fields.kind name="kind" />
            </div>
            <ParentField fields=fields name_at_first=parent_name own_id=own_id />
        </Part>
    }
}

#[component]
fn Names(fields: ContactFields, is_company: Memo<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let genders = Signal::derive(move || {
        let locale = i18n.get_locale();
        Gender::ALL.map(|it| (gender_code(it).to_owned(), words::gender(locale, it).to_owned())).to_vec()
    });
    view! {
        <div class="form-row">
            <TextField
                label=move || t_string!(i18n, contacts.first_name)
                value=fields.first_name
                name="first_name"
                autofocus=!is_company.get_untracked()
            />
            <TextField label=move || t_string!(i18n, contacts.last_name) value=fields.last_name name="last_name" />
        </div>
        <div class="form-row thirds">
            <TextField
                label=move || t_string!(i18n, persons.title_before)
                value=fields.title_before
                name="title_before"
                placeholder=|| "Ing."
                optional=true
            />
            <TextField
                label=move || t_string!(i18n, persons.title_after)
                value=fields.title_after
                name="title_after"
                placeholder=|| "PhD."
                optional=true
            />
            <Select label=move || t_string!(i18n, persons.gender) options=genders value=fields.gender name="gender" />
        </div>
    }
}
