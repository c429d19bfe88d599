//! The action log: who did what to which thing, when.

use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};

use crate::browser::timer;
use crate::i18n::{t_string, use_i18n};
use crate::panels::archive::LogActs;
use crate::panels::log::{LogFilters, LogList, listing};
use crate::parts::Page;
use crate::routes::staying;
use crate::state::log_place::LogPlace;

/// The list of entries with its filters, which stand in the address.
#[component]
pub fn LogPage() -> impl IntoView {
    let i18n = use_i18n();
    let query = use_query_map();
    let place: Signal<LogPlace> = Memo::new(move |_| query.with(|it| LogPlace::read(|name| it.get(name)))).into();
    let entries = listing(place);
    let navigate = StoredValue::new(use_navigate());
    let narrow = move |place: LogPlace| {
        navigate.with_value(|it| it(&place.path(), staying(false)));
    };
    view! {
        <Page
            title=move || t_string!(i18n, log.title)
            lead=move || t_string!(i18n, log.lead)
            actions=move || view! { <LogActs query=move || place.with_untracked(|it| it.query(timer::now())) /> }
        >
            <LogFilters place=place listing=entries on_change=Callback::new(move |(place,)| narrow(place)) />
            <div class="log-table">
                <LogList place=place listing=entries on_clear=move || narrow(LogPlace::default()) />
            </div>
        </Page>
    }
}
