//! Captured mail: what would have left.

use leptos::prelude::*;
use leptos_router::components::Outlet;

use crate::i18n::{t_string, use_i18n};
use crate::parts::Page;

/// The list beside the mail that is open.
#[component]
pub fn CapturePage() -> impl IntoView {
    let i18n = use_i18n();
    view! { <Page title=move || t_string!(i18n, capture.title)><Outlet /></Page> }
}

/// One captured mail.
#[component]
pub fn CapturedDetailPage() -> impl IntoView {
    let i18n = use_i18n();
    view! { <Page title=move || t_string!(i18n, capture.title)>{()}</Page> }
}
