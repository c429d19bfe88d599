//! When what could not leave is tried again.

use leptos::prelude::*;

use crate::i18n::{t_string, use_i18n};
use crate::panels::retries::RetryPanel;
use crate::parts::Page;

/// The rules for all accounts.
#[component]
pub fn RetriesPage() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Page title=move || t_string!(i18n, retries.title) lead=move || t_string!(i18n, retries.lead) narrow=true>
            <RetryPanel />
        </Page>
    }
}
