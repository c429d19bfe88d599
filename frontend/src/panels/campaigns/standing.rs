//! How a campaign stands: the wide bar, the figures, the forecast, and what can be done now.

use leptos::prelude::*;
use model::{Campaign, CampaignState, CampaignStep, Change, WorkKind};

use super::approval::ApprovalPart;
use super::cost::CostPart;
use super::going::Going;
use super::regenerate::Regenerate;
use super::release::ReleasePart;
use crate::browser::timer;
use crate::calls;
use crate::format;
use crate::frame::places::MESSAGE_RIGHTS;
use crate::i18n::{campaigns as words, t_string, use_i18n};
use crate::live::Live;
use crate::parts::{Button, ButtonKind, ButtonLink, EmptyState, Glyph, HourChart, When};
use crate::session::Session;
use crate::state::campaign_run::{bars, shares};

/// How many minutes of the flow are drawn.
const MINUTES: usize = 60;

/// The tab.
#[component]
pub(super) fn StandingTab(
    /// The campaign.
    campaign: Signal<Campaign>,
    /// Called with the tab to open.
    on_tab: Callback<(&'static str,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let state = Memo::new(move |_| campaign.with(|it| it.state));
    let id = campaign.with_untracked(|it| it.id);
    let is_empty = Memo::new(move |_| state.get() == CampaignState::Draft && campaign.with(|it| it.work.is_none()));
    view! {
        <Show
            when=move || !is_empty.get()
            fallback=move || view! {
                <EmptyState
                    glyph=Glyph::PENCIL
                    title=move || t_string!(i18n, campaigns.draft_title)
                    text=move || t_string!(i18n, campaigns.draft_text)
                >
                    <ButtonLink
                        label=move || t_string!(i18n, campaigns.go_on)
                        href=format!("/campaigns/{id}/edit")
                        kind=ButtonKind::Primary
                    />
                </EmptyState>
            }
        >
            <div class="campaign-standing">
                <Bar campaign=campaign />
                <Figures campaign=campaign />
                <Forecast campaign=campaign />
                <Show when=move || matches!(state.get(), CampaignState::Running | CampaignState::Paused)>
                    <Going campaign=campaign on_tab=on_tab />
                </Show>
                <Show when=move || state.get() == CampaignState::Prepared>
                    <Reviewing on_tab=on_tab />
                    <Regenerate campaign=campaign />
                    <ApprovalPart campaign=campaign />
                </Show>
                <Show when=move || matches!(state.get(), CampaignState::Prepared | CampaignState::Scheduled)>
                    <CostPart campaign=campaign />
                    <ReleasePart campaign=campaign on_tab=on_tab />
                </Show>
                <Show when=move || state.get().has_begun()>
                    <Flow campaign=campaign />
                </Show>
                <Letters campaign=campaign />
            </div>
        </Show>
    }
}

/// One bar of all messages by their states.
#[component]
fn Bar(campaign: Signal<Campaign>) -> impl IntoView {
    let i18n = use_i18n();
    let pieces = Memo::new(move |_| campaign.with(|it| shares(&it.counts)));
    let told = move || {
        let locale = i18n.get_locale();
        let one = |(it, n, _): &(_, u64, f64)| format!("{} {}", words::share(locale, *it), words::number(locale, *n));
        pieces.with(|it| it.iter().map(one).collect::<Vec<_>>().join(", "))
    };
    view! {
        <Show when=move || pieces.with(|it| !it.is_empty())>
            <figure class="campaign-bar">
                <div class="campaign-bar-track" role="img" aria-label=told>
                    {move || {
                        pieces
                            .get()
                            .into_iter()
                            .map(|(it, _, percent)| view! { <span data-mark=it.mark() style:width=format!("{percent:.3}%")></span> })
                            .collect_view()
                    }}
                </div>
                <figcaption>
                    {move || {
                        let locale = i18n.get_locale();
                        pieces
                            .get()
                            .into_iter()
                            .map(|(it, n, _)| view! {
                                <span class="campaign-key">
                                    <i data-mark=it.mark()></i>
                                    {words::share(locale, it)} " " <b>{words::number(locale, n)}</b>
                                </span>
                            })
                            .collect_view()
                    }}
                </figcaption>
            </figure>
        </Show>
    }
}

/// Four numbers.
#[component]
fn Figures(campaign: Signal<Campaign>) -> impl IntoView {
    let i18n = use_i18n();
    let figure = move |label: fn(crate::i18n::I18n) -> &'static str, read: fn(&Campaign) -> u64| {
        let n = move || words::number(i18n.get_locale(), campaign.with(read));
        view! { <div><dt>{move || label(i18n)}</dt><dd>{n}</dd></div> }
    };
    view! {
        <dl class="import-figures">
            {figure(|it| t_string!(it, campaigns.figure_recipients), |it| it.counts.recipients())}
            {figure(|it| t_string!(it, campaigns.figure_sent), |it| it.counts.sent)}
            {figure(|it| t_string!(it, campaigns.figure_waiting), |it| it.counts.waiting + it.counts.sending + it.counts.prepared)}
            {figure(|it| t_string!(it, campaigns.figure_failed), |it| it.counts.failed)}
        </dl>
    }
}

/// When it began, goes on and ends, as far as can be told.
#[component]
fn Forecast(campaign: Signal<Campaign>) -> impl IntoView {
    let i18n = use_i18n();
    let words = move || {
        campaign.with(|it| {
            let at = |moment| format::moment(i18n.get_locale(), moment);
            match (it.state, it.starts_at, it.done_at, it.ended_at) {
                (CampaignState::Scheduled, Some(start), ..) => Some(t_string!(i18n, campaigns.starts_at, at = at(start))),
                (CampaignState::Running, _, Some(done), _) => Some(t_string!(i18n, campaigns.done_at, at = at(done))),
                (CampaignState::Finished | CampaignState::Cancelled, _, _, Some(end)) => {
                    Some(t_string!(i18n, campaigns.ended_at, at = at(end)))
                }
                _ => None,
            }
        })
    };
    let deferred = move || {
        let n = campaign.with(|it| it.counts.deferred);
        (0 < n).then(|| {
            t_string!(i18n, campaigns.deferred, count = crate::i18n::messages::small(n), n = words::number(i18n.get_locale(), n))
        })
    };
    let last = Signal::derive(move || campaign.with(|it| it.last_sent_at));
    view! {
        <p class="campaign-forecast" role="status">
            {move || words().map(|it| view! { <strong>{it}</strong> })}
            {move || last.get().map(|at| view! {
                <span class="meta">{t_string!(i18n, campaigns.last_sent)} " " <When at=Signal::stored(at) /></span>
            })}
            {move || deferred().map(|it| view! { <span class="meta">{it}</span> })}
        </p>
    }
}

/// Leads to the messages.
#[component]
fn Reviewing(on_tab: Callback<(&'static str,)>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <p class="campaign-next">
            {move || t_string!(i18n, campaigns.review_first)}
            <Button
                label=move || t_string!(i18n, campaigns.review)
                icon=Glyph::EYE
                on_press=move || on_tab.run(("review",))
            />
        </p>
    }
}

/// Leads to the messages in the history, for those who may see it.
#[component]
fn Letters(campaign: Signal<Campaign>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let id = campaign.with_untracked(|it| it.id);
    let shows = move || campaign.with(|it| it.prepared.is_some()) && MESSAGE_RIGHTS.iter().any(|it| session.can(*it));
    view! {
        <Show when=shows>
            <p class="page-link">
                <a href=format!("/messages?campaign={id}")>{move || t_string!(i18n, campaigns.in_history)}</a>
            </p>
        </Show>
    }
}

/// Messages minute by minute.
#[component]
fn Flow(campaign: Signal<Campaign>) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let id = campaign.with_untracked(|it| it.id);
    let sent = Memo::new(move |_| campaign.with(|it| it.counts.sent));
    let flow = calls::ask(move || (live.version(Change::Campaigns), sent.get()), move |_| app::campaigns::show_campaign_flow(id));
    let bars = Signal::derive(move || flow.with(|it| it.map(|it| bars(it, MINUTES, timer::now())).unwrap_or_default()));
    view! {
        <Show when=move || bars.with(|it| !it.is_empty())>
            <section class="campaign-flow">
                <h2>{move || t_string!(i18n, campaigns.flow)}</h2>
                <HourChart label=move || t_string!(i18n, campaigns.flow) bars=bars />
            </section>
        </Show>
    }
}

/// Whether nothing is being made at this moment and a step is allowed.
pub(super) fn may(campaign: &Campaign, step: CampaignStep) -> bool {
    campaign.state.allows(step) && campaign.work.is_none_or(|it| it.kind == WorkKind::Check)
}
