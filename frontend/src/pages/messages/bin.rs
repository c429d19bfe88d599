//! The bin: messages on their way out.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use model::MessageId;

use crate::i18n::{t_string, use_i18n};
use crate::panels::retention::{BinFilters, BinList, Emptying};
use crate::parts::{Page, SearchField};
use crate::routes::staying;
use crate::state::bin_place::BinPlace;

/// What lies in the bin.
#[component]
pub fn BinPage() -> impl IntoView {
    let i18n = use_i18n();
    let query = use_query_map();
    let place = Memo::new(move |_| query.with(|it| BinPlace::read(|name| it.get(name))));
    let navigate = StoredValue::new(use_navigate());
    let go = move |address: String, options: NavigateOptions| navigate.with_value(|it| it(&address, options));
    let change = Callback::new(move |(next,): (BinPlace,)| go(next.path(), staying(true)));
    let open = Callback::new(move |(id,): (MessageId,)| go(format!("/messages/{id}"), NavigateOptions::default()));
    view! {
        <Page title=move || t_string!(i18n, retention.bin) lead=move || t_string!(i18n, retention.bin_lead)>
            <div class="bin-head">
                <SearchField
                    label=move || t_string!(i18n, retention.bin_search)
                    hint=move || t_string!(i18n, retention.bin_search_hint)
                    words=Signal::derive(move || place.with(|it| it.words.clone()))
                    on_search=move |words: String| change.run((BinPlace { words, ..place.get_untracked() },))
                />
                <BinFilters place=place on_change=change />
                <Emptying />
            </div>
            <div class="bin-table"><BinList place=place on_open=open /></div>
            <p class="page-link"><a href="/messages">{move || t_string!(i18n, retention.bin_back)}</a></p>
        </Page>
    }
}
