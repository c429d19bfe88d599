//! All recipient lists.

use leptos::prelude::*;
use model::{Change, ListSort, Moment, RecipientList};

use crate::calls;
use crate::format;
use crate::i18n::{language, lists as words, t_string, use_i18n};
use crate::live::Live;
use crate::panels::listed::{Listed, sorting};
use crate::parts::{Column, EmptyList, Glyph, Slot, Table, When};
use crate::state::list_place::ListPlace;

/// The table of lists.
#[component]
pub fn ListTable(
    /// What it shows.
    #[prop(into)]
    place: Signal<ListPlace>,
    /// Called with another place.
    #[prop(into)]
    on_change: Callback<(ListPlace,)>,
    /// Called with the list to open.
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
        |it: &RecipientList| it.id.0,
        |place, after| app::recipient_lists::list_lists(place.query(after)),
    );
    let begin = StoredValue::new(begin);
    let clear = Callback::new(move |()| on_change.run((ListPlace { words: String::new(), ..place.get_untracked() },)));
    let nothing = move || {
        view! {
            <EmptyList
                is_everything=Signal::derive(move || place.with(|it| it.words.trim().is_empty()))
                glyph=Glyph::LIST
                title=move || t_string!(i18n, lists.empty_title)
                text=move || t_string!(i18n, lists.empty_text)
                begin=Some(begin.get_value())
                nothing_title=move || t_string!(i18n, lists.nothing_title)
                nothing_text=move || t_string!(i18n, lists.nothing_text)
                clear=move || t_string!(i18n, lists.clear_search)
                on_clear=clear
            />
        }
    };
    view! {
        <Listed listing=listing nothing=nothing>
            <Table
                label=move || t_string!(i18n, lists.title)
                columns=columns(place, on_change)
                pages=listing
                cells=move |id| cells(Memo::new(move |_| listing.row(id)))
                row_name=move |id| listing.row(id).map_or_else(String::new, |it| it.name)
                on_open=on_open
            />
        </Listed>
    }
}

fn columns(place: Signal<ListPlace>, on_change: Callback<(ListPlace,)>) -> Vec<Column> {
    let i18n = use_i18n();
    let sorting = move |sort: ListSort| sorting(place, on_change, sort);
    vec![
        Column::new(move || t_string!(i18n, lists.column_name), "minmax(10rem, 1.4fr)", Slot::Title)
            .sorted(sorting(ListSort::Name)),
        Column::new(move || t_string!(i18n, lists.column_description), "minmax(0, 2fr)", Slot::Meta),
        Column::new(move || t_string!(i18n, lists.column_members), "minmax(5rem, 7rem)", Slot::Aside)
            .at_end()
            .sorted(sorting(ListSort::Members)),
        Column::new(move || t_string!(i18n, lists.column_origin), "minmax(0, 9rem)", Slot::Hidden),
        Column::new(move || t_string!(i18n, lists.column_author), "minmax(0, 10rem)", Slot::Hidden),
        Column::new(move || t_string!(i18n, lists.column_updated), "minmax(0, 8rem)", Slot::Mark)
            .sorted(sorting(ListSort::Updated)),
    ]
}

fn cells(row: Memo<Option<RecipientList>>) -> Vec<AnyView> {
    let i18n = use_i18n();
    let read = move |read: fn(&RecipientList) -> String| move || row.with(|it| it.as_ref().map(read));
    let members = move || row.with(|it| it.as_ref().map(|it| format::number(language(i18n.get_locale()), it.members)));
    let origin = move || row.with(|it| it.as_ref().map(|it| words::origin(i18n.get_locale(), it.origin)));
    let updated = Signal::derive(move || row.with(|it| it.as_ref().map_or(Moment(0), |it| it.updated_at)));
    vec![
        view! { <strong class="clip">{read(|it| it.name.clone())}</strong> }.into_any(),
        view! { <span class="clip">{read(|it| it.description.clone())}</span> }.into_any(),
        view! { <span>{members}</span> }.into_any(),
        view! { <span class="clip">{origin}</span> }.into_any(),
        view! { <span class="clip">{read(|it| it.author.clone())}</span> }.into_any(),
        view! { <When at=updated /> }.into_any(),
    ]
}
