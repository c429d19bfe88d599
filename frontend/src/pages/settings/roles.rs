//! The roles.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use model::{Change, RoleId};

use crate::calls;
use crate::i18n::{t_string, use_i18n};
use crate::live::Live;
use crate::panels::loaded::Loaded;
use crate::panels::roles::RoleTable;
use crate::parts::{ButtonKind, ButtonLink, Glyph, Page};

/// All roles and the way to a new one.
#[component]
pub fn RolesPage() -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let roles = calls::ask(move || live.version(Change::Settings), |_| app::users::list_roles());
    let navigate = use_navigate();
    let open = Callback::new(move |(id,): (RoleId,)| navigate(&format!("/settings/roles/{id}"), Default::default()));
    let add = move || {
        view! {
            <ButtonLink
                label=move || t_string!(i18n, users.role_new)
                href="/settings/roles/new".to_owned()
                kind=ButtonKind::Primary
                icon=Glyph::PLUS
                shortcut="n"
            />
        }
    };
    view! {
        <Page title=move || t_string!(i18n, users.roles) lead=move || t_string!(i18n, users.roles_lead) actions=add>
            <Loaded answer=roles let:roles>
                <RoleTable roles=roles on_open=open />
            </Loaded>
        </Page>
    }
}
