//! Tables: rows that come page by page, ticked and opened by mouse and keyboard, two lines high on a phone.

mod head;
mod pages;
mod row;

use std::collections::HashMap;
use std::sync::Arc;

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use model::Direction;

use self::head::{Head, TickAll};
pub use self::pages::Pages;
use self::row::{Row, RowContext};
use super::skeleton::Skeleton;
use crate::browser::{focus, observe, sight, timer};
use crate::i18n::{t_string, use_i18n};
use crate::state::selection::Selection;
use crate::state::sight::{Sight, rows as rows_in};

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

/// How wide a column is, and what happens when it is made wider or narrower.
#[derive(Clone, Copy)]
pub struct Sizing {
    /// Its width against the others, in pixels of a list that has room for all.
    pub width: RwSignal<u16>,
    /// Least and greatest width.
    pub range: (u16, u16),
    /// Called when another width was chosen.
    pub on_done: Callback<()>,
}

/// A column.
#[derive(Clone)]
pub struct Column {
    /// Its head.
    pub title: TextProp,
    /// Its width as a track of a CSS grid, such as `minmax(10rem, 2fr)` or `8rem`.
    pub width: TextProp,
    /// Where it stands on a phone.
    pub slot: Slot,
    /// Numbers stand at the end.
    pub at_end: bool,
    /// How it is sorted, when it can be.
    pub sorting: Option<Sorting>,
    /// How wide it is, when that can be chosen.
    pub sizing: Option<Sizing>,
}

impl Column {
    /// A column of that head, width and place on a phone.
    pub fn new(title: impl Into<TextProp>, width: impl Into<TextProp>, slot: Slot) -> Self {
        Self { title: title.into(), width: width.into(), slot, at_end: false, sorting: None, sizing: None }
    }

    /// The same column with a width that can be chosen.
    pub fn sized(self, sizing: Sizing) -> Self {
        Self { sizing: Some(sizing), ..self }
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
    /// The rows it has, and how it comes to more.
    #[prop(into)]
    pages: Pages,
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
) -> impl IntoView {
    let i18n = use_i18n();
    let Pages { ids, is_first, pending, has_more, on_more } = pages;
    let active = RwSignal::new(None::<i64>);
    let slots: Vec<(Slot, bool)> = columns.iter().map(|it| (it.slot, it.at_end)).collect();
    let widths: Vec<(Slot, TextProp)> = columns.iter().map(|it| (it.slot, it.width.clone())).collect();
    let tracks = move |few: bool| {
        let shown = widths.iter().filter(|it| !few || it.0 != Slot::Hidden).map(|it| it.1.get().to_string());
        selection.map(|_| "2.25rem".to_owned()).into_iter().chain(shown).collect::<Vec<_>>().join(" ")
    };
    let few_tracks = tracks.clone();
    // A list that comes page by page may be long: only the rows in sight are drawn.
    let is_long = on_more.is_some();
    let seen = RwSignal::new(None::<Sight>);
    let places = Memo::new(move |_| ids.with(|ids| Arc::new(ids.iter().copied().zip(0..).collect::<HashMap<i64, usize>>())));
    let context = RowContext {
        ids,
        cells: Arc::new(cells),
        row_name: Arc::new(row_name),
        slots: slots.into(),
        on_open,
        places,
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
    if is_long {
        Effect::new(move |_| {
            if let Some(body) = body.get() {
                sight::watch(&body, move |it| seen.set(Some(it)));
            }
        });
    }
    let range = Memo::new(move |_| if is_long { rows_in(seen.get(), ids.with(Vec::len)) } else { 0..ids.with(Vec::len) });
    let drawn = Memo::new(move |_| {
        let range = range.get();
        // The row that has the keyboard stays, however far it is scrolled away.
        let held = active.get().and_then(|id| Some((id, *places.with(|it| it.get(&id).copied()).as_ref()?)));
        let mut drawn: Vec<i64> = ids.with(|ids| ids.get(range.clone()).unwrap_or_default().to_vec());
        match held {
            Some((id, place)) if place < range.start => drawn.insert(0, id),
            Some((id, place)) if range.end <= place => drawn.push(id),
            _ => {}
        }
        drawn
    });
    let go = move |place: usize| {
        let Some(id) = ids.with_untracked(|it| it.get(place).copied()) else { return };
        // A row far away is drawn where it belongs before it gets the keyboard: a row that is moved would lose it.
        if let Some(body) = body.get_untracked().filter(|_| !range.get_untracked().contains(&place)) {
            sight::scroll_to_edge(&body, place == 0);
            seen.set(Some(sight::now(&body)));
        }
        active.set(Some(id));
        timer::after(0, move || {
            // A key that came meanwhile has gone further.
            let body = body.try_get_untracked().flatten().filter(|_| active.get_untracked() == Some(id));
            if let Some(body) = body {
                focus::set_within(&body, &format!("[data-row='{id}']"));
            }
        });
    };
    let press_key = move |event: ev::KeyboardEvent| {
        let n = ids.with_untracked(Vec::len);
        if event.ctrl_key() || event.alt_key() || event.meta_key() || n == 0 {
            return;
        }
        let here = active.get_untracked().and_then(|id| places.with_untracked(|it| it.get(&id).copied()));
        match event.key().as_str() {
            "ArrowDown" | "j" => go(here.map_or(0, |it| (it + 1) % n)),
            "ArrowUp" | "k" => go(here.map_or(n - 1, |it| (it + n - 1) % n)),
            "Home" => go(0),
            "End" => {
                go(n - 1);
                if let Some(on_more) = on_more.filter(|_| has_more.get_untracked()) {
                    on_more.run(());
                }
            }
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
            style=("--columns", move || tracks(false))
            style=("--columns-few", move || few_tracks(true))
        >
            <div class="table-head" role="rowgroup">
                <div role="row">
                    {selection.map(|it| view! { <TickAll selection=it ids=ids /> })}
                    {columns.into_iter().map(|it| view! { <Head column=it /> }).collect_view()}
                </div>
            </div>
            <div
                class="table-body"
                class:long=is_long
                role="rowgroup"
                node_ref=body
                on:keydown=press_key
                style=("--rows", move || ids.with(Vec::len).to_string())
            >
                <For each=move || drawn.get() key=|id| *id let:id>
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
