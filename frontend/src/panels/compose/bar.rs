//! The bar below: what is kept, and the ways to end.

use leptos::prelude::*;

use super::ends::Ends;
use super::keeper::Keeper;
use crate::i18n::messages::small;
use crate::i18n::{refusals, t_string, use_i18n};
use crate::parts::{Button, ButtonKind, Confirm, Glyph, Icon, Kbd};
use crate::state::saving::{Kept, Trouble};

/// *Send to N*, *Save only*, *Discard*, and whether everything is kept.
#[component]
pub(super) fn ComposeBar(
    /// The ways to end.
    ends: Ends,
    /// What keeps the text.
    keeper: StoredValue<Keeper>,
    /// Whether the message is on its way to the server.
    busy: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let people = Memo::new(move |_| small(ends.people() as u64));
    let obstacle = Memo::new(move |_| ends.send_obstacle());
    let save_obstacle = Memo::new(move |_| ends.obstacle());
    let send_words = move || match people.get() {
        0 => t_string!(i18n, messages.send).to_owned(),
        n => t_string!(i18n, messages.send_to, count = n, n = n),
    };
    let sending = Signal::derive(move || busy.get() && !ends.preparing.get());
    view! {
        <footer class="compose-bar">
            <KeptSign keeper=keeper />
            <p class="obstacle" role="status">{move || obstacle.get()}</p>
            <Discard ends=ends />
            <Button
                label=move || t_string!(i18n, messages.save_only)
                icon=Glyph::SAVE
                hint=move || save_obstacle.get().unwrap_or_else(|| t_string!(i18n, messages.save_only_hint).to_owned())
                busy=ends.preparing
                disabled=Signal::derive(move || save_obstacle.with(Option::is_some) || sending.get())
                on_press=move || ends.prepare()
            />
            <Button
                label=send_words
                kind=ButtonKind::Primary
                icon=Glyph::SEND
                hint=move || obstacle.get().unwrap_or_default()
                busy=sending
                disabled=Signal::derive(move || obstacle.with(Option::is_some) || ends.preparing.get())
                on_press=move || ends.send()
            />
            <span class="compose-keys"><Kbd keys="Ctrl Enter" /></span>
        </footer>
    }
}

/// Whether everything that was typed is kept.
#[component]
fn KeptSign(keeper: StoredValue<Keeper>) -> impl IntoView {
    let i18n = use_i18n();
    let status = keeper.with_value(Keeper::status);
    let glyph = move || match status.get() {
        Kept::Saved => Some(Glyph::CHECK),
        Kept::Trouble(_) => Some(Glyph::CIRCLE_ALERT),
        Kept::Nothing | Kept::Waiting | Kept::Saving => None,
    };
    let words = move || match status.get() {
        Kept::Nothing | Kept::Trouble(Trouble::Stale) => String::new(),
        Kept::Waiting => t_string!(i18n, messages.kept_waiting).to_owned(),
        Kept::Saving => t_string!(i18n, common.saving).to_owned(),
        Kept::Saved => t_string!(i18n, messages.kept_saved).to_owned(),
        Kept::Trouble(Trouble::Problem(problem)) => {
            t_string!(i18n, messages.kept_failed, why = refusals::problem(i18n.get_locale(), &problem))
        }
    };
    let failed = move || status.with(|it| matches!(it, Kept::Trouble(Trouble::Problem(_))));
    view! {
        <p class="kept" class:fault=failed>
            {move || glyph().map(|it| view! { <Icon glyph=it /> })}
            <span>{words}</span>
            <Show when=failed>
                <Button
                    label=move || t_string!(i18n, common.retry)
                    kind=ButtonKind::Quiet
                    on_press=move || keeper.with_value(Keeper::save)
                />
            </Show>
        </p>
    }
}

/// Throws the draft away, once the question is answered.
#[component]
fn Discard(ends: Ends) -> impl IntoView {
    let i18n = use_i18n();
    let asks = RwSignal::new(false);
    let busy = RwSignal::new(false);
    view! {
        <Button
            label=move || t_string!(i18n, messages.discard)
            kind=ButtonKind::Quiet
            icon=Glyph::TRASH_2
            on_press=move || asks.set(true)
        />
        <Confirm
            open=asks
            question=move || t_string!(i18n, messages.discard_title)
            text=move || t_string!(i18n, messages.discard_text)
            act=move || t_string!(i18n, messages.discard_button)
            busy=busy
            on_confirm=move || ends.discard(busy)
        />
    }
}
