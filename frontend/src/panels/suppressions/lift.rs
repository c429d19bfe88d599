//! Lifting a suppression, for a reason that stays with it.

use leptos::prelude::*;
use model::{Change, SuppressionId};

use crate::i18n::{t_string, use_i18n};
use crate::live::Live;
use crate::parts::{Button, ButtonKind, Dialog, Form, FormState, TextArea};
use crate::toast::Toasts;

/// What is to be lifted: which suppression, and its name.
pub(super) type Lifted = (SuppressionId, String);

/// The dialog that asks why; open while something is to be lifted.
#[component]
pub(super) fn LiftSuppression(what: RwSignal<Option<Lifted>>) -> impl IntoView {
    let i18n = use_i18n();
    let open = RwSignal::new(false);
    // Each follows the other, and only when they differ: a signal that is set tells of it even when nothing changed.
    Effect::new(move |_| {
        let wanted = what.with(Option::is_some);
        if open.get_untracked() != wanted {
            open.set(wanted);
        }
    });
    Effect::new(move |_| {
        if !open.get() && what.with_untracked(Option::is_some) {
            what.set(None);
        }
    });
    let name = Memo::new(move |before: Option<&String>| {
        what.with(|it| it.as_ref().map(|it| it.1.clone())).or_else(|| before.cloned()).unwrap_or_default()
    });
    view! {
        <Dialog title=move || t_string!(i18n, suppressions.lift_title, name = name.get()) open=open>
            <LiftForm what=what open=open />
        </Dialog>
    }
}

#[component]
fn LiftForm(what: RwSignal<Option<Lifted>>, open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let form = FormState::new();
    let reason = RwSignal::new(String::new());
    let submit = move || {
        let Some((id, _)) = what.get_untracked() else { return };
        form.submit(app::suppressions::lift_suppression(id, reason.get_untracked()), move |()| {
            toasts.done(untrack(|| t_string!(i18n, suppressions.lifted)));
            open.set(false);
            live.note(Change::Suppressions);
        });
    };
    view! {
        <Form state=form on_submit=submit>
            <p>{move || t_string!(i18n, suppressions.lift_text)}</p>
            <TextArea label=move || t_string!(i18n, suppressions.lift_reason) value=reason name="reason" lines=2 />
            <footer class="dialog-end">
                <Button label=move || t_string!(i18n, common.cancel) on_press=move || open.set(false) />
                <Button
                    label=move || t_string!(i18n, suppressions.lift)
                    kind=ButtonKind::Danger
                    submit=true
                    busy=form.busy()
                />
            </footer>
        </Form>
    }
}
