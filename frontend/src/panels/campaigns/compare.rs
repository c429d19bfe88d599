//! The figures of a campaign beside those of others.

use leptos::prelude::*;
use model::campaign::tenths;
use model::{Campaign, CampaignFilter, CampaignId, CampaignQuery, CampaignReport};

use crate::calls;
use crate::i18n::{I18n, campaigns as words, t_string, use_i18n};
use crate::parts::{FindField, Finding, Found, Glyph, IconButton};

/// How many campaigns are offered at once.
const OFFERED: usize = 8;
/// How many others stand beside it at most.
const MOST: usize = 3;

/// What is compared: its name and where it stands in the report.
type Row = (fn(I18n) -> &'static str, fn(&CampaignReport) -> Figure);

/// A number, and of how many it is a share; nothing where it was not measured.
type Figure = Option<(u64, u64)>;

const ROWS: [Row; 10] = [
    (|it| t_string!(it, campaigns.figure_recipients), |it| of_all(it, it.counts.recipients())),
    (|it| t_string!(it, campaigns.figure_sent), |it| of_all(it, it.counts.sent)),
    (|it| t_string!(it, campaigns.figure_delivered), |it| of_all(it, it.delivered)),
    (|it| t_string!(it, campaigns.figure_bounced), |it| of_all(it, it.bounced)),
    (|it| t_string!(it, campaigns.figure_failed), |it| of_all(it, it.counts.failed)),
    (|it| t_string!(it, campaigns.figure_cancelled), |it| of_all(it, it.counts.cancelled)),
    (|it| t_string!(it, campaigns.figure_unsubscribed), |it| of_all(it, it.unsubscribed)),
    (|it| t_string!(it, campaigns.figure_complained), |it| of_all(it, it.complained)),
    (
        |it| t_string!(it, reactions.opened),
        |it| it.reactions.as_ref().filter(|it| it.measure.opens).map(|it| (it.opened, it.named)),
    ),
    (
        |it| t_string!(it, reactions.clicked),
        |it| it.reactions.as_ref().filter(|it| it.measure.clicks).map(|it| (it.clicked, it.named)),
    ),
];

/// A number with all recipients.
fn of_all(report: &CampaignReport, n: u64) -> Figure {
    Some((n, report.counts.recipients()))
}

/// The figures side by side, and a field for one more.
#[component]
pub(super) fn Compare(
    /// The campaign.
    campaign: Signal<Campaign>,
    /// What became of it.
    report: Signal<CampaignReport>,
) -> impl IntoView {
    let i18n = use_i18n();
    let own = campaign.with_untracked(|it| it.id);
    let others = RwSignal::new(Vec::<(CampaignId, String)>::new());
    let take = move |it: Option<Found>| {
        let Some((id, name)) = it.and_then(|it| Some((it.code.parse().ok()?, it.name))) else { return };
        others.update(|all| {
            if !all.iter().any(|it| it.0 == id) {
                all.push((id, name));
            }
        });
    };
    let reports = calls::ask(
        move || others.with(|it| it.iter().map(|it| it.0).collect::<Vec<_>>()),
        |ids| async move {
            let mut reports = Vec::with_capacity(ids.len());
            for id in ids {
                reports.push((id, app::campaigns::show_campaign_report(id).await?));
            }
            Ok(reports)
        },
    );
    let beside = move |id: CampaignId, read: fn(&CampaignReport) -> Figure| {
        reports.with(|it| it.and_then(|it| it.iter().find(|it| it.0 == id)).map(|it| read(&it.1)))
    };
    let head = move || {
        let remove = move |id| others.update(|it| it.retain(|it| it.0 != id));
        others
            .get()
            .into_iter()
            .map(|(id, name)| {
                let called = name.clone();
                view! {
                    <th scope="col">
                        <a href=format!("/campaigns/{id}?tab=report")>{name}</a>
                        <IconButton
                            label=move || t_string!(i18n, campaigns.remove_part, name = called.clone())
                            icon=Glyph::X
                            on_press=move || remove(id)
                        />
                    </th>
                }
            })
            .collect_view()
    };
    let row = move |(name, read): Row| {
        let mine = move || report.with(|it| shown(i18n, Some(read(it))));
        view! {
            <tr>
                <th scope="row">{move || name(i18n)}</th>
                <td>{mine}</td>
                {move || others.get().into_iter().map(|(id, _)| view! { <td>{move || shown(i18n, beside(id, read))}</td> }).collect_view()}
            </tr>
        }
    };
    view! {
        <section class="campaign-compare">
            <h2>{move || t_string!(i18n, campaigns.compare)}</h2>
            <Show when=move || others.with(|it| it.len() < MOST)>
                <FindField
                    label=move || t_string!(i18n, campaigns.compare_with)
                    hint=move || t_string!(i18n, campaigns.find_hint)
                    offers=move || t_string!(i18n, campaigns.find_offers)
                    clear=move || t_string!(i18n, campaigns.find_hint)
                    taken=Signal::stored(None::<String>)
                    finding=finding(own)
                    on_take=take
                />
            </Show>
            <Show when=move || others.with(|it| !it.is_empty())>
                <div class="campaign-compare-scroll" tabindex="0" role="region" aria-label=move || t_string!(i18n, campaigns.compare)>
                    <table>
                        <thead>
                            <tr>
                                <td></td>
                                <th scope="col">{move || campaign.with(|it| it.draft.name.clone())}</th>
                                {head}
                            </tr>
                        </thead>
                        <tbody>{ROWS.map(row).into_iter().collect_view()}</tbody>
                    </table>
                </div>
            </Show>
        </section>
    }
}

/// A number with its share; dots as long as it is not known.
fn shown(i18n: I18n, it: Option<Figure>) -> String {
    let Some(figure) = it else { return "…".to_owned() };
    let Some((n, of)) = figure else { return "–".to_owned() };
    let number = words::number(i18n.get_locale(), n);
    match tenths(n, of) {
        Some(share) => format!("{number} ({} %)", crate::format::tenths(i18n.get_locale(), share)),
        None => number,
    }
}

/// Finds other campaigns of which something may have left.
fn finding(own: CampaignId) -> Finding {
    Finding::new(move |typed: String| async move {
        let filter = CampaignFilter { words: typed, ..CampaignFilter::default() };
        let query = CampaignQuery { filter, ..CampaignQuery::default() };
        let rows = app::campaigns::list_campaigns(query).await.map(|it| it.rows).unwrap_or_default();
        let begun = rows.into_iter().filter(|it| it.state.has_begun() && it.id != own);
        begun.take(OFFERED).map(|it| Found { code: it.id.to_string(), name: it.name, note: it.author }).collect()
    })
}
