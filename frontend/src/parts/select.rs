//! One of several, folded away.

use leptos::prelude::*;

use super::field::Field;
use super::form::FormState;
use super::icon::{Glyph, Icon};

/// A native list of choices.
#[component]
pub fn Select(
    /// What is chosen.
    #[prop(into)]
    label: TextProp,
    /// The values and their words.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// The value chosen.
    value: RwSignal<String>,
    /// The field's name, by which faults find it.
    #[prop(into, optional)]
    name: String,
    /// What to know before choosing.
    #[prop(into, optional)]
    hint: Option<TextProp>,
    /// Whether it cannot be changed now.
    #[prop(into, optional)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let form = FormState::find();
    let own = name.clone();
    view! {
        <Field label=label name=name hint=hint let:ids let:faulty>
            <span class="select">
                <select
                    class="input"
                    id=ids.field
                    aria-invalid=move || faulty.get().then_some("true")
                    aria-describedby=ids.notes
                    prop:disabled=move || disabled.get()
                    on:change=move |event| {
                        if let Some(form) = form {
                            form.clear(&own);
                        }
                        value.set(event_target_value(&event));
                    }
                >
                    {move || {
                        options
                            .get()
                            .into_iter()
                            .map(|(key, word)| {
                                let own = key.clone();
                                view! {
                                    <option value=key prop:selected=move || value.with(|it| *it == own)>
                                        {word}
                                    </option>
                                }
                            })
                            .collect_view()
                    }}
                </select>
                <Icon glyph=Glyph::CHEVRONS_UP_DOWN />
            </span>
        </Field>
    }
}
