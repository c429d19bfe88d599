//! One row of a table.

use std::collections::HashMap;
use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;

use super::Slot;
use crate::browser::pointer;
use crate::i18n::{t_string, use_i18n};
use crate::state::selection::Selection;

/// What all rows of a table share.
#[derive(Clone)]
pub(super) struct RowContext {
    pub ids: Signal<Vec<i64>>,
    pub cells: Arc<dyn Fn(i64) -> Vec<AnyView> + Send + Sync>,
    pub row_name: Arc<dyn Fn(i64) -> String + Send + Sync>,
    pub slots: Arc<[(Slot, bool)]>,
    pub on_open: Option<Callback<(i64,)>>,
    pub places: Memo<Arc<HashMap<i64, usize>>>,
    pub current: Signal<Option<i64>>,
    pub selection: Option<RwSignal<Selection>>,
    pub reachable: Memo<Option<i64>>,
    pub active: RwSignal<Option<i64>>,
}

#[component]
pub(super) fn Row(id: i64, context: RowContext) -> impl IntoView {
    let RowContext { ids, cells, row_name, slots, on_open, places, current, selection, reachable, active } = context;
    let open = move |id: i64| {
        if let Some(on_open) = on_open {
            on_open.run((id,));
        }
    };
    let tick = move |id: i64, range: bool| {
        if let Some(selection) = selection {
            selection.update(|it| if range { ids.with_untracked(|ids| it.extend(id, ids)) } else { it.toggle(id) });
        }
    };
    let press_key = move |event: ev::KeyboardEvent| {
        if !pointer::is_on_itself(&event) {
            return;
        }
        // Whoever types fast is a row ahead of the focus, which follows once the row is drawn.
        let id = active.get_untracked().unwrap_or(id);
        match event.key().as_str() {
            "Enter" => open(id),
            " " | "x" | "X" => tick(id, event.shift_key()),
            _ => return,
        }
        event.prevent_default();
    };
    let is_ticked = move || selection.is_some_and(|it| it.with(|it| it.has(id)));
    let place = Memo::new(move |_| places.with(|it| it.get(&id).copied()).unwrap_or_default());
    let is_current = move || current.get() == Some(id);
    let cells = cells(id)
        .into_iter()
        .zip(slots.iter())
        .map(|(cell, (slot, at_end))| {
            view! { <div role="gridcell" data-slot=slot.name() class:at-end=*at_end>{cell}</div> }
        })
        .collect_view();
    view! {
        <div
            role="row"
            data-row=id.to_string()
            aria-rowindex=move || (place.get() + 2).to_string()
            style=("--place", move || place.get().to_string())
            class:current=is_current
            class:ticked=is_ticked
            class:opens=on_open.is_some()
            aria-current=move || is_current().then_some("true")
            aria-selected=selection.map(|_| move || is_ticked().to_string())
            tabindex=move || if reachable.get() == Some(id) { "0" } else { "-1" }
            on:focus=move |_| active.set(Some(id))
            on:keydown=press_key
            on:click=move |event| {
                if !pointer::is_on_control(&event) {
                    open(id);
                }
            }
        >
            {selection.map(|_| view! { <Tick checked=Signal::derive(is_ticked) tick=Callback::new(move |(range,)| tick(id, range)) name=Signal::derive(move || row_name(id)) /> })}
            {cells}
        </div>
    }
}

#[component]
fn Tick(checked: Signal<bool>, tick: Callback<(bool,)>, name: Signal<String>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div role="gridcell" class="tick" data-slot="tick">
            <input
                type="checkbox"
                tabindex="-1"
                aria-label=move || format!("{}: {}", t_string!(i18n, parts.tick_row), name.get())
                prop:checked=move || checked.get()
                on:click=move |event| tick.run((event.shift_key(),))
            />
        </div>
    }
}
