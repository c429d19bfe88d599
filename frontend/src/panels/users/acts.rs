//! What can be done with a user's access, each with its consequence.

use leptos::prelude::*;
use model::{Change, OneTimeLink, UserRow, UserState};

use super::link::LinkSheet;
use crate::calls::act;
use crate::i18n::{t_string, tu_string, use_i18n};
use crate::live::Live;
use crate::parts::{Act, Button, ButtonKind, Confirm, Glyph};
use crate::state::users;
use crate::toast::Toasts;

/// A new link, disable, enable.
#[component]
pub fn UserActs(
    /// The user.
    #[prop(into)]
    user: Signal<UserRow>,
    /// What one may do.
    #[prop(into)]
    acts: Signal<users::UserActs>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <section class="acts">
            <h2>{move || t_string!(i18n, users.actions)}</h2>
            <Show when=move || acts.with(|it| it.renew)>
                <Renew user=user />
            </Show>
            <Show when=move || acts.with(|it| it.disable)>
                <Disable user=user />
            </Show>
            <Show when=move || acts.with(|it| it.enable)>
                <Enable user=user />
            </Show>
        </section>
    }
}

#[component]
fn Renew(user: Signal<UserRow>) -> impl IntoView {
    let i18n = use_i18n();
    let busy = RwSignal::new(false);
    let made = RwSignal::new(None::<OneTimeLink>);
    let invited = Memo::new(move |_| user.with(|it| it.state == UserState::Invited));
    let (text, label) = (
        move || match invited.get() {
            true => t_string!(i18n, users.renew_invited_hint),
            false => t_string!(i18n, users.renew_active_hint),
        },
        move || match invited.get() {
            true => t_string!(i18n, users.renew_invited),
            false => t_string!(i18n, users.renew_active),
        },
    );
    let renew = move || act(busy, app::users::renew_link(user.get_untracked().id), move |link| made.set(Some(link)));
    view! {
        <Act text=text>
            <Button label=label icon=Glyph::LINK busy=busy on_press=renew />
        </Act>
        {move || {
            made.get()
                .map(|link| {
                    let name = user.with_untracked(|it| it.name.clone());
                    view! { <LinkSheet name=name link=link on_done=move || made.set(None) /> }
                })
        }}
    }
}

#[component]
fn Disable(user: Signal<UserRow>) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let (busy, asks) = (RwSignal::new(false), RwSignal::new(false));
    let disable = move || {
        let it = user.get_untracked();
        act(busy, app::users::disable_user(it.id), move |()| {
            asks.set(false);
            live.note(Change::Settings);
            toasts.done(tu_string!(i18n, users.disabled, name = it.name));
        });
    };
    view! {
        <Act text=move || t_string!(i18n, users.disable_hint)>
            <Button
                label=move || t_string!(i18n, users.disable)
                kind=ButtonKind::Danger
                icon=Glyph::USER_X
                on_press=move || asks.set(true)
            />
        </Act>
        <Confirm
            open=asks
            question=move || t_string!(i18n, users.disable_question, name = user.with(|it| it.name.clone()))
            text=move || t_string!(i18n, users.disable_hint)
            act=move || t_string!(i18n, users.disable)
            busy=busy
            on_confirm=disable
        />
    }
}

#[component]
fn Enable(user: Signal<UserRow>) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let busy = RwSignal::new(false);
    let enable = move || {
        let it = user.get_untracked();
        act(busy, app::users::enable_user(it.id), move |()| {
            live.note(Change::Settings);
            toasts.done(tu_string!(i18n, users.enabled, name = it.name));
        });
    };
    view! {
        <Act text=move || t_string!(i18n, users.enable_hint)>
            <Button label=move || t_string!(i18n, users.enable) icon=Glyph::USER_CHECK busy=busy on_press=enable />
        </Act>
    }
}
