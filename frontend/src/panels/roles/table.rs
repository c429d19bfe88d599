//! The list of roles.

use leptos::prelude::*;
use model::{Role, RoleId};

use crate::format;
use crate::i18n::{I18n, language, rights, t_string, use_i18n};
use crate::parts::{Column, Slot, Table};
use crate::state::roles;

/// All roles with how many rights they hold and how many users hold them.
#[component]
pub fn RoleTable(
    /// The roles.
    #[prop(into)]
    roles: Signal<Vec<Role>>,
    /// Called when one is opened.
    #[prop(into)]
    on_open: Callback<(RoleId,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let by_id = move |id: i64| roles.with(|it| it.iter().find(|it| it.id.0 == id).cloned());
    let columns = vec![
        Column::new(move || t_string!(i18n, users.column_role), "minmax(14rem, 3fr)", Slot::Title),
        Column::new(move || t_string!(i18n, users.column_rights), "minmax(7rem, 1fr)", Slot::Meta).at_end(),
        Column::new(move || t_string!(i18n, users.column_holders), "minmax(8rem, 1fr)", Slot::Aside).at_end(),
    ];
    let cells = move |id: i64| {
        let role = Memo::new(move |_| by_id(id));
        vec![
            view! { {move || role.get().map(|it| view! { <Name role=it /> })} }.into_any(),
            view! { <span>{move || role.get().map(|it| rights_words(i18n, &it))}</span> }.into_any(),
            view! { <span>{move || role.get().map(|it| holders_words(i18n, it.holders))}</span> }.into_any(),
        ]
    };
    view! {
        <Table
            label=move || t_string!(i18n, users.roles)
            columns=columns
            pages=Signal::derive(move || roles.with(|it| it.iter().map(|it| it.id.0).collect::<Vec<_>>()))
            cells=cells
            row_name=move |id| by_id(id).map_or_else(String::new, |it| rights::role(i18n.get_locale(), &it))
            on_open=Callback::new(move |(id,)| on_open.run((RoleId(id),)))
        />
    }
}

#[component]
fn Name(role: Role) -> impl IntoView {
    let i18n = use_i18n();
    let (id, delivered) = (role.id, role.delivered);
    view! {
        <span class="role-name">
            <a class="row-name" href=format!("/settings/roles/{id}")>{move || rights::role(i18n.get_locale(), &role)}</a>
            {delivered
                .map(|it| {
                    view! {
                        <span class="tag">{move || t_string!(i18n, users.delivered)}</span>
                        <span class="role-purpose">{move || rights::purpose(i18n.get_locale(), it)}</span>
                    }
                })}
        </span>
    }
}

fn rights_words(i18n: I18n, role: &Role) -> String {
    let number = |it: usize| format::number(language(i18n.get_locale()), it as u64);
    match (roles::count(&role.permissions), roles::offered()) {
        (n, all) if n == all => t_string!(i18n, users.rights_all).to_owned(),
        (n, all) => t_string!(i18n, users.rights_of, n = number(n), all = number(all)),
    }
}

fn holders_words(i18n: I18n, holders: u32) -> String {
    match holders {
        0 => t_string!(i18n, users.holders_none).to_owned(),
        n => t_string!(i18n, users.holders, count = n, n = format::number(language(i18n.get_locale()), u64::from(n))),
    }
}
