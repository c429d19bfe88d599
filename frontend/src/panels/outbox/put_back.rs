//! Deciding about a copy of the database that was put back: what it is, what left since, and the two ways on.

use leptos::prelude::*;
use model::{Change, Moment, Outbox, PutBack, PutBackDecision};

use crate::calls::{Answer, act};
use crate::format;
use crate::i18n::{I18n, language, t_string, use_i18n};
use crate::live::Live;
use crate::parts::{Button, ButtonKind, Confirm};
use crate::toast::Toasts;

/// What has to be decided before anything leaves; nothing where the database is no such copy.
#[component]
pub fn PutBackNote(
    /// The outbox.
    outbox: Answer<Outbox>,
) -> impl IntoView {
    let i18n = use_i18n();
    let found = Memo::new(move |_| outbox.with(|it| it.and_then(|it| it.put_back)));
    let decision = RwSignal::new(PutBackDecision::SetAside);
    let asks = RwSignal::new(false);
    let ask = move |it| {
        decision.set(it);
        asks.set(true);
    };
    view! {
        <Show when=move || found.with(Option::is_some)>
            <section class="outbox-put-back" aria-labelledby="put-back">
                <h2 id="put-back">{move || t_string!(i18n, outbox.put_back_title)}</h2>
                <p>{move || found.get().map(|it| facts(i18n, &it))}</p>
                <p>{move || found.get().map(|it| queue(i18n, &it))}</p>
                <p class="outbox-pause">
                    <Button
                        label=move || t_string!(i18n, outbox.put_back_set_aside)
                        kind=ButtonKind::Primary
                        on_press=move || ask(PutBackDecision::SetAside)
                    />
                    <Button
                        label=move || t_string!(i18n, outbox.put_back_let_run)
                        on_press=move || ask(PutBackDecision::LetRun)
                    />
                </p>
            </section>
        </Show>
        <Question asks=asks decision=decision made_at=Signal::derive(move || found.get().map_or(Moment(0), |it| it.made_at)) />
    }
}

/// Says what the decision does before it is made.
#[component]
fn Question(asks: RwSignal<bool>, decision: RwSignal<PutBackDecision>, made_at: Signal<Moment>) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let busy = RwSignal::new(false);
    let lets_run = move || decision.get() == PutBackDecision::LetRun;
    let decide = move || {
        let decision = decision.get_untracked();
        act(busy, app::outbox::decide_put_back(decision), move |()| {
            asks.set(false);
            for change in [Change::Messages, Change::Campaigns, Change::Settings] {
                live.note(change);
            }
            toasts.done(untrack(|| match decision {
                PutBackDecision::LetRun => t_string!(i18n, outbox.resumed_done),
                PutBackDecision::SetAside => t_string!(i18n, outbox.put_back_set_aside_done),
            }));
        });
    };
    let question = move || {
        if lets_run() {
            t_string!(i18n, outbox.put_back_let_run_question)
        } else {
            t_string!(i18n, outbox.put_back_set_aside_question)
        }
    };
    let text = move || {
        if lets_run() {
            t_string!(i18n, outbox.put_back_let_run_text, when = format::exact(i18n.get_locale(), made_at.get()))
        } else {
            t_string!(i18n, outbox.put_back_set_aside_text).to_owned()
        }
    };
    let name = move || {
        if lets_run() { t_string!(i18n, outbox.put_back_let_run) } else { t_string!(i18n, outbox.put_back_set_aside) }
    };
    view! { <Confirm open=asks question=question text=text act=name busy=busy on_confirm=decide /> }
}

/// When the copy was made, and what it does not know.
fn facts(i18n: I18n, it: &PutBack) -> String {
    let when = |at| format::exact(i18n.get_locale(), at);
    let made = t_string!(i18n, outbox.put_back_made, when = when(it.made_at));
    let until = it.ran_until.map(|at| t_string!(i18n, outbox.put_back_until, when = when(at)));
    let left = match it.left_since {
        Some(n) => t_string!(i18n, outbox.put_back_left, count = n as u32, n = number(i18n, n)),
        None => t_string!(i18n, outbox.put_back_left_unknown).to_owned(),
    };
    [Some(made), until, Some(left)].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// What would leave.
fn queue(i18n: I18n, it: &PutBack) -> String {
    let waiting = t_string!(i18n, outbox.put_back_waiting, count = it.waiting as u32, n = number(i18n, it.waiting));
    let campaigns = (0 < it.campaigns)
        .then(|| t_string!(i18n, outbox.put_back_campaigns, count = it.campaigns as u32, n = number(i18n, it.campaigns)));
    [Some(waiting), campaigns].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn number(i18n: I18n, n: u64) -> String {
    format::number(language(i18n.get_locale()), n)
}
