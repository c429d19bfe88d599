//! A list that comes page by page: its rows, why none came, or that there are none.

use leptos::prelude::*;

use model::ListSort;

use crate::calls::Listing;
use crate::parts::{ErrorState, Sorting};
use crate::state::list_place::ListPlace;

/// How the head of a column sorts a list of sets.
pub fn sorting(place: Signal<ListPlace>, on_change: Callback<(ListPlace,)>, sort: ListSort) -> Sorting {
    Sorting {
        direction: Signal::derive(move || place.with(|it| (it.sort == sort).then_some(it.direction))),
        on_press: Callback::new(move |()| on_change.run((place.with_untracked(|it| it.sorted_by(sort)),))),
    }
}

/// Shows the table in `children`, unless nothing came or there is nothing. Rows that have come stay when more of them fail.
#[component]
pub fn Listed<T: Clone + Send + Sync + 'static>(
    /// The list.
    listing: Listing<T>,
    /// What stands where the list is empty.
    #[prop(into)]
    nothing: ViewFn,
    /// Draws the rows.
    children: ChildrenFn,
) -> impl IntoView {
    let is_nothing = Memo::new(move |_| listing.is_nothing());
    let problem = Memo::new(move |_| listing.problem().filter(|_| listing.is_bare()));
    let nothing = StoredValue::new(nothing);
    let children = StoredValue::new(children);
    view! {
        <Show when=move || !is_nothing.get() && problem.with(Option::is_none)>{children.with_value(|it| it())}</Show>
        {move || problem.get().map(|it| view! { <ErrorState problem=Signal::stored(it) on_retry=move || listing.ask_again() /> })}
        <Show when=move || is_nothing.get() && problem.with(Option::is_none)>{nothing.with_value(ViewFn::run)}</Show>
    }
}
