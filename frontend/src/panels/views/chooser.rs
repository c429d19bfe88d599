//! The chooser of columns: which ones, in which order, how wide.

use std::hash::Hash;

use leptos::prelude::*;
use model::{COLUMN_WIDTH, Columns};

use super::look::{ListLook, Looked};
use crate::i18n::{t_string, use_i18n};
use crate::parts::{Button, ButtonKind, Dialog, Glyph, IconButton};

/// The button that opens the chooser, and the chooser.
#[component]
pub fn ColumnChooser<W: Looked>(
    /// How the list looks.
    look: ListLook<W>,
    /// All columns there are.
    #[prop(into)]
    all: Signal<Vec<W::Column>>,
    /// What a column is called.
    #[prop(into)]
    name: Callback<(W::Column,), String>,
) -> impl IntoView
where
    W::Column: Hash,
{
    let i18n = use_i18n();
    let open = RwSignal::new(false);
    view! {
        <IconButton label=move || t_string!(i18n, views.columns) icon=Glyph::COLUMNS_3 on_press=move || open.set(true) />
        <Dialog title=move || t_string!(i18n, views.columns_title) open=open>
            <p class="hint">{move || t_string!(i18n, views.columns_text)}</p>
            <Chosen look=look all=all name=name />
            <footer class="dialog-end">
                <Button
                    label=move || t_string!(i18n, views.columns_reset)
                    on_press=move || look.change_columns(|it| *it = Columns::default())
                />
                <Button
                    label=move || t_string!(i18n, common.close)
                    kind=ButtonKind::Primary
                    on_press=move || open.set(false)
                />
            </footer>
        </Dialog>
    }
}

#[component]
fn Chosen<W: Looked>(look: ListLook<W>, all: Signal<Vec<W::Column>>, name: Callback<(W::Column,), String>) -> impl IntoView
where
    W::Column: Hash,
{
    let i18n = use_i18n();
    let shown = look.shown();
    let hidden =
        Memo::new(move |_| shown.with(|shown| all.get().into_iter().filter(|it| !shown.contains(it)).collect::<Vec<_>>()));
    view! {
        <h3 class="chooser-title">{move || t_string!(i18n, views.columns_shown)}</h3>
        <ol class="chooser">
            <For each=move || shown.get() key=|it| *it let:column>
                <Shown column=column look=look name=Signal::derive(move || name.run((column,))) />
            </For>
        </ol>
        <Show when=move || hidden.with(|it| !it.is_empty())>
            <h3 class="chooser-title">{move || t_string!(i18n, views.columns_hidden)}</h3>
            <ul class="chooser">
                <For each=move || hidden.get() key=|it| *it let:column>
                    <li>
                        <Tick column=column look=look name=Signal::derive(move || name.run((column,))) />
                    </li>
                </For>
            </ul>
        </Show>
    }
}

#[component]
fn Tick<W: Looked>(column: W::Column, look: ListLook<W>, name: Signal<String>) -> impl IntoView {
    view! {
        <label class="checkbox">
            <input
                type="checkbox"
                prop:checked=move || look.columns().with(|it| it.shows(column))
                on:change=move |_| look.change_columns(|it| it.toggle(column))
            />
            <span>{move || name.get()}</span>
        </label>
    }
}

#[component]
fn Shown<W: Looked>(column: W::Column, look: ListLook<W>, name: Signal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let place = move || look.columns().with(|it| it.shown.iter().position(|it| it.column == column));
    let last = move || look.columns().with(|it| it.shown.len().saturating_sub(1));
    let width = move || look.columns().with(|it| it.width(Some(column))).to_string();
    let (least, most) = COLUMN_WIDTH;
    let set = move |text: String| {
        if let Ok(width) = text.parse::<u16>() {
            look.set_width(Some(column), width.clamp(least, most));
        }
    };
    view! {
        <li>
            <Tick column=column look=look name=name />
            <input
                class="range"
                type="range"
                min=least.to_string()
                max=most.to_string()
                step="16"
                aria-label=move || t_string!(i18n, views.column_width, column = name.get())
                prop:value=width
                on:change=move |event| set(event_target_value(&event))
            />
            <IconButton
                label=move || t_string!(i18n, views.column_up, column = name.get())
                icon=Glyph::ARROW_UP
                disabled=Signal::derive(move || place() == Some(0))
                on_press=move || look.change_columns(|it| it.shift(column, -1))
            />
            <IconButton
                label=move || t_string!(i18n, views.column_down, column = name.get())
                icon=Glyph::ARROW_DOWN
                disabled=Signal::derive(move || place() == Some(last()))
                on_press=move || look.change_columns(|it| it.shift(column, 1))
            />
        </li>
    }
}
