//! Lines of e-mail addresses or phone numbers in the form; the first one is the main one.

use leptos::prelude::*;
use model::AddressLine;

use crate::browser::{focus, timer};
use crate::i18n::{I18n, t_string, use_i18n};
use crate::parts::{Button, ButtonKind, Field, FormState, Glyph, IconButton};
use crate::state::contact_form::Lines;

/// What the lines hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressKind {
    /// E-mail addresses.
    Email,
    /// Phone numbers.
    Phone,
}

impl AddressKind {
    /// The name by which faults find the lines.
    fn name(self) -> &'static str {
        match self {
            Self::Email => "emails",
            Self::Phone => "phones",
        }
    }

    fn label(self, i18n: I18n, place: usize) -> String {
        let n = place + 1;
        match (self, place) {
            (Self::Email, 0) => t_string!(i18n, contacts.email_main).to_owned(),
            (Self::Email, _) => t_string!(i18n, contacts.email_nth, n = n),
            (Self::Phone, 0) => t_string!(i18n, contacts.phone_main).to_owned(),
            (Self::Phone, _) => t_string!(i18n, contacts.phone_nth, n = n),
        }
    }

    /// The browser's keyboard and what it may fill in.
    fn typing(self) -> (&'static str, &'static str) {
        match self {
            Self::Email => ("email", "email"),
            Self::Phone => ("tel", "tel"),
        }
    }
}

/// The lines with their buttons.
#[component]
pub fn AddressLines(
    /// What they hold.
    kind: AddressKind,
    /// The lines.
    lines: RwSignal<Lines>,
) -> impl IntoView {
    let i18n = use_i18n();
    let form = FormState::find();
    // Faults name lines by their place, which changes when one goes.
    let forget_faults = move || {
        if let Some(form) = form {
            (0..=lines.with_untracked(|it| it.all().len())).for_each(|place| form.clear(&format!("{}.{place}", kind.name())));
        }
    };
    let places = move || lines.with(|it| it.all().iter().enumerate().map(|(place, it)| (it.number, place)).collect::<Vec<_>>());
    let add = move || {
        let number = lines.try_update(|it| it.add(AddressLine::default())).unwrap_or_default();
        timer::after(0, move || {
            focus::set_by_id(&line_id(kind, number));
        });
    };
    let add_words = move || match kind {
        AddressKind::Email => t_string!(i18n, contacts.add_email),
        AddressKind::Phone => t_string!(i18n, contacts.add_phone),
    };
    view! {
        <div class="address-lines">
            <For each=places key=|it| *it let:line>
                <AddressLine kind=kind lines=lines number=line.0 place=line.1 on_move=Callback::new(move |()| forget_faults()) />
            </For>
            <Button label=add_words kind=ButtonKind::Quiet icon=Glyph::PLUS on_press=add />
        </div>
    }
}

#[component]
fn AddressLine(kind: AddressKind, lines: RwSignal<Lines>, number: u32, place: usize, on_move: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let form = FormState::find();
    let name = format!("{}.{place}", kind.name());
    let own = name.clone();
    let label = move || kind.label(i18n, place);
    let text = move || lines.with(|it| it.text(number));
    let named = move || match text() {
        it if it.trim().is_empty() => label(),
        it => it,
    };
    let type_in = move |text: String| {
        if let Some(form) = form {
            form.clear(&own);
        }
        lines.update(|it| it.set(number, text));
    };
    let (keyboard, autocomplete) = kind.typing();
    let is_only = move || lines.with(|it| it.all().len() == 1);
    view! {
        <Field label=label name=name hint=None let:ids let:faulty>
            <div class="address-line">
                <input
                    class="input"
                    type="text"
                    inputmode=keyboard
                    autocomplete=autocomplete
                    spellcheck="false"
                    id=line_id(kind, number)
                    aria-label=label
                    aria-invalid=move || faulty.get().then_some("true")
                    aria-describedby=ids.notes
                    prop:value=text
                    on:input=move |event| type_in(event_target_value(&event))
                />
                <Show when=move || 0 < place>
                    <IconButton
                        label=move || t_string!(i18n, contacts.make_main, line = named())
                        icon=Glyph::STAR
                        on_press=move || {
                            on_move.run(());
                            lines.update(|it| it.prefer(number));
                        }
                    />
                </Show>
                <IconButton
                    label=move || t_string!(i18n, contacts.remove_line, line = named())
                    icon=Glyph::X
                    disabled=Signal::derive(move || is_only() && text().is_empty())
                    on_press=move || {
                        on_move.run(());
                        lines.update(|it| it.remove(number));
                    }
                />
            </div>
        </Field>
    }
}

fn line_id(kind: AddressKind, number: u32) -> String {
    format!("{}-{number}", kind.name())
}
