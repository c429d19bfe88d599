//! One own field of the form.

use leptos::prelude::*;
use model::{FieldDefinition, FieldKind};

use crate::i18n::{t_string, use_i18n};
use crate::parts::{Select, TextField};

/// A field of any kind; a choice is a list, a number and a day are typed as people write them.
#[component]
pub(super) fn OwnField(
    /// What it is.
    definition: FieldDefinition,
    /// What is typed; a choice by its name.
    text: RwSignal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let name = format!("values.{}", definition.id);
    let label = definition.name.clone();
    let label = TextProp::from(move || label.clone());
    match definition.kind {
        FieldKind::Choice => {
            let choices: Vec<String> = definition.choices.into_iter().map(|it| it.name).collect();
            let options = Signal::derive(move || {
                let nothing = (String::new(), t_string!(i18n, persons.choice_none).to_owned());
                std::iter::once(nothing).chain(choices.iter().map(|it| (it.clone(), it.clone()))).collect::<Vec<_>>()
            });
            view! { <Select label=label options=options value=text name=name /> }.into_any()
        }
        FieldKind::Date => view! {
            <TextField
                label=label
                value=text
                name=name
                placeholder=move || t_string!(i18n, persons.date_example)
                optional=true
                short=true
            />
        }
        .into_any(),
        FieldKind::Number => view! { <TextField label=label value=text name=name optional=true short=true /> }.into_any(),
        FieldKind::Text => view! { <TextField label=label value=text name=name optional=true /> }.into_any(),
    }
}
