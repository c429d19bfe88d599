//! *Test connection*: tries what is typed and shows step by step how it went.

use leptos::prelude::*;
use model::{AccountDraft, AccountId, ProbeStep};

use super::fields::Fields;
use crate::i18n::{probe as words, t_string, use_i18n};
use crate::panels::trial::Trial;
use crate::parts::{Banner, FormState, Glyph, Icon, Tone};
use crate::state::probe::{self, Line, Verdict};

/// The button with the steps below it.
#[component]
pub(super) fn ConnectionTest(
    fields: Fields,
    /// The stored account, whose password is used when none is typed.
    id: Option<AccountId>,
    /// The form that the fields stand in, which shows their faults.
    form: FormState,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Trial
            label=move || t_string!(i18n, accounts.test)
            hint=move || t_string!(i18n, accounts.test_hint)
            form=form
            typed=move || fields.form()
            attempt=move |typed| {
                let draft = typed.draft()?;
                Ok(async move { Ok((app::accounts::test_account(id, draft.clone()).await?, draft)) })
            }
            outcome=|(steps, draft)| view! { <Outcome steps=steps draft=draft /> }.into_any()
        />
    }
}

/// How it ended, and the steps.
#[component]
fn Outcome(steps: Vec<ProbeStep>, draft: AccountDraft) -> impl IntoView {
    let i18n = use_i18n();
    let lines = probe::lines(&steps, &draft);
    let verdict = probe::verdict(&steps);
    let text = move || match verdict {
        Some(Verdict::Passed) => t_string!(i18n, accounts.test_passed).to_owned(),
        Some(Verdict::Warned) => t_string!(i18n, accounts.test_warned).to_owned(),
        Some(Verdict::Failed(stage)) => {
            t_string!(i18n, accounts.test_failed, stage = words::stage(i18n.get_locale(), stage))
        }
        None => String::new(),
    };
    let tone = match verdict {
        Some(Verdict::Passed) => Tone::Good,
        Some(Verdict::Warned) => Tone::Warning,
        Some(Verdict::Failed(_)) | None => Tone::Bad,
    };
    view! {
        <Banner tone=tone text=text />
        <ol class="probe">{lines.into_iter().map(|it| view! { <Step line=it /> }).collect_view()}</ol>
    }
}

#[component]
fn Step(line: Line) -> impl IntoView {
    let i18n = use_i18n();
    let Line { stage, passed, hint, answer } = line;
    let (glyph, name) = match passed {
        Some(true) if hint.is_some() => (Glyph::TRIANGLE_ALERT, "warned"),
        Some(true) => (Glyph::CHECK, "passed"),
        Some(false) => (Glyph::X, "failed"),
        None => (Glyph::MINUS, "skipped"),
    };
    let outcome = move || match passed {
        Some(true) => t_string!(i18n, accounts.step_passed),
        Some(false) => t_string!(i18n, accounts.step_failed),
        None => t_string!(i18n, accounts.step_skipped),
    };
    view! {
        <li class="probe-step" data-outcome=name>
            <span class="probe-mark"><Icon glyph=glyph /></span>
            <div class="probe-words">
                <p class="probe-stage">
                    <span>{move || words::stage(i18n.get_locale(), stage)}</span>
                    <span class="probe-outcome">{outcome}</span>
                </p>
                {hint.map(|it| view! { <p class="probe-hint">{move || words::hint(i18n.get_locale(), it)}</p> })}
                {(!answer.is_empty())
                    .then(|| {
                        view! {
                            <details>
                                <summary>{move || t_string!(i18n, accounts.answer)}</summary>
                                <pre class="literal">{answer}</pre>
                            </details>
                        }
                    })}
            </div>
        </li>
    }
}
