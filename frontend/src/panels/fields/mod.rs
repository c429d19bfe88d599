//! Own fields of contacts: the list in its order, a form for each, and taking them away.

mod choices;
mod form;
mod remove;

use leptos::prelude::*;
use model::{Change, FieldDefinition, FieldId, FieldKind};

use self::form::FieldForm;
use self::remove::RemoveField;
use crate::calls;
use crate::i18n::{Locale, t_string, td_string, use_i18n};
use crate::live::Live;
use crate::panels::loaded::Loaded;
use crate::parts::{Button, ButtonKind, Dialog, EmptyState, Glyph, IconButton};

/// The fields with everything that can be done to them.
#[component]
pub fn FieldsPanel() -> impl IntoView {
    let live = Live::find();
    let answer = calls::ask(move || live.version(Change::Contacts), |_| app::fields::list_fields());
    view! {
        <Loaded answer=answer lines=4 let:fields>
            <Listed fields=fields />
        </Loaded>
    }
}

#[component]
fn Listed(fields: Signal<Vec<FieldDefinition>>) -> impl IntoView {
    let i18n = use_i18n();
    // Nothing inside means a new field.
    let edited = RwSignal::new(None::<FieldDefinition>);
    let open = RwSignal::new(false);
    let removed = RwSignal::new(None::<FieldDefinition>);
    let edit = Callback::new(move |(field,): (Option<FieldDefinition>,)| {
        edited.set(field);
        open.set(true);
    });
    let add = move || {
        view! {
            <Button
                label=move || t_string!(i18n, fields.new)
                kind=ButtonKind::Primary
                icon=Glyph::PLUS
                on_press=move || edit.run((None,))
            />
        }
    };
    let title = move || {
        edited.with(|it| match it {
            Some(it) => t_string!(i18n, fields.edit, name = it.name.clone()),
            None => t_string!(i18n, fields.new).to_owned(),
        })
    };
    view! {
        <Show
            when=move || fields.with(|it| !it.is_empty())
            fallback=move || {
                view! {
                    <EmptyState
                        glyph=Glyph::LIST_CHECKS
                        title=move || t_string!(i18n, fields.empty_title)
                        text=move || t_string!(i18n, fields.empty_text)
                    >
                        {add()}
                    </EmptyState>
                }
            }
        >
            <ol class="own-fields">
                <For each=move || fields.get() key=|it| (it.id, it.name.clone(), it.choices.len()) let:field>
                    <Row field=field fields=fields on_edit=edit removed=removed />
                </For>
            </ol>
            {add()}
        </Show>
        <Dialog title=title open=open>
            <FieldForm field=edited.get_untracked() on_done=move || open.set(false) />
        </Dialog>
        <RemoveField field=removed />
    }
}

#[component]
fn Row(
    field: FieldDefinition,
    fields: Signal<Vec<FieldDefinition>>,
    on_edit: Callback<(Option<FieldDefinition>,)>,
    removed: RwSignal<Option<FieldDefinition>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let busy = RwSignal::new(false);
    let id = field.id;
    let place = move || fields.with(|it| it.iter().position(|it| it.id == id)).unwrap_or_default();
    let is_last = move || place() + 1 == fields.with(Vec::len);
    let step = move |by: isize| {
        let mut order: Vec<FieldId> = fields.with_untracked(|it| it.iter().map(|it| it.id).collect());
        let from = untrack(place);
        let to = (from as isize + by).clamp(0, order.len() as isize - 1) as usize;
        order.swap(from, to);
        calls::act(busy, app::fields::reorder_fields(order), move |()| live.note(Change::Contacts));
    };
    let name = StoredValue::new(field.name.clone());
    let kind = field.kind;
    let field = StoredValue::new(field);
    let choices = field.with_value(|it| it.choices.iter().map(|it| it.name.clone()).collect::<Vec<_>>().join(", "));
    view! {
        <li>
            <span class="own-field-words">
                <strong>{name.get_value()}</strong>
                <span class="meta">
                    {move || kind_name(i18n.get_locale(), kind)} " · " <code>{field.with_value(|it| it.key.clone())}</code>
                </span>
                <span class="meta clip">{choices}</span>
            </span>
            <IconButton
                label=move || t_string!(i18n, fields.up, name = name.get_value())
                icon=Glyph::ARROW_UP
                disabled=Signal::derive(move || busy.get() || place() == 0)
                on_press=move || step(-1)
            />
            <IconButton
                label=move || t_string!(i18n, fields.down, name = name.get_value())
                icon=Glyph::ARROW_DOWN
                disabled=Signal::derive(move || busy.get() || is_last())
                on_press=move || step(1)
            />
            <IconButton
                label=move || t_string!(i18n, fields.edit, name = name.get_value())
                icon=Glyph::PENCIL
                on_press=move || on_edit.run((Some(field.get_value()),))
            />
            <IconButton
                label=move || t_string!(i18n, fields.remove, name = name.get_value())
                icon=Glyph::TRASH_2
                on_press=move || removed.set(Some(field.get_value()))
            />
        </li>
    }
}

/// What the values of a field are, in words.
fn kind_name(locale: Locale, kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Text => td_string!(locale, fields.kind_text),
        FieldKind::Number => td_string!(locale, fields.kind_number),
        FieldKind::Date => td_string!(locale, fields.kind_date),
        FieldKind::Choice => td_string!(locale, fields.kind_choice),
    }
}

/// The stable name of a kind in lists of choices.
fn kind_code(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Text => "text",
        FieldKind::Number => "number",
        FieldKind::Date => "date",
        FieldKind::Choice => "choice",
    }
}
