//! How people reacted to a campaign: figures with a word on how far they can be believed, links, time, and who it was.

use leptos::prelude::*;
use model::campaign::tenths;
use model::{
    Campaign, CampaignFlow, CampaignId, CampaignReport, Change, FlowPoint, LinkReactions, Permission, Reaction, ReactionPoint,
    ReactionQuery, ReactionRow, Reactions,
};

use crate::browser::timer;
use crate::calls;
use crate::i18n::{I18n, campaigns as words, t_string, tu_string, use_i18n};
use crate::live::Live;
use crate::panels::listed::Listed;
use crate::parts::{
    Button, Chip, Column, Dialog, DialogEnd, EmptyState, Form, FormState, Glyph, HourChart, Select, Slot, Table, TextField, When,
};
use crate::session::Session;
use crate::state::campaign_run::bars;

/// How many bars a chart has at most.
const BARS: usize = 120;

/// How many steps a chart shows at least before its last one.
const LEAST: i64 = 23;

/// The part of the report; nothing where nothing was measured.
#[component]
pub(super) fn ReactionsPart(
    /// The campaign.
    campaign: Signal<Campaign>,
    /// What became of it.
    report: Signal<CampaignReport>,
    /// Called with the campaign to open.
    on_open: Callback<(CampaignId,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_measured = Memo::new(move |_| report.with(|it| it.reactions.is_some()));
    let told = Memo::new(move |_| report.with(|it| it.reactions.clone().unwrap_or_default()));
    view! {
        <Show when=move || is_measured.get()>
            <section class="campaign-reactions">
                <h2>{move || t_string!(i18n, reactions.title)}</h2>
                <Figures told=told />
                <p class="meta">
                    {move || told.with(|it| it.measure.opens).then(|| t_string!(i18n, reactions.estimate))} " "
                    {move || t_string!(i18n, reactions.apart)}
                </p>
                <Links told=told />
                <OverTime told=told />
                <People campaign=campaign told=told on_open=on_open />
            </section>
        </Show>
    }
}

#[component]
fn Figures(told: Memo<Reactions>) -> impl IntoView {
    let i18n = use_i18n();
    let number = move |n: u64| words::number(i18n.get_locale(), n);
    let share = move |read: fn(&Reactions) -> u64| {
        let (n, of) = told.with(|it| (read(it), it.named));
        match tenths(n, of) {
            Some(share) => format!("{} ({} %)", number(n), crate::format::tenths(i18n.get_locale(), share)),
            None => number(n),
        }
    };
    let opens = move || told.with(|it| it.measure.opens);
    let clicks = move || told.with(|it| it.measure.clicks);
    view! {
        <dl class="import-figures">
            <Show when=opens>
                <div><dt>{move || t_string!(i18n, reactions.opened)}</dt><dd>{move || share(|it| it.opened)}</dd></div>
            </Show>
            <Show when=clicks>
                <div><dt>{move || t_string!(i18n, reactions.clicked)}</dt><dd>{move || share(|it| it.clicked)}</dd></div>
            </Show>
            <div><dt>{move || t_string!(i18n, reactions.nothing)}</dt><dd>{move || share(|it| it.silent)}</dd></div>
            <Show when=opens>
                <div><dt>{move || t_string!(i18n, reactions.opens)}</dt><dd>{move || number(told.with(|it| it.opens))}</dd></div>
            </Show>
            <Show when=clicks>
                <div><dt>{move || t_string!(i18n, reactions.clicks)}</dt><dd>{move || number(told.with(|it| it.clicks))}</dd></div>
            </Show>
            <div><dt>{move || t_string!(i18n, reactions.machines)}</dt><dd>{move || number(told.with(|it| it.machines))}</dd></div>
        </dl>
        <p>
            {move || t_string!(i18n, reactions.named, named = number(told.with(|it| it.named)), unnamed = number(told.with(|it| it.unnamed)))}
        </p>
    }
}

#[component]
fn Links(told: Memo<Reactions>) -> impl IntoView {
    let i18n = use_i18n();
    let row = move |it: LinkReactions| {
        let locale = i18n.get_locale();
        view! {
            <tr>
                <th scope="row"><code>{it.target}</code></th>
                <td>{words::number(locale, it.people)}</td>
                <td>{words::number(locale, it.clicks)}</td>
            </tr>
        }
    };
    view! {
        <Show when=move || told.with(|it| !it.links.is_empty())>
            <div class="campaign-compare-scroll" tabindex="0" role="region" aria-label=move || t_string!(i18n, reactions.links)>
                <table class="reaction-links">
                    <thead>
                        <tr>
                            <th scope="col">{move || t_string!(i18n, reactions.links)}</th>
                            <th scope="col">{move || t_string!(i18n, reactions.people)}</th>
                            <th scope="col">{move || t_string!(i18n, reactions.clicks)}</th>
                        </tr>
                    </thead>
                    <tbody>{move || told.get().links.into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        </Show>
    }
}

/// What is measured over time, a chart for each.
#[component]
fn OverTime(told: Memo<Reactions>) -> impl IntoView {
    let i18n = use_i18n();
    let chart = move |label: fn(I18n) -> &'static str, read: fn(&ReactionPoint) -> u64| {
        let bars = Signal::derive(move || told.with(|it| bars(&flow(it, read), BARS, timer::now())));
        view! {
            <Show when=move || bars.with(|it| it.iter().any(|it| 0 < it.count))>
                <section class="campaign-flow">
                    <h3>{move || label(i18n)}</h3>
                    <HourChart label=move || label(i18n) bars=bars is_dated=true />
                </section>
            </Show>
        }
    };
    view! {
        {chart(|it| t_string!(it, reactions.opens_over_time), |it| it.opens)}
        {chart(|it| t_string!(it, reactions.clicks_over_time), |it| it.clicks)}
    }
}

/// One of the two counts as a flow.
fn flow(told: &Reactions, read: fn(&ReactionPoint) -> u64) -> CampaignFlow {
    let point = |it: &ReactionPoint| FlowPoint { at: it.at, sent: u32::try_from(read(it)).unwrap_or(u32::MAX) };
    let mut points: Vec<FlowPoint> = told.flow.iter().map(point).collect();
    // The bars of a few hours alone would be as wide as the page.
    let last = points.last().map(|it| it.at);
    if let Some(last) = last.filter(|last| points.first().is_some_and(|it| last.since(it.at) < LEAST * told.step_ms)) {
        points.insert(0, FlowPoint { at: last.plus(-LEAST * told.step_ms), sent: 0 });
    }
    CampaignFlow { step_ms: told.step_ms, points }
}

fn label(i18n: I18n, reaction: Reaction) -> &'static str {
    match reaction {
        Reaction::Opened => t_string!(i18n, reactions.opened),
        Reaction::Clicked => t_string!(i18n, reactions.clicked),
        Reaction::Nothing => t_string!(i18n, reactions.nothing),
    }
}

/// The reactions that can be told apart.
fn known(told: &Reactions) -> Vec<Reaction> {
    let is_known = |it: &Reaction| match it {
        Reaction::Opened => told.measure.opens,
        Reaction::Clicked => told.measure.clicks,
        Reaction::Nothing => true,
    };
    Reaction::ALL.into_iter().filter(is_known).collect()
}

/// Those who are known by name, by what they did, and a new campaign for them.
#[component]
fn People(campaign: Signal<Campaign>, told: Memo<Reactions>, on_open: Callback<(CampaignId,)>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let live = Live::find();
    let open = RwSignal::new(false);
    let id = campaign.with_untracked(|it| it.id);
    let reaction = RwSignal::new(told.with_untracked(|it| known(it).first().copied().unwrap_or(Reaction::Nothing)));
    let count = move |it: Reaction| {
        let n = told.with(|told| match it {
            Reaction::Opened => told.opened,
            Reaction::Clicked => told.clicked,
            Reaction::Nothing => told.silent,
        });
        Some(words::number(i18n.get_locale(), n))
    };
    let listing = calls::list(
        move || reaction.get(),
        move || live.version(Change::Campaigns),
        |it: &ReactionRow| it.place,
        move |reaction, after| app::campaigns::list_reactions(ReactionQuery { campaign: id, reaction, after }),
    );
    let chips = move || {
        let chip = |it: Reaction| {
            view! {
                <Chip
                    label=move || label(i18n, it)
                    pressed=Signal::derive(move || reaction.get() == it)
                    on_press=move || reaction.set(it)
                    count=Signal::derive(move || count(it))
                />
            }
        };
        told.with(known).into_iter().map(chip).collect_view()
    };
    view! {
        <div class="campaign-acts">
            <div class="filters" role="group" aria-label=move || t_string!(i18n, reactions.who)>{chips}</div>
            <Show when=move || session.can(Permission::CampaignWrite)>
                <Button label=move || t_string!(i18n, reactions.follow_up) icon=Glyph::SEND on_press=move || open.set(true) />
                <Dialog title=move || t_string!(i18n, reactions.follow_up) open=open>
                    <FollowUp campaign=campaign told=told on_open=on_open open=open />
                </Dialog>
            </Show>
        </div>
        <Persons listing=listing />
    }
}

#[component]
fn Persons(listing: calls::Listing<ReactionRow>) -> impl IntoView {
    let i18n = use_i18n();
    let columns = vec![
        Column::new(move || t_string!(i18n, campaigns.column_person), "minmax(10rem, 1fr)", Slot::Title),
        Column::new(move || t_string!(i18n, campaigns.column_address), "minmax(10rem, 1fr)", Slot::Meta),
        Column::new(move || t_string!(i18n, reactions.column_counts), "minmax(8rem, 1fr)", Slot::Mark),
        Column::new(move || t_string!(i18n, reactions.column_first), "minmax(0, 8rem)", Slot::Aside),
    ];
    let cells = move |id: i64| {
        let row = Memo::new(move |_| listing.row(id));
        let name = move || {
            row.with(|it| {
                let it = it.as_ref()?;
                let name = if it.name.is_empty() { it.address.clone() } else { it.name.clone() };
                Some(match it.message {
                    Some(message) => view! { <a href=format!("/messages/{message}")>{name}</a> }.into_any(),
                    None => name.into_any(),
                })
            })
        };
        let counts = move || {
            row.with(|it| {
                let it = it.as_ref()?;
                let number = |n| words::number(i18n.get_locale(), n);
                Some(t_string!(i18n, reactions.counts, opens = number(it.opens), clicks = number(it.clicks)))
            })
        };
        let first =
            move || row.with(|it| it.as_ref().and_then(|it| it.first_at)).map(|at| view! { <When at=Signal::stored(at) /> });
        vec![
            view! { <strong class="clip">{name}</strong> }.into_any(),
            view! { <span class="clip">{move || row.with(|it| it.as_ref().map(|it| it.address.clone()))}</span> }.into_any(),
            view! { <span class="clip">{counts}</span> }.into_any(),
            view! { <span>{first}</span> }.into_any(),
        ]
    };
    let nothing = move || {
        view! {
            <EmptyState
                glyph=Glyph::ACTIVITY
                title=move || t_string!(i18n, reactions.nobody_title)
                text=move || t_string!(i18n, reactions.nobody_text)
            />
        }
    };
    view! {
        <div class="campaign-people">
            <Listed listing=listing nothing=nothing>
                <Table
                    label=move || t_string!(i18n, reactions.who)
                    columns=columns.clone()
                    pages=listing
                    cells=cells
                    row_name=move |id| listing.row(id).map_or_else(String::new, |it| it.name)
                />
            </Listed>
        </div>
    }
}

#[component]
fn FollowUp(
    campaign: Signal<Campaign>,
    told: Memo<Reactions>,
    on_open: Callback<(CampaignId,)>,
    open: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let form = FormState::new();
    let id = campaign.with_untracked(|it| it.id);
    let name =
        RwSignal::new(campaign.with_untracked(|it| tu_string!(i18n, reactions.follow_up_name, name = it.draft.name.clone())));
    let whom = RwSignal::new(code(Reaction::Nothing).to_owned());
    let options = Signal::derive(move || {
        let one = |it: Reaction| (code(it).to_owned(), label(i18n, it).to_owned());
        let mut options: Vec<_> = told.with(known).into_iter().map(one).collect();
        options.reverse();
        options
    });
    let submit = move || {
        let chosen = whom.get_untracked();
        let reaction = Reaction::ALL.into_iter().find(|it| code(*it) == chosen).unwrap_or(Reaction::Nothing);
        form.submit(app::campaigns::follow_up_campaign(id, reaction, name.get_untracked()), move |made| {
            open.set(false);
            live.note(Change::Campaigns);
            on_open.run((made,));
        });
    };
    view! {
        <Form state=form on_submit=submit>
            <p>{move || t_string!(i18n, reactions.follow_up_text)}</p>
            <Select label=move || t_string!(i18n, reactions.follow_up_whom) options=options value=whom name="reaction" />
            <TextField label=move || t_string!(i18n, campaigns.name) value=name name="name" />
            <DialogEnd label=move || t_string!(i18n, reactions.follow_up_make) open=open busy=form.busy() />
        </Form>
    }
}

fn code(reaction: Reaction) -> &'static str {
    match reaction {
        Reaction::Opened => "opened",
        Reaction::Clicked => "clicked",
        Reaction::Nothing => "nothing",
    }
}
