//! All segments.

use leptos::prelude::*;
use model::{Change, ListSort, Moment, Segment};

use super::names::names;
use crate::calls;
use crate::i18n::segments::{self as words, Names};
use crate::i18n::{t_string, use_i18n};
use crate::live::Live;
use crate::panels::listed::{Listed, sorting};
use crate::parts::{Column, EmptyList, Glyph, Slot, Table, When};
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
    let lists = Memo::new(move |_| {
        let mut lists: Vec<_> = listing.rows().with(|it| it.all().iter().flat_map(|it| it.fields.rule.lists()).collect());
        lists.sort_unstable();
        lists.dedup();
        lists
    });
    let names = names(lists.into());
    let begin = StoredValue::new(begin);
    let clear = Callback::new(move |()| on_change.run((ListPlace { words: String::new(), ..place.get_untracked() },)));
    let nothing = move || {
        view! {
            <EmptyList
                is_everything=Signal::derive(move || place.with(|it| it.words.trim().is_empty()))
                glyph=Glyph::LIST_FILTER
                title=move || t_string!(i18n, segments.empty_title)
                text=move || t_string!(i18n, segments.empty_text)
                begin=Some(begin.get_value())
                nothing_title=move || t_string!(i18n, segments.nothing_title)
                nothing_text=move || t_string!(i18n, segments.nothing_text)
                clear=move || t_string!(i18n, segments.clear_search)
                on_clear=clear
            />
        }
    };
    view! {
        <Listed listing=listing nothing=nothing>
            <Table
                label=move || t_string!(i18n, segments.title)
                columns=columns(place, on_change)
                pages=listing
                cells=move |id| cells(Memo::new(move |_| listing.row(id)), names)
                row_name=move |id| listing.row(id).map_or_else(String::new, |it| it.fields.name)
                on_open=on_open
            />
        </Listed>
    }
}

fn columns(place: Signal<ListPlace>, on_change: Callback<(ListPlace,)>) -> Vec<Column> {
    let i18n = use_i18n();
    let sorting = move |sort: ListSort| sorting(place, on_change, sort);
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
