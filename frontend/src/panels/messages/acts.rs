//! What can be done to messages that are not being written: let go, repeat, stop, take back.

use leptos::prelude::*;
use model::{Change, MessageId, ResendTo};

use crate::calls;
use crate::i18n::{t_string, use_i18n};
use crate::live::Live;
use crate::panels::undo::UndoList;
use crate::parts::Confirm;
use crate::toast::Toasts;

/// The acts of one panel; one runs at a time.
#[derive(Clone, Copy)]
pub struct Acts {
    busy: RwSignal<bool>,
    undo: UndoList,
    live: Live,
    toasts: Toasts,
    on_done: Callback<()>,
}

impl Acts {
    /// Acts that call back when one is done.
    pub fn new(on_done: impl Fn() + Send + Sync + 'static) -> Self {
        Self {
            busy: RwSignal::new(false),
            undo: UndoList::find(),
            live: Live::find(),
            toasts: Toasts::find(),
            on_done: Callback::new(move |()| on_done()),
        }
    }

    /// Whether one runs.
    pub fn busy(self) -> Signal<bool> {
        self.busy.into()
    }

    /// Lets prepared messages go.
    pub fn send(self, ids: Vec<MessageId>) {
        calls::act(self.busy, app::messages::release_messages(ids), move |released| {
            self.undo.note(&released);
            self.finish();
        });
    }

    /// Repeats messages of the history.
    pub fn resend(self, ids: Vec<MessageId>, to: ResendTo) {
        calls::act(self.busy, app::messages::resend_messages(ids, to), move |released| {
            self.undo.note(&released);
            self.finish();
        });
    }

    /// Stops what still waits; `words` say how many deliveries that were.
    pub fn cancel(self, ids: Vec<MessageId>, words: impl FnOnce(u64) -> String + 'static) {
        calls::act(self.busy, app::messages::cancel_messages(ids), move |stopped| {
            self.toasts.done(untrack(|| words(stopped)));
            self.finish();
        });
    }

    /// Takes messages out of their campaigns; `words` say how many that were.
    pub fn exclude(self, ids: Vec<MessageId>, words: impl FnOnce(u32) -> String + 'static) {
        calls::act(self.busy, app::campaigns::exclude_ticked(ids), move |n| {
            self.toasts.done(untrack(|| words(n)));
            self.live.note(Change::Campaigns);
            self.finish();
        });
    }

    fn finish(self) {
        self.live.note(Change::Messages);
        self.on_done.run(());
    }
}

/// Asks before what waits is stopped for good.
#[component]
pub fn CancelDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// How many messages would be stopped.
    #[prop(into)]
    messages: Signal<usize>,
    /// Whether the act runs.
    #[prop(into)]
    busy: Signal<bool>,
    /// Called when it is wanted.
    #[prop(into)]
    on_confirm: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let n = move || messages.get() as u32;
    view! {
        <Confirm
            open=open
            question=move || t_string!(i18n, messages.cancel_title)
            text=move || t_string!(i18n, messages.cancel_text)
            act=move || t_string!(i18n, messages.cancel_messages, count = n(), n = n())
            busy=busy
            on_confirm=on_confirm
        />
    }
}
