//! All rights in their groups, each with what it allows.

use leptos::prelude::*;
use model::{Permission, PermissionSet};

use crate::i18n::{refusals, rights, t_string, use_i18n};
use crate::parts::{FormState, fresh_id};
use crate::session::Session;
use crate::state::roles::{self, Held, RightGroup};

/// A tick box for each right and one for each group. A right that oneself lacks cannot be given.
#[component]
pub fn RightMatrix(
    /// The rights chosen.
    chosen: RwSignal<PermissionSet>,
    /// Whether nothing can be changed.
    #[prop(into)]
    fixed: Signal<bool>,
) -> impl IntoView {
    view! {
        <div class="right-matrix">
            {RightGroup::ALL.map(|it| view! { <Group group=it chosen=chosen fixed=fixed /> }).collect_view()}
        </div>
    }
}

#[component]
fn Group(group: RightGroup, chosen: RwSignal<PermissionSet>, fixed: Signal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let form = FormState::find();
    let held = Memo::new(move |_| chosen.with(|it| group.held(it)));
    let lacks = move || group.rights().iter().any(|it| !session.can(*it));
    let name = move || rights::group(i18n.get_locale(), group);
    let toggle = move |_| {
        chosen.update(|it| group.toggle(it));
        if let Some(form) = form {
            form.clear("permissions");
        }
    };
    view! {
        <section class="right-group">
            <header>
                <label class="checkbox">
                    <input
                        type="checkbox"
                        aria-label=move || t_string!(i18n, users.rights_group_all, group = name())
                        prop:checked=move || held.get() == Held::All
                        prop:indeterminate=move || held.get() == Held::Some
                        prop:disabled=move || fixed.get() || lacks()
                        on:change=toggle
                    />
                    <h3>{name}</h3>
                </label>
            </header>
            <ul aria-label=name>
                {group.rights().iter().map(|it| view! { <Right right=*it chosen=chosen fixed=fixed /> }).collect_view()}
            </ul>
        </section>
    }
}

#[component]
fn Right(right: Permission, chosen: RwSignal<PermissionSet>, fixed: Signal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let form = FormState::find();
    let lacks = Memo::new(move |_| !session.can(right));
    let meaning = move || rights::meaning(i18n.get_locale(), right);
    let id = fresh_id("right");
    let described = id.clone();
    let toggle = move |_| {
        chosen.update(|it| roles::toggle(it, right));
        if let Some(form) = form {
            form.clear("permissions");
        }
    };
    view! {
        <li>
            <label class="checkbox">
                <input
                    type="checkbox"
                    aria-describedby=described
                    prop:checked=move || chosen.with(|it| it.contains(&right))
                    prop:disabled=move || fixed.get() || lacks.get()
                    on:change=toggle
                />
                <span class="choice-words">
                    <span>{move || refusals::permission(i18n.get_locale(), right)}</span>
                    <span class="hint" id=id>
                        {meaning}
                        {move || {
                            (lacks.get() && !fixed.get()).then(|| format!(" {}", t_string!(i18n, users.right_lacking)))
                        }}
                    </span>
                </span>
            </label>
        </li>
    }
}
