//! All segments.

use leptos::prelude::*;
use model::{Change, ListQuery, ListSort, Moment, Segment};

use crate::calls;
use crate::i18n::segments::{self as words, Names};
use crate::i18n::{t_string, use_i18n};
use crate::live::Live;
use crate::panels::listed::Listed;
use crate::parts::{Button, Column, EmptyState, Glyph, Slot, Sorting, Table, When};
use crate::state::list_place::ListPlace;

/// The table of segments.
#[component]
pub fn SegmentTable(
    /// What it shows.
    #[prop(into)]
    place: Signal<ListPlace>,
    /// Called with another place.
    #[prop(into)]
    on_change: Callback<(ListPlace,)>,
    /// Called with the segment to open.
    #[prop(into)]
    on_open: Callback<(i64,)>,
    /// The button of the empty table.
    #[prop(into)]
    begin: ViewFn,
) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let listing = calls::list(
        move || place.get(),
        move || live.version(Change::Lists),
        |it: &Segment| it.id.0,
        |place, after| app::segments::list_segments(place.query(after)),
    );
    let names = names();
    let ids = Signal::derive(move || listing.ids());
    let begin = StoredValue::new(begin);
    view! {
        <Listed listing=listing nothing=move || view! { <Nothing place=place on_change=on_change begin=begin /> }>
            <Table
                label=move || t_string!(i18n, segments.title)
                columns=columns(place, on_change)
                ids=ids
                cells=move |id| cells(Memo::new(move |_| listing.row(id)), names)
                row_name=move |id| listing.row(id).map_or_else(String::new, |it| it.fields.name)
                on_open=on_open
                is_first=Signal::derive(move || listing.is_first())
                pending=Signal::derive(move || listing.is_pending())
                has_more=Signal::derive(move || listing.has_more())
                on_more=move || listing.more()
            />
        </Listed>
    }
}

#[component]
fn Nothing(place: Signal<ListPlace>, on_change: Callback<(ListPlace,)>, begin: StoredValue<ViewFn>) -> impl IntoView {
    let i18n = use_i18n();
    let clear = move || on_change.run((ListPlace { words: String::new(), ..place.get_untracked() },));
    let found_nothing = move || {
        view! {
            <EmptyState
                glyph=Glyph::SEARCH
                title=move || t_string!(i18n, segments.nothing_title)
                text=move || t_string!(i18n, segments.nothing_text)
            >
                <Button label=move || t_string!(i18n, segments.clear_search) on_press=clear />
            </EmptyState>
        }
    };
    view! {
        <Show when=move || place.with(|it| it.words.trim().is_empty()) fallback=found_nothing>
            <EmptyState
                glyph=Glyph::LIST_FILTER
                title=move || t_string!(i18n, segments.empty_title)
                text=move || t_string!(i18n, segments.empty_text)
            >
                {begin.with_value(ViewFn::run)}
            </EmptyState>
        </Show>
    }
}

/// The names that sentences call.
fn names() -> Signal<Names> {
    let tags = calls::ask(|| (), |()| app::contacts::list_tags(String::new()));
    let owners = calls::ask(|| (), |()| app::contacts::list_owners());
    let fields = calls::ask(|| (), |()| app::fields::list_fields());
    let lists = calls::ask(|| (), |()| app::recipient_lists::list_lists(ListQuery::default()));
    Memo::new(move |_| Names {
        tags: tags.get().unwrap_or_default().into_iter().map(|it| (it.id, it.name)).collect(),
        owners: owners.get().unwrap_or_default(),
        lists: lists.get().map(|it| it.rows.into_iter().map(|it| (it.id, it.name)).collect()).unwrap_or_default(),
        fields: fields.get().unwrap_or_default(),
    })
    .into()
}

fn columns(place: Signal<ListPlace>, on_change: Callback<(ListPlace,)>) -> Vec<Column> {
    let i18n = use_i18n();
    let sorting = move |sort: ListSort| Sorting {
        direction: Signal::derive(move || place.with(|it| (it.sort == sort).then_some(it.direction))),
        on_press: Callback::new(move |()| on_change.run((place.with_untracked(|it| it.sorted_by(sort)),))),
    };
    vec![
        Column::new(move || t_string!(i18n, segments.column_name), "minmax(10rem, 1fr)", Slot::Title)
            .sorted(sorting(ListSort::Name)),
        Column::new(move || t_string!(i18n, segments.column_rule), "minmax(0, 3fr)", Slot::Meta),
        Column::new(move || t_string!(i18n, segments.column_author), "minmax(0, 10rem)", Slot::Hidden),
        Column::new(move || t_string!(i18n, segments.column_updated), "minmax(0, 8rem)", Slot::Aside)
            .sorted(sorting(ListSort::Updated)),
    ]
}

fn cells(row: Memo<Option<Segment>>, names: Signal<Names>) -> Vec<AnyView> {
    let i18n = use_i18n();
    let read = move |read: fn(&Segment) -> String| move || row.with(|it| it.as_ref().map(read));
    let sentence = Memo::new(move |_| {
        row.with(|it| it.as_ref().map(|it| names.with(|names| words::sentence(i18n.get_locale(), &it.fields.rule, names))))
    });
    let updated = Signal::derive(move || row.with(|it| it.as_ref().map_or(Moment(0), |it| it.updated_at)));
    vec![
        view! { <strong class="clip">{read(|it| it.fields.name.clone())}</strong> }.into_any(),
        view! { <span class="clip" title=move || sentence.get()>{move || sentence.get()}</span> }.into_any(),
        view! { <span class="clip">{read(|it| it.author.clone())}</span> }.into_any(),
        view! { <When at=updated /> }.into_any(),
    ]
}
