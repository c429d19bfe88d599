//! One contact, beside the list or over it.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use model::{ContactId, MessageRow};

use super::{address, place_in_address};
use crate::pages::not_found::NotFoundPage;
use crate::panels::contacts::detail::{ContactPanel, MESSAGES};
use crate::routes::{id_param, replacing, staying};
use crate::session::Session;
use crate::state::contact_place::ContactPlace;
use crate::state::message_acts::{Leads, leads_to};
use crate::state::message_place::MessagePlace;
use crate::state::place;

/// One contact.
#[component]
pub fn ContactDetailPage() -> impl IntoView {
    let session = Session::find();
    let id = id_param::<ContactId>();
    let place = place_in_address();
    let query = use_query_map();
    let navigate = StoredValue::new(use_navigate());
    let go = move |address: String, options: NavigateOptions| navigate.with_value(|it| it(&address, options));
    let tab = Memo::new(move |_| query.with(|it| it.get("tab")).unwrap_or_else(|| MESSAGES.to_owned()));
    let choose = move |key: &'static str| {
        let tab = Some(key).filter(|it| *it != MESSAGES);
        go(address(&place.get_untracked(), id.get_untracked(), tab), staying(true));
    };
    // In the list beside the same names mean contacts, so what the messages are narrowed by is one value.
    let messages = Memo::new(move |_| MessagePlace::from_code(&query.with(|it| it.get(MESSAGES)).unwrap_or_default()));
    let narrow = move |next: MessagePlace| {
        let Some(id) = id.get_untracked() else { return };
        let mut pairs = place.with_untracked(ContactPlace::pairs);
        pairs.extend(next.code().map(|it| (MESSAGES, it)));
        go(place::address(&format!("/contacts/{id}"), &pairs), staying(true));
    };
    let open_message = move |row: MessageRow| {
        let me = untrack(|| session.me()).map_or_else(String::new, |me| me.name.clone());
        let path = match leads_to(&row, &me) {
            Leads::Writing => format!("/write?draft={}", row.id),
            Leads::Reading => format!("/messages/{}", row.id),
        };
        go(path, NavigateOptions::default());
    };
    let close = move || go(address(&place.get_untracked(), None, None), staying(false));
    let deleted = move || go(address(&place.get_untracked(), None, None), replacing());
    let moved = move |now: ContactId| {
        let tab = Some(tab.get_untracked()).filter(|it| it != MESSAGES);
        go(address(&place.get_untracked(), Some(now), tab.as_deref()), replacing());
    };
    move || match id.get() {
        Some(id) => view! {
            <ContactPanel
                id=id
                tab=tab
                on_tab=choose
                messages=messages
                on_messages=narrow
                on_message=open_message
                on_escape=close
                on_deleted=deleted
                on_moved=moved
            />
        }
        .into_any(),
        None => view! { <NotFoundPage /> }.into_any(),
    }
}
