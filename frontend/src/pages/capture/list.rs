//! The list beside the mail that is open.

use leptos::prelude::*;
use leptos_router::components::Outlet;
use leptos_router::hooks::{use_navigate, use_query_map};
use model::{CapturedId, CapturedRow, Change};

use super::detail::address;
use crate::calls;
use crate::i18n::{t_string, use_i18n};
use crate::live::Live;
use crate::panels::captured::{CapturedCount, CapturedList, EmptyBox};
use crate::parts::{Split, Title};
use crate::routes::{id_param, staying};

/// The list beside the mail that is open.
#[component]
pub fn CapturePage() -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let open = id_param::<CapturedId>();
    let query = use_query_map();
    let listing = calls::list(
        || (),
        move || live.version(Change::Captured),
        |it: &CapturedRow| it.id.0,
        |(), after| app::capture::list_captured(after),
    );
    let navigate = StoredValue::new(use_navigate());
    let go = move |id: Option<CapturedId>| {
        let view = query.with_untracked(|it| it.get("view")).filter(|_| id.is_some());
        navigate.with_value(|it| it(&address(id, view.as_deref()), staying(false)));
    };
    let title = move || {
        // The open mail names the tab itself; back in the list the list does again.
        open.track();
        t_string!(i18n, capture.title)
    };
    let list = move || {
        view! {
            <section class="list-page">
                <header class="list-head">
                    <div class="list-title">
                        <h1>{move || t_string!(i18n, capture.title)}</h1>
                        <span class="meta" role="status"><CapturedCount listing=listing /></span>
                        <div><EmptyBox listing=listing on_emptied=move || go(None) /></div>
                    </div>
                    <p class="lead">{move || t_string!(i18n, capture.lead)}</p>
                </header>
                <CapturedList
                    listing=listing
                    current=Signal::derive(move || open.get().map(|it| it.0))
                    on_open=Callback::new(move |(id,)| go(Some(id)))
                />
            </section>
        }
    };
    view! {
        <Title text=title />
        <Split list=list.into() open=Signal::derive(move || open.get().is_some()) back="/capture".to_owned()>
            <Outlet />
        </Split>
    }
}
