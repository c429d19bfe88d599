//! The credit of an account for text messages, and what it means.

use leptos::prelude::*;
use model::{Account, CreditLevel, SmsStanding};

use crate::format;
use crate::i18n::{language, t_string, use_i18n};
use crate::parts::{Banner, Glyph, Tone};

/// How much there is and since when that is known; a warning when it is low, and louder when nothing leaves.
#[component]
pub fn SmsCredit(
    /// The account.
    #[prop(into)]
    account: Signal<Account>,
) -> impl IntoView {
    let i18n = use_i18n();
    let standing = Memo::new(move |_| account.with(|it| it.sms.clone()));
    let shown = move || {
        let SmsStanding { credit, credit_at, .. } = standing.get()?;
        let (credit, at) = (credit?, credit_at?);
        let amount = format::decimal(language(i18n.get_locale()), credit);
        Some(t_string!(i18n, sms_accounts.credit_now, amount = amount, when = format::moment(i18n.get_locale(), at)).to_string())
    };
    let level = Memo::new(move |_| standing.with(|it| it.as_ref().map_or(CreditLevel::Enough, |it| it.level)));
    let trouble = move || standing.with(|it| it.as_ref().map(|it| it.trouble.clone())).filter(|it| !it.is_empty());
    view! {
        {move || match level.get() {
            CreditLevel::Stopped => {
                view! { <Banner tone=Tone::Bad glyph=Glyph::PAUSE text=move || t_string!(i18n, sms_accounts.credit_stopped) /> }.into_any()
            }
            CreditLevel::Low => {
                view! { <Banner tone=Tone::Warning text=move || t_string!(i18n, sms_accounts.credit_low) /> }.into_any()
            }
            CreditLevel::Enough => ().into_any(),
        }}
        {move || shown().map(|it| view! { <p class="sms-credit">{it}</p> })}
        {move || {
            trouble()
                .map(|it| {
                    view! {
                        <div class="sms-credit-trouble">
                            <p>{move || t_string!(i18n, sms_accounts.credit_trouble)}</p>
                            <pre class="literal">{it}</pre>
                        </div>
                    }
                })
        }}
    }
}
