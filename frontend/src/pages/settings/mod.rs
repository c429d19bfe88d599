//! Settings: one's own profile and sessions, company, accounts, users, roles.

use leptos::prelude::*;
use leptos_router::components::Outlet;

use crate::i18n::{t_string, use_i18n};
use crate::parts::Page;

/// The menu of the settings around one of their pages.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let i18n = use_i18n();
    view! { <Page title=move || t_string!(i18n, settings.title)><Outlet /></Page> }
}

/// One's own name, signature, look and password.
#[component]
pub fn ProfilePage() -> impl IntoView {
    let i18n = use_i18n();
    view! { <Page title=move || t_string!(i18n, settings.title)>{()}</Page> }
}

/// One's own sign-ins.
#[component]
pub fn SessionsPage() -> impl IntoView {
    let i18n = use_i18n();
    view! { <Page title=move || t_string!(i18n, settings.title)>{()}</Page> }
}

/// The company's data.
#[component]
pub fn CompanyPage() -> impl IntoView {
    let i18n = use_i18n();
    view! { <Page title=move || t_string!(i18n, settings.title)>{()}</Page> }
}

/// The accounts.
#[component]
pub fn AccountsPage() -> impl IntoView {
    let i18n = use_i18n();
    view! { <Page title=move || t_string!(i18n, settings.title)>{()}</Page> }
}

/// Adds an account.
#[component]
pub fn AccountNewPage() -> impl IntoView {
    let i18n = use_i18n();
    view! { <Page title=move || t_string!(i18n, settings.title)>{()}</Page> }
}

/// Changes an account.
#[component]
pub fn AccountEditPage() -> impl IntoView {
    let i18n = use_i18n();
    view! { <Page title=move || t_string!(i18n, settings.title)>{()}</Page> }
}

/// The users.
#[component]
pub fn UsersPage() -> impl IntoView {
    let i18n = use_i18n();
    view! { <Page title=move || t_string!(i18n, settings.title)>{()}</Page> }
}

/// The roles.
#[component]
pub fn RolesPage() -> impl IntoView {
    let i18n = use_i18n();
    view! { <Page title=move || t_string!(i18n, settings.title)>{()}</Page> }
}
