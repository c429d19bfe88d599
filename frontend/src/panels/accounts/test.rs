//! *Test connection*: tries what is typed and shows step by step how it went.

use leptos::prelude::*;
use model::{AccountDraft, AccountId, ProbeStep};

use super::fields::Fields;
use crate::calls::act;
use crate::i18n::{probe as words, t_string, use_i18n};
use crate::parts::{Banner, Button, FormState, Glyph, Icon, Tone};
use crate::state::accounts::AccountForm;
use crate::state::probe::{self, Line, Verdict};

/// A test that was made: what was typed then, and what came of it.
#[derive(Clone, PartialEq)]
struct Made {
    form: AccountForm,
    draft: AccountDraft,
    steps: Vec<ProbeStep>,
}

/// The button and, below it, the last result; a result is marked as old once something else is typed.
#[component]
pub(super) fn ConnectionTest(
    fields: Fields,
    /// The stored account, whose password is used when none is typed.
    id: Option<AccountId>,
    /// The form that the fields stand in, which shows their faults.
    form: FormState,
) -> impl IntoView {
    let i18n = use_i18n();
    let busy = RwSignal::new(false);
    let made = RwSignal::new(None::<Made>);
    let test = move || {
        let typed = untrack(|| fields.form());
        let draft = match typed.draft() {
            Ok(draft) => draft,
            Err(refusal) => return form.refuse(refusal.into()),
        };
        form.clear_all();
        made.set(None);
        let call = app::accounts::test_account(id, draft.clone());
        act(busy, call, move |steps| made.set(Some(Made { form: typed, draft, steps })));
    };
    let old = Memo::new(move |_| made.with(|it| it.as_ref().is_some_and(|it| it.form != fields.form())));
    let label = move || if busy.get() { t_string!(i18n, accounts.testing) } else { t_string!(i18n, accounts.test) };
    view! {
        <section class="connection-test">
            <div class="connection-test-head">
                <Button label=label icon=Glyph::PLUG busy=busy on_press=test />
                <p class="hint">{move || t_string!(i18n, accounts.test_hint)}</p>
            </div>
            <div role="status">
                <Show when=move || old.get()>
                    <Banner tone=Tone::Warning text=move || t_string!(i18n, accounts.test_old) />
                </Show>
                {move || made.get().map(|it| view! { <Outcome made=it /> })}
            </div>
        </section>
    }
}

/// How it ended, and the steps.
#[component]
fn Outcome(made: Made) -> impl IntoView {
    let i18n = use_i18n();
    let lines = probe::lines(&made.steps, &made.draft);
    let verdict = probe::verdict(&made.steps);
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
