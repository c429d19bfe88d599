//! All campaigns.

use leptos::prelude::*;
use model::{ApprovalState, CampaignRow, CampaignSort, CampaignState, Change, Moment};

use super::badge::CampaignBadge;
use crate::calls;
use crate::i18n::{campaigns as words, t_string, templates as names, use_i18n};
use crate::live::Live;
use crate::panels::listed::Listed;
use crate::parts::{Column, EmptyList, Glyph, Progress, Slot, Sorting, Table, When};
use crate::state::campaign_place::CampaignPlace;

/// The table of campaigns.
#[component]
pub fn CampaignTable(
    /// What it shows.
    #[prop(into)]
    place: Signal<CampaignPlace>,
    /// Called with another place.
    #[prop(into)]
    on_change: Callback<(CampaignPlace,)>,
    /// Called with the campaign to open.
    #[prop(into)]
    on_open: Callback<(i64,)>,
    /// The button of the empty table.
    #[prop(into)]
    begin: ViewFn,
) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let listing = calls::list(
        move || place.get(),
        move || live.version(Change::Campaigns),
        |it: &CampaignRow| it.id.0,
        |place, after| app::campaigns::list_campaigns(place.query(after)),
    );
    let begin = StoredValue::new(begin);
    let clear = Callback::new(move |()| on_change.run((place.get_untracked().unfiltered(),)));
    let nothing = move || {
        view! {
            <EmptyList
                is_everything=Signal::derive(move || place.with(CampaignPlace::is_everything))
                glyph=Glyph::SEND
                title=move || t_string!(i18n, campaigns.empty_title)
                text=move || t_string!(i18n, campaigns.empty_text)
                begin=Some(begin.get_value())
                nothing_title=move || t_string!(i18n, campaigns.nothing_title)
                nothing_text=move || t_string!(i18n, campaigns.nothing_text)
                clear=move || t_string!(i18n, parts.filter_clear)
                on_clear=clear
            />
        }
    };
    view! {
        <div class="message-list">
            <Listed listing=listing nothing=nothing>
                <Table
                    label=move || t_string!(i18n, campaigns.title)
                    columns=columns(place, on_change)
                    pages=listing
                    cells=move |id| cells(Memo::new(move |_| listing.row(id)))
                    row_name=move |id| listing.row(id).map_or_else(String::new, |it| it.name)
                    on_open=on_open
                />
            </Listed>
        </div>
    }
}

fn columns(place: Signal<CampaignPlace>, on_change: Callback<(CampaignPlace,)>) -> Vec<Column> {
    let i18n = use_i18n();
    let sorting = move |sort: CampaignSort| Sorting {
        direction: Signal::derive(move || place.with(|it| (it.sort == sort).then_some(it.direction))),
        on_press: Callback::new(move |()| on_change.run((place.with_untracked(|it| it.sorted_by(sort)),))),
    };
    vec![
        Column::new(move || t_string!(i18n, campaigns.column_name), "minmax(12rem, 2fr)", Slot::Title)
            .sorted(sorting(CampaignSort::Name)),
        Column::new(move || t_string!(i18n, campaigns.column_state), "minmax(7rem, 9rem)", Slot::Mark),
        Column::new(move || t_string!(i18n, campaigns.column_sent), "minmax(8rem, 1fr)", Slot::Meta),
        Column::new(move || t_string!(i18n, campaigns.column_kind), "minmax(0, 8rem)", Slot::Hidden),
        Column::new(move || t_string!(i18n, campaigns.column_author), "minmax(0, 10rem)", Slot::Hidden),
        Column::new(move || t_string!(i18n, campaigns.column_updated), "minmax(0, 8rem)", Slot::Aside)
            .sorted(sorting(CampaignSort::Updated)),
    ]
}

fn cells(row: Memo<Option<CampaignRow>>) -> Vec<AnyView> {
    let i18n = use_i18n();
    let read = move |read: fn(&CampaignRow) -> String| move || row.with(|it| it.as_ref().map(read));
    let state = Signal::derive(move || row.with(|it| it.as_ref().map_or(CampaignState::Draft, |it| it.state)));
    let updated = Signal::derive(move || row.with(|it| it.as_ref().map_or(Moment(0), |it| it.updated_at)));
    let approval = Memo::new(move |_| row.with(|it| it.as_ref().map(|it| it.approval)));
    let about = move || {
        row.with(|it| {
            let (locale, it) = (i18n.get_locale(), it.as_ref()?);
            Some(format!("{} · {}", words::kind(locale, it.kind), names::channel(locale, it.channel)))
        })
    };
    vec![
        view! {
            <span class="campaign-name">
                <strong class="clip">{read(|it| it.name.clone())}</strong>
                <span class="meta clip">{read(|it| it.classification.clone())}</span>
            </span>
        }
        .into_any(),
        view! {
            <span class="campaign-state">
                <CampaignBadge state=state />
                <Show when=move || approval.get() == Some(ApprovalState::Requested)>
                    <span class="tag">{move || words::approval(i18n.get_locale(), ApprovalState::Requested)}</span>
                </Show>
            </span>
        }
        .into_any(),
        view! { <Sent row=row /> }.into_any(),
        view! { <span class="clip">{about}</span> }.into_any(),
        view! { <span class="clip">{read(|it| it.author.clone())}</span> }.into_any(),
        view! { <When at=updated /> }.into_any(),
    ]
}

/// How many messages there are, and how many have ended once it has begun.
#[component]
fn Sent(row: Memo<Option<CampaignRow>>) -> impl IntoView {
    let i18n = use_i18n();
    let numbers = Memo::new(move |_| row.with(|it| it.as_ref().map_or((0, 0), |it| (it.ended, it.messages))));
    let is_running = Memo::new(move |_| {
        row.with(|it| it.as_ref().is_some_and(|it| matches!(it.state, CampaignState::Running | CampaignState::Paused)))
    });
    let words = move || {
        let ((ended, of), locale) = (numbers.get(), i18n.get_locale());
        let begun = row.with(|it| it.as_ref().is_some_and(|it| it.state.has_begun()));
        match (of, begun) {
            (0, _) => "–".to_owned(),
            (_, false) => words::number(locale, of),
            (_, true) => t_string!(i18n, campaigns.n_of_m, n = words::number(locale, ended), m = words::number(locale, of)),
        }
    };
    view! {
        <span class="campaign-sent">
            <span>{words}</span>
            <Show when=move || is_running.get()>
                <Progress
                    label=move || t_string!(i18n, campaigns.column_sent)
                    share=Signal::derive(move || {
                        let (ended, of) = numbers.get();
                        if of == 0 { 0.0 } else { ended as f64 / of as f64 }
                    })
                />
            </Show>
        </span>
    }
}
