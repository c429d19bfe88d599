//! Which address shows which page, and who may see it.

use std::str::FromStr;

use leptos::prelude::*;
use leptos_router::components::{ParentRoute, Redirect, Route, Routes};
use leptos_router::hooks::use_params_map;
use leptos_router::{NavigateOptions, path};
use model::Permission;

use crate::browser::document;
use crate::frame::Frame;
use crate::frame::places::MESSAGE_RIGHTS;
use crate::pages::{capture, contacts, log, messages, not_found, overview, session, settings};
use crate::panels::allowed::Allowed;

/// All pages.
#[component]
pub fn AllRoutes() -> impl IntoView {
    view! {
        <Routes fallback=not_found::NotFoundAlone>
            <Route path=path!("/sign-in") view=session::SignInPage />
            <Route path=path!("/first-run") view=session::FirstRunPage />
            <Route path=path!("/invitation") view=session::InvitationPage />
            <ParentRoute path=path!("") view=Entrance>
                <Route path=path!("") view=overview::OverviewPage />
                <Route path=path!("/write") view=Write />
                <MessageRoutes />
                <ContactRoutes />
                <CaptureRoutes />
                <Route path=path!("/log") view=Log />
                <SettingsRoutes />
                <PartsRoute />
                <Route path=path!("/*any") view=not_found::NotFoundPage />
            </ParentRoute>
        </Routes>
    }
}

/// A fresh installation has nothing to show but its first run.
#[component]
fn Entrance() -> impl IntoView {
    if document::is_fresh_installation() {
        return session::FirstRunPage().into_any();
    }
    view! { <Frame /> }.into_any()
}

#[component(transparent)]
fn MessageRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("/messages") view=Messages>
            <Route path=path!("") view=|| () />
            <Route path=path!(":id") view=messages::MessageDetailPage />
        </ParentRoute>
    }
    .into_inner()
}

#[component(transparent)]
fn ContactRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("/contacts") view=Contacts>
            <Route path=path!("") view=|| () />
            <Route path=path!("new") view=NewContact />
            <Route path=path!(":id") view=contacts::ContactDetailPage />
            <Route path=path!(":id/edit") view=EditContact />
        </ParentRoute>
    }
    .into_inner()
}

#[component(transparent)]
fn CaptureRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("/capture") view=Capture>
            <Route path=path!("") view=|| () />
            <Route path=path!(":id") view=capture::CapturedDetailPage />
        </ParentRoute>
    }
    .into_inner()
}

#[component(transparent)]
fn SettingsRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("/settings") view=settings::SettingsPage>
            <Route path=path!("") view=|| view! { <Redirect path="/settings/profile" options=replacing() /> } />
            <Route path=path!("profile") view=settings::ProfilePage />
            <Route path=path!("sessions") view=settings::SessionsPage />
            <Route path=path!("company") view=Company />
            <Route path=path!("accounts") view=Accounts />
            <Route path=path!("accounts/new") view=NewAccount />
            <Route path=path!("accounts/:id") view=EditAccount />
            <Route path=path!("users") view=Users />
            <Route path=path!("users/new") view=InviteUser />
            <Route path=path!("users/:id") view=EditUser />
            <Route path=path!("roles") view=Roles />
            <Route path=path!("roles/new") view=NewRole />
            <Route path=path!("roles/:id") view=EditRole />
        </ParentRoute>
    }
    .into_inner()
}

#[cfg(debug_assertions)]
#[component(transparent)]
fn PartsRoute() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! { <Route path=path!("/parts") view=crate::pages::parts::PartsPage /> }.into_inner()
}

#[cfg(not(debug_assertions))]
#[component(transparent)]
fn PartsRoute() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! { <Route path=path!("/parts") view=not_found::NotFoundPage /> }.into_inner()
}

#[component]
fn Messages() -> impl IntoView {
    view! { <Allowed rights=MESSAGE_RIGHTS><messages::MessagesPage /></Allowed> }
}

#[component]
fn Write() -> impl IntoView {
    view! { <Allowed rights=&[Permission::MessageWrite]><messages::WritePage /></Allowed> }
}

#[component]
fn Contacts() -> impl IntoView {
    view! { <Allowed rights=&[Permission::ContactsView]><contacts::ContactsPage /></Allowed> }
}

#[component]
fn NewContact() -> impl IntoView {
    view! { <Allowed rights=&[Permission::ContactsEdit]><contacts::ContactNewPage /></Allowed> }
}

#[component]
fn EditContact() -> impl IntoView {
    view! { <Allowed rights=&[Permission::ContactsEdit]><contacts::ContactEditPage /></Allowed> }
}

#[component]
fn Capture() -> impl IntoView {
    view! { <Allowed rights=&[Permission::AccountsManage]><capture::CapturePage /></Allowed> }
}

#[component]
fn Log() -> impl IntoView {
    view! { <Allowed rights=&[Permission::LogView]><log::LogPage /></Allowed> }
}

#[component]
fn Company() -> impl IntoView {
    view! { <Allowed rights=&[Permission::SettingsManage]><settings::CompanyPage /></Allowed> }
}

#[component]
fn Accounts() -> impl IntoView {
    view! { <Allowed rights=&[Permission::AccountsManage]><settings::AccountsPage /></Allowed> }
}

#[component]
fn NewAccount() -> impl IntoView {
    view! { <Allowed rights=&[Permission::AccountsManage]><settings::AccountNewPage /></Allowed> }
}

#[component]
fn EditAccount() -> impl IntoView {
    view! { <Allowed rights=&[Permission::AccountsManage]><settings::AccountEditPage /></Allowed> }
}

#[component]
fn Users() -> impl IntoView {
    view! { <Allowed rights=&[Permission::UsersManage]><settings::UsersPage /></Allowed> }
}

#[component]
fn InviteUser() -> impl IntoView {
    view! { <Allowed rights=&[Permission::UsersManage]><settings::UserInvitePage /></Allowed> }
}

#[component]
fn EditUser() -> impl IntoView {
    view! { <Allowed rights=&[Permission::UsersManage]><settings::UserEditPage /></Allowed> }
}

#[component]
fn Roles() -> impl IntoView {
    view! { <Allowed rights=&[Permission::UsersManage]><settings::RolesPage /></Allowed> }
}

#[component]
fn NewRole() -> impl IntoView {
    view! { <Allowed rights=&[Permission::UsersManage]><settings::RoleNewPage /></Allowed> }
}

#[component]
fn EditRole() -> impl IntoView {
    view! { <Allowed rights=&[Permission::UsersManage]><settings::RoleEditPage /></Allowed> }
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
