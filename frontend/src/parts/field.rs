//! Fields: a label, the field, a hint, and the fault that the form found in it.

use leptos::html;
use leptos::prelude::*;

use super::form::FormState;
use super::fresh_id;
use super::hint::AddressHintLine;
use crate::browser::focus;
use crate::i18n::{t_string, use_i18n};

/// What is typed into a text field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextKind {
    /// Any text.
    #[default]
    Text,
    /// An e-mail address.
    Email,
    /// A password.
    Password,
    /// A whole number; only digits are let in.
    Number,
    /// A phone number.
    Phone,
    /// A web address.
    Web,
}

impl TextKind {
    /// The browser's type of field and of keyboard on a phone.
    fn attributes(self) -> (&'static str, &'static str) {
        match self {
            // Our own check of addresses is stricter and worded; the browser's type would only bring its own bubbles.
            Self::Text => ("text", "text"),
            Self::Email => ("text", "email"),
            Self::Password => ("password", "text"),
            Self::Number => ("text", "numeric"),
            Self::Phone => ("tel", "tel"),
            Self::Web => ("text", "url"),
        }
    }
}

/// The ids that tie a field to its words.
#[derive(Clone)]
pub struct FieldIds {
    /// Of the field itself.
    pub field: String,
    /// Of everything that describes it.
    pub notes: String,
}

/// The frame around any field: label above, hint and fault below. `children` gets the ids and draws the field.
#[component]
pub fn Field<V: IntoView + 'static>(
    /// What is filled in.
    #[prop(into)]
    label: TextProp,
    /// The field's name, by which faults find it.
    #[prop(into, optional)]
    name: String,
    /// What to know before filling it in.
    #[prop(optional_no_strip)]
    hint: Option<TextProp>,
    /// Marks that it may stay empty.
    #[prop(optional)]
    optional: bool,
    /// Draws the field.
    children: impl FnOnce(FieldIds, Signal<bool>) -> V,
) -> impl IntoView {
    let i18n = use_i18n();
    let form = FormState::find();
    let fault = Memo::new(move |_| form.and_then(|it| it.fault(&name, i18n.get_locale())));
    let faulty = Signal::derive(move || fault.with(Option::is_some));
    let ids = FieldIds { field: fresh_id("field"), notes: fresh_id("notes") };
    let (own, notes) = (ids.field.clone(), ids.notes.clone());
    view! {
        <div class="field" class:faulty=faulty>
            <label for=own>
                <span>{move || label.get()}</span>
                {optional.then(|| view! { <span class="optional">{move || t_string!(i18n, common.optional)}</span> })}
            </label>
            {children(ids, faulty)}
            <div class="notes" id=notes>
                {move || fault.get().map(|it| view! { <p class="fault">{it}</p> })}
                {hint.map(|it| view! { <p class="hint">{move || it.get()}</p> })}
            </div>
        </div>
    }
}

/// A field of one line.
#[component]
pub fn TextField(
    /// What is filled in.
    #[prop(into)]
    label: TextProp,
    /// What is typed.
    value: RwSignal<String>,
    /// The field's name, by which faults find it.
    #[prop(into, optional)]
    name: String,
    /// What is typed into it.
    #[prop(optional)]
    kind: TextKind,
    /// What to know before filling it in.
    #[prop(into, optional)]
    hint: Option<TextProp>,
    /// An example inside the empty field.
    #[prop(into, optional)]
    placeholder: Option<TextProp>,
    /// Marks that it may stay empty.
    #[prop(optional)]
    optional: bool,
    /// What the browser may fill in, such as `email` or `new-password`.
    #[prop(optional)]
    autocomplete: Option<&'static str>,
    /// Gets the focus when it appears.
    #[prop(optional)]
    autofocus: bool,
    /// Whether it cannot be changed now.
    #[prop(into, optional)]
    disabled: Signal<bool>,
    /// As short as a postcode.
    #[prop(optional)]
    short: bool,
) -> impl IntoView {
    let form = FormState::find();
    let own = name.clone();
    let type_in = move |text: String| {
        if let Some(form) = form {
            form.clear(&own);
        }
        value.set(if kind == TextKind::Number { text.chars().filter(char::is_ascii_digit).collect() } else { text });
    };
    let (input_type, keyboard) = kind.attributes();
    let node = NodeRef::<html::Input>::new();
    if autofocus {
        node.on_load(|element| focus::set_later(element.into()));
    }
    view! {
        <Field label=label name=name hint=hint optional=optional let:ids let:faulty>
            <input
                class="input"
                class:short=short
                node_ref=node
                id=ids.field
                type=input_type
                inputmode=keyboard
                autocomplete=autocomplete.unwrap_or("off")
                spellcheck=(kind != TextKind::Text).then_some("false")
                aria-invalid=move || faulty.get().then_some("true")
                aria-describedby=ids.notes
                placeholder=placeholder.map(|it| move || it.get())
                prop:disabled=move || disabled.get()
                prop:value=move || value.get()
                on:input=move |event| type_in(event_target_value(&event))
            />
            {(kind == TextKind::Email).then(|| view! { <AddressHintLine text=value on_take=move |meant| value.set(meant) /> })}
        </Field>
    }
}

/// A field of several lines that grows with the text.
#[component]
pub fn TextArea(
    /// What is filled in.
    #[prop(into)]
    label: TextProp,
    /// What is typed.
    value: RwSignal<String>,
    /// The field's name, by which faults find it.
    #[prop(into, optional)]
    name: String,
    /// What to know before filling it in.
    #[prop(into, optional)]
    hint: Option<TextProp>,
    /// Marks that it may stay empty.
    #[prop(optional)]
    optional: bool,
    /// How many lines it shows when empty.
    #[prop(default = 4)]
    lines: u32,
    /// Whether it cannot be changed now.
    #[prop(into, optional)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let form = FormState::find();
    let own = name.clone();
    view! {
        <Field label=label name=name hint=hint optional=optional let:ids let:faulty>
            <textarea
                class="input"
                id=ids.field
                rows=lines.to_string()
                aria-invalid=move || faulty.get().then_some("true")
                aria-describedby=ids.notes
                prop:disabled=move || disabled.get()
                prop:value=move || value.get()
                on:input=move |event| {
                    if let Some(form) = form {
                        form.clear(&own);
                    }
                    value.set(event_target_value(&event));
                }
            ></textarea>
        </Field>
    }
}
