//! The choice of roles for a user.

use leptos::prelude::*;
use model::{Role, RoleId};

use crate::format;
use crate::i18n::{I18n, language, rights, t_string, use_i18n};
use crate::parts::{Checkbox, FormState};
use crate::session::Session;
use crate::state::roles;

/// A tick box for each role; those with a right that oneself lacks cannot be given.
#[component]
pub(super) fn RoleChoice(
    roles: Vec<Role>,
    chosen: RwSignal<Vec<RoleId>>,
    /// Whether nothing can be changed.
    disabled: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let form = FormState::find();
    let fault = Memo::new(move |_| {
        let fault = form.and_then(|it| it.fault("roles", i18n.get_locale()))?;
        Some(if chosen.with(Vec::is_empty) { t_string!(i18n, users.roles_missing).to_owned() } else { fault })
    });
    let is_faulty = move || fault.with(Option::is_some);
    view! {
        <section class="form-part">
            <header>
                <h2>{move || t_string!(i18n, users.roles)}</h2>
                <p>{move || t_string!(i18n, users.roles_hint)}</p>
            </header>
            <fieldset class="role-choice" aria-invalid=move || is_faulty().then_some("true") tabindex="-1">
                <legend class="visually-hidden">{move || t_string!(i18n, users.roles)}</legend>
                {roles.into_iter().map(|it| view! { <RoleBox role=it chosen=chosen disabled=disabled /> }).collect_view()}
                {move || fault.get().map(|it| view! { <p class="fault">{it}</p> })}
            </fieldset>
        </section>
    }
}

#[component]
fn RoleBox(role: Role, chosen: RwSignal<Vec<RoleId>>, disabled: Signal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let form = FormState::find();
    let id = role.id;
    let checked = RwSignal::new(chosen.with_untracked(|it| it.contains(&id)));
    Effect::new(move |before: Option<bool>| {
        let on = checked.get();
        if before.is_some_and(|it| it != on) {
            chosen.update(|it| {
                it.retain(|it| *it != id);
                if on {
                    it.push(id);
                }
            });
            if let Some(form) = form {
                form.clear("roles");
            }
        }
        on
    });
    let role = StoredValue::new(role);
    let above =
        Memo::new(move |_| session.me().is_none_or(|me| role.with_value(|it| !it.permissions.is_subset(&me.permissions))));
    let hint = move || match above.get() {
        true => t_string!(i18n, users.role_above).to_owned(),
        false => role.with_value(|it| about(i18n, it)),
    };
    view! {
        <Checkbox
            label=move || role.with_value(|it| rights::role(i18n.get_locale(), it))
            checked=checked
            hint=hint
            disabled=Signal::derive(move || disabled.get() || above.get())
        />
    }
}

/// What a delivered role is for, or how many rights another one holds.
fn about(i18n: I18n, role: &Role) -> String {
    let locale = i18n.get_locale();
    if let Some(delivered) = role.delivered {
        return rights::purpose(locale, delivered).to_owned();
    }
    let number = |it: usize| format::number(language(locale), it as u64);
    let (n, all) = (roles::count(&role.permissions), roles::offered());
    t_string!(i18n, users.rights_chosen, count = n as u32, n = number(n), all = number(all))
}
