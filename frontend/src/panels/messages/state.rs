//! How far a message has come, told by the most telling thing about it.

use leptos::prelude::*;

use crate::i18n::{t_string, use_i18n};
use crate::parts::{Mark, MarkBadge, MessageBadge};
use crate::state::message_acts::Shown;

/// Its state, or that deliveries were put off or cannot end; how many stands in the tip.
#[component]
pub fn ShownBadge(
    /// What is told.
    #[prop(into)]
    shown: Signal<Shown>,
    /// On a tinted ground, for headings.
    #[prop(optional)]
    pill: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    move || match shown.get() {
        Shown::State(state) => view! { <MessageBadge state=Signal::stored(state) pill=pill /> }.into_any(),
        Shown::Deferred(n) => view! {
            <span title=move || t_string!(i18n, messages.deferred, count = n, n = n)>
                <MarkBadge mark=Signal::stored(Mark::Deferred) word=move || t_string!(i18n, common.delivery_deferred) pill=pill />
            </span>
        }
        .into_any(),
        Shown::Unknown(n) => view! {
            <span title=move || t_string!(i18n, messages.unknown, count = n, n = n)>
                <MarkBadge mark=Signal::stored(Mark::Unknown) word=move || t_string!(i18n, common.delivery_unknown) pill=pill />
            </span>
        }
        .into_any(),
    }
}
