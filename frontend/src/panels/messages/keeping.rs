//! Keeping a message as proof, putting it into the bin and taking it out again.

use leptos::prelude::*;
use model::{Change, MessageDetail, MessageId, Permission};

use crate::calls;
use crate::format;
use crate::i18n::messages::small;
use crate::i18n::{I18n, language, t_string, use_i18n};
use crate::live::Live;
use crate::parts::{Banner, Button, Glyph, IconButton, Menu, MenuItem, Tone};
use crate::session::Session;
use crate::toast::Toasts;

/// Puts messages into the bin; one act runs at a time.
#[derive(Clone, Copy)]
pub struct Deleting {
    busy: RwSignal<bool>,
    i18n: I18n,
    live: Live,
    toasts: Toasts,
}

impl Deleting {
    /// An act of the panel that asks.
    pub fn new() -> Self {
        Self { busy: RwSignal::new(false), i18n: use_i18n(), live: Live::find(), toasts: Toasts::find() }
    }

    /// Whether it runs.
    pub fn busy(self) -> Signal<bool> {
        self.busy.into()
    }

    /// Puts these messages into the bin and says how many they were.
    pub fn delete(self, ids: Vec<MessageId>, done: impl FnOnce() + 'static) {
        let n = ids.len() as u64;
        calls::act(self.busy, app::retention::delete_messages(ids), move |()| {
            self.live.note(Change::Messages);
            self.live.note(Change::Retention);
            let words = || {
                let number = format::number(language(self.i18n.get_locale()), n);
                t_string!(self.i18n, retention.binned, count = small(n), n = number)
            };
            self.toasts.done(untrack(words));
            done();
        });
    }
}

/// Keeps many messages as proof, or no longer.
#[component]
pub fn ProofMenu(
    /// Called with whether they are kept.
    #[prop(into)]
    on_choose: Callback<(bool,)>,
    /// Whether what was chosen still runs.
    #[prop(into)]
    busy: Signal<bool>,
    /// How many messages; none where the server counts them.
    #[prop(optional, into)]
    messages: Signal<Option<usize>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let number = move |n: usize| format::number(language(i18n.get_locale()), n as u64);
    let keep = move || match messages.get() {
        Some(n) => t_string!(i18n, retention.proof_keep_these, count = small(n as u64), n = number(n)),
        None => t_string!(i18n, retention.proof_keep).to_owned(),
    };
    let no_more = move || match messages.get() {
        Some(n) => t_string!(i18n, retention.proof_drop_these, count = small(n as u64), n = number(n)),
        None => t_string!(i18n, retention.proof_drop).to_owned(),
    };
    view! {
        <Menu label=move || t_string!(i18n, retention.proof_menu) glyph=Glyph::SHIELD_CHECK>
            <MenuItem label=keep disabled=busy on_press=move || on_choose.run((true,)) />
            <MenuItem label=no_more disabled=busy on_press=move || on_choose.run((false,)) />
        </Menu>
    }
}

/// Says how many messages are kept as proof now, or no longer.
pub fn tell_proofs(i18n: I18n, toasts: Toasts, is_proof: bool, n: u64) {
    let words = || {
        let number = format::number(language(i18n.get_locale()), n);
        match is_proof {
            true => t_string!(i18n, retention.proofs_kept, count = small(n), n = number),
            false => t_string!(i18n, retention.proofs_dropped, count = small(n), n = number),
        }
    };
    toasts.done(untrack(words));
}

/// Says that a message lies in the bin, with the way back, or that it is kept as proof.
#[component]
pub fn KeptOrBinned(
    /// The message.
    message: Signal<MessageDetail>,
) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let busy = RwSignal::new(false);
    let is_binned = Memo::new(move |_| message.with(|it| it.binned_at.is_some()));
    let is_proof = Memo::new(move |_| message.with(|it| it.is_proof));
    let restore = move || {
        let ids = vec![message.with_untracked(|it| it.id)];
        calls::act(busy, app::retention::restore_messages(ids), move |()| {
            live.note(Change::Messages);
            live.note(Change::Retention);
        });
    };
    view! {
        <Show when=move || is_binned.get()>
            <Banner tone=Tone::Warning text=move || t_string!(i18n, retention.lies_in_bin) glyph=Glyph::TRASH_2>
                <Button label=move || t_string!(i18n, retention.restore_this) busy=busy on_press=restore />
            </Banner>
        </Show>
        <Show when=move || is_proof.get()>
            <Banner text=move || t_string!(i18n, retention.is_proof) glyph=Glyph::SHIELD_CHECK />
        </Show>
    }
}

/// What can be done to keep it or to let it go.
#[component]
pub fn KeepingActs(
    /// The message.
    message: Signal<MessageDetail>,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let (live, toasts) = (Live::find(), Toasts::find());
    let (busy, deleting) = (RwSignal::new(false), Deleting::new());
    let is_proof = Memo::new(move |_| message.with(|it| it.is_proof));
    let is_whole =
        Memo::new(move |_| message.with(|it| it.state.is_history() && it.binned_at.is_none() && it.erased_at.is_none()));
    let can_delete = move || is_whole.get() && !is_proof.get() && session.can(Permission::MessageDelete);
    let can_keep = move || is_whole.get() && session.can(Permission::RetentionManage);
    let keep_label =
        move || if is_proof.get() { t_string!(i18n, retention.not_as_proof) } else { t_string!(i18n, retention.keep_as_proof) };
    let keep = move || {
        let (ids, keeps) = (vec![message.with_untracked(|it| it.id)], !is_proof.get_untracked());
        calls::act(busy, app::retention::keep_messages_as_proof(ids, keeps), move |()| {
            live.note(Change::Messages);
            let words = || if keeps { t_string!(i18n, retention.proof_kept) } else { t_string!(i18n, retention.proof_dropped) };
            toasts.done(untrack(|| words().to_owned()));
        });
    };
    view! {
        <Show when=can_keep>
            <IconButton
                label=keep_label
                icon=Glyph::SHIELD_CHECK
                on_press=keep
                disabled=busy
                pressed=Signal::derive(move || is_proof.get())
            />
        </Show>
        <Show when=can_delete>
            <IconButton
                label=move || t_string!(i18n, retention.delete)
                icon=Glyph::TRASH_2
                on_press=move || deleting.delete(vec![message.with_untracked(|it| it.id)], || {})
                disabled=deleting.busy()
            />
        </Show>
    }
}
