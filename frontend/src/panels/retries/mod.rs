//! How long what could not leave waits.

use leptos::prelude::*;
use model::{Change, RetryClass, RetryRules};

use crate::calls;
use crate::i18n::{t_string, tu_string, use_i18n};
use crate::live::Live;
use crate::panels::loaded::Loaded;
use crate::parts::{Button, ButtonKind, Form, FormState, Part, TextField, TextKind};
use crate::state::retry_form::{self, RetryForm};
use crate::toast::Toasts;

/// The rules, to look at and to change.
#[component]
pub fn RetryPanel() -> impl IntoView {
    let live = Live::find();
    let rules = calls::ask(move || live.version(Change::Accounts), |_| app::outbox::open_retry_rules());
    view! {
        <Loaded answer=rules let:rules>
            <RulesForm rules=rules.get_untracked() />
        </Loaded>
    }
}

/// One signal per field.
#[derive(Clone, Copy)]
struct Fields {
    deferred: RwSignal<String>,
    unreachable: RwSignal<String>,
    worth: RwSignal<String>,
}

impl Fields {
    fn form(self) -> RetryForm {
        RetryForm { deferred: self.deferred.get(), unreachable: self.unreachable.get(), worth: self.worth.get() }
    }

    fn fill(self, form: RetryForm) {
        self.deferred.set(form.deferred);
        self.unreachable.set(form.unreachable);
        self.worth.set(form.worth);
    }
}

#[component]
fn RulesForm(rules: RetryRules) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let form = FormState::new();
    let fields = Fields {
        deferred: RwSignal::new(String::new()),
        unreachable: RwSignal::new(String::new()),
        worth: RwSignal::new(String::new()),
    };
    fields.fill(RetryForm::of(&rules));
    let save = move || {
        let rules = match untrack(|| fields.form()).rules() {
            Ok(rules) => rules,
            Err(refusal) => return form.refuse(refusal.into()),
        };
        form.submit(app::outbox::save_retry_rules(rules), move |()| {
            live.note(Change::Accounts);
            toasts.done(tu_string!(i18n, retries.saved));
        });
    };
    let restore = move || {
        form.clear_all();
        fields.fill(RetryForm::of(&RetryRules::default()));
    };
    view! {
        <Form state=form on_submit=save>
            <Pauses fields=fields class=RetryClass::Deferred />
            <Pauses fields=fields class=RetryClass::Unreachable />
            <Part title=move || t_string!(i18n, retries.worth)>
                    <TextField
                        label=move || t_string!(i18n, retries.worth_hours)
                        value=fields.worth
                        name="worth_hours"
                        kind=TextKind::Number
                        hint=move || t_string!(i18n, retries.worth_hint)
                        short=true
                    />
            </Part>
            <footer class="form-end">
                <Button label=move || t_string!(i18n, common.save) kind=ButtonKind::Primary busy=form.busy() submit=true />
                <Button label=move || t_string!(i18n, retries.restore) kind=ButtonKind::Quiet on_press=restore />
            </footer>
        </Form>
    }
}

/// The pauses of one class, and how many tries they make.
#[component]
fn Pauses(fields: Fields, class: RetryClass) -> impl IntoView {
    let i18n = use_i18n();
    let (value, name) = match class {
        RetryClass::Deferred => (fields.deferred, "deferred"),
        RetryClass::Unreachable => (fields.unreachable, "unreachable"),
    };
    let title = move || match class {
        RetryClass::Deferred => t_string!(i18n, retries.deferred),
        RetryClass::Unreachable => t_string!(i18n, retries.unreachable),
    };
    let about = move || match class {
        RetryClass::Deferred => t_string!(i18n, retries.deferred_hint),
        RetryClass::Unreachable => t_string!(i18n, retries.unreachable_hint),
    };
    let example = move || {
        let rules = fields.form().rules().ok()?;
        let n = retry_form::tries(&rules, class);
        Some(t_string!(i18n, retries.example, count = n, n = n))
    };
    view! {
        <Part title=title hint=about>
                <TextField
                    label=move || t_string!(i18n, retries.pauses)
                    value=value
                    name=name
                    hint=move || t_string!(i18n, retries.pauses_hint)
                />
                <p class="hint" aria-live="polite">{example}</p>
        </Part>
    }
}
