//! What a gateway told about each part of a text message.

use leptos::prelude::*;
use model::{DeliveryDetail, SmsPart, SmsProgress};

use crate::format;
use crate::i18n::{language, sms, t_string, use_i18n};
use crate::parts::{Mark, MarkBadge, When};

/// The parts with their states; nothing for an e-mail.
#[component]
pub(super) fn TextParts(delivery: Memo<DeliveryDetail>) -> impl IntoView {
    let i18n = use_i18n();
    let parts = Memo::new(move |_| delivery.with(|it| it.parts.clone()));
    view! {
        <Show when=move || parts.with(|it| !it.is_empty())>
            <ol class="sms-parts" aria-label=move || t_string!(i18n, sms_parts.title)>
                <For each=move || parts.get() key=|it| (it.number, it.state, it.at, it.price) let:part>
                    <TextPart part=part />
                </For>
            </ol>
        </Show>
    }
}

#[component]
fn TextPart(part: SmsPart) -> impl IntoView {
    let i18n = use_i18n();
    let SmsPart { number, state, word, at, price, carrier, error } = part;
    let mark = match state.progress() {
        SmsProgress::UnderWay => Mark::Deferred,
        SmsProgress::Failed => Mark::Failed,
        SmsProgress::Arrived => Mark::Accepted,
    };
    let cost = move || {
        price.map(|it| t_string!(i18n, sms_parts.price, amount = format::decimal(language(i18n.get_locale()), it)).to_string())
    };
    let literal = [word, error, carrier].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" · ");
    let words = (!literal.is_empty()).then(|| {
        view! { <span class="meta">{move || t_string!(i18n, sms_parts.word, word = literal.clone())}</span> }
    });
    view! {
        <li>
            <span>{move || t_string!(i18n, sms_parts.part, n = number)}</span>
            <MarkBadge mark=Signal::stored(mark) word=move || sms::part_state(i18n.get_locale(), state) />
            {at.map(|at| view! { <When at=Signal::stored(at) /> })}
            <span class="meta">{cost}</span>
            {words}
        </li>
    }
}
