//! Suppressing a contact with all its addresses.

use std::future::Future;

use app::Problem;
use leptos::prelude::*;
use model::{Change, Channels, ContactId, ContactSuppressionDraft};

use super::reason::{Because, BecauseFields};
use crate::i18n::{suppressions as words, t_string, use_i18n};
use crate::live::Live;
use crate::parts::{Button, ButtonKind, Dialog, Form, FormState, RadioGroup};
use crate::toast::Toasts;

/// The dialog that suppresses one contact.
#[component]
pub fn SuppressContact(
    /// Which contact.
    #[prop(into)]
    id: Signal<ContactId>,
    /// Its name.
    #[prop(into)]
    name: Signal<String>,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let form = FormState::new();
    let submit = move |draft: ContactSuppressionDraft| {
        send(form, app::suppressions::suppress_contact(id.get_untracked(), draft), move || {
            toasts.done(untrack(|| t_string!(i18n, suppressions.suppressed_done)));
            open.set(false);
            live.note(Change::Suppressions);
        });
    };
    view! {
        <Dialog title=move || t_string!(i18n, suppressions.suppress_title, name = name.get()) open=open>
            <SuppressForm
                form=form
                text=move || t_string!(i18n, suppressions.suppress_text)
                on_submit=submit
                on_cancel=move || open.set(false)
            />
        </Dialog>
    }
}

fn send(form: FormState, call: impl Future<Output = Result<(), Problem>> + 'static, done: impl FnOnce() + 'static) {
    form.submit(call, move |()| done());
}

/// Which channels, why, and what is worth remembering.
#[component]
pub(crate) fn SuppressForm(
    /// How it stands.
    form: FormState,
    /// What it counts for.
    #[prop(into)]
    text: TextProp,
    /// Called with what was chosen.
    #[prop(into)]
    on_submit: Callback<(ContactSuppressionDraft,)>,
    /// Called to leave it.
    #[prop(into)]
    on_cancel: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let channels = RwSignal::new(code(Channels::default()).to_owned());
    let because = Because::new();
    let options = Channels::ALL.map(|it| (code(it), TextProp::from(move || words::channels(i18n.get_locale(), it)))).to_vec();
    let submit = move || {
        let chosen = channels.with_untracked(|it| Channels::ALL.into_iter().find(|channels| code(*channels) == it));
        on_submit.run((ContactSuppressionDraft {
            channels: chosen.unwrap_or_default(),
            reason: because.reason(),
            note: because.note(),
        },));
    };
    view! {
        <Form state=form on_submit=submit>
            <p>{move || text.get()}</p>
            <RadioGroup label=move || t_string!(i18n, suppressions.channels) options=options value=channels />
            <BecauseFields because=because />
            <footer class="dialog-end">
                <Button label=move || t_string!(i18n, common.cancel) on_press=on_cancel />
                <Button label=move || t_string!(i18n, suppressions.save) kind=ButtonKind::Primary submit=true busy=form.busy() />
            </footer>
        </Form>
    }
}

fn code(channels: Channels) -> &'static str {
    match channels {
        Channels::Email => "email",
        Channels::Sms => "sms",
        Channels::Both => "both",
    }
}
