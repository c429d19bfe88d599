//! Which address shows which page, and who may see it.

use std::str::FromStr;

use leptos::prelude::*;
use leptos_router::components::{Outlet, ParentRoute, Redirect, Route, Routes};
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
            <Route path=path!("/sign-in") view=view(|| fetched(Screen::SignIn)) />
            <Route path=path!("/first-run") view=view(|| fetched(Screen::FirstRun)) />
            <Route path=path!("/invitation") view=view(|| fetched(Screen::Invitation)) />
            <ParentRoute path=path!("") view=view(entrance)>
                <Route path=path!("") view=view(|| overview::OverviewPage().into_any()) />
                <Route path=path!("/write") view=view(|| fetched(Screen::Write)) />
                <MessageRoutes />
                <Route path=path!("/contacts/duplicates") view=view(|| fetched(Screen::Duplicates)) />
                <ImportRoutes />
                <ContactRoutes />
                <SetRoutes />
                <Route path=path!("/suppressions") view=view(|| fetched(Screen::Suppressions)) />
                <Route path=path!("/suppressions/proposals") view=view(|| fetched(Screen::Proposals)) />
                <Route path=path!("/library") view=view(|| fetched(Screen::Library)) />
                <CampaignRoutes />
                <TemplateRoutes />
                <Route path=path!("/bin") view=view(|| fetched(Screen::Bin)) />
                <Route path=path!("/outbox") view=view(|| fetched(Screen::Outbox)) />
                    <CaptureRoutes />
                <Route path=path!("/log") view=view(|| fetched(Screen::Log)) />
                <SettingsRoutes />
                <Route path=path!("/oauth/callback") view=view(|| fetched(Screen::OauthReturn)) />
                <PartsRoute />
                <Route path=path!("/*any") view=view(|| not_found::NotFoundPage().into_any()) />
            </ParentRoute>
        </Routes>
    }
}

/// All views of routes as one type, so that the router is not compiled anew for each.
fn view(view: fn() -> AnyView) -> fn() -> AnyView {
    view
}

fn fetched(screen: Screen) -> AnyView {
    view! { <Fetched screen=screen /> }.into_any()
}

/// A fresh installation has nothing to show but its first run.
fn entrance() -> AnyView {
    if document::is_fresh_installation() {
        return fetched(Screen::FirstRun);
    }
    view! { <Frame /> }.into_any()
}

fn to_profile() -> AnyView {
    view! { <Redirect path="/settings/profile" options=replacing() /> }.into_any()
}

#[component(transparent)]
fn MessageRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("/messages") view=view(|| fetched(Screen::Messages))>
            <Route path=path!("") view=view(|| ().into_any()) />
            <Route path=path!(":id") view=view(|| fetched(Screen::Message)) />
        </ParentRoute>
    }
    .into_inner()
}

#[component(transparent)]
fn ImportRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("/contacts/import") view=view(|| view! { <Outlet /> }.into_any())>
            <Route path=path!("") view=view(|| fetched(Screen::Imports)) />
            <Route path=path!(":id") view=view(|| fetched(Screen::Import)) />
        </ParentRoute>
    }
    .into_inner()
}

#[component(transparent)]
fn ContactRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("/contacts") view=view(|| fetched(Screen::Contacts))>
            <Route path=path!("") view=view(|| ().into_any()) />
            <Route path=path!("new") view=view(|| fetched(Screen::NewContact)) />
            <Route path=path!(":id") view=view(|| fetched(Screen::Contact)) />
            <Route path=path!(":id/edit") view=view(|| fetched(Screen::EditContact)) />
        </ParentRoute>
    }
    .into_inner()
}

#[component(transparent)]
fn SetRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("") view=view(|| view! { <Outlet /> }.into_any())>
            <Route path=path!("lists") view=view(|| fetched(Screen::Lists)) />
            <Route path=path!("lists/:id") view=view(|| fetched(Screen::List)) />
            <Route path=path!("segments") view=view(|| fetched(Screen::Segments)) />
            <Route path=path!("segments/new") view=view(|| fetched(Screen::NewSegment)) />
            <Route path=path!("segments/:id") view=view(|| fetched(Screen::Segment)) />
        </ParentRoute>
    }
    .into_inner()
}

#[component(transparent)]
fn CampaignRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("/campaigns") view=view(|| view! { <Outlet /> }.into_any())>
            <Route path=path!("") view=view(|| fetched(Screen::Campaigns)) />
            <Route path=path!("new") view=view(|| fetched(Screen::NewCampaign)) />
            <Route path=path!(":id") view=view(|| fetched(Screen::Campaign)) />
            <Route path=path!(":id/edit") view=view(|| fetched(Screen::EditCampaign)) />
        </ParentRoute>
    }
    .into_inner()
}

#[component(transparent)]
fn TemplateRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("/templates") view=view(|| view! { <Outlet /> }.into_any())>
            <Route path=path!("") view=view(|| fetched(Screen::Templates)) />
            <Route path=path!("new") view=view(|| fetched(Screen::NewTemplate)) />
            <Route path=path!(":id") view=view(|| fetched(Screen::Template)) />
            <Route path=path!(":id/edit") view=view(|| fetched(Screen::EditTemplate)) />
        </ParentRoute>
    }
    .into_inner()
}

#[component(transparent)]
fn CaptureRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("/capture") view=view(|| fetched(Screen::Capture))>
            <Route path=path!("") view=view(|| ().into_any()) />
            <Route path=path!(":id") view=view(|| fetched(Screen::Captured)) />
        </ParentRoute>
    }
    .into_inner()
}

#[component(transparent)]
fn SettingsRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("/settings") view=view(|| fetched(Screen::Settings))>
            <Route path=path!("") view=view(to_profile) />
            <Route path=path!("profile") view=view(|| fetched(Screen::Profile)) />
            <Route path=path!("sessions") view=view(|| fetched(Screen::Sessions)) />
            <Route path=path!("company") view=view(|| fetched(Screen::Company)) />
            <Route path=path!("fields") view=view(|| fetched(Screen::Fields)) />
            <Route path=path!("campaigns") view=view(|| fetched(Screen::CampaignRules)) />
            <Route path=path!("proof") view=view(|| fetched(Screen::Proof)) />
            <Route path=path!("retention") view=view(|| fetched(Screen::Retention)) />
            <Route path=path!("accounts") view=view(|| fetched(Screen::Accounts)) />
            <Route path=path!("accounts/new") view=view(|| fetched(Screen::NewAccount)) />
            <Route path=path!("accounts/:id") view=view(|| fetched(Screen::Account)) />
            <SenderRoutes />
            <Route path=path!("users") view=view(|| fetched(Screen::Users)) />
            <Route path=path!("users/new") view=view(|| fetched(Screen::NewUser)) />
            <Route path=path!("users/:id") view=view(|| fetched(Screen::User)) />
            <Route path=path!("roles") view=view(|| fetched(Screen::Roles)) />
            <Route path=path!("roles/new") view=view(|| fetched(Screen::NewRole)) />
            <Route path=path!("roles/:id") view=view(|| fetched(Screen::Role)) />
        </ParentRoute>
    }
    .into_inner()
}

#[component(transparent)]
fn SenderRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("") view=view(|| view! { <Outlet /> }.into_any())>
            <Route path=path!("accounts/:id/readiness") view=view(|| fetched(Screen::Readiness)) />
            <Route path=path!("accounts/:id/mailbox") view=view(|| fetched(Screen::Mailbox)) />
            <Route path=path!("accounts/:id/stand-ins") view=view(|| fetched(Screen::StandIns)) />
            <Route path=path!("accounts/:id/copies") view=view(|| fetched(Screen::Copies)) />
            <Route path=path!("old-archive") view=view(|| fetched(Screen::OldArchive)) />
            <Route path=path!("retries") view=view(|| fetched(Screen::Retries)) />
            <Route path=path!("returns") view=view(|| fetched(Screen::Returns)) />
            <Route path=path!("senders") view=view(|| fetched(Screen::Senders)) />
            <Route path=path!("senders/domain") view=view(|| fetched(Screen::SenderDomain)) />
        </ParentRoute>
    }
    .into_inner()
}

#[component(transparent)]
fn PartsRoute() -> impl leptos_router::MatchNestedRoutes + Clone {
    let parts = view(|| if cfg!(debug_assertions) { fetched(Screen::Parts) } else { not_found::NotFoundPage().into_any() });
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

/// Shows the same page otherwise: it stays where it is scrolled to, and what `replace`s fills no history.
pub fn staying(replace: bool) -> NavigateOptions {
    NavigateOptions { replace, scroll: false, ..NavigateOptions::default() }
}

/// Goes somewhere without leaving the present address in the history.
pub fn replacing() -> NavigateOptions {
    NavigateOptions { replace: true, ..NavigateOptions::default() }
}
