//! One user: inviting, changing.

use app::Problem;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use model::{Change, Noun, OneTimeLink, Permission, Refusal, Role, Subject, UserId, UserRow, UserState};

use crate::calls;
use crate::i18n::{t_string, use_i18n};
use crate::live::Live;
use crate::pages::not_found::NotFoundPage;
use crate::panels::loaded::Loaded;
use crate::panels::users::{InviteForm, LinkSheet, UserActs, UserForm, name_of};
use crate::parts::{Banner, Glyph, Page, UserBadge};
use crate::routes::id_param;
use crate::session::Session;
use crate::state::log_place::{self, LogPlace};
use crate::state::users;

/// Invites a user and then shows the link, once.
#[component]
pub fn UserInvitePage() -> impl IntoView {
    let i18n = use_i18n();
    let roles = calls::ask(|| (), |()| app::users::list_roles());
    let made = RwSignal::new(None::<(String, OneTimeLink)>);
    let navigate = use_navigate();
    let done = Callback::new(move |()| navigate("/settings/users", Default::default()));
    view! {
        <Page title=move || t_string!(i18n, users.invite) lead=move || t_string!(i18n, users.invite_lead) narrow=true>
            {move || match made.get() {
                Some((name, link)) => view! { <LinkSheet name=name link=link on_done=done /> }.into_any(),
                None => {
                    view! {
                        <Loaded answer=roles let:roles>
                            <InviteForm roles=roles.get_untracked() on_invited=move |name, link| made.set(Some((name, link))) />
                        </Loaded>
                    }
                        .into_any()
                }
            }}
        </Page>
    }
}

/// Changes a user, or shows what the system is.
#[component]
pub fn UserEditPage() -> impl IntoView {
    let id = id_param::<UserId>();
    move || match id.get() {
        Some(id) => view! { <OneUser id=id /> }.into_any(),
        None => view! { <NotFoundPage /> }.into_any(),
    }
}

#[component]
fn OneUser(id: UserId) -> impl IntoView {
    let live = Live::find();
    let found = calls::ask(
        move || live.version(Change::Settings),
        move |_| async move {
            let users = app::users::list_users().await?;
            let user = users.into_iter().find(|it| it.id == id);
            let user = user.ok_or(Problem::Refused(Refusal::NotFound(Noun::User)))?;
            Ok((user, app::users::list_roles().await?))
        },
    );
    view! {
        <Loaded answer=found lines=10 let:found>
            <UserSheet
                user=Signal::derive(move || found.with(|it| it.0.clone()))
                roles=Signal::derive(move || found.with(|it| it.1.clone()))
            />
        </Loaded>
    }
}

#[component]
fn UserSheet(user: Signal<UserRow>, roles: Signal<Vec<Role>>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let above = Memo::new(move |_| {
        let own = session.me().map(|me| me.permissions.clone()).unwrap_or_default();
        user.with(|user| roles.with(|roles| users::is_above(user, roles, &own)))
    });
    let me = move || session.me().map_or(UserId(0), |me| me.id);
    let acts = Memo::new(move |_| user.with(|it| users::acts(it, me(), above.get())));
    let note = Memo::new(move |_| match user.with(|it| it.state) {
        UserState::System => Some(t_string!(i18n, users.system_explained)),
        _ if above.get() => Some(t_string!(i18n, users.above)),
        _ if user.with(|it| it.id) == me() => Some(t_string!(i18n, users.yourself)),
        UserState::Invited => Some(t_string!(i18n, users.invited_explained)),
        UserState::Active | UserState::Disabled => None,
    });
    let head = move || view! { <UserBadge state=Signal::derive(move || user.with(|it| it.state)) /> };
    let may_change = Memo::new(move |_| acts.with(|it| it.change));
    let has_acts = move || acts.with(|it| it.renew || it.disable || it.enable);
    view! {
        <Page title=move || user.with(|it| name_of(i18n, it)) actions=head narrow=true>
            {move || note.get().map(|it| view! { <Banner glyph=Glyph::INFO text=it /> })}
            <Show when=move || user.with(|it| it.state != UserState::System)>
                <UserForm user=user.get_untracked() roles=roles.get_untracked() may_change=may_change />
            </Show>
            <Show when=has_acts>
                <UserActs user=user acts=acts />
            </Show>
            <Show when=move || session.can(Permission::LogView)>
                <LogLinks id=user.with_untracked(|it| it.id) />
            </Show>
        </Page>
    }
}

#[component]
fn LogLinks(id: UserId) -> impl IntoView {
    let i18n = use_i18n();
    let done_by = LogPlace { who: Some(id), ..LogPlace::default() }.path();
    view! {
        <p class="page-link">
            <a href=log_place::about(Subject::User(id))>{move || t_string!(i18n, users.log_of)}</a>
            <a href=done_by>{move || t_string!(i18n, users.done_by)}</a>
        </p>
    }
}
