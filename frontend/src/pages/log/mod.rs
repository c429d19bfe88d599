//! The action log: who did what to which thing, when.

use leptos::prelude::*;

use crate::i18n::{t_string, use_i18n};
use crate::parts::Page;

/// The list of entries.
#[component]
pub fn LogPage() -> impl IntoView {
    let i18n = use_i18n();
    view! { <Page title=move || t_string!(i18n, log.title)>{()}</Page> }
}
