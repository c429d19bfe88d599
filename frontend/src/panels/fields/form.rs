//! Making and changing an own field.

use leptos::prelude::*;
use model::{Change, FieldDefinition, FieldDraft, FieldKind};

use super::choices::{ChoiceLine, Choices};
use super::{kind_code, kind_name};
use crate::i18n::{t_string, use_i18n};
use crate::live::Live;
use crate::parts::{Button, ButtonKind, Form, FormState, Select, TextField};
use crate::toast::Toasts;

/// The form, empty or with a field in it.
#[component]
pub(super) fn FieldForm(
    /// The field to change; without one a new one is made.
    field: Option<FieldDefinition>,
    /// Called when it is saved or left.
    #[prop(into)]
    on_done: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let id = field.as_ref().map(|it| it.id);
    let is_new = id.is_none();
    let form = FormState::new();
    let of = |read: fn(&FieldDefinition) -> &str| RwSignal::new(field.as_ref().map_or("", read).to_owned());
    let (name, key) = (of(|it| &it.name), of(|it| &it.key));
    let kind = RwSignal::new(kind_code(field.as_ref().map_or(FieldKind::Text, |it| it.kind)).to_owned());
    let choices = RwSignal::new(ChoiceLine::all(field.as_ref()));
    let kind_now = move || kind.with(|it| FieldKind::ALL.into_iter().find(|kind| kind_code(*kind) == it)).unwrap_or_default();
    let save = move || {
        let draft = untrack(|| FieldDraft {
            key: key.get(),
            name: name.get(),
            kind: kind_now(),
            choices: if kind_now() == FieldKind::Choice { ChoiceLine::typed(&choices.read()) } else { Vec::new() },
        });
        let name = draft.name.clone();
        form.submit(app::fields::save_field(id, draft), move |_| {
            live.note(Change::Contacts);
            toasts.done(untrack(|| t_string!(i18n, fields.saved, name = name)));
            on_done.run(());
        });
    };
    let kinds = Signal::derive(move || {
        let locale = i18n.get_locale();
        FieldKind::ALL.map(|it| (kind_code(it).to_owned(), kind_name(locale, it).to_owned())).to_vec()
    });
    view! {
        <Form state=form on_submit=save>
            <TextField label=move || t_string!(i18n, fields.name) value=name name="name" autofocus=true />
            <Select
                label=move || t_string!(i18n, fields.kind)
                options=kinds
                value=kind
                name="kind"
                hint=move || t_string!(i18n, fields.kind_hint)
                disabled=!is_new
            />
            <Show when=move || kind_now() == FieldKind::Choice>
                <Choices lines=choices />
            </Show>
            <TextField
                label=move || t_string!(i18n, fields.key)
                value=key
                name="key"
                hint=move || t_string!(i18n, fields.key_hint)
                optional=true
            />
            <footer class="dialog-end">
                <Button label=move || t_string!(i18n, common.cancel) on_press=move || on_done.run(()) />
                <Button label=move || t_string!(i18n, common.save) kind=ButtonKind::Primary busy=form.busy() submit=true />
            </footer>
        </Form>
    }
}
