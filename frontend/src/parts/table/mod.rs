//! Tables: rows that come page by page, ticked and opened by mouse and keyboard, two lines high on a phone.

mod row;

use std::sync::Arc;

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use model::Direction;

use self::row::{Row, RowContext};
use super::icon::{Glyph, Icon};
use super::skeleton::Skeleton;
use crate::browser::{focus, observe};
use crate::i18n::{t_string, use_i18n};
use crate::state::selection::Selection;

/// Where a column stands in the two lines that a row has on a phone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Slot {
    /// First line, left: what the row is about.
    Title,
    /// First line, right: usually the time.
    Aside,
    /// Second line, left.
    #[default]
    Meta,
    /// Second line, right: usually the state.
    Mark,
    /// Not shown on a phone.
    Hidden,
}

impl Slot {
    fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Aside => "aside",
            Self::Meta => "meta",
            Self::Mark => "mark",
            Self::Hidden => "hidden",
        }
    }
}

/// How a column is sorted, and what happens when its head is pressed.
#[derive(Clone, Copy)]
pub struct Sorting {
    /// The direction, when the list is sorted by this column.
    pub direction: Signal<Option<Direction>>,
    /// Called when the head is pressed.
    pub on_press: Callback<()>,
}

/// A column.
#[derive(Clone)]
pub struct Column {
    /// Its head.
    pub title: TextProp,
    /// Its width as a track of a CSS grid, such as `minmax(10rem, 2fr)` or `8rem`.
    pub width: &'static str,
    /// Where it stands on a phone.
    pub slot: Slot,
    /// Numbers stand at the end.
    pub at_end: bool,
    /// How it is sorted, when it can be.
    pub sorting: Option<Sorting>,
}

impl Column {
    /// A column of that head, width and place on a phone.
    pub fn new(title: impl Into<TextProp>, width: &'static str, slot: Slot) -> Self {
        Self { title: title.into(), width, slot, at_end: false, sorting: None }
    }

    /// The same column with its contents at the end.
    pub fn at_end(self) -> Self {
        Self { at_end: true, ..self }
    }

    /// The same column, sortable.
    pub fn sorted(self, sorting: Sorting) -> Self {
        Self { sorting: Some(sorting), ..self }
    }
}

/// A table. It knows ids only: `cells` draws the cells of a row, one per column, and subscribes to what they show.
#[component]
pub fn Table(
    /// What it lists.
    #[prop(into)]
    label: TextProp,
    /// Its columns.
    columns: Vec<Column>,
    /// The ids of its rows, in their order.
    #[prop(into)]
    ids: Signal<Vec<i64>>,
    /// Draws the cells of a row.
    cells: impl Fn(i64) -> Vec<AnyView> + Send + Sync + 'static,
    /// The name of a row, for readers.
    row_name: impl Fn(i64) -> String + Send + Sync + 'static,
    /// Called when a row is opened.
    #[prop(into, optional)]
    on_open: Option<Callback<(i64,)>>,
    /// The row whose detail is open.
    #[prop(into, optional)]
    current: Signal<Option<i64>>,
    /// The ticked rows; without it there are no tick boxes.
    #[prop(optional)]
    selection: Option<RwSignal<Selection>>,
    /// Whether nothing has come yet.
    #[prop(into, optional)]
    is_first: Signal<bool>,
    /// Whether rows are being asked for.
    #[prop(into, optional)]
    pending: Signal<bool>,
    /// Whether there are more rows to come.
    #[prop(into, optional)]
    has_more: Signal<bool>,
    /// Called when the end comes near.
    #[prop(into, optional)]
    on_more: Option<Callback<()>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let active = RwSignal::new(None::<i64>);
    let slots: Vec<(Slot, bool)> = columns.iter().map(|it| (it.slot, it.at_end)).collect();
    let mut tracks: Vec<&str> = columns.iter().map(|it| it.width).collect();
    if selection.is_some() {
        tracks.insert(0, "2.25rem");
    }
    let tracks = tracks.join(" ");
    let context = RowContext {
        ids,
        cells: Arc::new(cells),
        row_name: Arc::new(row_name),
        slots: slots.into(),
        on_open,
        current,
        selection,
        // The one row that Tab reaches: where the keyboard was, else the open one, else the first.
        reachable: Memo::new(move |_| {
            let here = |it: &i64| ids.with(|ids| ids.contains(it));
            active.get().filter(here).or_else(|| current.get().filter(here)).or_else(|| ids.with(|it| it.first().copied()))
        }),
        active,
    };
    let body = NodeRef::<html::Div>::new();
    let press_key = move |event: ev::KeyboardEvent| {
        let Some(body) = body.get_untracked() else { return };
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        match event.key().as_str() {
            "ArrowDown" | "j" => focus::step_within(&body, "[role=row]", 1),
            "ArrowUp" | "k" => focus::step_within(&body, "[role=row]", -1),
            "Home" => focus::set_within(&body, "[role=row]:first-child"),
            "End" => focus::set_within(&body, "[role=row]:last-of-type"),
            _ => return,
        }
        event.prevent_default();
    };
    let rows = StoredValue::new(context);
    view! {
        <div class="table-box"><div
            class="table"
            role="grid"
            aria-label=move || label.get()
            aria-rowcount=move || if has_more.get() { -1 } else { ids.with(Vec::len) as i32 + 1 }
            aria-busy=move || pending.get().to_string()
            aria-multiselectable=selection.map(|_| "true")
            class:stale=move || pending.get() && !is_first.get()
            style=("--columns", tracks)
        >
            <div class="table-head" role="rowgroup">
                <div role="row">
                    {selection.map(|it| view! { <TickAll selection=it ids=ids /> })}
                    {columns.into_iter().map(|it| view! { <Head column=it /> }).collect_view()}
                </div>
            </div>
            <div class="table-body" role="rowgroup" node_ref=body on:keydown=press_key>
                <For each=move || ids.get() key=|id| *id let:id>
                    <Row id=id context=rows.get_value() />
                </For>
            </div>
        </div>
        <Show when=move || is_first.get() && pending.get()>
            <Skeleton lines=8 />
        </Show>
        {on_more
            .map(|on_more| {
                view! {
                    <Show when=move || has_more.get()>
                        {move || {
                            // A new end after each page, so that one already in sight is noticed as well.
                            ids.track();
                            view! { <End on_more=on_more pending=pending /> }
                        }}
                    </Show>
                }
            })}
        <Show when=move || !has_more.get() && 20 < ids.with(Vec::len)>
            <p class="table-end">{move || t_string!(i18n, parts.list_end)}</p>
        </Show></div>
    }
}

#[component]
fn Head(column: Column) -> impl IntoView {
    let i18n = use_i18n();
    let Column { title, slot, at_end, sorting, .. } = column;
    let Some(Sorting { direction, on_press }) = sorting else {
        return view! {
            <div role="columnheader" data-slot=slot.name() class:at-end=at_end>{move || title.get()}</div>
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
        </div>
    }
    .into_any()
}

#[component]
fn TickAll(selection: RwSignal<Selection>, ids: Signal<Vec<i64>>) -> impl IntoView {
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

#[component]
fn End(on_more: Callback<()>, pending: Signal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let node = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let Some(element) = node.get() {
            observe::when_near(&element, move || on_more.run(()));
        }
    });
    view! {
        <div class="table-more" node_ref=node>
            <Show when=move || pending.get() fallback=move || view! {
                <button type="button" class="button" data-kind="quiet" on:click=move |_| on_more.run(())>
                    {move || t_string!(i18n, parts.load_more)}
                </button>
            }>
                <Skeleton lines=3 />
            </Show>
        </div>
    }
}
