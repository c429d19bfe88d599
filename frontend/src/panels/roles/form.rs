//! Making a role and changing one.

use leptos::prelude::*;
use model::{Change, DeliveredRole, PermissionSet, Role, RoleDraft, RoleId};

use super::matrix::RightMatrix;
use crate::format;
use crate::i18n::{I18n, language, rights, t_string, tu_string, use_i18n};
use crate::live::Live;
use crate::parts::{Button, ButtonKind, Form, FormState, TextField};
use crate::session::Session;
use crate::state::roles;
use crate::toast::Toasts;

/// Name and rights; the administrator's role and one with a right that oneself lacks can only be read.
#[component]
pub fn RoleForm(
    /// The role to change; none makes a new one.
    #[prop(optional)]
    role: Option<Role>,
    /// Called with the id once it is stored.
    #[prop(into, optional)]
    on_saved: Option<Callback<(RoleId,)>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (live, session, toasts) = (Live::find(), Session::find(), Toasts::find());
    let id = role.as_ref().map(|it| it.id);
    let delivered = role.as_ref().and_then(|it| it.delivered);
    let holders = role.as_ref().map_or(0, |it| it.holders);
    let stored = role.as_ref().map(|it| it.permissions.clone()).unwrap_or_default();
    let name = RwSignal::new(role.map(|it| untrack(|| rights::role(i18n.get_locale(), &it))).unwrap_or_default());
    let chosen = RwSignal::new(stored.clone());
    let form = FormState::new();
    let fixed = Memo::new(move |_| {
        let above = session.me().is_none_or(|me| !stored.is_subset(&me.permissions));
        above || delivered == Some(DeliveredRole::Administrator)
    });
    let save = move || {
        let draft = RoleDraft { name: name.get_untracked().trim().to_owned(), permissions: chosen.get_untracked() };
        if let Err(refusal) = draft.check() {
            return form.refuse(refusal.into());
        }
        let name = draft.name.clone();
        form.submit(app::users::save_role(id, draft), move |stored| {
            live.note(Change::Settings);
            toasts.done(match id {
                Some(_) => tu_string!(i18n, users.role_saved, name = name),
                None => tu_string!(i18n, users.role_created, name = name),
            });
            if let Some(on_saved) = on_saved {
                on_saved.run((stored,));
            }
        });
    };
    let label = move || if id.is_some() { t_string!(i18n, common.save) } else { t_string!(i18n, users.role_create) };
    view! {
        <Form state=form on_submit=save>
            <RoleName
                name=name
                delivered=delivered.is_some()
                disabled=Signal::derive(move || delivered.is_some() || fixed.get())
                is_new=id.is_none()
            />
            <RightHead chosen=chosen form=form />
            <RightMatrix chosen=chosen fixed=fixed />
            <Show when=move || !fixed.get()>
                <footer class="form-end">
                    <Show when=move || 0 < holders>
                        <p class="hint">{move || effect_words(i18n, holders)}</p>
                    </Show>
                    <Button label=label kind=ButtonKind::Primary busy=form.busy() submit=true />
                </footer>
            </Show>
        </Form>
    }
}

#[component]
fn RoleName(name: RwSignal<String>, delivered: bool, disabled: Signal<bool>, is_new: bool) -> impl IntoView {
    let i18n = use_i18n();
    let hint = move || if delivered { t_string!(i18n, users.role_name_delivered) } else { "" };
    view! {
        <div class="role-name-field">
            <TextField
                label=move || t_string!(i18n, users.role_name)
                value=name
                name="name"
                hint=hint
                disabled=disabled
                autofocus=is_new
            />
        </div>
    }
}

/// How many rights are chosen; a role without any is no role.
#[component]
fn RightHead(chosen: RwSignal<PermissionSet>, form: FormState) -> impl IntoView {
    let i18n = use_i18n();
    let missing = Memo::new(move |_| form.fault("permissions", i18n.get_locale()).is_some());
    view! {
        <header class="right-head">
            <h2>{move || t_string!(i18n, users.rights)}</h2>
            <p class="meta" role="status">{move || chosen_words(i18n, chosen.with(roles::count))}</p>
        </header>
        <Show when=move || missing.get()>
            <p class="fault" role="alert">{move || t_string!(i18n, users.rights_missing)}</p>
        </Show>
    }
}

fn chosen_words(i18n: I18n, n: usize) -> String {
    let number = |it: usize| format::number(language(i18n.get_locale()), it as u64);
    t_string!(i18n, users.rights_chosen, count = n as u32, n = number(n), all = number(roles::offered()))
}

fn effect_words(i18n: I18n, holders: u32) -> String {
    let n = format::number(language(i18n.get_locale()), u64::from(holders));
    t_string!(i18n, users.role_takes_effect, count = holders, n = n)
}
