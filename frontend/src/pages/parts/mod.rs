//! The parts page: each part in each state, in development only.

use leptos::prelude::*;

use crate::i18n::{t_string, use_i18n};
use crate::parts::Page;

/// Each part in each state.
#[component]
pub fn PartsPage() -> impl IntoView {
    let i18n = use_i18n();
    view! { <Page title=move || t_string!(i18n, parts.title)>{()}</Page> }
}
