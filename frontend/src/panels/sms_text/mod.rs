//! The view *SMS*: the text, how many parts it takes and why, and how it looks when it leaves.

mod counter;
mod dear;
mod plain;
mod price;
mod survey;

use content::letter;
use content::merge::Diacritics;
use leptos::prelude::*;
use model::{Chosen, Language, MergeField, MergeValues, SmsSettings, TemplateDraft, TemplateFault};

pub use plain::{PlainText, measured};

use counter::{Counter, Longest};
use dear::DearSigns;
use price::{Price, default_account};
use survey::SurveyPart;

use crate::editor::Hand;
use crate::i18n::{merge, t_string, use_i18n};
use crate::parts::{Field, FormState, Switch};
use crate::state::sms_text::{Leaving, Seen, longest, measure, measure_final};

/// The most recipients whose texts are measured.
const SEEN_MAX: usize = 200;

/// A text message with merge code.
#[component]
pub fn SmsText(
    /// What is typed.
    value: RwSignal<String>,
    /// The field's name, by which faults find it.
    #[prop(into)]
    name: String,
    /// Whether diacritics stay.
    keeps_diacritics: RwSignal<bool>,
    /// The language of the text.
    #[prop(into)]
    language: Signal<Language>,
    /// The fields that may be put in.
    fields: Signal<Vec<MergeField>>,
    /// What is wrong in it.
    faults: Signal<Vec<TemplateFault>>,
    /// Whose data are shown: the name, empty for the samples, and the data.
    person: Signal<(String, MergeValues)>,
    /// Everything about the text as it is on the screen.
    #[prop(into)]
    draft: Signal<TemplateDraft>,
    /// To whom it goes, when that is known.
    people: Option<Signal<Vec<Chosen>>>,
    /// What the page writes into the text with.
    hand: Hand,
    /// Whether it can only be looked at.
    #[prop(into)]
    readonly: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let catalogue = Memo::new_with_compare(move |_| fields.with(|it| letter::catalogue(it)), |_, _| true);
    let settings = default_account();
    let in_latin1 = Memo::new(move |_| settings.with(|it| it.as_ref().is_some_and(SmsSettings::writes_latin1)));
    let leaving = move || Leaving {
        diacritics: if keeps_diacritics.get() { Diacritics::Keep } else { Diacritics::Strip },
        in_latin1: in_latin1.get(),
    };
    let seen = RwSignal::new(Vec::<Seen>::new());
    Effect::new(move |_| {
        let (name, values) = person.get();
        seen.update(|it| {
            it.retain(|it| it.name != name);
            it.truncate(SEEN_MAX - 1);
            it.push(Seen { name, values });
        });
    });
    let measured = Memo::new(move |_| {
        person
            .with(|(_, values)| value.with(|it| catalogue.with(|fields| measure(it, fields, language.get(), values, leaving()))))
    });
    let most = Memo::new(move |_| {
        seen.with(|seen| value.with(|it| catalogue.with(|fields| longest(it, fields, language.get(), seen, leaving()))))
    });
    let is_sound = Signal::derive(move || measured.with(Option::is_some) && value.with(|it| !it.trim().is_empty()));
    let form = FormState::find();
    let own = name.clone();
    view! {
        <section class="sms-text">
            <Field label=move || t_string!(i18n, sms_text.text) name=name let:ids let:faulty>
                {
                    let id = ids.field.clone();
                    view! {
                        <textarea
                            class="input"
                            id=ids.field
                            rows="6"
                            lang=move || language.get().code()
                            aria-invalid=move || (faulty.get() || faults.with(|it| !it.is_empty())).then_some("true")
                            aria-describedby=ids.notes
                            prop:readOnly=move || readonly.get()
                            prop:value=move || value.get()
                            on:focus=move |_| hand.follow(&id)
                            on:input=move |event| {
                                if let Some(form) = form {
                                    form.clear(&own);
                                }
                                value.set(event_target_value(&event));
                            }
                        ></textarea>
                    }
                }
            </Field>
            <For each=move || faults.get() key=|it| format!("{it:?}") let:fault>
                <p class="fault">
                    {move || merge::fault_with_suggestion(i18n.get_locale(), &fault.fault, fault.suggestion.as_deref())}
                </p>
            </For>
            <Counter measured=measured />
            <Price measured=measured settings=settings />
            <Longest most=most seen=Signal::derive(move || seen.with(Vec::len)) />
            <DearSigns value=value measured=measured keeps_diacritics=keeps_diacritics readonly=readonly />
            <Switch
                label=move || t_string!(i18n, sms_text.keeps)
                hint=move || t_string!(i18n, sms_text.keeps_hint)
                checked=keeps_diacritics
                disabled=readonly
            />
            <Leaves measured=measured />
            <SurveyPart draft=draft people=people settings=settings is_sound=is_sound />
        </section>
    }
}

/// A final text with its length, part by part.
#[component]
pub fn TextLeaves(
    /// The text.
    text: Signal<String>,
) -> impl IntoView {
    let measured = Memo::new(move |_| text.with(|it| Some(measure_final(it, false))));
    view! {
        <div class="sms-text">
            <Counter measured=measured />
            <Leaves measured=measured />
        </div>
    }
}

/// The text as it leaves, part by part.
#[component]
fn Leaves(measured: Memo<Option<crate::state::sms_text::Measured>>) -> impl IntoView {
    let i18n = use_i18n();
    let parts = move || measured.with(|it| it.as_ref().map(|it| it.parts.clone()).unwrap_or_default());
    view! {
        <Show when=move || measured.with(|it| it.as_ref().is_some_and(|it| !it.parts.is_empty()))>
            <figure class="sms-leaves">
                <figcaption>{move || t_string!(i18n, sms_text.leaves)}</figcaption>
                <ol>{move || parts().into_iter().map(|it| view! { <li>{it}</li> }).collect_view()}</ol>
            </figure>
        </Show>
    }
}
