//! One campaign: its head with what can be done to it, and its tabs.

use leptos::prelude::*;
use model::{Campaign, CampaignId, CampaignState, CampaignStep, Change, MessageRow, Permission};

use super::badge::CampaignBadge;
use super::exchange::TakeOutItem;
use super::history::CampaignHistory;
use super::people::PeopleTabs;
use super::report::Report;
use super::review::Review;
use super::standing::StandingTab;
use super::test::TestDialog;
use super::work::WorkBar;
use crate::browser::timer;
use crate::calls;
use crate::frame::places::MESSAGE_RIGHTS;
use crate::i18n::{campaigns as words, t_string, templates as names, tu_string, use_i18n};
use crate::live::Live;
use crate::panels::export::{ExportGoing, ExportRun};
use crate::panels::loaded::Loaded;
use crate::panels::messages::communication::Communication;
use crate::parts::{Button, ButtonLink, Confirm, Glyph, Menu, MenuItem, Tab, TabPanel, Tabs, Title, When};
use crate::session::Session;
use crate::state::campaign_review::ReviewAt;
use crate::state::campaign_run::is_alive;
use crate::state::message_place::{MessagePlace, Within};
use crate::toast::Toasts;

/// The tabs by their keys; the first one is open at first.
pub const TABS: [&str; 6] = ["state", "review", "report", "people", MESSAGES, "history"];

/// The tab of the messages.
pub const MESSAGES: &str = "messages";

/// How often a campaign that moves is asked for again, in milliseconds, besides being told of.
const LOOK_MS: u32 = 2_000;

/// A campaign.
#[component]
pub fn CampaignPanel(
    /// Which one.
    id: CampaignId,
    /// The open tab.
    #[prop(into)]
    tab: Signal<String>,
    /// Called with the tab to open.
    #[prop(into)]
    on_tab: Callback<(&'static str,)>,
    /// Where one is in the review.
    #[prop(into)]
    at: Signal<ReviewAt>,
    /// Called with the place in the review to go to.
    #[prop(into)]
    on_at: Callback<(ReviewAt,)>,
    /// Called with the campaign to open.
    #[prop(into)]
    on_open: Callback<(CampaignId,)>,
    /// What its list of messages shows.
    #[prop(into)]
    messages: Signal<MessagePlace>,
    /// Called with what the list of messages is to show.
    #[prop(into)]
    on_messages: Callback<(MessagePlace,)>,
    /// Called with the message to open.
    #[prop(into)]
    on_message: Callback<(MessageRow,)>,
    /// Called when it was deleted.
    #[prop(into)]
    on_deleted: Callback<()>,
) -> impl IntoView {
    let live = Live::find();
    let turn = RwSignal::new(0_u32);
    let campaign = calls::ask(move || (live.version(Change::Campaigns), turn.get()), move |_| app::campaigns::open_campaign(id));
    timer::every(LOOK_MS, move || {
        let moves = campaign.now().is_some_and(|it| it.work.is_some() || is_alive(it.state));
        if moves {
            turn.update(|it| *it += 1);
        }
    });
    view! {
        <Loaded answer=campaign lines=10 let:campaign>
            <Head campaign=campaign on_open=on_open on_deleted=on_deleted />
            <WorkBar campaign=Signal::derive(move || Some(campaign.get())) />
            <Inside campaign=campaign tab=tab on_tab=on_tab at=at on_at=on_at on_open=on_open>
                <Communication within=Within::Campaign(id) place=messages on_change=on_messages on_open=on_message />
            </Inside>
        </Loaded>
    }
}

#[component]
fn Head(campaign: Signal<Campaign>, on_open: Callback<(CampaignId,)>, on_deleted: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let name = Memo::new(move |_| campaign.with(|it| it.draft.name.clone()));
    let state = Signal::derive(move || campaign.with(|it| it.state));
    let updated = Signal::derive(move || campaign.with(|it| it.updated_at));
    let about = move || {
        campaign.with(|it| {
            let locale = i18n.get_locale();
            let parts = [
                words::kind(locale, it.draft.kind).to_owned(),
                names::channel(locale, it.draft.channel).to_owned(),
                it.draft.classification.clone(),
                it.author.1.clone(),
            ];
            parts.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" · ")
        })
    };
    view! {
        <Title text=move || name.get() />
        <header class="page-head">
            <div class="page-words">
                <h1>{move || name.get()}</h1>
                <p class="campaign-about"><CampaignBadge state=state pill=true /><span class="meta">{about}" · "<When at=updated /></span></p>
                <p class="lead">{move || campaign.with(|it| it.draft.note.clone())}</p>
            </div>
            <div class="page-actions"><Acts campaign=campaign on_open=on_open on_deleted=on_deleted /></div>
        </header>
    }
}

#[component]
fn Acts(campaign: Signal<Campaign>, on_open: Callback<(CampaignId,)>, on_deleted: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let (live, toasts) = (Live::find(), Toasts::find());
    let (testing, deleting, busy) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    let id = campaign.with_untracked(|it| it.id);
    let state = Memo::new(move |_| campaign.with(|it| it.state));
    let may = Memo::new(move |_| session.can(Permission::CampaignWrite));
    let name = Signal::derive(move || campaign.with(|it| it.draft.name.clone()));
    let run = ExportRun::idle();
    let copy = move || {
        let name = campaign.with_untracked(|it| tu_string!(i18n, campaigns.copy_name, name = it.draft.name.clone()));
        calls::act(busy, app::campaigns::copy_campaign(id, name), move |copy| {
            live.note(Change::Campaigns);
            on_open.run((copy,));
        });
    };
    let delete = move || {
        let name = campaign.with_untracked(|it| it.draft.name.clone());
        calls::act(busy, app::campaigns::delete_campaign(id), move |()| {
            deleting.set(false);
            toasts.done(tu_string!(i18n, campaigns.deleted, name = name));
            on_deleted.run(());
            live.note(Change::Campaigns);
        });
    };
    view! {
        <Show when=move || may.get()>
            <Show when=move || state.get().allows(CampaignStep::Edit)>
                <ButtonLink
                    label=move || {
                        if state.get() == CampaignState::Draft { t_string!(i18n, campaigns.go_on) } else { t_string!(i18n, campaigns.edit) }
                    }
                    href=format!("/campaigns/{id}/edit")
                    icon=Glyph::PENCIL
                />
            </Show>
            <Button label=move || t_string!(i18n, campaigns.test) icon=Glyph::SEND on_press=move || testing.set(true) />
            <Menu label=move || t_string!(i18n, campaigns.more) glyph=Glyph::ELLIPSIS icon_only=true>
                <MenuItem label=move || t_string!(i18n, campaigns.copy) glyph=Glyph::COPY on_press=copy />
                <TakeOutItem id=id name=name run=run />
                <Show when=move || !state.get().has_begun() && state.get() != CampaignState::Preparing>
                    <MenuItem
                        label=move || t_string!(i18n, campaigns.delete)
                        glyph=Glyph::TRASH_2
                        danger=true
                        on_press=move || deleting.set(true)
                    />
                </Show>
            </Menu>
            <ExportGoing run=run />
            <TestDialog campaign=id channel=campaign.with_untracked(|it| it.draft.channel) open=testing />
            <Confirm
                open=deleting
                question=move || t_string!(i18n, campaigns.delete_title, name = campaign.with(|it| it.draft.name.clone()))
                text=move || t_string!(i18n, campaigns.delete_text)
                act=move || t_string!(i18n, campaigns.delete)
                busy=busy
                on_confirm=delete
            />
        </Show>
    }
}

#[component]
fn Inside(
    campaign: Signal<Campaign>,
    tab: Signal<String>,
    on_tab: Callback<(&'static str,)>,
    at: Signal<ReviewAt>,
    on_at: Callback<(ReviewAt,)>,
    on_open: Callback<(CampaignId,)>,
    /// Its messages.
    children: ChildrenFn,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let id = campaign.with_untracked(|it| it.id);
    let some = Signal::derive(move || Some(campaign.get()));
    let n = move |n: u64| (0 < n).then(|| words::number(i18n.get_locale(), n));
    let made = Signal::derive(move || n(campaign.with(|it| it.counts.recipients())));
    let left = Signal::derive(move || n(campaign.with(|it| it.counts.audience.iter().skip(2).sum())));
    let sees_messages = untrack(|| session.can_any(MESSAGE_RIGHTS));
    // Without the right to messages their tab leads to the first one.
    let current = Signal::derive(move || match tab.get() {
        it if it == MESSAGES && !sees_messages => TABS[0].to_owned(),
        it => it,
    });
    let mut tabs = vec![
        Tab::new("state", move || t_string!(i18n, campaigns.tab_state)),
        Tab::new("review", move || t_string!(i18n, campaigns.tab_review)).counting(made),
        Tab::new("report", move || t_string!(i18n, campaigns.tab_report)),
        Tab::new("people", move || t_string!(i18n, campaigns.tab_people)).counting(left),
        Tab::new("history", move || t_string!(i18n, campaigns.tab_history)),
    ];
    if sees_messages {
        tabs.insert(tabs.len() - 1, Tab::new(MESSAGES, move || t_string!(i18n, contacts.tab_messages)));
    }
    view! {
        <Tabs label=move || t_string!(i18n, campaigns.tabs) tabs=tabs current=current on_choose=on_tab />
        <TabPanel key="state" current=current><StandingTab campaign=campaign on_tab=on_tab /></TabPanel>
        <TabPanel key="review" current=current><Review campaign=campaign at=at on_at=on_at /></TabPanel>
        <TabPanel key="report" current=current><Report campaign=campaign on_open=on_open /></TabPanel>
        <TabPanel key="people" current=current><PeopleTabs campaign=some with_apart=false /></TabPanel>
        <TabPanel key=MESSAGES current=current>{children()}</TabPanel>
        <TabPanel key="history" current=current>
            <CampaignHistory id=id />
        </TabPanel>
    }
}
