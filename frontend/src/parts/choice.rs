//! Choices: tick boxes, switches, one of several.

use leptos::prelude::*;

use super::form::FormState;
use super::fresh_id;
use crate::i18n::use_i18n;

/// A tick box with its words.
#[component]
pub fn Checkbox(
    /// What is ticked.
    #[prop(into)]
    label: TextProp,
    /// Whether it is.
    checked: RwSignal<bool>,
    /// What it means, in more words.
    #[prop(into, optional)]
    hint: Option<TextProp>,
    /// Whether it cannot be changed now.
    #[prop(into, optional)]
    disabled: Signal<bool>,
) -> impl IntoView {
    view! { <Ticked class="checkbox" role=None label=label checked=checked hint=hint disabled=disabled /> }
}

/// A switch that acts at once.
#[component]
pub fn Switch(
    /// What is switched.
    #[prop(into)]
    label: TextProp,
    /// Whether it is on.
    checked: RwSignal<bool>,
    /// What it means, in more words.
    #[prop(into, optional)]
    hint: Option<TextProp>,
    /// Whether it cannot be changed now.
    #[prop(into, optional)]
    disabled: Signal<bool>,
) -> impl IntoView {
    view! { <Ticked class="switch" role=Some("switch") label=label checked=checked hint=hint disabled=disabled /> }
}

#[component]
fn Ticked(
    class: &'static str,
    role: Option<&'static str>,
    label: TextProp,
    checked: RwSignal<bool>,
    hint: Option<TextProp>,
    disabled: Signal<bool>,
) -> impl IntoView {
    let hint_id = fresh_id("hint");
    let described = hint.is_some().then(|| hint_id.clone());
    view! {
        <label class=class>
            <input
                type="checkbox"
                role=role
                aria-describedby=described
                prop:checked=move || checked.get()
                prop:disabled=move || disabled.get()
                on:change=move |event| checked.set(event_target_checked(&event))
            />
            <span class="choice-words">
                <span>{move || label.get()}</span>
                {hint.map(|it| view! { <span class="hint" id=hint_id>{move || it.get()}</span> })}
            </span>
        </label>
    }
}

/// One of a few, all of them in sight.
#[component]
pub fn RadioGroup(
    /// What is chosen.
    #[prop(into)]
    label: TextProp,
    /// The values and their words.
    #[prop(into)]
    options: Vec<(&'static str, TextProp)>,
    /// The value chosen.
    value: RwSignal<String>,
    /// The field's name, by which faults find it.
    #[prop(into, optional)]
    name: String,
    /// Side by side in one frame instead of below each other.
    #[prop(optional)]
    segmented: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let group = fresh_id("choice");
    let form = FormState::find();
    let field = name.clone();
    let fault = move || form.and_then(|it| it.fault(&field, i18n.get_locale()));
    let options = options
        .into_iter()
        .map(|(key, words)| {
            view! {
                <label class="radio">
                    <input
                        type="radio"
                        name=group.clone()
                        value=key
                        prop:checked=move || value.with(|it| it == key)
                        on:change=move |_| value.set(key.to_owned())
                    />
                    <span>{move || words.get()}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="radio-group" class:segmented=segmented>
            <legend>{move || label.get()}</legend>
            <div class="radio-options">{options}</div>
            {move || fault().map(|it| view! { <p class="fault">{it}</p> })}
        </fieldset>
    }
}
