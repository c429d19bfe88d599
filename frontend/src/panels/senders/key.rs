//! One key: its record to copy, what DNS says, and what can be done with it.

use leptos::prelude::*;
use model::{Change, DkimFound, DkimKey, DkimState, Moment};

use super::record::RecordLines;
use crate::calls;
use crate::format;
use crate::i18n::{senders as words, t_string, tu_string, use_i18n};
use crate::live::Live;
use crate::parts::{Banner, Button, ButtonKind, Confirm, Mark, MarkBadge, Tone};
use crate::toast::Toasts;

/// The key with its acts.
#[component]
pub(super) fn Key(key: Memo<Option<DkimKey>>) -> impl IntoView {
    let i18n = use_i18n();
    let state = Memo::new(move |_| key.with(|it| it.as_ref().map_or(DkimState::New, |it| it.state)));
    let mark = Signal::derive(move || match state.get() {
        DkimState::New => Mark::Waiting,
        DkimState::Active => Mark::Delivered,
        DkimState::Retired => Mark::Cancelled,
    });
    let about = move || {
        key.with(|it| {
            let it = it.as_ref()?;
            let made = t_string!(i18n, senders.created, when = format::moment(i18n.get_locale(), it.created_at));
            Some(format!("{} · {made}", words::algorithm(i18n.get_locale(), it.algorithm)))
        })
    };
    let record = Memo::new(move |_| key.with(|it| it.as_ref().map(|it| it.record.clone())));
    view! {
        <li class="key">
            <header>
                <h3>{move || key.with(|it| it.as_ref().map(|it| it.selector.clone()))}</h3>
                <MarkBadge mark=mark word=move || words::key_state(i18n.get_locale(), state.get()) />
                <span class="meta">{about}</span>
            </header>
            <p class="hint">{move || t_string!(i18n, senders.record)}</p>
            {move || record.get().map(|it| view! { <RecordLines record=it /> })}
            <Seen key=key />
            <KeyActs key=key state=state />
        </li>
    }
}

/// What DNS last said.
#[component]
fn Seen(key: Memo<Option<DkimKey>>) -> impl IntoView {
    let i18n = use_i18n();
    let checked = Memo::new(move |_| key.with(|it| it.as_ref().and_then(|it| it.checked)));
    let text = move |(found, at): (DkimFound, Moment)| {
        let when = t_string!(i18n, senders.checked_at, when = format::moment(i18n.get_locale(), at));
        format!("{when}. {}", words::found(i18n.get_locale(), found))
    };
    view! {
        <div role="status">
            {move || match checked.get() {
                None => view! { <p class="faint">{move || t_string!(i18n, senders.checked_never)}</p> }.into_any(),
                Some(it) => view! { <Banner tone=tone(it.0) text=move || text(it) /> }.into_any(),
            }}
        </div>
    }
}

fn tone(found: DkimFound) -> Tone {
    match found {
        DkimFound::Matches => Tone::Good,
        DkimFound::NoAnswer | DkimFound::Missing => Tone::Warning,
        DkimFound::Differs | DkimFound::Revoked => Tone::Bad,
    }
}

#[component]
fn KeyActs(key: Memo<Option<DkimKey>>, state: Memo<DkimState>) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let (checks, begins) = (RwSignal::new(false), RwSignal::new(false));
    let asks = RwSignal::new(None::<Ending>);
    let id = move || key.with_untracked(|it| it.as_ref().map(|it| it.id));
    let check = move || {
        let Some(id) = id() else { return };
        calls::act(checks, app::dkim::check_dkim_key(id), move |_| live.note(Change::Accounts));
    };
    let begin = move || {
        let Some(id) = id() else { return };
        calls::act(begins, app::dkim::use_dkim_key(id), move |key| {
            live.note(Change::Accounts);
            match key.state {
                DkimState::Active => toasts.done(tu_string!(i18n, senders.used, domain = key.domain.shown())),
                DkimState::New | DkimState::Retired => toasts.warn(tu_string!(i18n, senders.not_used).to_owned()),
            }
        });
    };
    let label = move || if checks.get() { t_string!(i18n, senders.checking) } else { t_string!(i18n, senders.check) };
    view! {
        <footer class="key-acts">
            <Button label=label busy=checks on_press=check />
            <Show
                when=move || state.get() == DkimState::Active
                fallback=move || view! {
                    <Button
                        label=move || t_string!(i18n, senders.use_key)
                        hint=move || t_string!(i18n, senders.use_text)
                        kind=ButtonKind::Primary
                        busy=begins
                        on_press=begin
                    />
                    <Button
                        label=move || t_string!(i18n, senders.delete)
                        kind=ButtonKind::Quiet
                        on_press=move || asks.set(Some(Ending::Delete))
                    />
                }
            >
                <Button
                    label=move || t_string!(i18n, senders.retire)
                    kind=ButtonKind::Quiet
                    on_press=move || asks.set(Some(Ending::Retire))
                />
            </Show>
        </footer>
        <EndQuestion key=key asks=asks />
    }
}

/// How a key ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    Retire,
    Delete,
}

/// Asks before a key signs no more or is gone.
#[component]
fn EndQuestion(key: Memo<Option<DkimKey>>, asks: RwSignal<Option<Ending>>) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let (busy, open) = (RwSignal::new(false), RwSignal::new(false));
    Effect::new(move |_| {
        if asks.with(Option::is_some) {
            open.set(true);
        }
    });
    let selector = move || key.with(|it| it.as_ref().map(|it| it.selector.clone())).unwrap_or_default();
    let retires = Memo::new(move |before: Option<&bool>| match asks.get() {
        Some(it) => it == Ending::Retire,
        None => before.copied().unwrap_or_default(),
    });
    let end = move || {
        let Some(id) = key.with_untracked(|it| it.as_ref().map(|it| it.id)) else { return };
        let (retires, selector) = (retires.get_untracked(), untrack(selector));
        let done = move |()| {
            open.set(false);
            asks.set(None);
            live.note(Change::Accounts);
            toasts.done(match retires {
                true => tu_string!(i18n, senders.retired, selector = selector),
                false => tu_string!(i18n, senders.deleted, selector = selector),
            });
        };
        match retires {
            true => calls::act(busy, app::dkim::retire_dkim_key(id), done),
            false => calls::act(busy, app::dkim::delete_dkim_key(id), done),
        }
    };
    view! {
        <Confirm
            open=open
            question=move || match retires.get() {
                true => t_string!(i18n, senders.retire_question, selector = selector()),
                false => t_string!(i18n, senders.delete_question, selector = selector()),
            }
            text=move || if retires.get() { t_string!(i18n, senders.retire_text) } else { t_string!(i18n, senders.delete_text) }
            act=move || if retires.get() { t_string!(i18n, senders.retire) } else { t_string!(i18n, senders.delete) }
            busy=busy
            on_confirm=end
        />
    }
}
