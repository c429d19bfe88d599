//! Deleting a role.

use leptos::prelude::*;
use model::{Change, Role};

use crate::calls::act;
use crate::format;
use crate::i18n::{language, t_string, tu_string, use_i18n};
use crate::live::Live;
use crate::parts::{Act, Button, ButtonKind, Confirm, Glyph};
use crate::toast::Toasts;

/// Deletes a role that nobody holds; says why when it cannot be deleted.
#[component]
pub fn RoleDelete(
    /// The role.
    #[prop(into)]
    role: Signal<Role>,
    /// Called when it is deleted.
    #[prop(into)]
    on_deleted: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let (busy, asks) = (RwSignal::new(false), RwSignal::new(false));
    let stays = Memo::new(move |_| role.with(|it| it.delivered.is_some() || 0 < it.holders));
    let text = move || match role.with(|it| (it.delivered.is_some(), it.holders)) {
        (true, _) => t_string!(i18n, users.role_delete_delivered).to_owned(),
        (false, 0) => t_string!(i18n, users.role_delete_hint).to_owned(),
        (false, n) => {
            let words = format::number(language(i18n.get_locale()), u64::from(n));
            t_string!(i18n, users.role_delete_held, count = n, n = words)
        }
    };
    let delete = move || {
        let it = role.get_untracked();
        act(busy, app::users::delete_role(it.id), move |()| {
            asks.set(false);
            live.note(Change::Settings);
            toasts.done(tu_string!(i18n, users.role_deleted, name = it.name));
            on_deleted.run(());
        });
    };
    view! {
        <section class="acts">
            <Act text=text>
                <Button
                    label=move || t_string!(i18n, users.role_delete)
                    kind=ButtonKind::Danger
                    icon=Glyph::TRASH_2
                    disabled=stays
                    on_press=move || asks.set(true)
                />
            </Act>
        </section>
        <Confirm
            open=asks
            question=move || t_string!(i18n, users.role_delete_question, name = role.with(|it| it.name.clone()))
            text=move || t_string!(i18n, users.role_delete_hint)
            act=move || t_string!(i18n, users.role_delete)
            busy=busy
            on_confirm=delete
        />
    }
}
