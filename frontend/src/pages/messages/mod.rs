//! Communication: the history of messages, one message, writing one.

use leptos::prelude::*;
use leptos_router::components::Outlet;

use crate::i18n::{t_string, use_i18n};
use crate::parts::Page;

/// The list beside the message that is open.
#[component]
pub fn MessagesPage() -> impl IntoView {
    let i18n = use_i18n();
    view! { <Page title=move || t_string!(i18n, messages.title)><Outlet /></Page> }
}

/// One message.
#[component]
pub fn MessageDetailPage() -> impl IntoView {
    let i18n = use_i18n();
    view! { <Page title=move || t_string!(i18n, messages.title)>{()}</Page> }
}

/// Writes a message.
#[component]
pub fn WritePage() -> impl IntoView {
    let i18n = use_i18n();
    view! { <Page title=move || t_string!(i18n, messages.title)>{()}</Page> }
}
