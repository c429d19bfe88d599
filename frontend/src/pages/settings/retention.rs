//! How long messages are kept.

use leptos::prelude::*;

use crate::i18n::{t_string, use_i18n};
use crate::panels::retention::RetentionPanel;
use crate::parts::Page;

/// The periods, and what is done about them.
#[component]
pub fn RetentionPage() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Page title=move || t_string!(i18n, retention.title) lead=move || t_string!(i18n, retention.lead) narrow=true>
            <RetentionPanel />
        </Page>
    }
}
