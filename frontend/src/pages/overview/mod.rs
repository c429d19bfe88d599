//! The overview: what needs me, what runs, what left.

use leptos::prelude::*;

use crate::i18n::{t_string, use_i18n};
use crate::parts::Page;

/// The state of things at one glance.
#[component]
pub fn OverviewPage() -> impl IntoView {
    let i18n = use_i18n();
    view! { <Page title=move || t_string!(i18n, overview.title)>{()}</Page> }
}
