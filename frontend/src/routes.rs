//! Which address shows which page, and who may see it.

use std::str::FromStr;

use leptos::prelude::*;
use leptos_router::components::{ParentRoute, Redirect, Route, Routes};
use leptos_router::hooks::use_params_map;
use leptos_router::{NavigateOptions, path};

use crate::browser::document;
use crate::frame::Frame;
use crate::pages::{not_found, overview};
use crate::panels::fetched::Fetched;
use crate::screens::Screen;

/// All pages.
#[component]
pub fn AllRoutes() -> impl IntoView {
    view! {
        <Routes fallback=not_found::NotFoundAlone>
            <Route path=path!("/sign-in") view=|| fetched(Screen::SignIn) />
            <Route path=path!("/first-run") view=|| fetched(Screen::FirstRun) />
            <Route path=path!("/invitation") view=|| fetched(Screen::Invitation) />
            <ParentRoute path=path!("") view=Entrance>
                <Route path=path!("") view=overview::OverviewPage />
                <Route path=path!("/write") view=|| fetched(Screen::Write) />
                <MessageRoutes />
                <ContactRoutes />
                <CaptureRoutes />
                <Route path=path!("/log") view=|| fetched(Screen::Log) />
                <SettingsRoutes />
                <PartsRoute />
                <Route path=path!("/*any") view=not_found::NotFoundPage />
            </ParentRoute>
        </Routes>
    }
}

fn fetched(screen: Screen) -> AnyView {
    view! { <Fetched screen=screen /> }.into_any()
}

/// A fresh installation has nothing to show but its first run.
#[component]
fn Entrance() -> impl IntoView {
    if document::is_fresh_installation() {
        return fetched(Screen::FirstRun);
    }
    view! { <Frame /> }.into_any()
}

#[component(transparent)]
fn MessageRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("/messages") view=|| fetched(Screen::Messages)>
            <Route path=path!("") view=|| () />
            <Route path=path!(":id") view=|| fetched(Screen::Message) />
        </ParentRoute>
    }
    .into_inner()
}

#[component(transparent)]
fn ContactRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("/contacts") view=|| fetched(Screen::Contacts)>
            <Route path=path!("") view=|| () />
            <Route path=path!("new") view=|| fetched(Screen::NewContact) />
            <Route path=path!(":id") view=|| fetched(Screen::Contact) />
            <Route path=path!(":id/edit") view=|| fetched(Screen::EditContact) />
        </ParentRoute>
    }
    .into_inner()
}

#[component(transparent)]
fn CaptureRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("/capture") view=|| fetched(Screen::Capture)>
            <Route path=path!("") view=|| () />
            <Route path=path!(":id") view=|| fetched(Screen::Captured) />
        </ParentRoute>
    }
    .into_inner()
}

#[component(transparent)]
fn SettingsRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("/settings") view=|| fetched(Screen::Settings)>
            <Route path=path!("") view=|| view! { <Redirect path="/settings/profile" options=replacing() /> } />
            <Route path=path!("profile") view=|| fetched(Screen::Profile) />
            <Route path=path!("sessions") view=|| fetched(Screen::Sessions) />
            <Route path=path!("company") view=|| fetched(Screen::Company) />
            <Route path=path!("accounts") view=|| fetched(Screen::Accounts) />
            <Route path=path!("accounts/new") view=|| fetched(Screen::NewAccount) />
            <Route path=path!("accounts/:id") view=|| fetched(Screen::Account) />
            <Route path=path!("users") view=|| fetched(Screen::Users) />
            <Route path=path!("users/new") view=|| fetched(Screen::NewUser) />
            <Route path=path!("users/:id") view=|| fetched(Screen::User) />
            <Route path=path!("roles") view=|| fetched(Screen::Roles) />
            <Route path=path!("roles/new") view=|| fetched(Screen::NewRole) />
            <Route path=path!("roles/:id") view=|| fetched(Screen::Role) />
        </ParentRoute>
    }
    .into_inner()
}

#[component(transparent)]
fn PartsRoute() -> impl leptos_router::MatchNestedRoutes + Clone {
    let parts = || if cfg!(debug_assertions) { fetched(Screen::Parts) } else { not_found::NotFoundPage().into_any() };
    view! { <Route path=path!("/parts") view=parts /> }.into_inner()
}

/// The id in the address, if it is one.
pub fn id_param<T>() -> Memo<Option<T>>
where
    T: FromStr + PartialEq + Send + Sync + 'static,
{
    let params = use_params_map();
    Memo::new(move |_| params.with(|it| it.get("id")?.parse().ok()))
}

/// Goes somewhere without leaving the present address in the history.
pub fn replacing() -> NavigateOptions {
    NavigateOptions { replace: true, ..NavigateOptions::default() }
}
