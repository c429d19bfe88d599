//! The lists that a contact is in.

use leptos::prelude::*;
use model::{Change, Chosen, ContactId, Membership, Permission};

use crate::calls;
use crate::i18n::{lists as words, t_string, tu_string, use_i18n};
use crate::live::Live;
use crate::parts::{Glyph, IconButton, When};
use crate::session::Session;
use crate::toast::Toasts;

/// Each list with how and when the contact came into it; nothing when it is in none.
#[component]
pub fn Memberships(
    /// The contact.
    contact: ContactId,
) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let answer = calls::ask(move || live.version(Change::Lists), move |_| app::recipient_lists::list_memberships(contact));
    let lists = move || answer.get().unwrap_or_default();
    view! {
        <Show when=move || answer.with(|it| it.is_some_and(|it| !it.is_empty()))>
            <section class="memberships">
                <h3>{move || t_string!(i18n, lists.of_contact)}</h3>
                <ul>
                    <For each=lists key=|it| it.list let:membership>
                        <Line contact=contact membership=membership />
                    </For>
                </ul>
            </section>
        </Show>
    }
}

#[component]
fn Line(contact: ContactId, membership: Membership) -> impl IntoView {
    let i18n = use_i18n();
    let (session, toasts, live) = (Session::find(), Toasts::find(), Live::find());
    let Membership { list, name, how, added_at, added_by } = membership;
    let busy = RwSignal::new(false);
    let leave = {
        let name = name.clone();
        move || {
            let name = name.clone();
            calls::act(busy, app::recipient_lists::remove_from_list(list, Chosen::Ticked(vec![contact]), None), move |_| {
                live.note(Change::Lists);
                toasts.done(tu_string!(i18n, lists.left, name = name));
            });
        }
    };
    let tip = name.clone();
    let how = move || format!("{} · {added_by}", words::how(i18n.get_locale(), how));
    view! {
        <li>
            <a class="clip" href=format!("/lists/{list}")>{name}</a>
            <span class="meta clip">{how}</span>
            <span class="meta"><When at=Signal::stored(added_at) /></span>
            <Show when=move || session.can(Permission::ListsManage)>
                <IconButton
                    label={
                        let tip = tip.clone();
                        move || t_string!(i18n, lists.leave, name = tip.clone())
                    }
                    icon=Glyph::X
                    disabled=busy
                    on_press=leave.clone()
                />
            </Show>
        </li>
    }
}
