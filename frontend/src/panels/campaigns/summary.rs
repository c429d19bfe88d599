//! The last step: all of it in a sentence, what is left out, and the button that makes the messages.

use leptos::prelude::*;
use model::{Account, Campaign, CampaignContent, CampaignDraft, CampaignId, CampaignStart, CampaignStep, Change, RecipientGroup};

use super::check::Incomplete;
use super::desk::Desk;
use super::measure::named;
use super::work::WorkBar;
use crate::calls;
use crate::format;
use crate::i18n::messages::small;
use crate::i18n::{I18n, campaigns as words, t_string, use_i18n};
use crate::live::Live;
use crate::parts::{Banner, Button, ButtonKind, Glyph, Tone};
use crate::state::campaign_steps::{Step, has_content, is_checked};

/// The step.
#[component]
pub(super) fn SummaryStep(
    /// What is typed.
    desk: Desk,
    /// What the server knows.
    campaign: Signal<Option<Campaign>>,
    /// Called with the step to open.
    on_step: Callback<(Step,)>,
    /// Called once the messages are being made.
    on_prepared: Callback<(CampaignId,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let busy = RwSignal::new(false);
    let prepare = move || {
        desk.save(move |id| {
            calls::act(busy, app::campaigns::prepare_campaign(id), move |()| {
                live.note(Change::Campaigns);
                on_prepared.run((id,));
            });
        });
    };
    let is_complete = move || desk.draft.with(|it| it.check_complete().is_ok() && has_content(it));
    let may =
        move || campaign.with(|it| it.as_ref().is_some_and(|it| it.state.allows(CampaignStep::Prepare) && it.work.is_none()));
    let n = Memo::new(move |_| campaign.with(|it| it.as_ref().map_or(0, |it| it.counts.recipients())));
    let checked = Memo::new(move |_| campaign.with(|it| is_checked(it.as_ref())));
    let label = move || match (checked.get(), n.get()) {
        (true, n) if 0 < n => t_string!(i18n, campaigns.prepare_n, count = small(n), n = words::number(i18n.get_locale(), n)),
        _ => t_string!(i18n, campaigns.prepare).to_owned(),
    };
    view! {
        <Show when=is_complete fallback=move || view! { <Incomplete desk=desk on_step=on_step /> }>
            <WorkBar campaign=campaign />
            <Sentence desk=desk campaign=campaign />
            <Show when=move || !checked.get()>
                <Banner tone=Tone::Warning text=move || t_string!(i18n, campaigns.not_checked) />
            </Show>
            <p class="meta">{move || t_string!(i18n, campaigns.prepare_hint)}</p>
            <div>
                <Button
                    label=label
                    kind=ButtonKind::Primary
                    icon=Glyph::ARCHIVE
                    busy=busy
                    disabled=Signal::derive(move || !may())
                    on_press=prepare
                />
            </div>
        </Show>
    }
}

/// What will happen, as one would say it, and the numbers of those left out.
#[component]
fn Sentence(desk: Desk, campaign: Signal<Option<Campaign>>) -> impl IntoView {
    let i18n = use_i18n();
    let accounts = calls::ask(|| (), |()| app::accounts::list_accounts());
    let who = move || {
        let locale = i18n.get_locale();
        campaign.with(|it| it.as_ref().filter(|it| it.checked.is_some()).map(|it| words::people(locale, it.counts.recipients())))
    };
    let sentence = move || {
        desk.draft.with(|draft| {
            let who = who().unwrap_or_else(|| t_string!(i18n, campaigns.nobody_counted).to_owned());
            let account = accounts.with(|it| it.and_then(|it| account_of(draft, it)).map(sender).unwrap_or_default());
            t_string!(i18n, campaigns.sentence, who = who, name = subject(draft), account = account, when = when(i18n, draft))
        })
    };
    let pace = move || {
        desk.draft
            .with(|it| it.pace.per_hour)
            .map(|n| t_string!(i18n, campaigns.sentence_pace, n = words::number(i18n.get_locale(), u64::from(n))))
    };
    let left = move || {
        campaign.with(|it| {
            let counts = it.as_ref().map(|it| it.counts.clone()).unwrap_or_default();
            RecipientGroup::ALL
                .into_iter()
                .skip(1)
                .filter(|it| 0 < counts.of(*it))
                .map(|it| {
                    let locale = i18n.get_locale();
                    view! { <div><dt>{words::group(locale, it)}</dt><dd>{words::number(locale, counts.of(it))}</dd></div> }
                })
                .collect_view()
        })
    };
    view! {
        <p class="campaign-sentence">{sentence} " " {pace} " " {move || named(i18n, desk.draft.with(|it| it.measure))}</p>
        <dl class="import-figures">{left}</dl>
    }
}

/// The first subject that reads the same for everybody, or the campaign's name.
fn subject(draft: &CampaignDraft) -> String {
    match &draft.content {
        CampaignContent::Own(texts) => {
            texts.iter().map(|it| it.subject.trim()).find(|it| !it.is_empty() && !it.contains("{{")).map(str::to_owned)
        }
        CampaignContent::Template(_) => None,
    }
    .unwrap_or_else(|| draft.name.trim().to_owned())
}

fn account_of<'a>(draft: &CampaignDraft, accounts: &'a [Account]) -> Option<&'a Account> {
    match draft.account {
        Some(id) => accounts.iter().find(|it| it.id == id),
        None => accounts.iter().find(|it| it.is_default),
    }
}

fn sender(account: &Account) -> String {
    if account.sender_address.is_empty() { account.name.clone() } else { account.sender_address.clone() }
}

fn when(i18n: I18n, draft: &CampaignDraft) -> String {
    match draft.start {
        CampaignStart::AtOnce => t_string!(i18n, campaigns.when_now).to_owned(),
        CampaignStart::At(at) => t_string!(i18n, campaigns.when_at, at = format::moment(i18n.get_locale(), at)),
        CampaignStart::Kept => t_string!(i18n, campaigns.when_kept).to_owned(),
    }
}
