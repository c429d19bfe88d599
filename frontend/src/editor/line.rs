//! One line with merge code in it, such as a subject: the code stands out, what is wrong is underlined.

use leptos::html;
use leptos::prelude::*;
use model::Language;

use super::hand::Hand;
use crate::browser::scroll;
use crate::parts::{Field, FormState};
use crate::state::finding::pieces;

/// A field of one line that knows merge code. Behind the letters lies the same line once more, which carries the colours.
#[component]
pub fn MergeLine(
    /// What is filled in.
    #[prop(into)]
    label: TextProp,
    /// What is typed.
    value: RwSignal<String>,
    /// The field's name, by which faults find it.
    #[prop(into)]
    name: String,
    /// What is wrong in it: ranges of bytes.
    #[prop(into)]
    wrong: Signal<Vec<(usize, usize)>>,
    /// What the page writes into it with.
    hand: Hand,
    /// The language it is written in.
    #[prop(into)]
    language: Signal<Language>,
    /// What to know before filling it in.
    #[prop(into, optional)]
    hint: Option<TextProp>,
    /// Marks that it may stay empty.
    #[prop(optional)]
    optional: bool,
    /// Whether it can only be looked at.
    #[prop(into, optional)]
    readonly: Signal<bool>,
) -> impl IntoView {
    let form = FormState::find();
    let own = name.clone();
    let type_in = move |text: String| {
        if let Some(form) = form {
            form.clear(&own);
        }
        value.set(text);
    };
    let shown = Memo::new(move |_| value.with(|line| wrong.with(|wrong| pieces(line, wrong))));
    let paint = NodeRef::<html::Div>::new();
    let input = NodeRef::<html::Input>::new();
    let keep_up = move || {
        if let (Some(paint), Some(input)) = (paint.get_untracked(), input.get_untracked()) {
            scroll::follow(&paint, &input);
        }
    };
    let is_wrong = move || wrong.with(|it| !it.is_empty());
    let draw = move || {
        let draw =
            |it: crate::state::finding::Piece| view! { <span class:code=it.is_code class:wrong=it.is_wrong>{it.text}</span> };
        shown.get().into_iter().map(draw).collect_view()
    };
    view! {
        <Field label=label name=name hint=hint optional=optional let:ids let:faulty>
            {
                let id = ids.field.clone();
                view! {
                    <div class="merge-line">
                        <div class="input merge-line-paint" aria-hidden="true" node_ref=paint>{draw}</div>
                        <input
                            class="input"
                            node_ref=input
                            id=ids.field
                            type="text"
                            autocomplete="off"
                            spellcheck="true"
                            lang=move || language.get().code()
                            aria-invalid=move || (faulty.get() || is_wrong()).then_some("true")
                            aria-describedby=ids.notes
                            prop:readOnly=move || readonly.get()
                            prop:value=move || value.get()
                            on:input=move |event| {
                                type_in(event_target_value(&event));
                                keep_up();
                            }
                            on:scroll=move |_| keep_up()
                            on:focus=move |_| hand.line.set_value(Some(id.clone()))
                        />
                    </div>
                }
            }
        </Field>
    }
}
