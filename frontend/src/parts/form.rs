//! Forms: what was found wrong stands at its field, what else went wrong above the button.

use std::future::Future;

use app::Problem;
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{FieldFault, Refusal};

use super::banner::{Banner, Tone};
use super::fresh_id;
use crate::browser::{focus, timer};
use crate::i18n::{Locale, refusals, use_i18n};
use crate::session::Session;

/// How a form stands: its faults, its problem, whether it is on its way.
#[derive(Clone, Copy)]
pub struct FormState {
    faults: RwSignal<Vec<FieldFault>>,
    problem: RwSignal<Option<Problem>>,
    busy: RwSignal<bool>,
    /// Where its fields stand.
    place: StoredValue<String>,
}

impl Default for FormState {
    fn default() -> Self {
        Self {
            faults: RwSignal::new(Vec::new()),
            problem: RwSignal::new(None),
            busy: RwSignal::new(false),
            place: StoredValue::new(fresh_id("form")),
        }
    }
}

impl FormState {
    /// A form without faults.
    pub fn new() -> Self {
        Self::default()
    }

    /// The form around a part, if there is one.
    pub fn find() -> Option<Self> {
        use_context()
    }

    /// Whether it is on its way.
    pub fn busy(self) -> Signal<bool> {
        self.busy.into()
    }

    /// What an element says in `data-form` when fields of the form stand inside it.
    pub fn place(self) -> String {
        self.place.get_value()
    }

    /// What is wrong with a field, in words, subscribing to changes; several faults of one field stand one after another.
    pub fn fault(self, name: &str, locale: Locale) -> Option<String> {
        if name.is_empty() {
            return None;
        }
        self.faults.with(|it| {
            let words: Vec<_> = it.iter().filter(|it| it.field == name).map(|it| refusals::fault(locale, &it.fault)).collect();
            (!words.is_empty()).then(|| words.join(" "))
        })
    }

    /// Takes the faults of a field away, because it is being changed.
    pub fn clear(self, name: &str) {
        if self.faults.with_untracked(|it| it.iter().any(|it| it.field == name)) {
            self.faults.update(|it| it.retain(|it| it.field != name));
        }
    }

    /// Takes the faults of all fields away whose names begin so, because they stand for something else now.
    pub fn clear_under(self, beginning: &str) {
        self.faults.update(|it| it.retain(|it| !it.field.starts_with(beginning)));
    }

    /// Takes all faults and the problem away.
    pub fn clear_all(self) {
        self.faults.set(Vec::new());
        self.problem.set(None);
    }

    /// Shows what came back; the first field with a fault gets the focus.
    pub fn refuse(self, problem: Problem) {
        match problem {
            Problem::Refused(Refusal::Invalid(faults)) => {
                self.problem.set(Some(Problem::Refused(Refusal::Invalid(faults.clone()))));
                self.faults.set(faults);
                let Some(place) = self.place.try_get_value() else { return };
                timer::after(0, move || {
                    focus::set_first(&format!("[data-form={place}] [aria-invalid=true]"));
                });
            }
            other => {
                self.faults.set(Vec::new());
                self.problem.set(Some(other));
            }
        }
    }

    /// Sends it, unless it is on its way already.
    pub fn submit<T: 'static>(self, call: impl Future<Output = Result<T, Problem>> + 'static, done: impl FnOnce(T) + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        let session = Session::find();
        self.clear_all();
        self.busy.set(true);
        spawn_local(async move {
            let came = call.await;
            let _ = self.busy.try_set(false);
            match came {
                Ok(value) => done(value),
                Err(Problem::Refused(Refusal::SignedOut)) => session.end(),
                Err(problem) => self.refuse(problem),
            }
        });
    }
}

/// A form: its fields find their faults by name, Enter sends it.
#[component]
pub fn Form(
    /// How it stands.
    state: FormState,
    /// Called to send it.
    #[prop(into)]
    on_submit: Callback<()>,
    /// The fields and buttons.
    children: Children,
) -> impl IntoView {
    let i18n = use_i18n();
    provide_context(state);
    let words = move || state.problem.with(|it| it.as_ref().map(|it| refusals::problem(i18n.get_locale(), it)));
    view! {
        <form
            class="form"
            data-form=state.place()
            novalidate
            on:submit=move |event| {
                event.prevent_default();
                on_submit.run(());
            }
        >
            {move || words().map(|it| view! { <Banner tone=Tone::Bad text=it /> })}
            {children()}
        </form>
    }
}
