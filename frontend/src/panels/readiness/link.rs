//! One link of the chain: how it stands, what to do, what goes into DNS, and the evidence.

use leptos::prelude::*;
use model::{Evidence, Grade, Readiness, ReadinessCheck};

use crate::i18n::{readiness as words, t_string, use_i18n};
use crate::panels::senders::RecordLines;
use crate::parts::{Glyph, Icon};
use crate::state::readiness::{Chain, LinkState};

/// The link, which fills as it is looked at.
#[component]
pub(super) fn Link(check: ReadinessCheck, chain: RwSignal<Chain>) -> impl IntoView {
    let i18n = use_i18n();
    let state = Memo::new(move |_| chain.with(|it| it.state(check)));
    let found = Memo::new(move |_| chain.with(|it| it.of(check).cloned()));
    let (name, glyph) = (move || outcome(state.get()), move || glyph(state.get()));
    view! {
        <li class="probe-step" data-outcome=name>
            <span class="probe-mark">{move || view! { <Icon glyph=glyph() /> }}</span>
            <div class="probe-words">
                <p class="probe-stage">
                    <span>{move || words::check(i18n.get_locale(), check)}</span>
                    <span class="probe-outcome">{move || words::state(i18n.get_locale(), state.get())}</span>
                </p>
                {move || found.get().map(|it| view! { <Found it=it /> })}
            </div>
        </li>
    }
}

#[component]
fn Found(it: Readiness) -> impl IntoView {
    let i18n = use_i18n();
    let (record, evidence) = (it.record.clone(), it.evidence.clone());
    let has_evidence = !evidence.is_empty();
    // Where something stands there already, it is changed, and not put beside it.
    let changes = it.evidence.first().is_some_and(|it| !it.answer.is_empty());
    let record_title = move || match changes {
        true => t_string!(i18n, readiness.record_change),
        false => t_string!(i18n, readiness.record),
    };
    view! {
        <p class="probe-hint">{move || words::finding(i18n.get_locale(), &it)}</p>
        {record.map(|it| view! {
            <div class="dns-record">
                <h3>{record_title}</h3>
                <RecordLines record=it />
            </div>
        })}
        {has_evidence.then(|| view! {
            <details>
                <summary>{move || t_string!(i18n, readiness.evidence)}</summary>
                <dl class="evidence">{evidence.into_iter().map(|it| view! { <Answer it=it /> }).collect_view()}</dl>
            </details>
        })}
    }
}

#[component]
fn Answer(it: Evidence) -> impl IntoView {
    let i18n = use_i18n();
    let Evidence { asked, answer } = it;
    view! {
        <dt>{asked}</dt>
        <dd>
            {if answer.is_empty() {
                view! { <span class="faint">{move || t_string!(i18n, readiness.evidence_nothing)}</span> }.into_any()
            } else {
                view! { <pre class="literal">{answer}</pre> }.into_any()
            }}
        </dd>
    }
}

/// The name by which the sheet colours it.
fn outcome(state: LinkState) -> &'static str {
    match state {
        LinkState::Found(Grade::Good) => "passed",
        LinkState::Found(Grade::Warning) => "warned",
        LinkState::Found(Grade::Bad) => "failed",
        LinkState::Found(Grade::Unknown) | LinkState::Waits | LinkState::Runs => "skipped",
    }
}

fn glyph(state: LinkState) -> Glyph {
    match state {
        LinkState::Waits => Glyph::CIRCLE,
        LinkState::Runs => Glyph::LOADER_CIRCLE,
        LinkState::Found(Grade::Good) => Glyph::CHECK,
        LinkState::Found(Grade::Unknown) => Glyph::CIRCLE_HELP,
        LinkState::Found(Grade::Warning) => Glyph::TRIANGLE_ALERT,
        LinkState::Found(Grade::Bad) => Glyph::X,
    }
}
