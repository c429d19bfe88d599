//! The users.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use model::{Change, UserId};

use crate::calls;
use crate::i18n::{t_string, use_i18n};
use crate::live::Live;
use crate::panels::loaded::Loaded;
use crate::panels::users::UserTable;
use crate::parts::{ButtonKind, ButtonLink, Glyph, Page};

/// All users and the way to a new one.
#[component]
pub fn UsersPage() -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let people = calls::ask(
        move || live.version(Change::Settings),
        |_| async { Ok((app::users::list_users().await?, app::users::list_roles().await?)) },
    );
    let navigate = use_navigate();
    let open = Callback::new(move |(id,): (UserId,)| navigate(&format!("/settings/users/{id}"), Default::default()));
    let invite = move || {
        view! {
            <ButtonLink
                label=move || t_string!(i18n, users.invite)
                href="/settings/users/new".to_owned()
                kind=ButtonKind::Primary
                icon=Glyph::USER_PLUS
                shortcut="n"
            />
        }
    };
    view! {
        <Page title=move || t_string!(i18n, users.title) lead=move || t_string!(i18n, users.lead) actions=invite>
            <Loaded answer=people let:people>
                <UserTable
                    users=Signal::derive(move || people.with(|it| it.0.clone()))
                    roles=Signal::derive(move || people.with(|it| it.1.clone()))
                    on_open=open
                />
            </Loaded>
        </Page>
    }
}
