//! What became of a campaign: figures, reasons, and the messages that did not arrive.

use leptos::prelude::*;
use model::{
    Campaign, CampaignId, CampaignReport, CampaignStep, Change, FailureKind, FailureQuery, FailureReason, FailureRow, Permission,
};

use super::again::{CampaignProof, Correction, ResultMenu};
use super::compare::Compare;
use super::reactions::ReactionsPart;
use super::standing::may;
use crate::calls;
use crate::i18n::messages::small;
use crate::i18n::{campaigns as words, t_string, tu_string, use_i18n};
use crate::live::Live;
use crate::panels::listed::Listed;
use crate::panels::loaded::Loaded;
use crate::parts::{Button, Chip, Column, DeliveryBadge, EmptyState, Glyph, Slot, Table, When};
use crate::session::Session;
use crate::toast::Toasts;

/// The tab.
#[component]
pub(super) fn Report(
    /// The campaign.
    campaign: Signal<Campaign>,
    /// Called with the campaign to open.
    on_open: Callback<(CampaignId,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let id = campaign.with_untracked(|it| it.id);
    let begun = Memo::new(move |_| campaign.with(|it| it.state.has_begun()));
    let ended = Memo::new(move |_| campaign.with(|it| it.counts.ended()));
    view! {
        <Show
            when=move || begun.get()
            fallback=move || view! {
                <EmptyState
                    glyph=Glyph::ACTIVITY
                    title=move || t_string!(i18n, campaigns.report_empty_title)
                    text=move || t_string!(i18n, campaigns.report_empty_text)
                />
            }
        >
            {
                let report = calls::ask(
                    move || (live.version(Change::Campaigns), ended.get()),
                    move |_| app::campaigns::show_campaign_report(id),
                );
                view! {
                    <Loaded answer=report let:report>
                        <Told campaign=campaign report=report on_open=on_open />
                    </Loaded>
                }
            }
        </Show>
    }
}

#[component]
fn Told(campaign: Signal<Campaign>, report: Signal<CampaignReport>, on_open: Callback<(CampaignId,)>) -> impl IntoView {
    let i18n = use_i18n();
    let kind = RwSignal::new(None::<FailureKind>);
    let figure = move |label: fn(crate::i18n::I18n) -> &'static str, read: fn(&CampaignReport) -> u64| {
        let n = move || words::number(i18n.get_locale(), report.with(read));
        view! { <div><dt>{move || label(i18n)}</dt><dd>{n}</dd></div> }
    };
    view! {
        <div class="campaign-standing">
            <dl class="import-figures">
                {figure(|it| t_string!(it, campaigns.figure_sent), |it| it.counts.sent)}
                {figure(|it| t_string!(it, campaigns.figure_delivered), |it| it.delivered)}
                {figure(|it| t_string!(it, campaigns.figure_bounced), |it| it.bounced)}
                {figure(|it| t_string!(it, campaigns.figure_failed), |it| it.counts.failed)}
                {figure(|it| t_string!(it, campaigns.figure_unsubscribed), |it| it.unsubscribed)}
                {figure(|it| t_string!(it, campaigns.figure_complained), |it| it.complained)}
            </dl>
            <div class="campaign-acts">
                <ResultMenu campaign=campaign />
                <CampaignProof campaign=campaign />
                <Correction campaign=campaign report=report on_open=on_open />
                <Retry campaign=campaign />
            </div>
            <ReactionsPart campaign=campaign report=report on_open=on_open />
            <Reasons report=report kind=kind />
            <Failures campaign=campaign kind=kind />
            <Compare campaign=campaign report=report />
        </div>
    }
}

/// Why messages did not arrive, the most frequent first; a kind narrows the table below.
#[component]
fn Reasons(report: Signal<CampaignReport>, kind: RwSignal<Option<FailureKind>>) -> impl IntoView {
    let i18n = use_i18n();
    let reasons = Memo::new(move |_| report.with(|it| it.reasons.clone()));
    let kinds = Memo::new(move |_| {
        let mut kinds: Vec<FailureKind> = reasons.with(|it| it.iter().map(|it| it.kind).collect());
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    });
    let row = move |it: FailureReason| {
        let locale = i18n.get_locale();
        view! {
            <li>
                <b>{words::number(locale, it.count)}</b>
                <span>{words::failure(locale, it.kind)}</span>
                <code class="clip">{it.words}</code>
                <a href=format!("/messages/{}", it.example)>{t_string!(i18n, campaigns.example)}</a>
            </li>
        }
    };
    view! {
        <Show when=move || reasons.with(|it| !it.is_empty())>
            <section class="campaign-reasons">
                <h2>{move || t_string!(i18n, campaigns.reasons)}</h2>
                <ul>{move || reasons.get().into_iter().map(row).collect_view()}</ul>
                <div class="filters">
                    {move || {
                        kinds
                            .get()
                            .into_iter()
                            .map(|it| view! {
                                <Chip
                                    label=move || words::failure(i18n.get_locale(), it)
                                    pressed=Signal::derive(move || kind.get() == Some(it))
                                    on_press=move || kind.update(|now| *now = if *now == Some(it) { None } else { Some(it) })
                                />
                            })
                            .collect_view()
                    }}
                </div>
            </section>
        </Show>
    }
}

/// Sends again what failed for good.
#[component]
fn Retry(campaign: Signal<Campaign>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let (live, toasts) = (Live::find(), Toasts::find());
    let busy = RwSignal::new(false);
    let id = campaign.with_untracked(|it| it.id);
    let failed = Memo::new(move |_| campaign.with(|it| it.counts.failed));
    let shows =
        move || 0 < failed.get() && session.can(Permission::CampaignRelease) && campaign.with(|it| may(it, CampaignStep::Retry));
    let retry = move || {
        calls::act(busy, app::campaigns::retry_failed(id), move |n| {
            toasts.done(tu_string!(i18n, campaigns.retried, count = n, n = n));
            live.note(Change::Campaigns);
        });
    };
    view! {
        <Show when=shows>
            <Button
                label=move || t_string!(i18n, campaigns.retry, count = small(failed.get()), n = words::number(i18n.get_locale(), failed.get()))
                icon=Glyph::REFRESH_CW
                busy=busy
                on_press=retry
            />
        </Show>
    }
}

#[component]
fn Failures(campaign: Signal<Campaign>, kind: RwSignal<Option<FailureKind>>) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let id = campaign.with_untracked(|it| it.id);
    let listing = calls::list(
        move || kind.get(),
        move || live.version(Change::Campaigns),
        |it: &FailureRow| it.message.0,
        move |kind, after| app::campaigns::list_campaign_failures(FailureQuery { campaign: id, kind, after }),
    );
    let columns = vec![
        Column::new(move || t_string!(i18n, campaigns.column_person), "minmax(10rem, 1fr)", Slot::Title),
        Column::new(move || t_string!(i18n, campaigns.column_state), "minmax(7rem, 9rem)", Slot::Mark),
        Column::new(move || t_string!(i18n, campaigns.column_reply), "minmax(10rem, 2fr)", Slot::Meta),
        Column::new(move || t_string!(i18n, campaigns.column_when), "minmax(0, 8rem)", Slot::Aside),
    ];
    let cells = move |id: i64| {
        let row = Memo::new(move |_| listing.row(id));
        let state = Signal::derive(move || row.with(|it| it.as_ref().map_or(model::DeliveryState::Waiting, |it| it.state)));
        let at = Signal::derive(move || row.with(|it| it.as_ref().map_or(model::Moment(0), |it| it.at)));
        let who = move || {
            row.with(|it| {
                it.as_ref().map(|it| (if it.name.is_empty() { it.address.clone() } else { it.name.clone() }, it.message))
            })
        };
        vec![
            view! { <strong class="clip">{move || who().map(|(name, id)| view! { <a href=format!("/messages/{id}")>{name}</a> })}</strong> }.into_any(),
            view! { <DeliveryBadge state=state /> }.into_any(),
            view! { <span class="clip">{move || row.with(|it| it.as_ref().map(|it| it.reply.clone()))}</span> }.into_any(),
            view! { <When at=at /> }.into_any(),
        ]
    };
    let nothing = move || {
        view! {
            <EmptyState
                glyph=Glyph::CHECK_CHECK
                title=move || t_string!(i18n, campaigns.no_failures_title)
                text=move || t_string!(i18n, campaigns.no_failures_text)
            />
        }
    };
    view! {
        <div class="campaign-people">
            <Listed listing=listing nothing=nothing>
                <Table
                    label=move || t_string!(i18n, campaigns.failures)
                    columns=columns.clone()
                    pages=listing
                    cells=cells
                    row_name=move |id| listing.row(id).map_or_else(String::new, |it| it.name)
                />
            </Listed>
        </div>
    }
}
