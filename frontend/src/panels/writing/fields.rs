//! The palette: what may be named, searched and put in by mouse and keyboard.

use leptos::prelude::*;
use model::MergeField;

use crate::editor::{EditorField, Hand};
use crate::i18n::{Locale, t_string, td_string, use_i18n};
use crate::parts::{Glyph, Icon, SearchField};
use crate::state::template_edit::grouped;
use crate::state::template_sample::sample;

/// All fields under their headings.
#[component]
pub fn FieldPalette(
    /// What may be named.
    fields: Signal<Vec<MergeField>>,
    /// What the page writes into the texts with.
    hand: Hand,
    /// Whether nothing can be put in.
    #[prop(into)]
    readonly: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let words = RwSignal::new(String::new());
    let list = move || {
        let locale = i18n.get_locale();
        fields.with(|fields| {
            let groups = grouped(fields, &words.read());
            if groups.is_empty() {
                return view! { <p class="hint">{t_string!(i18n, template_edit.fields_none)}</p> }.into_any();
            }
            groups.into_iter().map(|(key, fields)| group(locale, key, &fields, hand, readonly)).collect_view().into_any()
        })
    };
    view! {
        <section class="field-palette" aria-label=move || t_string!(i18n, template_edit.fields)>
            <SearchField
                label=move || t_string!(i18n, template_edit.fields_search)
                hint=move || t_string!(i18n, template_edit.fields_search)
                words=words
                on_search=move |it| words.set(it)
            />
            <p class="hint">{move || t_string!(i18n, template_edit.fields_hint, sign = "{")}</p>
            <div class="field-groups">{list}</div>
        </section>
    }
}

fn group(locale: Locale, key: &str, fields: &[&MergeField], hand: Hand, readonly: Signal<bool>) -> AnyView {
    let rows = fields
        .iter()
        .map(|it| {
            let (path, shown) = (it.path.clone(), sample(&it.sample));
            let name = td_string!(locale, template_edit.insert_of, name = it.label.clone());
            view! {
                <li>
                    <button
                        type="button"
                        class="field-row"
                        title=format!("{{{{ {path} }}}}")
                        prop:disabled=move || readonly.get()
                        on:click=move |_| hand.insert_field(&path)
                    >
                        <span class="visually-hidden">{name}</span>
                        <span class="field-name" aria-hidden="true">{it.label.clone()}</span>
                        <span class="meta clip">{shown}</span>
                        <Icon glyph=Glyph::PLUS />
                    </button>
                </li>
            }
        })
        .collect_view();
    view! {
        <h3>{group_name(locale, key)}</h3>
        <ul>{rows}</ul>
    }
    .into_any()
}

/// The heading of the fields whose path begins so; record types are data and say their own.
pub fn group_name(locale: Locale, key: &str) -> String {
    match key {
        "contact" => td_string!(locale, template_edit.group_contact).to_owned(),
        "company" => td_string!(locale, template_edit.group_company).to_owned(),
        "user" => td_string!(locale, template_edit.group_user).to_owned(),
        "record" => td_string!(locale, template_edit.group_record).to_owned(),
        "campaign" => td_string!(locale, template_edit.group_campaign).to_owned(),
        "message" => td_string!(locale, template_edit.group_message).to_owned(),
        "links" => td_string!(locale, template_edit.group_links).to_owned(),
        key => key.to_owned(),
    }
}

/// The fields as the editor lists them.
pub fn editor_fields(locale: Locale, fields: &[MergeField]) -> Vec<EditorField> {
    fields
        .iter()
        .map(|it| EditorField {
            path: it.path.clone(),
            label: it.label.clone(),
            group: group_name(locale, it.path.split('.').next().unwrap_or_default()),
            sample: sample(&it.sample),
        })
        .collect()
}
