//! Where the contact is, and its numbers.

use leptos::prelude::*;

use super::super::fields::{ContactFields, PostalFields};
use crate::i18n::{t_string, use_i18n};
use crate::parts::{Button, ButtonKind, Glyph, Part, TextField};

/// The billing address, the delivery address when it is another one, and the numbers for documents.
#[component]
pub(super) fn Place(
    /// What is typed.
    fields: ContactFields,
) -> impl IntoView {
    let i18n = use_i18n();
    let elsewhere = RwSignal::new(!untrack(|| fields.delivery.draft()).is_empty());
    view! {
        <Part title=move || t_string!(i18n, contacts.section_place)>
            <Postal fields=fields.billing name="billing" />
            <Show
                when=move || elsewhere.get()
                fallback=move || {
                    view! {
                        <Button
                            label=move || t_string!(i18n, persons.delivery_add)
                            kind=ButtonKind::Quiet
                            icon=Glyph::PLUS
                            on_press=move || elsewhere.set(true)
                        />
                    }
                }
            >
                <fieldset class="form-group">
                    <legend>{move || t_string!(i18n, persons.delivery)}</legend>
                    <Postal fields=fields.delivery name="delivery" />
                </fieldset>
            </Show>
            <div class="form-row thirds">
                <TextField
                    label=move || t_string!(i18n, contacts.registration_number)
                    value=fields.registration_number
                    name="registration_number"
                    optional=true
                />
                <TextField
                    label=move || t_string!(i18n, persons.tax_number)
                    value=fields.tax_number
                    name="tax_number"
                    optional=true
                />
                <TextField
                    label=move || t_string!(i18n, persons.vat_number)
                    value=fields.vat_number
                    name="vat_number"
                    optional=true
                />
            </div>
        </Part>
    }
}

#[component]
fn Postal(fields: PostalFields, name: &'static str) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <TextField
            label=move || t_string!(i18n, contacts.street)
            value=fields.street
            name=format!("{name}.street")
            optional=true
        />
        <div class="form-row thirds">
            <TextField
                label=move || t_string!(i18n, contacts.postcode)
                value=fields.postcode
                name=format!("{name}.postcode")
                optional=true
            />
            <TextField label=move || t_string!(i18n, contacts.city) value=fields.city name=format!("{name}.city") optional=true />
            <TextField
                label=move || t_string!(i18n, persons.country)
                value=fields.country
                name=format!("{name}.country")
                optional=true
            />
        </div>
    }
}
