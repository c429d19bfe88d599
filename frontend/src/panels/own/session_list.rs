//! Where one is signed in.

use leptos::prelude::*;
use model::{Change, SessionId, SessionRow};

use crate::calls::{self, act};
use crate::i18n::{I18n, t_string, tu_string, use_i18n};
use crate::live::Live;
use crate::panels::loaded::Loaded;
use crate::parts::{Button, Glyph, Icon, When};
use crate::state::device;
use crate::toast::Toasts;

/// All one's sessions, each with its device and a way to end it.
#[component]
pub fn SessionList() -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let sessions = calls::ask(move || live.version(Change::Settings), |_| app::profile::list_sessions());
    let busy = RwSignal::new(false);
    let others = Memo::new(move |_| sessions.with(|it| it.map_or(0, |it| it.iter().filter(|it| !it.current).count())));
    let end = move |id: SessionId| {
        act(busy, app::profile::revoke_session(id), move |()| {
            sessions.ask_again();
            toasts.done(tu_string!(i18n, settings.session_ended));
        });
    };
    let end_others = move || {
        act(busy, app::profile::revoke_other_sessions(), move |n| {
            sessions.ask_again();
            toasts.done(tu_string!(i18n, settings.sessions_ended, count = n as u32, n = n));
        });
    };
    view! {
        <Loaded answer=sessions let:list>
            <ul class="sessions">
                <For each=move || list.get() key=|it| it.id let:session>
                    <SessionItem session=session busy=busy on_end=Callback::new(move |(id,)| end(id)) />
                </For>
            </ul>
        </Loaded>
        <Show when=move || 0 < others.get()>
            <footer class="form-end">
                <Button
                    label=move || t_string!(i18n, settings.sessions_end, count = others.get() as u32, n = others.get())
                    busy=busy
                    on_press=end_others
                />
            </footer>
        </Show>
    }
}

#[component]
fn SessionItem(session: SessionRow, busy: RwSignal<bool>, on_end: Callback<(SessionId,)>) -> impl IntoView {
    let i18n = use_i18n();
    let SessionRow { id, device, from, created_at, seen_at, current } = session;
    let glyph = if device::read(&device).is_some_and(|it| it.handheld) { Glyph::SMARTPHONE } else { Glyph::MONITOR };
    let agent = device.clone();
    let name = Memo::new(move |_| device_name(i18n, &device));
    view! {
        <li class="session" class:current=current>
            <Icon glyph=glyph large=true />
            <div class="session-words">
                <strong title=agent>{name}</strong>
                {current.then(|| view! { <span class="tag">{move || t_string!(i18n, settings.session_current)}</span> })}
                <dl>
                    <div>
                        <dt>{move || t_string!(i18n, settings.session_seen)}</dt>
                        <dd><When at=Signal::stored(seen_at) /></dd>
                    </div>
                    <div>
                        <dt>{move || t_string!(i18n, settings.session_begun)}</dt>
                        <dd><When at=Signal::stored(created_at) /></dd>
                    </div>
                    <div>
                        <dt>{move || t_string!(i18n, settings.session_from)}</dt>
                        <dd>{from}</dd>
                    </div>
                </dl>
            </div>
            {(!current)
                .then(|| {
                    view! {
                        <Button
                            label=move || t_string!(i18n, settings.session_end)
                            hint=move || t_string!(i18n, settings.session_end_of, device = name.get())
                            busy=busy
                            on_press=move || on_end.run((id,))
                        />
                    }
                })}
        </li>
    }
}

/// The browser and the system when they are known, else what the program calls itself.
fn device_name(i18n: I18n, agent: &str) -> String {
    match device::read(agent) {
        Some(it) => t_string!(i18n, settings.session_on, browser = it.browser, system = it.system),
        None if agent.is_empty() => t_string!(i18n, settings.session_unknown).to_owned(),
        None => agent.to_owned(),
    }
}
