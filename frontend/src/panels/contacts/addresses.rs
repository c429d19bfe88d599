//! Lines of e-mail addresses or phone numbers in the form, each for a purpose; the first of a purpose is its default.

use leptos::prelude::*;
use model::{AddressLine, Purpose};

use crate::browser::{focus, timer};
use crate::i18n::{I18n, contacts as words, t_string, use_i18n};
use crate::parts::{AddressHintLine, Button, ButtonKind, Field, FormState, Glyph, Icon, IconButton};
use crate::state::contact_form::{Lines, purpose_code};

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
                <PurposeChoice lines=lines number=number named=Signal::derive(named) />
                <Show when=move || !lines.with(|it| it.is_default(number))>
                    <IconButton
                        label=move || t_string!(i18n, persons.make_default, line = named())
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
            {(kind == AddressKind::Email).then(|| {
                let meant = move |meant: String| lines.update(|it| it.set(number, meant));
                view! { <AddressHintLine text=Signal::derive(text) on_take=meant /> }
            })}
        </Field>
    }
}

/// What the address is for.
#[component]
fn PurposeChoice(lines: RwSignal<Lines>, number: u32, named: Signal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let options = move || {
        Purpose::ALL
            .map(|it| {
                let chosen = move || lines.with(|lines| lines.purpose(number) == it);
                view! {
                    <option value=purpose_code(it) prop:selected=chosen>
                        {move || words::purpose(i18n.get_locale(), it)}
                    </option>
                }
            })
            .collect_view()
    };
    view! {
        <span class="select purpose">
            <select
                class="input"
                aria-label=move || t_string!(i18n, persons.purpose_of, line = named.get())
                on:change=move |event| {
                    let code = event_target_value(&event);
                    let purpose = Purpose::ALL.into_iter().find(|it| purpose_code(*it) == code).unwrap_or_default();
                    lines.update(|it| it.set_purpose(number, purpose));
                }
            >
                {options()}
            </select>
            <Icon glyph=Glyph::CHEVRONS_UP_DOWN />
        </span>
    }
}

fn line_id(kind: AddressKind, number: u32) -> String {
    format!("{}-{number}", kind.name())
}
