//! *Test the mailbox*: opens it with what is typed and reads nothing.

use leptos::prelude::*;
use model::{AccountId, MailboxProbe};

use super::fields::Fields;
use crate::format;
use crate::i18n::{language, messages::small, t_string, use_i18n};
use crate::panels::mail_server::MailboxFailed;
use crate::panels::trial::Trial;
use crate::parts::{Banner, FormState, Tone};

/// The button with what was found below it.
#[component]
pub(super) fn MailboxTest(fields: Fields, id: AccountId, form: FormState) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Trial
            label=move || t_string!(i18n, returns.test)
            hint=move || t_string!(i18n, returns.test_hint)
            form=form
            typed=move || fields.form()
            attempt=move |typed| Ok(app::bounces::test_bounce_mailbox(id, typed.draft()?))
            outcome=|probe| view! { <Outcome probe=probe /> }.into_any()
        />
    }
}

#[component]
fn Outcome(probe: MailboxProbe) -> impl IntoView {
    let i18n = use_i18n();
    match probe.trouble {
        Some((stage, said)) => view! { <MailboxFailed stage=stage said=said /> }.into_any(),
        None => {
            let n = probe.mails.unwrap_or_default();
            let number = move || format::number(language(i18n.get_locale()), n);
            let text = move || t_string!(i18n, returns.test_opened, count = small(n), n = number());
            view! { <Banner tone=Tone::Good text=text /> }.into_any()
        }
    }
}
