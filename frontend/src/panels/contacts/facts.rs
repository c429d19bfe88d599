//! Everything that is known about a contact besides its addresses.

use leptos::prelude::*;
use leptos_router::components::A;
use model::{Contact, FieldDefinition, FieldKind, FieldValue, Language, Nature};

use super::password::PasswordFact;
use crate::calls;
use crate::format;
use crate::i18n::{contacts as words, language, t_string, use_i18n, words as common};
use crate::parts::When;

/// The facts as a list; what is not known is left out.
#[component]
pub fn Facts(
    /// The contact.
    contact: Signal<Contact>,
) -> impl IntoView {
    let i18n = use_i18n();
    let text = move |read: fn(&Contact) -> String| Memo::new(move |_| contact.with(read));
    let language =
        Memo::new(move |_| contact.with(|it| it.fields.language.map_or_else(String::new, |it| common::language(it).to_owned())));
    // The person of a company, when one is named.
    let person = text(|it| match it.fields.nature {
        Nature::Company => format!("{} {}", it.fields.first_name, it.fields.last_name).trim().to_owned(),
        Nature::Person => String::new(),
    });
    view! {
        <Tags contact=contact />
        <dl class="facts">
            <ParentFact contact=contact />
            <Fact label=move || t_string!(i18n, contacts.person_of_company) value=person />
            <Fact label=move || t_string!(i18n, contacts.section_place) value=text(|it| it.fields.billing.line()) />
            <Fact label=move || t_string!(i18n, persons.delivery) value=text(|it| it.fields.delivery.line()) />
            <Fact
                label=move || t_string!(i18n, contacts.registration_number)
                value=text(|it| it.fields.registration_number.clone())
            />
            <Fact label=move || t_string!(i18n, persons.tax_number) value=text(|it| it.fields.tax_number.clone()) />
            <Fact label=move || t_string!(i18n, persons.vat_number) value=text(|it| it.fields.vat_number.clone()) />
            <Fact label=move || t_string!(i18n, contacts.salutation) value=text(|it| it.fields.salutation.clone()) />
            <Fact label=move || t_string!(i18n, contacts.language) value=language />
            <OwnFacts contact=contact />
            <Fact label=move || t_string!(i18n, persons.owner) value=text(|it| it.owner_name.clone()) />
            <ObtainedFact contact=contact />
            <Fact label=move || t_string!(i18n, contacts.note) value=text(|it| it.fields.note.clone()) />
            <PasswordFact contact=contact />
            <dt>{move || t_string!(i18n, contacts.updated)}</dt>
            <dd><When at=Signal::derive(move || contact.with(|it| it.updated_at)) /></dd>
        </dl>
    }
}

/// One fact, when there is one.
#[component]
fn Fact(#[prop(into)] label: TextProp, value: Memo<String>) -> impl IntoView {
    let label = StoredValue::new(label);
    view! {
        <Show when=move || value.with(|it| !it.is_empty())>
            <dt>{move || label.with_value(TextProp::get)}</dt>
            <dd class="as-typed">{move || value.get()}</dd>
        </Show>
    }
}

/// Tags, and whether the contact gets no bulk messages.
#[component]
fn Tags(contact: Signal<Contact>) -> impl IntoView {
    let i18n = use_i18n();
    let tags = Memo::new(move |_| contact.with(|it| it.fields.tags.clone()));
    let no_bulk = Memo::new(move |_| contact.with(|it| it.fields.no_bulk));
    view! {
        <Show when=move || no_bulk.get() || tags.with(|it| !it.is_empty())>
            <ul class="contact-tags" aria-label=move || t_string!(i18n, persons.tags)>
                <Show when=move || no_bulk.get()>
                    <li class="tag attention">{move || t_string!(i18n, persons.no_bulk)}</li>
                </Show>
                <For each=move || tags.get() key=|it| it.clone() let:tag>
                    <li class="tag">{tag}</li>
                </For>
            </ul>
        </Show>
    }
}

#[component]
fn ParentFact(contact: Signal<Contact>) -> impl IntoView {
    let i18n = use_i18n();
    let parent = Memo::new(move |_| contact.with(|it| it.fields.parent.map(|link| (link.contact, it.parent_name.clone()))));
    move || {
        parent.get().map(|(id, name)| {
            view! {
                <dt>{move || t_string!(i18n, persons.parent)}</dt>
                <dd><A href=format!("/contacts/{id}")>{name}</A></dd>
            }
        })
    }
}

/// Own fields that have a value, named by their definitions.
#[component]
fn OwnFacts(contact: Signal<Contact>) -> impl IntoView {
    let has_values = Memo::new(move |_| contact.with(|it| !it.fields.values.is_empty()));
    let shown = move || {
        let answer = calls::ask(|| (), |()| app::fields::list_fields());
        move || answer.get().map(|own| view! { <OwnRows contact=contact own=own /> })
    };
    view! { <Show when=move || has_values.get()>{shown()}</Show> }
}

#[component]
fn OwnRows(contact: Signal<Contact>, own: Vec<FieldDefinition>) -> impl IntoView {
    let i18n = use_i18n();
    move || {
        let language = language(i18n.get_locale());
        let value = |definition: &FieldDefinition| {
            contact.with(|it| {
                it.fields.values.iter().find(|it| it.field == definition.id).map(|it| told(language, definition, &it.value))
            })
        };
        let rows = own.iter().filter_map(|it| Some((it.name.clone(), value(it)?)));
        rows.map(|(name, value)| view! { <dt>{name}</dt><dd class="as-typed">{value}</dd> }).collect_view()
    }
}

/// A value of an own field as people of that language write it.
fn told(language: Language, definition: &FieldDefinition, value: &FieldValue) -> String {
    match (definition.kind, value) {
        (FieldKind::Date, FieldValue::Date(day)) => format::calendar_day(language, *day),
        (FieldKind::Number, FieldValue::Number(number)) if language != Language::En => number.to_string().replace('.', ","),
        _ => definition.show(value),
    }
}

#[component]
fn ObtainedFact(contact: Signal<Contact>) -> impl IntoView {
    let i18n = use_i18n();
    let value = Memo::new(move |_| {
        let locale = i18n.get_locale();
        contact.with(|it| {
            let obtained = &it.fields.obtained;
            let parts = [
                obtained.way.map(|it| words::way(locale, it).to_owned()),
                obtained.on.map(|it| format::calendar_day(language(locale), it)),
                Some(obtained.note.clone()).filter(|it| !it.is_empty()),
            ];
            parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
        })
    });
    view! { <Fact label=move || t_string!(i18n, persons.obtained_way) value=value /> }
}
