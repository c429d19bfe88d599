//! *Test gateway*: asks for the credit with what is typed and sends nothing.

use leptos::prelude::*;
use model::{AccountId, SmsProbe};

use super::fields::Fields;
use crate::calls::act;
use crate::format;
use crate::i18n::{language, t_string, use_i18n};
use crate::parts::{Banner, Button, FormState, Glyph, Tone};
use crate::state::sms_account::SmsAccountForm;

/// The button and the last result, which is marked as old once something else is typed.
#[component]
pub(super) fn GatewayTest(
    fields: Fields,
    /// The stored account, whose secrets are used when none are typed.
    id: Option<AccountId>,
    /// The form that the fields stand in, which shows their faults.
    form: FormState,
) -> impl IntoView {
    let i18n = use_i18n();
    let busy = RwSignal::new(false);
    let made = RwSignal::new(None::<(SmsAccountForm, SmsProbe)>);
    let test = move || {
        let typed = untrack(|| fields.form());
        let draft = match typed.draft() {
            Ok(draft) => draft,
            Err(refusal) => return form.refuse(refusal.into()),
        };
        form.clear_all();
        made.set(None);
        act(busy, app::sms::test_sms_account(id, draft), move |probe| made.set(Some((typed, probe))));
    };
    let old = Memo::new(move |_| made.with(|it| it.as_ref().is_some_and(|it| it.0 != fields.form())));
    let label = move || if busy.get() { t_string!(i18n, accounts.testing) } else { t_string!(i18n, sms_accounts.test) };
    view! {
        <section class="connection-test">
            <div class="connection-test-head">
                <Button label=label icon=Glyph::PLUG busy=busy on_press=test />
                <p class="hint">{move || t_string!(i18n, sms_accounts.test_hint)}</p>
            </div>
            <div role="status">
                <Show when=move || old.get()>
                    <Banner tone=Tone::Warning text=move || t_string!(i18n, accounts.test_old) />
                </Show>
                {move || made.get().map(|it| view! { <Outcome probe=it.1 /> })}
            </div>
        </section>
    }
}

#[component]
fn Outcome(probe: SmsProbe) -> impl IntoView {
    let i18n = use_i18n();
    let SmsProbe { credit, trouble, calls, answers } = probe;
    let text = move || match credit {
        Some(credit) => {
            t_string!(i18n, sms_accounts.test_credit, amount = format::decimal(language(i18n.get_locale()), credit)).to_string()
        }
        None => t_string!(i18n, sms_accounts.test_fine).to_owned(),
    };
    let receipts = move || match (answers, calls) {
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
