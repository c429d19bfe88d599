//! How copies stand: what waits, what was given up and why; and ending them.

use leptos::prelude::*;
use model::{AccountId, Change, CopyMailbox, CopyWay};

use crate::calls::act;
use crate::format;
use crate::i18n::{language, messages::small, t_string, tu_string, use_i18n};
use crate::live::Live;
use crate::parts::{Act, Button, ButtonKind, Confirm, Glyph, Mark, MarkBadge};
use crate::toast::Toasts;

/// The state in a word, what waits, and what the server says against it.
#[component]
pub(super) fn CopyStanding(id: AccountId, mailbox: Signal<Option<CopyMailbox>>) -> impl IntoView {
    let i18n = use_i18n();
    let of = move |read: fn(&CopyMailbox) -> String| mailbox.with(|it| it.as_ref().map(read).unwrap_or_default());
    let trouble = Memo::new(move |_| of(|it| it.trouble.clone()));
    let is_sent = Memo::new(move |_| mailbox.with(|it| it.as_ref().is_some_and(|it| it.settings.way == CopyWay::Address)));
    let about_trouble =
        move || if is_sent.get() { t_string!(i18n, copies.trouble_relay) } else { t_string!(i18n, copies.trouble) };
    let failure = Memo::new(move |_| of(|it| it.failure.clone()));
    let counts = Memo::new(move |_| mailbox.with(|it| it.as_ref().map(|it| (it.waiting, it.failed)).unwrap_or_default()));
    let mark = Signal::derive(move || match (trouble.with(String::is_empty), counts.get()) {
        (false, _) | (_, (_, 1..)) => Mark::Failed,
        (_, (1.., _)) => Mark::Waiting,
        _ => Mark::Delivered,
    });
    let word = move || match mark.get() {
        Mark::Failed => t_string!(i18n, copies.state_trouble),
        Mark::Waiting => t_string!(i18n, copies.state_waiting),
        _ => t_string!(i18n, copies.state_done),
    };
    let number = move |n: u64| format::number(language(i18n.get_locale()), n);
    let waiting = move || t_string!(i18n, copies.waiting, count = small(counts.get().0), n = number(counts.get().0));
    let failed = move || t_string!(i18n, copies.failed, count = small(counts.get().1), n = number(counts.get().1));
    let put = move || {
        let at = mailbox.with(|it| it.as_ref().and_then(|it| it.put_at))?;
        Some(t_string!(i18n, copies.put_at, when = format::moment(i18n.get_locale(), at)))
    };
    view! {
        <section class="mailbox-standing">
            <span class="mailbox-state">
                <MarkBadge mark=mark word=word />
                <Show when=move || 0 < counts.get().0>
                    <span class="meta">{waiting}</span>
                </Show>
                <span class="meta">{put}</span>
            </span>
            <Show when=move || trouble.with(|it| !it.is_empty())>
                <div role="alert">
                    <p>{about_trouble}</p>
                    <pre class="literal">{move || trouble.get()}</pre>
                </div>
            </Show>
            <Show when=move || 0 < counts.get().1>
                <div role="alert">
                    <p>{failed}</p>
                    <pre class="literal">{move || failure.get()}</pre>
                    <Retry id=id />
                </div>
            </Show>
        </section>
    }
}

#[component]
fn Retry(id: AccountId) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let busy = RwSignal::new(false);
    let retry = move || act(busy, app::copies::retry_copies(id), move |_| live.note(Change::Accounts));
    view! {
        <div>
            <Button label=move || t_string!(i18n, copies.retry) icon=Glyph::REFRESH_CW busy=busy on_press=retry />
        </div>
    }
}

/// The act with its consequence, and the question before it.
#[component]
pub(super) fn RemoveCopies(id: AccountId) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let (busy, asks) = (RwSignal::new(false), RwSignal::new(false));
    let remove = move || {
        act(busy, app::copies::remove_copy_mailbox(id), move |()| {
            asks.set(false);
            live.note(Change::Accounts);
            toasts.done(tu_string!(i18n, copies.removed));
        });
    };
    view! {
        <section class="acts">
            <Act text=move || t_string!(i18n, copies.remove_text)>
                <Button
                    label=move || t_string!(i18n, copies.remove)
                    kind=ButtonKind::Danger
                    icon=Glyph::TRASH_2
                    on_press=move || asks.set(true)
                />
            </Act>
            <Confirm
                open=asks
                question=move || t_string!(i18n, copies.remove_question)
                text=move || t_string!(i18n, copies.remove_text)
                act=move || t_string!(i18n, copies.remove)
                busy=busy
                on_confirm=remove
            />
        </section>
    }
}
