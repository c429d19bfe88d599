//! What can be done with an account, each with its consequence.

use leptos::prelude::*;
use model::{Account, AccountState, Change, Transport};

use super::table::account_name;
use crate::calls::act;
use crate::format;
use crate::i18n::{I18n, language, t_string, tu_string, use_i18n};
use crate::live::Live;
use crate::parts::{Act, Button, ButtonKind, Confirm, Glyph};
use crate::toast::Toasts;

/// Make default, pause or let go, delete.
#[component]
pub fn AccountActs(
    /// The account.
    #[prop(into)]
    account: Signal<Account>,
    /// Called when it is deleted.
    #[prop(into)]
    on_deleted: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let captures = Memo::new(move |_| account.with(|it| it.transport == Transport::Capture));
    let is_default = Memo::new(move |_| account.with(|it| it.is_default));
    view! {
        <section class="acts">
            <h2>{move || t_string!(i18n, accounts.actions)}</h2>
            <Show when=move || !is_default.get()>
                <MakeDefault account=account captures=captures />
            </Show>
            <PauseOrResume account=account />
            <Show when=move || !captures.get()>
                <Delete account=account on_deleted=on_deleted />
            </Show>
        </section>
    }
}

#[component]
fn MakeDefault(account: Signal<Account>, captures: Memo<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let busy = RwSignal::new(false);
    let text = move || match captures.get() {
        true => t_string!(i18n, accounts.make_default_capture),
        false => t_string!(i18n, accounts.make_default_hint),
    };
    let make = move || {
        let it = account.get_untracked();
        act(busy, app::accounts::make_account_default(it.id), move |()| {
            live.note(Change::Accounts);
            toasts.done(tu_string!(i18n, accounts.made_default, name = untrack(|| account_name(i18n, &it.name))));
        });
    };
    view! {
        <Act text=text>
            <Button label=move || t_string!(i18n, accounts.make_default) icon=Glyph::STAR busy=busy on_press=make />
        </Act>
    }
}

#[component]
fn PauseOrResume(account: Signal<Account>) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let busy = RwSignal::new(false);
    let sends = Memo::new(move |_| account.with(|it| it.state == AccountState::Active));
    let text = move || match sends.get() {
        true => t_string!(i18n, accounts.pause_hint).to_owned(),
        false => resume_words(i18n, account.with(|it| it.waiting)),
    };
    let pause = move || {
        let it = account.get_untracked();
        act(busy, app::accounts::pause_account(it.id), move |()| {
            live.note(Change::Accounts);
            toasts.done(tu_string!(i18n, accounts.paused, name = untrack(|| account_name(i18n, &it.name))));
        });
    };
    let resume = move || {
        let it = account.get_untracked();
        act(busy, app::accounts::resume_account(it.id), move |()| {
            live.note(Change::Accounts);
            toasts.done(tu_string!(i18n, accounts.resumed, name = untrack(|| account_name(i18n, &it.name))));
        });
    };
    view! {
        <Act text=text>
            <Show
                when=move || sends.get()
                fallback=move || view! {
                    <Button label=move || t_string!(i18n, accounts.resume) icon=Glyph::PLAY busy=busy on_press=resume />
                }
            >
                <Button label=move || t_string!(i18n, accounts.pause) icon=Glyph::PAUSE busy=busy on_press=pause />
            </Show>
        </Act>
    }
}

#[component]
fn Delete(account: Signal<Account>, on_deleted: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let (busy, asks) = (RwSignal::new(false), RwSignal::new(false));
    let waiting = Memo::new(move |_| account.with(|it| it.waiting));
    let text = move || match waiting.get() {
        0 => t_string!(i18n, accounts.delete_hint).to_owned(),
        n => t_string!(i18n, accounts.delete_waiting, count = n as u32, n = format::number(language(i18n.get_locale()), n)),
    };
    let consequence = move || {
        let gone = t_string!(i18n, accounts.delete_hint);
        match account.with(|it| it.is_default) {
            true => format!("{} {gone}", t_string!(i18n, accounts.delete_default)),
            false => gone.to_owned(),
        }
    };
    let delete = move || {
        let it = account.get_untracked();
        act(busy, app::accounts::delete_account(it.id), move |()| {
            asks.set(false);
            live.note(Change::Accounts);
            toasts.done(tu_string!(i18n, accounts.deleted, name = it.name));
            on_deleted.run(());
        });
    };
    view! {
        <Act text=text>
            <Button
                label=move || t_string!(i18n, accounts.delete)
                kind=ButtonKind::Danger
                icon=Glyph::TRASH_2
                disabled=Signal::derive(move || 0 < waiting.get())
                on_press=move || asks.set(true)
            />
        </Act>
        <Confirm
            open=asks
            question=move || t_string!(i18n, accounts.delete_question, name = account.with(|it| it.name.clone()))
            text=consequence
            act=move || t_string!(i18n, accounts.delete)
            busy=busy
            on_confirm=delete
        />
    }
}

fn resume_words(i18n: I18n, waiting: u64) -> String {
    match waiting {
        0 => t_string!(i18n, accounts.resume_hint_none).to_owned(),
        n => t_string!(i18n, accounts.resume_hint, count = n as u32, n = format::number(language(i18n.get_locale()), n)),
    }
}
