//! One line with merge code in it, such as a subject: the code stands out, what is wrong is underlined.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use model::Language;

use super::EditorField;
use super::hand::Hand;
use super::offer::{byte_of, matching, typed, units_before};
use crate::browser::{field_text, focus, scroll, timer};
use crate::i18n::{t_string, use_i18n};
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
    /// The fields that typing `{` offers.
    #[prop(into, optional)]
    fields: Signal<Vec<EditorField>>,
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
                let offer = Offer::new(id.clone());
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
                            aria-controls=offer.list_id()
                            aria-activedescendant=move || offer.active()
                            on:input=move |event| {
                                let text = event_target_value(&event);
                                fields.with_untracked(|it| offer.follow(&text, it));
                                type_in(text);
                                keep_up();
                            }
                            on:keydown=move |event| offer.press(&event)
                            on:blur=move |_| offer.close()
                            on:scroll=move |_| keep_up()
                            on:focus=move |_| hand.line.set_value(Some(id.clone()))
                        />
                        <Offers offer=offer />
                    </div>
                }
            }
        </Field>
    }
}

/// The fields that are offered while one types, steered from the line.
#[derive(Clone, Copy)]
struct Offer {
    id: StoredValue<String>,
    /// From where to where the typed part reaches, in UTF-16 units.
    typed: StoredValue<(usize, usize)>,
    found: RwSignal<Vec<EditorField>>,
    at: RwSignal<usize>,
    list: NodeRef<html::Ul>,
}

impl Offer {
    fn new(id: String) -> Self {
        Self {
            id: StoredValue::new(id),
            typed: StoredValue::new((0, 0)),
            found: RwSignal::new(Vec::new()),
            at: RwSignal::new(0),
            list: NodeRef::new(),
        }
    }

    fn list_id(self) -> String {
        self.id.with_value(|id| format!("{id}-offers"))
    }

    /// The id of the option that Enter would take.
    fn active(self) -> Option<String> {
        let at = self.at.get();
        self.found.with(|it| at < it.len()).then(|| self.option_id(at))
    }

    fn option_id(self, at: usize) -> String {
        self.id.with_value(|id| format!("{id}-offer-{at}"))
    }

    /// Offers what fits to what stands before the cursor now.
    fn follow(self, text: &str, fields: &[EditorField]) {
        let Some(cursor) = self.id.with_value(|id| field_text::cursor(id)) else { return self.close() };
        let Some((start, words)) = typed(text, byte_of(text, cursor)) else { return self.close() };
        self.typed.set_value((units_before(text, start), cursor));
        self.at.set(0);
        self.found.set(matching(fields, words));
    }

    fn close(self) {
        if self.found.with_untracked(|it| !it.is_empty()) {
            self.found.set(Vec::new());
        }
    }

    fn press(self, event: &ev::KeyboardEvent) {
        let n = self.found.with_untracked(Vec::len);
        if n == 0 {
            return;
        }
        match event.key().as_str() {
            "ArrowDown" => self.at.update(|it| *it = (*it + 1) % n),
            "ArrowUp" => self.at.update(|it| *it = (*it + n - 1) % n),
            "Enter" | "Tab" => self.take(self.at.get_untracked()),
            "Escape" => self.close(),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
        timer::after(0, move || {
            if let Some(list) = self.list.try_get_untracked().flatten() {
                focus::reveal_within(&list, "[aria-selected=true]");
            }
        });
    }

    /// Puts a field in place of what was typed of it.
    fn take(self, at: usize) {
        let Some(path) = self.found.with_untracked(|it| it.get(at).map(|it| it.path.clone())) else { return };
        let (from, to) = self.typed.get_value();
        self.close();
        self.id.with_value(|id| field_text::replace(id, from, to, &format!("{{{{ {path} }}}}")));
    }
}

#[component]
fn Offers(offer: Offer) -> impl IntoView {
    let i18n = use_i18n();
    let rows = move || {
        let row = |(at, it): (usize, EditorField)| {
            view! {
                <li
                    role="option"
                    id=offer.option_id(at)
                    aria-selected=move || (offer.at.get() == at).to_string()
                    title=it.path
                    // The line keeps the keyboard.
                    on:mousedown=move |event| {
                        event.prevent_default();
                        offer.take(at);
                    }
                >
                    <span class="offer-words">
                        <span>{it.label}</span>
                        <span class="meta">{it.group}</span>
                    </span>
                </li>
            }
        };
        offer.found.get().into_iter().enumerate().map(row).collect_view()
    };
    view! {
        <ul
            class="offers"
            role="listbox"
            node_ref=offer.list
            id=offer.list_id()
            aria-label=move || t_string!(i18n, template_edit.fields)
            hidden=move || offer.found.with(Vec::is_empty)
        >
            {rows}
        </ul>
    }
}
