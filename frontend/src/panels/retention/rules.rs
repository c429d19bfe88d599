//! The periods, to look at and to change.

use leptos::prelude::*;
use model::{Change, Retention, RetentionEnd, RetentionKind};

use crate::i18n::{retention as words, t_string, tu_string, use_i18n};
use crate::live::Live;
use crate::parts::{Button, ButtonKind, Form, FormState, Part, Select, TextField, TextKind};
use crate::state::retention_form::{RetentionForm, end_code};
use crate::toast::Toasts;

/// One signal per field.
#[derive(Clone)]
struct Fields {
    bin_days: RwSignal<String>,
    months: Vec<RwSignal<String>>,
    ends: Vec<RwSignal<String>>,
}

impl Fields {
    fn of(form: RetentionForm) -> Self {
        let signals = |it: Vec<String>| it.into_iter().map(RwSignal::new).collect();
        Self { bin_days: RwSignal::new(form.bin_days), months: signals(form.months), ends: signals(form.ends) }
    }

    fn form(&self) -> RetentionForm {
        let typed = |it: &[RwSignal<String>]| it.iter().map(|it| it.get_untracked()).collect();
        RetentionForm { bin_days: self.bin_days.get_untracked(), months: typed(&self.months), ends: typed(&self.ends) }
    }
}

#[component]
pub(super) fn RulesForm(retention: Signal<Retention>) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let form = FormState::new();
    // What is typed stays when somebody else saves meanwhile, and is then over an older revision.
    let (fields, revision) =
        retention.with_untracked(|it| (Fields::of(RetentionForm::of(&it.rules)), StoredValue::new(it.revision)));
    let bin_days = fields.bin_days;
    let kinds = RetentionKind::ALL.into_iter().zip(fields.months.clone()).zip(fields.ends.clone()).enumerate();
    let kinds: Vec<_> = kinds.map(|(place, ((kind, months), end))| (place, kind, months, end)).collect();
    let save = move || match fields.form().rules() {
        Err(refusal) => form.refuse(refusal.into()),
        Ok(rules) => form.submit(app::retention::save_retention(revision.get_value(), rules), move |saved| {
            revision.set_value(saved);
            live.note(Change::Retention);
            toasts.done(tu_string!(i18n, retention.saved));
        }),
    };
    view! {
        <Form state=form on_submit=save>
            {kinds
                .into_iter()
                .map(|(place, kind, months, end)| view! { <OneKind place=place kind=kind months=months end=end /> })
                .collect_view()}
            <Part title=move || t_string!(i18n, retention.bin) hint=move || t_string!(i18n, retention.bin_hint)>
                <TextField
                    label=move || t_string!(i18n, retention.bin_days)
                    value=bin_days
                    name="bin_days"
                    kind=TextKind::Number
                    short=true
                />
            </Part>
            <footer class="form-end">
                <Button label=move || t_string!(i18n, common.save) kind=ButtonKind::Primary busy=form.busy() submit=true />
            </footer>
        </Form>
    }
}

/// The period of a kind, and what becomes of it then.
#[component]
fn OneKind(place: usize, kind: RetentionKind, months: RwSignal<String>, end: RwSignal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let options = move || {
        [RetentionEnd::Anonymise, RetentionEnd::Delete]
            .map(|it| (end_code(it).to_owned(), words::end(i18n.get_locale(), it).to_owned()))
            .to_vec()
    };
    view! {
        <Part title=move || words::kind(i18n.get_locale(), kind) hint=move || words::kind_hint(i18n.get_locale(), kind)>
            <TextField
                label=move || t_string!(i18n, retention.months)
                value=months
                name=format!("months.{place}")
                kind=TextKind::Number
                hint=move || t_string!(i18n, retention.months_hint)
                short=true
            />
            {kind
                .may_vanish()
                .then(|| {
                    view! {
                        <Select
                            label=move || t_string!(i18n, retention.end)
                            options=Signal::derive(options)
                            value=end
                            name=format!("end.{place}")
                        />
                    }
                })}
        </Part>
    }
}
