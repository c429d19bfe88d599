//! A chip that was opened: how its value is written, and what stands in its place when there is none.

use leptos::prelude::*;
use model::{Language, MergeField};

use crate::editor::{FieldUse, Hand};
use crate::i18n::{I18n, merge, t_string, use_i18n};
use crate::parts::{Button, ButtonKind, Dialog, RadioGroup, Select, TextField};
use crate::state::template_sample::{filters, shown};

/// Asks about the opened chip.
#[component]
pub fn FieldDialog(
    /// The chip that was opened; taken away when the dialog ends.
    opened: RwSignal<Option<FieldUse>>,
    /// What may be named.
    fields: Signal<Vec<MergeField>>,
    /// The language of the text.
    language: Signal<Language>,
    /// What the page writes into the texts with.
    hand: Hand,
) -> impl IntoView {
    let i18n = use_i18n();
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(opened.with(Option::is_some)));
    Effect::new(move |_| {
        if !open.get() && opened.with_untracked(Option::is_some) {
            opened.set(None);
        }
    });
    let title = move || {
        let path = opened.with(|it| it.as_ref().map(|it| it.path.clone()).unwrap_or_default());
        let name = fields.with(|it| it.iter().find(|it| it.path == path).map(|it| it.label.clone()));
        t_string!(i18n, template_edit.field_title, name = name.unwrap_or(path))
    };
    let ended = move || open.set(false);
    view! {
        <Dialog title=title open=open>
            {move || {
                opened.get().map(|it| view! { <Asked opened=it fields=fields language=language hand=hand on_end=ended /> })
            }}
        </Dialog>
    }
}

#[component]
fn Asked(
    opened: FieldUse,
    fields: Signal<Vec<MergeField>>,
    language: Signal<Language>,
    hand: Hand,
    #[prop(into)] on_end: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let path = RwSignal::new(opened.path.clone());
    let filter = RwSignal::new(opened.filter.clone());
    let missing = RwSignal::new(if opened.fallback.is_some() { "instead" } else { "stop" }.to_owned());
    let fallback = RwSignal::new(opened.fallback.unwrap_or_default());
    let field = Memo::new(move |_| fields.with(|it| path.with(|path| it.iter().find(|it| it.path == *path).cloned())));
    let known = Signal::derive(move || {
        let names = fields.with(|it| it.iter().map(|it| (it.path.clone(), it.label.clone())).collect::<Vec<_>>());
        let is_known = path.with(|path| names.iter().any(|it| it.0 == *path));
        let unknown = (!is_known).then(|| (path.get(), path.get()));
        unknown.into_iter().chain(names).collect::<Vec<_>>()
    });
    let ways = Signal::derive(move || field.with(|it| it.as_ref().map(|it| ways(i18n, it, language.get())).unwrap_or_default()));
    let example = move || field.with(|it| it.as_ref().and_then(|it| filter.with(|filter| shown(it, filter, language.get()))));
    let apply = move || {
        let fallback = missing.with_untracked(|it| it == "instead").then(|| fallback.get_untracked());
        let field = FieldUse { path: path.get_untracked(), filter: filter.get_untracked().trim().to_owned(), fallback };
        on_end.run(());
        hand.set_field(&field);
    };
    view! {
        <form
            class="form"
            on:submit=move |event| {
                event.prevent_default();
                apply();
            }
        >
            <Select label=move || t_string!(i18n, template_edit.field_choose) options=known value=path />
            <Select label=move || t_string!(i18n, template_edit.field_form) options=ways value=filter />
            <TextField
                label=move || t_string!(i18n, template_edit.field_filter)
                value=filter
                hint=move || t_string!(i18n, template_edit.field_filter_hint)
                optional=true
            />
            <RadioGroup
                label=move || t_string!(i18n, template_edit.field_fallback)
                options=vec![
                    ("stop", (move || t_string!(i18n, template_edit.field_stop)).into()),
                    ("instead", (move || t_string!(i18n, template_edit.field_instead)).into()),
                ]
                value=missing
            />
            <Show when=move || missing.with(|it| it == "instead")>
                <TextField label=move || t_string!(i18n, template_edit.field_instead_words) value=fallback optional=true />
            </Show>
            <p class="field-example" role="status">
                <span class="meta">{move || t_string!(i18n, template_edit.field_sample)}</span>
                <strong>{move || example().unwrap_or_else(|| "–".to_owned())}</strong>
            </p>
            <footer class="dialog-end">
                <Button label=move || t_string!(i18n, common.cancel) on_press=on_end />
                <Button label=move || t_string!(i18n, template_edit.field_apply) kind=ButtonKind::Primary submit=true />
            </footer>
        </form>
    }
}

/// The usual ways to write a value, each with what comes out.
fn ways(i18n: I18n, field: &MergeField, language: Language) -> Vec<(String, String)> {
    let locale = i18n.get_locale();
    let mut ways = vec![(String::new(), t_string!(i18n, template_edit.field_as_is).to_owned())];
    for (name, code) in filters(field.kind, language) {
        let words = merge::filter(locale, name);
        let words = match shown(field, &code, language) {
            Some(it) => format!("{words}: {it}"),
            None => format!("{words}: {code}"),
        };
        ways.push((code, words));
    }
    ways
}
