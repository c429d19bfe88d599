//! A password that can be looked at while it is typed.

use leptos::prelude::*;

use crate::i18n::{t_string, use_i18n};
use crate::parts::{Field, FormState, Glyph, IconButton};

/// The field with an eye.
#[component]
pub fn PasswordField(
    /// What is filled in.
    #[prop(into)]
    label: TextProp,
    /// What is typed.
    value: RwSignal<String>,
    /// The field's name, by which faults find it.
    #[prop(into)]
    name: String,
    /// `current-password` or `new-password`.
    autocomplete: &'static str,
    /// What to know before filling it in.
    #[prop(into, optional)]
    hint: Option<TextProp>,
) -> impl IntoView {
    let i18n = use_i18n();
    let form = FormState::find();
    let shown = RwSignal::new(false);
    let own = name.clone();
    let eye = move || if shown.get() { t_string!(i18n, session.hide_password) } else { t_string!(i18n, session.show_password) };
    view! {
        <Field label=label name=name hint=hint let:ids let:faulty>
            <span class="with-button">
                <input
                    class="input"
                    id=ids.field
                    type=move || if shown.get() { "text" } else { "password" }
                    autocomplete=autocomplete
                    autocapitalize="none"
                    spellcheck="false"
                    aria-invalid=move || faulty.get().then_some("true")
                    aria-describedby=ids.notes
                    prop:value=move || value.get()
                    on:input=move |event| {
                        if let Some(form) = form {
                            form.clear(&own);
                        }
                        value.set(event_target_value(&event));
                    }
                />
                <IconButton
                    label=eye
                    icon=Signal::derive(move || if shown.get() { Glyph::EYE_OFF } else { Glyph::EYE })
                    pressed=shown
                    on_press=move || shown.update(|it| *it = !*it)
                />
            </span>
        </Field>
    }
}
