//! Where a message was carried to, try by try, with the relay's literal answers.

use leptos::prelude::*;
use model::{
    Attempt, AttemptOutcome, BounceNote, Change, Decision, DeliveryDetail, DeliveryState, MessageDetail, MessageId, Permission,
    Refusal,
};

use super::parts::TextParts;
use crate::calls::{self, Answer};
use crate::format;
use crate::i18n::{messages as words, refusals, suppressions, t_string, use_i18n};
use crate::live::Live;
use crate::panels::accounts::account_name;
use crate::panels::archive::EvidenceMenu;
use crate::panels::returns::{BounceNotes, notes_of};
use crate::parts::{Act, Banner, Button, DeliveryBadge, Mark, MarkBadge, Tone, When};
use crate::session::Session;
use crate::toast::Toasts;

/// All deliveries of a message; those whose end is unknown first say so and ask for a decision.
#[component]
pub fn DeliveryList(
    /// The message.
    message: Signal<MessageDetail>,
) -> impl IntoView {
    let i18n = use_i18n();
    let deliveries = Memo::new(move |_| message.with(|it| it.deliveries.clone()));
    let notes = notes_of(Signal::derive(move || message.with(|it| it.id)));
    let ids = move || deliveries.with(|it| it.iter().map(|it| it.id).collect::<Vec<_>>());
    view! {
        <Show
            when=move || deliveries.with(|it| !it.is_empty())
            fallback=move || view! { <p class="faint">{move || t_string!(i18n, messages.no_deliveries)}</p> }
        >
            <ul class="deliveries">
                <For each=ids key=|it| *it let:id>
                    {
                        let delivery = Memo::new(move |_| deliveries.with(|it| it.iter().find(|it| it.id == id).cloned()));
                        let first = delivery.get_untracked();
                        first
                            .map(|first| {
                                let shown = Memo::new(move |_| delivery.get().unwrap_or_else(|| first.clone()));
                                view! { <Delivery message=message.with_untracked(|it| it.id) delivery=shown notes=notes /> }
                            })
                    }
                </For>
            </ul>
        </Show>
    }
}

#[component]
fn Delivery(message: MessageId, delivery: Memo<DeliveryDetail>, notes: Answer<Vec<BounceNote>>) -> impl IntoView {
    let i18n = use_i18n();
    let state = Memo::new(move |_| delivery.with(|it| it.state));
    let attempts = Memo::new(move |_| delivery.with(|it| it.attempts.clone()));
    let due = move || delivery.with(|it| it.due_at.filter(|_| it.state == DeliveryState::Waiting));
    let due_words = move || {
        due().map(|at| {
            let time = format::moment(i18n.get_locale(), at);
            if attempts.with(Vec::is_empty) {
                t_string!(i18n, messages.leaves, time = time)
            } else {
                t_string!(i18n, messages.next_try, time = time)
            }
        })
    };
    let why = move || {
        let cause = delivery.with(|it| it.suppressed.clone())?;
        Some(t_string!(i18n, suppressions.delivery, why = suppressions::why(i18n.get_locale(), &cause)))
    };
    view! {
        <li class="delivery" data-state=move || if state.get() == DeliveryState::Unknown { "unknown" } else { "known" }>
            <header>
                <strong class="clip">{move || delivery.with(|it| it.address.shown())}</strong>
                <DeliveryBadge state=state />
                <span class="meta">{due_words}</span>
                <Show when=move || attempts.with(|it| !it.is_empty())>
                    <span class="delivery-acts">
                        <EvidenceMenu message=message delivery=delivery.with_untracked(|it| it.id) />
                    </span>
                </Show>
            </header>
            <Show when=move || state.get() == DeliveryState::Unknown>
                <Undecided delivery=delivery />
            </Show>
            {move || why().map(|it| view! { <p class="delivery-why">{it}</p> })}
            <TextParts delivery=delivery />
            <ol class="attempts">
                <For each=move || attempts.get() key=|it| it.number let:attempt>
                    <Try attempt=attempt />
                </For>
            </ol>
            <Show when=move || attempts.with(Vec::is_empty) && state.get() != DeliveryState::Suppressed>
                <p class="faint">{move || t_string!(i18n, messages.no_tries)}</p>
            </Show>
            <BounceNotes notes=notes delivery=delivery.with_untracked(|it| it.id) />
        </li>
    }
}

/// One try with its time, relay, protection and literal answer.
#[component]
pub fn Try(
    /// The try.
    attempt: Attempt,
) -> impl IntoView {
    let i18n = use_i18n();
    let Attempt { number, at, outcome, relay, reply, tls } = attempt;
    let mark = match outcome {
        AttemptOutcome::Accepted => Mark::Accepted,
        AttemptOutcome::Deferred => Mark::Deferred,
        AttemptOutcome::Rejected => Mark::Failed,
        AttemptOutcome::Unknown => Mark::Unknown,
    };
    let protection = move || match tls.as_str() {
        "" => t_string!(i18n, messages.protection_none).to_owned(),
        tls => tls.to_owned(),
    };
    view! {
        <li class="attempt">
            <p class="attempt-line">
                <span>{move || t_string!(i18n, messages.try_number, n = number)}</span>
                <MarkBadge mark=Signal::stored(mark) word=move || words::outcome(i18n.get_locale(), outcome) />
                <When at=Signal::stored(at) />
                <span class="meta">{move || account_name(i18n, &relay)}</span>
                <span class="meta">{protection}</span>
            </p>
            {if reply.is_empty() {
                view! { <p class="faint">{move || t_string!(i18n, messages.reply_none)}</p> }.into_any()
            } else {
                view! { <pre class="literal" tabindex="0" aria-label=move || t_string!(i18n, messages.reply)>{reply}</pre> }.into_any()
            }}
        </li>
    }
}

/// The two decisions about a delivery whose end nobody knows, each with its consequence.
#[component]
fn Undecided(delivery: Memo<DeliveryDetail>) -> impl IntoView {
    let i18n = use_i18n();
    let (session, live, toasts) = (Session::find(), Live::find(), Toasts::find());
    let busy = RwSignal::new(false);
    let may = Memo::new(move |_| session.can(Permission::OutboxManage));
    let decide = move |decision| {
        let id = delivery.with_untracked(|it| it.id);
        calls::act(busy, app::messages::decide_delivery(id, decision), move |()| {
            toasts.done(untrack(|| t_string!(i18n, messages.decided)));
            live.note(Change::Messages);
        });
    };
    let no_right = move || refusals::refusal(i18n.get_locale(), &Refusal::NotPermitted(Permission::OutboxManage));
    view! {
        <div class="undecided">
            <Banner
                tone=Tone::Warning
                text=move || format!("{}. {}", t_string!(i18n, messages.unknown_title), t_string!(i18n, messages.unknown_text))
            />
            <Show when=move || may.get() fallback=move || view! { <p class="meta">{no_right}</p> }>
                <Act text=move || t_string!(i18n, messages.decide_again_text)>
                    <Button
                        label=move || t_string!(i18n, messages.decide_again)
                        busy=busy
                        on_press=move || decide(Decision::SendAgain)
                    />
                </Act>
                <Act text=move || t_string!(i18n, messages.decide_accepted_text)>
                    <Button
                        label=move || t_string!(i18n, messages.decide_accepted)
                        busy=busy
                        on_press=move || decide(Decision::TakeAsAccepted)
                    />
                </Act>
            </Show>
        </div>
    }
}
