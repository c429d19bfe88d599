//! Contacts: the list, one contact, making and changing one.

use leptos::prelude::*;
use leptos_router::components::Outlet;

use crate::i18n::{t_string, use_i18n};
use crate::parts::Page;

/// The list beside the contact that is open.
#[component]
pub fn ContactsPage() -> impl IntoView {
    let i18n = use_i18n();
    view! { <Page title=move || t_string!(i18n, contacts.title)><Outlet /></Page> }
}

/// One contact.
#[component]
pub fn ContactDetailPage() -> impl IntoView {
    let i18n = use_i18n();
    view! { <Page title=move || t_string!(i18n, contacts.title)>{()}</Page> }
}

/// Makes a contact.
#[component]
pub fn ContactNewPage() -> impl IntoView {
    let i18n = use_i18n();
    view! { <Page title=move || t_string!(i18n, contacts.title)>{()}</Page> }
}

/// Changes a contact.
#[component]
pub fn ContactEditPage() -> impl IntoView {
    let i18n = use_i18n();
    view! { <Page title=move || t_string!(i18n, contacts.title)>{()}</Page> }
}
