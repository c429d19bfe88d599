//! The fields of a table of items: which collection, which columns.

use content::blocks::{Items, ItemsColumn, Kind};
use leptos::prelude::*;
use model::MergeKind;

use super::bench::Bench;
use super::fill::{AlignField, WordsField};
use crate::i18n::{t_string, use_i18n};
use crate::parts::{Banner, Button, ButtonKind, Field, Glyph, Icon, IconButton, Select, TextField, Tone};
use crate::state::blocks::{align, align_key, columns};

/// A column while it is filled in.
#[derive(Clone, Copy)]
struct ColumnDesk {
    id: u32,
    heading: RwSignal<String>,
    field: RwSignal<String>,
    align: RwSignal<String>,
}

impl ColumnDesk {
    fn lay(id: u32, column: &ItemsColumn) -> Self {
        Self {
            id,
            heading: RwSignal::new(column.heading.clone()),
            field: RwSignal::new(column.field.clone()),
            align: RwSignal::new(align_key(column.align).to_owned()),
        }
    }

    fn column(self) -> ItemsColumn {
        ItemsColumn { heading: self.heading.get(), field: self.field.get(), align: self.align.with(|it| align(it)) }
    }
}

/// The collection, the columns, what stands there when there is nothing.
#[component]
pub(super) fn ItemsFields(
    /// The blocks.
    bench: Bench,
    /// Which one.
    id: u32,
    /// What it shows.
    it: Items,
) -> impl IntoView {
    let i18n = use_i18n();
    let fields = bench.tools.fields;
    let lists = Signal::derive(move || {
        let known = fields.with(|it| {
            let lists = it.iter().filter(|it| it.kind == MergeKind::Collection);
            lists.map(|it| (it.path.clone(), it.label.clone())).collect::<Vec<_>>()
        });
        std::iter::once((String::new(), t_string!(i18n, blocks.choose).to_owned())).chain(known).collect::<Vec<_>>()
    });
    let (list, empty) = (RwSignal::new(it.list), RwSignal::new(it.empty));
    let next = StoredValue::new(it.columns.len() as u32);
    let desks = RwSignal::new(it.columns.iter().enumerate().map(|(at, it)| ColumnDesk::lay(at as u32, it)).collect::<Vec<_>>());
    let fresh = move |column: &ItemsColumn| {
        next.update_value(|it| *it += 1);
        ColumnDesk::lay(next.get_value(), column)
    };
    // Another collection has other fields.
    Effect::new(move |before: Option<String>| {
        let now = list.get();
        if before.is_some_and(|it| it != now) {
            let made = fields.with_untracked(|it| it.iter().find(|it| it.path == now).map(columns).unwrap_or_default());
            desks.set(made.iter().map(fresh).collect());
        }
        now
    });
    Effect::new(move |_| {
        let columns = desks.get().into_iter().map(ColumnDesk::column).collect();
        bench.set(id, Kind::Items(Items { list: list.get(), columns, empty: empty.get() }));
    });
    let shift = move |id: u32, down: bool| {
        desks.update(|it| {
            let Some(at) = it.iter().position(|it| it.id == id) else { return };
            let to = if down { at + 1 } else { at.wrapping_sub(1) };
            if to < it.len() {
                it.swap(at, to);
            }
        });
    };
    view! {
        <Show when=move || lists.with(|it| it.len() == 1)>
            <Banner tone=Tone::Info text=move || t_string!(i18n, blocks.no_lists) />
        </Show>
        <Select label=move || t_string!(i18n, blocks.field_list) options=lists value=list disabled=bench.tools.readonly />
        <ol class="block-table-columns" aria-label=move || t_string!(i18n, blocks.table_columns)>
            <For each=move || desks.get() key=|it| it.id let:desk>
                <li>
                    <ColumnFields bench=bench desk=desk list=list />
                    <span class="block-table-acts">
                        <IconButton label=move || t_string!(i18n, blocks.column_left) icon=Glyph::ARROW_UP on_press=move || shift(desk.id, false) />
                        <IconButton label=move || t_string!(i18n, blocks.column_right) icon=Glyph::ARROW_DOWN on_press=move || shift(desk.id, true) />
                        <IconButton
                            label=move || t_string!(i18n, blocks.column_remove)
                            icon=Glyph::TRASH_2
                            on_press=move || desks.update(|it| it.retain(|it| it.id != desk.id))
                        />
                    </span>
                </li>
            </For>
        </ol>
        <Button
            label=move || t_string!(i18n, blocks.column_add)
            kind=ButtonKind::Quiet
            icon=Glyph::PLUS
            disabled=bench.tools.readonly
            on_press=move || desks.update(|it| it.push(fresh(&ItemsColumn::default())))
        />
        <WordsField label=move || t_string!(i18n, blocks.items_empty) value=empty bench=bench optional=true />
    }
}

/// What stands above a column, which field it shows, and where its values stand.
#[component]
fn ColumnFields(bench: Bench, desk: ColumnDesk, list: RwSignal<String>) -> impl IntoView {
    let i18n = use_i18n();
    // The field may carry filters; then it is only typed in the source, and stays as it is here.
    let options = move || {
        let known = bench.tools.fields.with(|it| {
            let rows = it.iter().find(|it| list.with(|list| it.path == *list)).map(|it| it.rows.clone()).unwrap_or_default();
            rows.into_iter().filter(|it| it.kind != MergeKind::Collection).map(|it| (it.path, it.label)).collect::<Vec<_>>()
        });
        let now = desk.field.get_untracked();
        let is_known = known.iter().any(|(path, _)| *path == now);
        (!is_known)
            .then(|| (now.clone(), if now.is_empty() { t_string!(i18n, blocks.choose).to_owned() } else { now }))
            .into_iter()
            .chain(known)
    };
    view! {
        <TextField label=move || t_string!(i18n, blocks.heading) value=desk.heading disabled=bench.tools.readonly />
        <Field label=move || t_string!(i18n, blocks.shows) let:ids let:_faulty>
            <span class="select">
                <select
                    class="input"
                    id=ids.field
                    prop:disabled=move || bench.tools.readonly.get()
                    on:change=move |event| desk.field.set(event_target_value(&event))
                >
                    {move || {
                        options()
                            .map(|(path, words)| {
                                let own = path.clone();
                                view! { <option value=path prop:selected=move || desk.field.with(|it| *it == own)>{words}</option> }
                            })
                            .collect_view()
                    }}
                </select>
                <Icon glyph=Glyph::CHEVRONS_UP_DOWN />
            </span>
        </Field>
        <AlignField value=desk.align />
    }
}
