//! Trying what is typed into a form before it is saved.

use app::Problem;
use leptos::prelude::*;
use model::Refusal;

use crate::calls::act;
use crate::i18n::{t_string, use_i18n};
use crate::parts::{Banner, Button, FormState, Glyph, Tone};

/// The button and, below it, the last result; a result is marked as old once something else is typed.
#[component]
pub(super) fn Trial<F, R, C>(
    /// What it tries, on the button.
    #[prop(into)]
    label: TextProp,
    /// What trying does and what it does not.
    #[prop(into)]
    hint: TextProp,
    /// The form that the fields stand in, which shows their faults.
    form: FormState,
    /// Reads what is typed, subscribing to it.
    typed: impl Fn() -> F + Copy + Send + Sync + 'static,
    /// Tries what was typed, unless a field is wrong.
    attempt: impl Fn(&F) -> Result<C, Refusal> + Copy + Send + Sync + 'static,
    /// Shows what came of it.
    outcome: impl Fn(R) -> AnyView + Copy + Send + 'static,
) -> impl IntoView
where
    F: PartialEq + Send + Sync + 'static,
    R: Clone + Send + Sync + 'static,
    C: Future<Output = Result<R, Problem>> + 'static,
{
    let i18n = use_i18n();
    let busy = RwSignal::new(false);
    let made = RwSignal::new(None::<(F, R)>);
    let test = move || {
        let then = untrack(typed);
        let call = match attempt(&then) {
            Ok(call) => call,
            Err(refusal) => return form.refuse(refusal.into()),
        };
        form.clear_all();
        made.set(None);
        act(busy, call, move |result| made.set(Some((then, result))));
    };
    let old = Memo::new(move |_| made.with(|it| it.as_ref().is_some_and(|it| it.0 != typed())));
    let shown = move || made.with(|it| it.as_ref().map(|it| it.1.clone()));
    let words = move || if busy.get() { t_string!(i18n, accounts.testing).into() } else { label.get() };
    view! {
        <section class="connection-test">
            <div class="connection-test-head">
                <Button label=words icon=Glyph::PLUG busy=busy on_press=test />
                <p class="hint">{move || hint.get()}</p>
            </div>
            <div role="status">
                <Show when=move || old.get()>
                    <Banner tone=Tone::Warning text=move || t_string!(i18n, accounts.test_old) />
                </Show>
                {move || shown().map(outcome)}
            </div>
        </section>
    }
}
