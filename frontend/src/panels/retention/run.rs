//! What the stored periods would do, and doing it: once, or each night.

use leptos::prelude::*;
use model::{Change, Permission, Retention, RetentionMode, RetentionRun, RetentionState};

use super::found::{Found, Sample};
use crate::calls;
use crate::format;
use crate::i18n::{language, messages::small, retention as words, t_string, use_i18n};
use crate::live::Live;
use crate::parts::{Banner, Button, ButtonKind, Confirm, Glyph, Progress, Tone, When};
use crate::session::Session;
use crate::state::retention_form::{is_running, share};

/// Whichever is the case: it goes on, or it can be looked and done.
#[component]
pub(super) fn RunPanel(retention: Signal<Retention>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let goes_on =
        Memo::new(move |_| retention.with(|it| [&it.look, &it.run, &it.emptying].into_iter().any(|it| is_running(it.as_ref()))));
    let in_bin = move || retention.with(|it| it.in_bin);
    let bin = move || {
        let n = format::number(language(i18n.get_locale()), in_bin());
        t_string!(i18n, retention.in_bin, count = small(in_bin()), n = n)
    };
    view! {
        <section class="retention-run" aria-live="polite">
            <h2>{move || t_string!(i18n, retention.run_title)}</h2>
            <Show when=move || goes_on.get() fallback=move || view! { <Standing retention=retention /> }>
                <Running retention=retention />
            </Show>
            <Show when=move || session.can(Permission::MessageDelete)>
                <p class="page-link"><a href="/bin">{bin}</a></p>
            </Show>
        </section>
    }
}

/// How far it is, and the way to stop it.
#[component]
fn Running(retention: Signal<Retention>) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let stopping = RwSignal::new(false);
    let run = Memo::new(move |_| {
        retention.with(|it| {
            [&it.look, &it.run, &it.emptying].into_iter().flatten().find(|it| it.state == RetentionState::Running).cloned()
        })
    });
    let text = move || match run.with(|it| it.as_ref().map(|it| it.mode)) {
        Some(RetentionMode::Apply) => t_string!(i18n, retention.applying),
        Some(RetentionMode::Empty) => t_string!(i18n, retention.emptying),
        Some(RetentionMode::Look) | None => t_string!(i18n, retention.looking),
    };
    let stop = move || calls::act(stopping, app::retention::stop_retention(), move |()| live.note(Change::Retention));
    view! {
        <p>{text}</p>
        <Progress
            label=move || t_string!(i18n, retention.progress)
            share=Signal::derive(move || run.with(|it| it.as_ref().map_or(1.0, share)))
        />
        <p class="form-end">
            <Button label=move || t_string!(i18n, retention.stop) busy=stopping on_press=stop />
        </p>
    }
}

/// What was found, and what can be done.
#[component]
fn Standing(retention: Signal<Retention>) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let looking = RwSignal::new(false);
    let look = move || calls::act(looking, app::retention::look_at_retention(), move |()| live.note(Change::Retention));
    let is_looked = Memo::new(move |_| retention.with(|it| it.is_looked));
    let found = Memo::new(move |_| retention.with(|it| it.look.clone().filter(|it| it.state == RetentionState::Ended)));
    view! {
        <p>{move || t_string!(i18n, retention.run_lead)}</p>
        <Show when=move || found.with(Option::is_some)>
            <Show when=move || !is_looked.get()>
                <Banner tone=Tone::Warning text=move || t_string!(i18n, retention.look_old) />
            </Show>
            <Found run=Signal::derive(move || found.get()) />
            <Sample retention=retention />
        </Show>
        <div class="form-end">
            <Button
                label=move || t_string!(i18n, retention.look)
                icon=Glyph::SEARCH
                kind=ButtonKind::Primary
                busy=looking
                on_press=look
            />
            <Apply retention=retention />
            <Nightly retention=retention />
        </div>
        <Last run=Signal::derive(move || retention.with(|it| it.run.clone())) />
    }
}

/// Puts what was found into the bin.
#[component]
fn Apply(retention: Signal<Retention>) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let (open, busy) = (RwSignal::new(false), RwSignal::new(false));
    let n =
        Memo::new(move |_| retention.with(|it| it.look.as_ref().filter(|_| it.is_looked).map_or(0, |it| it.found.messages())));
    let number = move || format::number(language(i18n.get_locale()), n.get());
    let apply = move || {
        calls::act(busy, app::retention::apply_retention(), move |()| {
            open.set(false);
            live.note(Change::Retention);
        });
    };
    view! {
        <Show when=move || 0 < n.get()>
            <Button
                label=move || t_string!(i18n, retention.apply, count = small(n.get()), n = number())
                icon=Glyph::TRASH_2
                on_press=move || open.set(true)
            />
        </Show>
        <Confirm
            open=open
            question=move || t_string!(i18n, retention.apply_question)
            text=move || {
                let days = retention.with(|it| it.rules.bin_days);
                t_string!(i18n, retention.apply_text, count = days, n = days)
            }
            act=move || t_string!(i18n, retention.apply, count = small(n.get()), n = number())
            busy=busy
            on_confirm=apply
        />
    }
}

/// Switches between doing it each night and not.
#[component]
fn Nightly(retention: Signal<Retention>) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let busy = RwSignal::new(false);
    let nightly = Memo::new(move |_| retention.with(|it| it.nightly));
    let may = Memo::new(move |_| retention.with(|it| it.nightly || it.is_looked));
    let label =
        move || if nightly.get() { t_string!(i18n, retention.nightly_off) } else { t_string!(i18n, retention.nightly_on) };
    let switch = move || {
        let on = !nightly.get_untracked();
        calls::act(busy, app::retention::switch_retention(on), move |()| live.note(Change::Retention));
    };
    view! {
        <Show when=move || may.get()>
            <Button label=label kind=ButtonKind::Quiet busy=busy on_press=switch />
        </Show>
    }
}

/// When it was last done, and how many messages it were.
#[component]
fn Last(run: Signal<Option<RetentionRun>>) -> impl IntoView {
    let i18n = use_i18n();
    move || {
        run.get().map(|run| {
            let at = run.ended_at.unwrap_or(run.began_at);
            view! {
                <p class="meta">
                    {move || words::last(i18n.get_locale(), &run)} " " <When at=Signal::stored(at) />
                </p>
            }
        })
    }
}
