//! *Test gateway*: asks for the credit with what is typed and sends nothing.

use leptos::prelude::*;
use model::{AccountId, SmsProbe};

use super::fields::Fields;
use crate::format;
use crate::i18n::{language, t_string, use_i18n};
use crate::panels::trial::Trial;
use crate::parts::{Banner, FormState, Tone};

/// The button with the credit below it.
#[component]
pub(super) fn GatewayTest(
    fields: Fields,
    /// The stored account, whose secrets are used when none are typed.
    id: Option<AccountId>,
    /// The form that the fields stand in, which shows their faults.
    form: FormState,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Trial
            label=move || t_string!(i18n, sms_accounts.test)
            hint=move || t_string!(i18n, sms_accounts.test_hint)
            form=form
            typed=move || fields.form()
            attempt=move |typed| Ok(app::sms::test_sms_account(id, typed.draft()?))
            outcome=|probe| view! { <Outcome probe=probe /> }.into_any()
        />
    }
}

#[component]
fn Outcome(probe: SmsProbe) -> impl IntoView {
    let i18n = use_i18n();
    let SmsProbe { credit, trouble, calls, answers, is_kept } = probe;
    let text = move || match credit {
        Some(credit) => {
            t_string!(i18n, sms_accounts.test_credit, amount = format::decimal(language(i18n.get_locale()), credit)).to_string()
        }
        None if is_kept => t_string!(i18n, sms_accounts.test_reached).to_owned(),
        None => t_string!(i18n, sms_accounts.test_fine).to_owned(),
    };
    let receipts = move || match (answers, calls) {
        (true, _) if is_kept => t_string!(i18n, sms_accounts.test_connected),
        (true, _) => t_string!(i18n, sms_accounts.test_answers),
        (false, true) => t_string!(i18n, sms_accounts.test_calls),
        (false, false) => t_string!(i18n, sms_accounts.test_silent),
    };
    match trouble {
        Some(words) => view! {
            <Banner tone=Tone::Bad text=move || t_string!(i18n, sms_accounts.test_failed) />
            <pre class="literal">{words}</pre>
        }
        .into_any(),
        None => view! {
            <Banner tone=Tone::Good text=text />
            <p class="hint">{receipts}</p>
        }
        .into_any(),
    }
}
