//! The steps of something that is put together one after the other.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// One step.
#[derive(Clone)]
pub struct StepMark {
    /// What is decided in it.
    pub name: TextProp,
    /// Whether it can be gone to.
    pub is_open: Signal<bool>,
    /// Whether nothing is missing in it; without it the number stays.
    pub is_complete: Signal<bool>,
}

impl StepMark {
    /// A step that is marked by its number alone.
    pub fn new(name: impl Into<TextProp>, is_open: Signal<bool>) -> Self {
        Self { name: name.into(), is_open, is_complete: Signal::stored(false) }
    }

    /// The same step with a tick once nothing is missing.
    pub fn ticked(self, is_complete: Signal<bool>) -> Self {
        Self { is_complete, ..self }
    }
}

/// Where one is among the steps.
#[component]
pub fn Steps(
    /// What the steps lead to.
    #[prop(into)]
    label: TextProp,
    /// The steps in their order.
    steps: Vec<StepMark>,
    /// The number of the one that is open, from zero.
    #[prop(into)]
    current: Signal<usize>,
    /// Called with the number of the one to go to.
    #[prop(into)]
    on_choose: Callback<(usize,)>,
) -> impl IntoView {
    let one = |(n, StepMark { name, is_open, is_complete }): (usize, StepMark)| {
        let is_here = move || current.get() == n;
        view! {
            <li aria-current=move || is_here().then_some("step") class:past=move || is_open.get() && !is_here()>
                <button type="button" prop:disabled=move || is_here() || !is_open.get() on:click=move |_| on_choose.run((n,))>
                    <span class="step-number" aria-hidden="true">
                        <Show when=move || is_complete.get() fallback=move || n + 1>
                            <Icon glyph=Glyph::CHECK />
                        </Show>
                    </span>
                    {move || name.get()}
                </button>
            </li>
        }
    };
    view! {
        <nav aria-label=move || label.get()>
            <ol class="steps">{steps.into_iter().enumerate().map(one).collect_view()}</ol>
        </nav>
    }
}
