//! A text message without merge code: the text, how many parts it takes and why, and how it looks when it leaves.

use content::sms::without_diacritics;
use leptos::prelude::*;
use model::SmsSettings;

use super::Leaves;
use super::counter::Counter;
use super::dear::DearSigns;
use crate::i18n::{t_string, use_i18n};
use crate::parts::{Field, FormState, Switch};
use crate::state::sms_text::{Measured, measure_final};

/// The field, the counter, and the switch that takes diacritics off.
#[component]
pub fn PlainText(
    /// What is typed.
    value: RwSignal<String>,
    /// The field's name, by which faults find it.
    name: &'static str,
    /// Whether diacritics stay.
    keeps_diacritics: RwSignal<bool>,
    /// Called with the length when it changes.
    #[prop(into)]
    measured: Signal<Option<Measured>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let form = FormState::find();
    let measured = Memo::new(move |_| measured.get());
    let type_in = move |text: String| {
        if let Some(form) = form {
            form.clear(name);
        }
        value.set(text);
    };
    view! {
        <section class="sms-text">
            <Field label=move || t_string!(i18n, sms_text.text) name=name.to_owned() let:ids let:faulty>
                <textarea
                    class="input"
                    id=ids.field
                    rows="7"
                    spellcheck="true"
                    aria-invalid=move || faulty.get().then_some("true")
                    aria-describedby=ids.notes
                    prop:value=move || value.get()
                    on:input=move |event| type_in(event_target_value(&event))
                ></textarea>
            </Field>
            <Counter measured=measured />
            <DearSigns value=value measured=measured keeps_diacritics=keeps_diacritics readonly=Signal::stored(false) />
            <Switch
                label=move || t_string!(i18n, sms_text.keeps)
                hint=move || t_string!(i18n, sms_text.keeps_hint)
                checked=keeps_diacritics
            />
            <Leaves measured=measured />
        </section>
    }
}

/// What is typed, measured as it leaves by the account with these settings; nothing while nothing is typed.
pub fn measured(
    value: RwSignal<String>,
    keeps_diacritics: RwSignal<bool>,
    settings: RwSignal<Option<SmsSettings>>,
) -> Signal<Option<Measured>> {
    Signal::derive(move || {
        let text = value.with(|it| it.trim().to_owned());
        let text = if keeps_diacritics.get() { text } else { without_diacritics(&text) };
        Some(measure_final(&text, settings.with(|it| it.as_ref().is_some_and(SmsSettings::writes_latin1))))
    })
}
