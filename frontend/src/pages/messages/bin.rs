//! The bin: messages on their way out.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use model::MessageId;

use crate::i18n::{t_string, use_i18n};
use crate::panels::retention::BinList;
use crate::parts::Page;

/// What lies in the bin.
#[component]
pub fn BinPage() -> impl IntoView {
    let i18n = use_i18n();
    let navigate = use_navigate();
    let open = Callback::new(move |(id,): (MessageId,)| navigate(&format!("/messages/{id}"), NavigateOptions::default()));
    view! {
        <Page title=move || t_string!(i18n, retention.bin) lead=move || t_string!(i18n, retention.bin_lead)>
            <div class="bin-table"><BinList on_open=open /></div>
            <p class="page-link"><a href="/messages">{move || t_string!(i18n, retention.bin_back)}</a></p>
        </Page>
    }
}
