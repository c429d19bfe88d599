//! The list of users.

use leptos::prelude::*;
use model::{Role, UserId, UserRow, UserState};

use crate::i18n::{I18n, rights, t_string, use_i18n};
use crate::parts::{Avatar, Column, Slot, Table, UserBadge, When};
use crate::session::Session;
use crate::state::users::{held, in_order};

/// All users with their state, their roles and when they last did something.
#[component]
pub fn UserTable(
    /// The users.
    #[prop(into)]
    users: Signal<Vec<UserRow>>,
    /// All roles, for their names.
    #[prop(into)]
    roles: Signal<Vec<Role>>,
    /// Called when one is opened.
    #[prop(into)]
    on_open: Callback<(UserId,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let sorted = Memo::new(move |_| in_order(users.get()));
    let by_id = move |id: i64| sorted.with(|it| it.iter().find(|it| it.id.0 == id).cloned());
    let columns = vec![
        Column::new(move || t_string!(i18n, users.column_user), "minmax(14rem, 3fr)", Slot::Title),
        Column::new(move || t_string!(i18n, users.column_state), "minmax(7rem, 1fr)", Slot::Mark),
        Column::new(move || t_string!(i18n, users.column_roles), "minmax(8rem, 2fr)", Slot::Meta),
        Column::new(move || t_string!(i18n, users.column_seen), "minmax(8rem, 1fr)", Slot::Aside),
    ];
    let cells = move |id: i64| {
        let user = Memo::new(move |_| by_id(id));
        let state = Signal::derive(move || user.with(|it| it.as_ref().map_or(UserState::Disabled, |it| it.state)));
        let names = move || user.get().map(|it| roles.with(|roles| role_names(i18n, roles, &it)));
        vec![
            view! { {move || user.get().map(|it| view! { <Name user=it /> })} }.into_any(),
            view! { <UserBadge state=state /> }.into_any(),
            view! { <span>{names}</span> }.into_any(),
            view! { {move || user.get().map(|it| view! { <Seen user=it /> })} }.into_any(),
        ]
    };
    view! {
        <Table
            label=move || t_string!(i18n, users.title)
            columns=columns
            pages=Signal::derive(move || sorted.with(|it| it.iter().map(|it| it.id.0).collect::<Vec<_>>()))
            cells=cells
            row_name=move |id| by_id(id).map_or_else(String::new, |it| name_of(i18n, &it))
            on_open=Callback::new(move |(id,)| on_open.run((UserId(id),)))
        />
    }
}

/// The name, whether it is oneself, and the address below it.
#[component]
fn Name(user: UserRow) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let UserRow { id, email, .. } = user.clone();
    let name = Memo::new(move |_| name_of(i18n, &user));
    let own = move || session.me().is_some_and(|me| me.id == id);
    view! {
        <span class="user-name">
            <Avatar name=name />
            <span class="user-words">
                <a class="row-name" href=format!("/settings/users/{id}")>{name}</a>
                <Show when=own>
                    <span class="tag">{move || t_string!(i18n, users.you)}</span>
                </Show>
                <span class="user-address">{email}</span>
            </span>
        </span>
    }
}

#[component]
fn Seen(user: UserRow) -> impl IntoView {
    let i18n = use_i18n();
    match (user.seen_at, user.state) {
        (Some(at), _) => view! { <When at=Signal::stored(at) /> }.into_any(),
        (None, UserState::System) => ().into_any(),
        (None, _) => view! { <span class="meta">{move || t_string!(i18n, users.never_seen)}</span> }.into_any(),
    }
}

/// The name of a user; the system is called as on all screens.
pub fn name_of(i18n: I18n, user: &UserRow) -> String {
    match user.state {
        UserState::System => t_string!(i18n, common.system).to_owned(),
        _ => user.name.clone(),
    }
}

fn role_names(i18n: I18n, roles: &[Role], user: &UserRow) -> String {
    let names: Vec<String> = held(roles, &user.roles).into_iter().map(|it| rights::role(i18n.get_locale(), it)).collect();
    names.join(", ")
}
