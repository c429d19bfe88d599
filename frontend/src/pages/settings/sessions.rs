//! One's own sign-ins.

use leptos::prelude::*;

use crate::i18n::{t_string, use_i18n};
use crate::panels::own::SessionList;
use crate::parts::Page;

/// Where one is signed in, and how to end it.
#[component]
pub fn SessionsPage() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Page title=move || t_string!(i18n, settings.sessions) lead=move || t_string!(i18n, settings.sessions_lead) narrow=true>
            <SessionList />
        </Page>
    }
}
