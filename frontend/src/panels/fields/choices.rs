//! The choices of an own field: lines that come and go; one that was in use says what goes with it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{ChoiceId, FieldChange, FieldDefinition};

use crate::format;
use crate::i18n::{language, messages::small, t_string, use_i18n};
use crate::parts::{Button, ButtonKind, Field, FormState, Glyph, IconButton};

/// One line; its number stays while lines around it come and go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ChoiceLine {
    number: u32,
    id: Option<ChoiceId>,
    text: RwSignal<String>,
}

impl ChoiceLine {
    /// The lines of a field; a new one begins with two empty lines.
    pub fn all(field: Option<&FieldDefinition>) -> Vec<Self> {
        let stored = field.map_or(&[][..], |it| &it.choices);
        let mut lines: Vec<Self> = (1..)
            .zip(stored)
            .map(|(number, it)| Self { number, id: Some(it.id), text: RwSignal::new(it.name.clone()) })
            .collect();
        while lines.len() < 2 {
            lines.push(Self { number: lines.len() as u32 + 1, id: None, text: RwSignal::new(String::new()) });
        }
        lines
    }

    /// What is typed.
    pub fn typed(lines: &[Self]) -> Vec<(Option<ChoiceId>, String)> {
        lines.iter().map(|it| (it.id, it.text.get())).filter(|it| it.0.is_some() || !it.1.trim().is_empty()).collect()
    }
}

/// The lines with their buttons.
#[component]
pub(super) fn Choices(
    /// The lines.
    lines: RwSignal<Vec<ChoiceLine>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let form = FormState::find();
    let lost = RwSignal::new(0_u64);
    let add = move || {
        lines.update(|it| {
            let number = it.iter().map(|it| it.number).max().unwrap_or_default() + 1;
            it.push(ChoiceLine { number, id: None, text: RwSignal::new(String::new()) });
        });
    };
    let remove = move |number: u32| {
        if let Some(form) = form {
            form.clear_all();
        }
        let gone = lines.try_update(|all| all.iter().position(|it| it.number == number).map(|place| all.remove(place))).flatten();
        if let Some(id) = gone.and_then(|it| it.id) {
            spawn_local(async move {
                if let Ok(n) = app::fields::count_lost_values(FieldChange::RemoveChoice(id)).await {
                    let _ = lost.try_update(|it| *it += n);
                }
            });
        }
    };
    let places = move || lines.get().into_iter().enumerate().collect::<Vec<_>>();
    view! {
        <fieldset class="form-group">
            <legend>{move || t_string!(i18n, fields.choices)}</legend>
            <For each=places key=|it| (it.1.number, it.0) let:line>
                <Line place=line.0 line=line.1 on_remove=Callback::new(move |(number,): (u32,)| remove(number)) />
            </For>
            <Button label=move || t_string!(i18n, fields.choice_add) kind=ButtonKind::Quiet icon=Glyph::PLUS on_press=add />
            <p class="fault" role="status">
                {move || {
                    let n = lost.get();
                    let words = format::number(language(i18n.get_locale()), n);
                    (0 < n).then(|| t_string!(i18n, fields.lost, count = small(n), n = words))
                }}
            </p>
        </fieldset>
    }
}

#[component]
fn Line(place: usize, line: ChoiceLine, on_remove: Callback<(u32,)>) -> impl IntoView {
    let i18n = use_i18n();
    let ChoiceLine { number, text, .. } = line;
    let label = move || t_string!(i18n, fields.choice_nth, n = place + 1);
    view! {
        <Field label=label name=format!("choices.{place}") hint=None let:ids let:faulty>
            <div class="address-line">
                <input
                    class="input"
                    id=ids.field
                    autocomplete="off"
                    aria-invalid=move || faulty.get().then_some("true")
                    aria-describedby=ids.notes
                    prop:value=move || text.get()
                    on:input=move |event| text.set(event_target_value(&event))
                />
                <IconButton
                    label=move || t_string!(i18n, fields.choice_remove, name = text.get())
                    icon=Glyph::X
                    on_press=move || on_remove.run((number,))
                />
            </div>
        </Field>
    }
}
