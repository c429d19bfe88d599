//! One role: making it, changing it.

use app::Problem;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use model::{Change, Noun, Permission, Refusal, Role, RoleId, Subject};

use crate::calls;
use crate::i18n::{rights, t_string, use_i18n};
use crate::live::Live;
use crate::pages::not_found::NotFoundPage;
use crate::panels::loaded::Loaded;
use crate::panels::roles::{RoleDelete, RoleForm};
use crate::parts::{Banner, Glyph, Page};
use crate::routes::{id_param, replacing};
use crate::session::Session;
use crate::state::log_place;

/// Makes a role.
#[component]
pub fn RoleNewPage() -> impl IntoView {
    let i18n = use_i18n();
    let navigate = use_navigate();
    let saved = Callback::new(move |(id,): (RoleId,)| navigate(&format!("/settings/roles/{id}"), replacing()));
    view! {
        <Page title=move || t_string!(i18n, users.role_new) lead=move || t_string!(i18n, users.role_new_lead) narrow=true>
            <RoleForm on_saved=saved />
        </Page>
    }
}

/// Changes a role.
#[component]
pub fn RoleEditPage() -> impl IntoView {
    let id = id_param::<RoleId>();
    move || match id.get() {
        Some(id) => view! { <OneRole id=id /> }.into_any(),
        None => view! { <NotFoundPage /> }.into_any(),
    }
}

#[component]
fn OneRole(id: RoleId) -> impl IntoView {
    let live = Live::find();
    let role = calls::ask(
        move || live.version(Change::Settings),
        move |_| async move {
            let roles = app::users::list_roles().await?;
            let found = roles.into_iter().find(|it| it.id == id);
            found.ok_or(Problem::Refused(Refusal::NotFound(Noun::Role)))
        },
    );
    view! {
        <Loaded answer=role lines=14 let:role>
            <RoleSheet role=role />
        </Loaded>
    }
}

#[component]
fn RoleSheet(role: Signal<Role>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let navigate = use_navigate();
    let deleted = Callback::new(move |()| navigate("/settings/roles", replacing()));
    let id = role.with_untracked(|it| it.id);
    let above = Memo::new(move |_| session.me().is_none_or(|me| role.with(|it| !it.permissions.is_subset(&me.permissions))));
    let note = Memo::new(move |_| match role.with(|it| it.delivered) {
        Some(it) => Some(rights::purpose(i18n.get_locale(), it)),
        None if above.get() => Some(t_string!(i18n, users.role_above)),
        None => None,
    });
    view! {
        <Page title=move || role.with(|it| rights::role(i18n.get_locale(), it)) narrow=true>
            {move || note.get().map(|it| view! { <Banner glyph=Glyph::SHIELD text=it /> })}
            <RoleForm role=role.get_untracked() />
            <Show when=move || !above.get()>
                <RoleDelete role=role on_deleted=deleted />
            </Show>
            <Show when=move || session.can(Permission::LogView)>
                <p class="page-link">
                    <a href=log_place::about(Subject::Role(id))>{move || t_string!(i18n, users.role_log)}</a>
                </p>
            </Show>
        </Page>
    }
}
