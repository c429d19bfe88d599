//! A field in which one of very many things is found by typing and taken by Enter or a click.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::button::IconButton;
use super::field::{Field, FieldIds};
use super::icon::Glyph;
use crate::browser::timer::Pause;

/// How long typing must rest before it is asked, in milliseconds.
const REST_MS: u32 = 150;

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// By what it is known.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What tells it from others of that name; may be empty.
    pub note: String,
}

type Answer = Pin<Box<dyn Future<Output = Vec<Found>>>>;

/// Finds things by words; nothing typed finds the first ones.
#[derive(Clone)]
pub struct Finding(Arc<dyn Fn(String) -> Answer + Send + Sync>);

impl Finding {
    /// Finds by asking so.
    pub fn new<F: Future<Output = Vec<Found>> + 'static>(ask: impl Fn(String) -> F + Send + Sync + 'static) -> Self {
        Self(Arc::new(move |words| Box::pin(ask(words))))
    }
}

/// A labelled field with what was taken, or where to type.
#[component]
pub fn FindField(
    /// What is filled in.
    #[prop(into)]
    label: TextProp,
    /// The field's name, by which faults find it.
    #[prop(into, optional)]
    name: String,
    /// What stands in it while it is empty.
    #[prop(into)]
    hint: TextProp,
    /// The name of the list of what was found.
    #[prop(into)]
    offers: TextProp,
    /// The name of the button that takes the choice back.
    #[prop(into)]
    clear: TextProp,
    /// Marks that it may stay empty.
    #[prop(optional)]
    optional: bool,
    /// The name of what was taken, if something was.
    #[prop(into)]
    taken: Signal<Option<String>>,
    /// How things are found.
    finding: Finding,
    /// How many characters must be typed before it is asked.
    #[prop(default = 0)]
    least: usize,
    /// Called with what was taken, or with nothing when it is taken back.
    #[prop(into)]
    on_take: Callback<(Option<Found>,)>,
) -> impl IntoView {
    let (finding, hint, offers, clear) =
        (StoredValue::new(finding), StoredValue::new(hint), StoredValue::new(offers), StoredValue::new(clear));
    let is_taken = Memo::new(move |_| taken.with(Option::is_some));
    view! {
        <Field label=label name=name hint=None optional=optional let:ids let:faulty>
            {move || match is_taken.get() {
                true => view! {
                    <span class="found" aria-invalid=move || faulty.get().then_some("true")>
                        <span class="clip">{move || taken.get()}</span>
                        <IconButton
                            label=move || clear.with_value(TextProp::get)
                            icon=Glyph::X
                            on_press=move || on_take.run((None,))
                        />
                    </span>
                }
                .into_any(),
                false => view! {
                    <Finder
                        ids=ids.clone()
                        hint=move || hint.with_value(TextProp::get)
                        offers=move || offers.with_value(TextProp::get)
                        finding=finding.get_value()
                        least=least
                        on_take=move |it| on_take.run((Some(it),))
                    />
                }
                .into_any(),
            }}
        </Field>
    }
}

/// Where to type, with what was found below.
#[component]
pub fn Finder(
    /// The ids that tie it to its label.
    ids: FieldIds,
    /// What stands in it while it is empty.
    #[prop(into)]
    hint: TextProp,
    /// The name of the list of what was found.
    #[prop(into)]
    offers: TextProp,
    /// How things are found.
    finding: Finding,
    /// How many characters must be typed before it is asked.
    least: usize,
    /// Called with what is taken.
    #[prop(into)]
    on_take: Callback<(Found,)>,
) -> impl IntoView {
    let state = Offered::new(finding, least);
    let take = move |n: usize| {
        if let Some(it) = state.take(n) {
            on_take.run((it,));
        }
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        let n = state.found.with_untracked(Vec::len);
        match event.key().as_str() {
            "ArrowDown" if n == 0 => state.ask(),
            "ArrowDown" => state.place.update(|it| *it = (*it + 1) % n),
            "ArrowUp" if 0 < n => state.place.update(|it| *it = (*it + n - 1) % n),
            "Enter" if 0 < n => take(state.place.get_untracked()),
            "Escape" if 0 < n => state.found.set(Vec::new()),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let list_id = StoredValue::new(format!("{}-offers", ids.field));
    let option_id = move |n: usize| list_id.with_value(|it| format!("{it}-{n}"));
    let is_open = move || state.found.with(|it| !it.is_empty());
    let row = move |(n, it): (usize, Found)| {
        view! {
            <li
                role="option"
                id=option_id(n)
                aria-selected=move || (state.place.get() == n).to_string()
                on:click=move |_| take(n)
            >
                <span class="offer-words">
                    <strong>{it.name}</strong>
                    <span class="meta">{it.note}</span>
                </span>
            </li>
        }
    };
    view! {
        <div class="find">
            <input
                class="input"
                id=ids.field
                role="combobox"
                autocomplete="off"
                aria-expanded=move || is_open().to_string()
                aria-controls=list_id.get_value()
                aria-activedescendant=move || is_open().then(|| option_id(state.place.get()))
                aria-describedby=ids.notes
                placeholder=move || hint.get()
                prop:value=move || state.typed.get()
                on:input=move |event| state.type_in(event_target_value(&event))
                on:focus=move |_| state.ask()
                on:keydown=on_key
                on:blur=move |_| state.found.set(Vec::new())
            />
            <ul
                class="offers"
                class:closed=move || !is_open()
                role="listbox"
                id=list_id.get_value()
                aria-label=move || offers.get()
                on:mousedown=|event| event.prevent_default()
            >
                {move || state.found.get().into_iter().enumerate().map(row).collect_view()}
            </ul>
        </div>
    }
}

/// What was typed and found.
#[derive(Clone, Copy)]
struct Offered {
    typed: RwSignal<String>,
    found: RwSignal<Vec<Found>>,
    place: RwSignal<usize>,
    pause: StoredValue<Pause>,
    finding: StoredValue<Finding>,
    least: usize,
}

impl Offered {
    fn new(finding: Finding, least: usize) -> Self {
        Self {
            typed: RwSignal::new(String::new()),
            found: RwSignal::new(Vec::new()),
            place: RwSignal::new(0),
            pause: StoredValue::new(Pause::new(REST_MS)),
            finding: StoredValue::new(finding),
            least,
        }
    }

    fn type_in(self, words: String) {
        self.typed.set(words);
        self.pause.with_value(|it| it.then(move || self.ask()));
    }

    fn ask(self) {
        let Some(words) = self.typed.try_get_untracked() else { return };
        if words.trim().chars().count() < self.least {
            return self.found.set(Vec::new());
        }
        let answer = self.finding.with_value(|it| (it.0)(words.clone()));
        spawn_local(async move {
            let found = answer.await;
            // What came late belongs to words that are not there any more.
            if self.typed.try_get_untracked().is_some_and(|it| it == words) {
                self.place.set(0);
                self.found.set(found);
            }
        });
    }

    fn take(self, n: usize) -> Option<Found> {
        let taken = self.found.with_untracked(|it| it.get(n).cloned());
        self.typed.set(String::new());
        self.found.set(Vec::new());
        taken
    }
}
