//! The messages of one contact or one campaign: the list of all messages within it, searched and narrowed in the same ways.

use leptos::prelude::*;
use model::MessageRow;

use super::filters::MessageFilters;
use super::found::FoundFacets;
use super::list::{MessageCount, MessageList, survey};
use super::query_help::{QueryFaults, SearchLine};
use crate::state::message_place::{MessagePlace, Within};

/// The list with its search and filters.
#[component]
pub fn Communication(
    /// Of what.
    within: Within,
    /// What is shown of them.
    place: Signal<MessagePlace>,
    /// Called with what to show.
    on_change: Callback<(MessagePlace,)>,
    /// Called with the message to open.
    #[prop(into)]
    on_open: Callback<(MessageRow,)>,
    /// Called when Escape is pressed while nothing is ticked.
    #[prop(into, optional)]
    on_escape: Option<Callback<()>>,
    /// The button of the empty list.
    #[prop(into, optional)]
    begin: Option<ViewFn>,
) -> impl IntoView {
    let found = survey(place, within);
    // Where nothing is there is nothing to look for; whoever narrows the list already knows of some.
    let has_any = Memo::new(move |before: Option<&bool>| {
        let is_bare = place.with(MessagePlace::is_everything);
        let n = found.with(|it| it.map(|it| it.count));
        match (is_bare, n) {
            (true, Some(n)) => 0 < n,
            _ => before.copied().unwrap_or(!is_bare),
        }
    });
    view! {
        <div class="communication">
            <Show when=move || has_any.get()>
                <div class="communication-head">
                    <SearchLine
                        words=Signal::derive(move || place.with(|it| it.words.clone()))
                        on_search=move |words: String| on_change.run((MessagePlace { words, ..place.get_untracked() },))
                    />
                    <QueryFaults survey=found />
                    <MessageFilters place=place within=within on_change=on_change />
                    <FoundFacets place=place survey=found on_change=on_change />
                    <span class="meta" role="status"><MessageCount survey=found /></span>
                </div>
            </Show>
            <MessageList
                place=place
                within=within
                on_open=on_open
                on_clear=move || on_change.run((MessagePlace::default(),))
                on_escape=on_escape
                begin=begin
            />
        </div>
    }
}
