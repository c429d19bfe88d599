//! Looking through the real messages: groups at the side, one message at a time, ← and → between them.

use leptos::prelude::*;
use model::{Campaign, CampaignId, Change, MessageId, ReviewGroup, ReviewGroupKind, ReviewSort, ReviewedMessage};

use super::reviewed::Reviewed;
use super::search::ReviewSearch;
use crate::browser::{dialog, keyboard};
use crate::calls;
use crate::i18n::{campaigns as words, t_string, use_i18n};
use crate::live::Live;
use crate::panels::loaded::Loaded;
use crate::parts::{EmptyState, Glyph, IconButton, Progress, RadioGroup};
use crate::state::campaign_review::{ReviewAt, sort_code};

/// The tab.
#[component]
pub(super) fn Review(
    /// The campaign.
    campaign: Signal<Campaign>,
    /// Where one is.
    at: Signal<ReviewAt>,
    /// Called with the place to go to.
    on_at: Callback<(ReviewAt,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let id = campaign.with_untracked(|it| it.id);
    let is_there = Memo::new(move |_| campaign.with(|it| it.prepared.is_some()));
    view! {
        <Show
            when=move || is_there.get()
            fallback=move || view! {
                <EmptyState
                    glyph=Glyph::EYE
                    title=move || t_string!(i18n, campaigns.review_empty_title)
                    text=move || t_string!(i18n, campaigns.review_empty_text)
                />
            }
        >
            <Desk id=id campaign=campaign at=at on_at=on_at />
        </Show>
    }
}

#[component]
fn Desk(id: CampaignId, campaign: Signal<Campaign>, at: Signal<ReviewAt>, on_at: Callback<(ReviewAt,)>) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let here = Memo::new(move |_| at.get());
    let reviewed = calls::ask(
        move || (here.get(), live.version(Change::Campaigns)),
        move |(at, _)| app::campaigns::review_message(at.place(id), at.message),
    );
    let step = move |to: Option<MessageId>| {
        if let Some(message) = to {
            on_at.run((ReviewAt { message: Some(message), ..here.get_untracked() },));
        }
    };
    let now = move || reviewed.now().flatten();
    keyboard::listen(move |press| {
        if press.typing || press.ctrl || press.alt || dialog::any_open() {
            return false;
        }
        match press.key.as_str() {
            "ArrowLeft" => step(now().and_then(|it| it.previous)),
            "ArrowRight" => step(now().and_then(|it| it.next)),
            _ => return false,
        }
        true
    });
    view! {
        <div class="review">
            <aside class="review-side">
                <Groups id=id at=here on_at=on_at />
                <ReviewSearch id=id at=here on_at=on_at />
            </aside>
            <div class="review-main">
                <Loaded answer=reviewed lines=12 let:reviewed>
                    <Stage id=id campaign=campaign reviewed=reviewed on_step=Callback::new(move |(to,)| step(to)) />
                </Loaded>
                <p class="visually-hidden">{move || t_string!(i18n, campaigns.review_keys)}</p>
            </div>
        </div>
    }
}

/// The groups, odd ones first, and the order within.
#[component]
fn Groups(id: CampaignId, at: Memo<ReviewAt>, on_at: Callback<(ReviewAt,)>) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let groups =
        calls::ask(move || (live.version(Change::Campaigns), at.get().message), move |_| app::campaigns::list_review_groups(id));
    let sort = RwSignal::new(sort_code(at.get_untracked().sort).to_owned());
    Effect::new(move |_| {
        let code = sort.get();
        let wanted = [ReviewSort::Place, ReviewSort::Longest, ReviewSort::Shortest].into_iter().find(|it| sort_code(*it) == code);
        if let Some(sort) = wanted.filter(|it| *it != at.get_untracked().sort) {
            on_at.run((ReviewAt { sort, message: None, ..at.get_untracked() },));
        }
    });
    let options = [ReviewSort::Place, ReviewSort::Longest, ReviewSort::Shortest]
        .map(|it| (sort_code(it), TextProp::from(move || words::review_sort(i18n.get_locale(), it))))
        .to_vec();
    let row = move |group: ReviewGroup| {
        let (kind, count) = (group.kind, group.count);
        let is_odd = matches!(kind, ReviewGroupKind::SetApart | ReviewGroupKind::Edited | ReviewGroupKind::Changed);
        view! {
            <li>
                <button
                    type="button"
                    class:odd=is_odd
                    aria-current=move || (at.get().group == kind).then_some("true")
                    on:click=move |_| on_at.run((ReviewAt { group: kind, message: None, ..at.get_untracked() },))
                >
                    <span class="clip">{move || words::review_group(i18n.get_locale(), &group)}</span>
                    <span class="count">{move || words::number(i18n.get_locale(), count)}</span>
                </button>
            </li>
        }
    };
    let shown = move || groups.get().unwrap_or_default().into_iter().filter(|it| 0 < it.count || it.kind == ReviewGroupKind::All);
    view! {
        <nav aria-label=move || t_string!(i18n, campaigns.groups)>
            <ul class="review-groups">{move || shown().map(row).collect_view()}</ul>
        </nav>
        <RadioGroup label=move || t_string!(i18n, campaigns.order) options=options value=sort segmented=true />
    }
}

/// The message with its neighbours.
#[component]
fn Stage(
    id: CampaignId,
    campaign: Signal<Campaign>,
    reviewed: Signal<Option<ReviewedMessage>>,
    on_step: Callback<(Option<MessageId>,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let message = Memo::new(move |_| reviewed.get());
    let is_there = Memo::new(move |_| message.with(Option::is_some));
    let number = move |n: u64| words::number(i18n.get_locale(), n);
    let place = move || {
        message.with(|it| {
            let (n, of) = it.as_ref().map_or((0, 0), |it| it.number);
            t_string!(i18n, campaigns.n_of_m, n = number(n), m = number(of))
        })
    };
    let looked = Memo::new(move |_| message.with(|it| it.as_ref().map_or((0, 0), |it| it.reviewed)));
    let reviewed_words = move || t_string!(i18n, campaigns.reviewed, n = number(looked.get().0), m = number(looked.get().1));
    let previous = Memo::new(move |_| message.with(|it| it.as_ref().and_then(|it| it.previous)));
    let next = Memo::new(move |_| message.with(|it| it.as_ref().and_then(|it| it.next)));
    view! {
        <Show
            when=move || is_there.get()
            fallback=move || view! {
                <EmptyState
                    glyph=Glyph::EYE
                    title=move || t_string!(i18n, campaigns.review_none_title)
                    text=move || t_string!(i18n, campaigns.review_none_text)
                />
            }
        >
            <div class="review-bar">
                <IconButton
                    label=move || t_string!(i18n, campaigns.previous)
                    icon=Glyph::CHEVRON_LEFT
                    disabled=Signal::derive(move || previous.get().is_none())
                    on_press=move || on_step.run((previous.get_untracked(),))
                />
                <strong role="status">{place}</strong>
                <IconButton
                    label=move || t_string!(i18n, campaigns.next_message)
                    icon=Glyph::CHEVRON_RIGHT
                    disabled=Signal::derive(move || next.get().is_none())
                    on_press=move || on_step.run((next.get_untracked(),))
                />
                <span class="review-progress">
                    <span class="meta">{reviewed_words}</span>
                    <Progress
                        label=move || t_string!(i18n, campaigns.reviewed_label)
                        share=Signal::derive(move || {
                            let (n, of) = looked.get();
                            if of == 0 { 0.0 } else { n as f64 / of as f64 }
                        })
                    />
                </span>
            </div>
            <Reviewed id=id campaign=campaign message=Signal::derive(move || message.get()) />
        </Show>
    }
}
