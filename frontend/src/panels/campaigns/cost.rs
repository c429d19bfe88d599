//! What a campaign of text messages costs, and whether the credit is enough, before it is released.

use leptos::prelude::*;
use model::{Campaign, CampaignCost, Change, Channel, CreditVerdict, Decimal};

use crate::calls;
use crate::format;
use crate::i18n::{I18n, campaigns as words, language, t_string, use_i18n};
use crate::live::Live;
use crate::parts::{Banner, Tone};

/// Parts, price and credit; nothing for mails.
#[component]
pub(super) fn CostPart(
    /// The campaign.
    campaign: Signal<Campaign>,
) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let (id, channel) = campaign.with_untracked(|it| (it.id, it.draft.channel));
    (channel == Channel::Sms).then(|| {
        let prepared = Memo::new(move |_| campaign.with(|it| it.counts.prepared));
        let asked = calls::ask(
            move || (prepared.get(), live.version(Change::Campaigns), live.version(Change::Accounts)),
            move |_| app::campaigns::price_campaign(id),
        );
        let cost = Memo::new(move |_| asked.with(|it| it.cloned().flatten()).filter(|it| 0 < it.messages()));
        view! {
            <Show when=move || cost.with(Option::is_some)>
                <section class="campaign-cost">
                    <p class="campaign-sentence">{move || cost.with(|it| it.as_ref().map(|it| sentence(i18n, it)))}</p>
                    <p class="meta">{move || cost.with(|it| it.as_ref().and_then(|it| split(i18n, it)))}</p>
                    {move || cost.with(|it| it.as_ref().and_then(|it| verdict(i18n, it)))
                        .map(|(tone, text)| view! { <Banner tone=tone text=text /> })}
                </section>
            </Show>
        }
    })
}

fn amount(i18n: I18n, it: Decimal) -> String {
    format::decimal(language(i18n.get_locale()), it)
}

fn sentence(i18n: I18n, cost: &CampaignCost) -> String {
    let locale = i18n.get_locale();
    let (messages, parts) = (words::messages(locale, cost.messages()), words::parts(locale, cost.parts()));
    match cost.total.zip(cost.price) {
        Some((total, price)) => {
            let (total, price) = (amount(i18n, total), amount(i18n, price));
            t_string!(i18n, campaigns.cost_total, messages = messages, parts = parts, total = total, price = price)
        }
        None => t_string!(i18n, campaigns.cost_unknown, messages = messages, parts = parts),
    }
}

/// How many messages have how many parts, when they differ.
fn split(i18n: I18n, cost: &CampaignCost) -> Option<String> {
    let locale = i18n.get_locale();
    let one = |it: &(u32, u64)| format!("{}: {}", words::parts(locale, u64::from(it.0)), words::messages(locale, it.1));
    (1 < cost.by_parts.len() || 1 < cost.longest()).then(|| cost.by_parts.iter().map(one).collect::<Vec<_>>().join(" · "))
}

fn verdict(i18n: I18n, cost: &CampaignCost) -> Option<(Tone, String)> {
    let credit = || {
        let (credit, at) = cost.credit?;
        Some((amount(i18n, credit), format::moment(i18n.get_locale(), at)))
    };
    match cost.verdict {
        CreditVerdict::Enough => {
            let (credit, at) = credit()?;
            Some((Tone::Good, t_string!(i18n, campaigns.credit_enough, credit = credit, at = at)))
        }
        CreditVerdict::Short(missing) => {
            let (credit, at) = credit()?;
            let missing = amount(i18n, missing);
            Some((Tone::Warning, t_string!(i18n, campaigns.credit_short, credit = credit, at = at, missing = missing)))
        }
        CreditVerdict::Stopped => Some((Tone::Bad, t_string!(i18n, campaigns.credit_stopped).to_owned())),
        CreditVerdict::Unknown => cost.price.map(|_| (Tone::Info, t_string!(i18n, campaigns.credit_unknown).to_owned())),
    }
}

/// In how many parts one message leaves, and what that costs.
pub(super) fn one(i18n: I18n, parts: u32, price: Option<Decimal>) -> Option<String> {
    let parts = (0 < parts).then(|| words::parts(i18n.get_locale(), u64::from(parts)))?;
    Some(match price {
        Some(price) => t_string!(i18n, campaigns.cost_one, parts = parts, price = amount(i18n, price)),
        None => parts,
    })
}
