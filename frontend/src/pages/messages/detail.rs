//! One message, beside the list or over it.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use model::MessageId;

use super::{address, place_in_address};
use crate::pages::not_found::NotFoundPage;
use crate::panels::messages::detail::{FIRST_TAB, MessagePanel};
use crate::routes::{id_param, staying};

/// One message.
#[component]
pub fn MessageDetailPage() -> impl IntoView {
    let id = id_param::<MessageId>();
    let place = place_in_address();
    let query = use_query_map();
    let navigate = StoredValue::new(use_navigate());
    let tab = Memo::new(move |_| query.with(|it| it.get("tab")).unwrap_or_else(|| FIRST_TAB.to_owned()));
    let choose = move |key: &'static str| {
        let tab = Some(key).filter(|it| *it != FIRST_TAB);
        navigate.with_value(|it| it(&address(&place.get_untracked(), id.get_untracked(), tab), staying(true)));
    };
    let write_on = move |id: MessageId| navigate.with_value(|it| it(&format!("/write?draft={id}"), NavigateOptions::default()));
    move || match id.get() {
        Some(id) => view! { <MessagePanel id=id tab=tab on_tab=choose on_undone=write_on /> }.into_any(),
        None => view! { <NotFoundPage /> }.into_any(),
    }
}
