//! Emptying the bin: the question with its number, and how far it is.

use leptos::prelude::*;
use model::{Change, Permission, Retention, RetentionRun};

use crate::calls;
use crate::format;
use crate::i18n::{language, messages::small, t_string, use_i18n};
use crate::live::Live;
use crate::parts::{Button, ButtonKind, Confirm, Glyph, Progress};
use crate::session::Session;
use crate::state::retention_form::{is_running, share};

/// What whoever manages the keeping of messages may do with the whole bin; nothing for others.
#[component]
pub fn Emptying() -> impl IntoView {
    let session = Session::find();
    view! {
        <Show when=move || session.can(Permission::RetentionManage)>
            <OfAll />
        </Show>
    }
}

#[component]
fn OfAll() -> impl IntoView {
    let live = Live::find();
    let retention = calls::ask(move || live.version(Change::Retention), |_| app::retention::open_retention());
    let running =
        Memo::new(move |_| retention.with(|it| it.and_then(|it| it.emptying.clone()).filter(|it| is_running(Some(it)))));
    let in_bin = Memo::new(move |_| retention.with(|it| it.map_or(0, |it: &Retention| it.in_bin)));
    view! {
        <div aria-live="polite">
            <Show
                when=move || running.with(Option::is_some)
                fallback=move || view! { <Empty in_bin=in_bin /> }
            >
                <HowFar run=running />
            </Show>
        </div>
    }
}

/// How far it is, and the way to stop it.
#[component]
fn HowFar(run: Memo<Option<RetentionRun>>) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let stopping = RwSignal::new(false);
    let stop = move || calls::act(stopping, app::retention::stop_retention(), move |()| live.note(Change::Retention));
    view! {
        <div class="bin-emptying">
            <p>{move || t_string!(i18n, retention.emptying)}</p>
            <Progress
                label=move || t_string!(i18n, retention.empty_progress)
                share=Signal::derive(move || run.with(|it| it.as_ref().map_or(1.0, share)))
            />
            <Button label=move || t_string!(i18n, retention.stop) busy=stopping on_press=stop />
        </div>
    }
}

/// The button, and the question that names how many messages it is about.
#[component]
fn Empty(in_bin: Memo<u64>) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let (busy, asks) = (RwSignal::new(false), RwSignal::new(false));
    let number = move || format::number(language(i18n.get_locale()), in_bin.get());
    let empty = move || {
        calls::act(busy, app::retention::empty_bin(), move |()| {
            asks.set(false);
            live.note(Change::Retention);
        });
    };
    view! {
        <Show when=move || 0 < in_bin.get()>
            <Button label=move || t_string!(i18n, retention.empty) icon=Glyph::TRASH_2 kind=ButtonKind::Danger on_press=move || asks.set(true) />
        </Show>
        <Confirm
            open=asks
            question=move || t_string!(i18n, retention.empty_question, count = small(in_bin.get()), n = number())
            text=move || t_string!(i18n, retention.empty_text)
            act=move || t_string!(i18n, retention.empty_act, count = small(in_bin.get()), n = number())
            busy=busy
            on_confirm=empty
        />
    }
}
