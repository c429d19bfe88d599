//! The time line of a campaign: what was done to it, what people say, and its messages, of which each run opens page by page.

use leptos::prelude::*;
use model::{AuditId, CampaignEntry, CampaignId, CampaignRun, Change, CommentOn, MessageRow, RunKind, RunQuery};

use crate::calls;
use crate::i18n::{campaigns as words, t_string, use_i18n};
use crate::live::Live;
use crate::panels::comments::Comments;
use crate::panels::timeline::{Timeline, Written};
use crate::parts::{Button, ButtonKind, ErrorState, Skeleton};

/// Who did what to the campaign, newest first, with the messages that were made or left meanwhile.
#[component]
pub(super) fn CampaignHistory(
    /// Which campaign.
    id: CampaignId,
) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let listing = calls::list(
        || (),
        move || live.version(Change::Campaigns),
        |it: &CampaignEntry| it.entry.id.0,
        move |(), after| app::campaigns::list_campaign_history(id, after),
    );
    let entries =
        Signal::derive(move || listing.rows().with(|it| it.all().iter().map(|it| it.entry.clone()).collect::<Vec<_>>()));
    let beneath = Callback::new(move |(entry,): (AuditId,)| {
        let runs = Memo::new(move |_| listing.row(entry.0).map(|it| it.runs).unwrap_or_default());
        view! { <Runs campaign=id runs=runs /> }.into_any()
    });
    let problem = move || listing.problem().filter(|_| listing.is_first());
    let comments = Comments::new(CommentOn::Campaign(id));
    let shown = move || {
        view! {
            <Timeline
                entries=entries
                comments=comments
                has_older=Signal::derive(move || listing.has_more())
                beneath=beneath
                empty=move || t_string!(i18n, campaigns.history_empty)
            />
            <Show when=move || listing.has_more()>
                <Button label=move || t_string!(i18n, parts.load_more) kind=ButtonKind::Quiet on_press=move || listing.more() />
            </Show>
        }
    };
    view! {
        {move || problem().map(|it| view! { <ErrorState problem=Signal::stored(it) on_retry=move || listing.ask_again() /> })}
        <Show when=move || listing.is_first() && listing.is_pending()>
            <Skeleton lines=3 />
        </Show>
        <Show when=move || !listing.is_first()>{shown}</Show>
    }
}

/// The runs that an entry opens to; nothing when it has none.
#[component]
fn Runs(campaign: CampaignId, runs: Memo<Vec<CampaignRun>>) -> impl IntoView {
    let kinds = Memo::new(move |_| runs.with(|it| it.iter().map(|it| it.span.kind).collect::<Vec<_>>()));
    let of = move |kind| Memo::new(move |_| runs.with(|it| it.iter().find(|it| it.span.kind == kind).copied()));
    view! {
        <Show when=move || kinds.with(|it| !it.is_empty())>
            <ul class="timeline-runs">
                <For each=move || kinds.get() key=|it| *it let:kind>
                    <Run campaign=campaign kind=kind run=of(kind) />
                </For>
            </ul>
        </Show>
    }
}

/// How many messages were made or left, and the way to them.
#[component]
fn Run(campaign: CampaignId, kind: RunKind, run: Memo<Option<CampaignRun>>) -> impl IntoView {
    let i18n = use_i18n();
    let open = RwSignal::new(false);
    let label = move || {
        let n = words::number(i18n.get_locale(), run.with(|it| it.map_or(0, |it| it.messages)));
        match kind {
            RunKind::Made => t_string!(i18n, campaigns.run_made, n = n),
            RunKind::Sent => t_string!(i18n, campaigns.run_sent, n = n),
        }
    };
    view! {
        <li>
            <button
                type="button"
                class="button"
                data-kind="quiet"
                aria-expanded=move || open.get().to_string()
                on:click=move |_| open.update(|it| *it = !*it)
            >
                {label}
            </button>
            <Show when=move || open.get()><RunMessages campaign=campaign run=run /></Show>
        </li>
    }
}

/// The messages of a run, those that were made or left last first.
#[component]
fn RunMessages(campaign: CampaignId, run: Memo<Option<CampaignRun>>) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let listing = calls::list(
        move || run.with(|it| it.map(|it| it.span)),
        move || live.version(Change::Messages),
        |it: &MessageRow| it.id.0,
        move |span, after| async move {
            match span {
                Some(span) => app::campaigns::list_run_messages(RunQuery { campaign, span, after }).await,
                None => Ok(model::Page::empty()),
            }
        },
    );
    let problem = move || listing.problem().filter(|_| listing.is_first());
    let rows = move || listing.rows().with(|it| it.all().to_vec());
    view! {
        {move || problem().map(|it| view! { <ErrorState problem=Signal::stored(it) on_retry=move || listing.ask_again() /> })}
        <Show when=move || listing.is_first() && listing.is_pending()>
            <Skeleton lines=3 />
        </Show>
        <Show when=move || listing.is_nothing()>
            <p class="faint">{move || t_string!(i18n, campaigns.run_in_bin)}</p>
        </Show>
        <ol class="timeline">
            <For each=rows key=|it| (it.id.0, it.state) let:row>
                <Written row=row has_recipient=true />
            </For>
        </ol>
        <Show when=move || listing.has_more()>
            <Button
                label=move || t_string!(i18n, parts.load_more)
                kind=ButtonKind::Quiet
                busy=Signal::derive(move || listing.is_pending())
                on_press=move || listing.more()
            />
        </Show>
    }
}
