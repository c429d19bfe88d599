//! The head of a table: what columns are called, how they are sorted and how wide they are.

use leptos::ev;
use leptos::prelude::*;
use model::Direction;

use super::{Column, Sizing, Sorting};
use crate::browser::pointer;
use crate::i18n::{t_string, use_i18n};
use crate::parts::icon::{Glyph, Icon};
use crate::state::selection::Selection;

/// How much one press of an arrow changes a width.
const STEP: i32 = 16;

/// The head of a column.
#[component]
pub(super) fn Head(column: Column) -> impl IntoView {
    let i18n = use_i18n();
    let Column { title, slot, at_end, sorting, sizing, .. } = column;
    let edge = sizing.map(|it| view! { <Edge title=title.clone() sizing=it /> });
    let Some(Sorting { direction, on_press }) = sorting else {
        return view! {
            <div role="columnheader" data-slot=slot.name() class:at-end=at_end>{move || title.get()}{edge}</div>
        }
        .into_any();
    };
    let name = title.clone();
    let sort = move || match direction.get() {
        Some(Direction::Up) => "ascending",
        Some(Direction::Down) => "descending",
        None => "none",
    };
    let glyph = move || match direction.get() {
        Some(Direction::Up) => Glyph::ARROW_UP,
        Some(Direction::Down) => Glyph::ARROW_DOWN,
        None => Glyph::CHEVRONS_UP_DOWN,
    };
    view! {
        <div role="columnheader" data-slot=slot.name() class:at-end=at_end aria-sort=sort>
            <button
                type="button"
                class="sort"
                class:on=move || direction.get().is_some()
                title=move || t_string!(i18n, parts.sort_by, column = name.get().to_string())
                on:click=move |_| on_press.run(())
            >
                <span>{move || title.get()}</span>
                {move || view! { <Icon glyph=glyph() /> }}
            </button>
            {edge}
        </div>
    }
    .into_any()
}

/// Ticks all rows, or none.
#[component]
pub(super) fn TickAll(selection: RwSignal<Selection>, ids: Signal<Vec<i64>>) -> impl IntoView {
    let i18n = use_i18n();
    let all = move || ids.with(|ids| selection.with(|it| it.covers(ids)));
    view! {
        <div role="columnheader" class="tick" data-slot="tick">
            <input
                type="checkbox"
                aria-label=move || t_string!(i18n, parts.tick_all)
                prop:checked=all
                prop:indeterminate=move || !all() && selection.with(|it| !it.is_empty())
                on:change=move |_| selection.update(|it| ids.with_untracked(|ids| it.toggle_all(ids)))
            />
        </div>
    }
}

/// The edge of a column: dragged, or moved by the arrows, it makes the column wider or narrower.
#[component]
fn Edge(title: TextProp, sizing: Sizing) -> impl IntoView {
    let i18n = use_i18n();
    let Sizing { width, range: (least, most), on_done } = sizing;
    let set = move |to: i32| width.set(to.clamp(i32::from(least), i32::from(most)) as u16);
    // Where a drag began, and how wide the column was then.
    let begun = StoredValue::new(None::<(i32, i32)>);
    let press_key = move |event: ev::KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowLeft" => -STEP,
            "ArrowRight" => STEP,
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        set(i32::from(width.get_untracked()) + by);
        on_done.run(());
    };
    let end = move || {
        if begun.try_update_value(Option::take).flatten().is_some() {
            on_done.run(());
        }
    };
    view! {
        <span
            class="column-edge"
            role="separator"
            aria-orientation="vertical"
            tabindex="0"
            aria-label=move || t_string!(i18n, parts.column_width, column = title.get().to_string())
            aria-valuemin=least.to_string()
            aria-valuemax=most.to_string()
            aria-valuenow=move || width.get().to_string()
            on:keydown=press_key
            on:pointerdown=move |event| {
                pointer::capture(&event);
                begun.set_value(Some((event.client_x(), i32::from(width.get_untracked()))));
            }
            on:pointermove=move |event| {
                if let Some((x, from)) = begun.get_value() {
                    set(from + event.client_x() - x);
                }
            }
            on:pointerup=move |_| end()
            on:pointercancel=move |_| end()
        ></span>
    }
}
