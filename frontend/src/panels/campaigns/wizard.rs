//! The steps of a campaign, one after the other. Each can be left and taken up later; going back keeps everything.

use leptos::prelude::*;
use model::{Campaign, CampaignDraft, CampaignId, CampaignState, CampaignStep, Change};

use super::audience::AudienceStep;
use super::check::CheckStep;
use super::content::ContentStep;
use super::desk::Desk;
use super::summary::SummaryStep;
use super::unmatched::UnmatchedPart;
use super::when::WhenStep;
use crate::browser::timer;
use crate::calls;
use crate::i18n::{I18n, campaigns as words, t_string, use_i18n};
use crate::live::Live;
use crate::panels::loaded::Loaded;
use crate::parts::{Banner, Button, ButtonKind, Form, StepMark, Steps, Title, Tone};
use crate::state::campaign_steps::{Standing, Step};

/// A new campaign, with what it begins with.
#[component]
pub fn CampaignNewPanel(
    /// What it begins with.
    begin: CampaignDraft,
    /// Called with the campaign once it is there, and the step to go on with.
    #[prop(into)]
    on_made: Callback<(CampaignId, Step)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let desk = Desk::new(None, begin);
    let go = move |step: Step| desk.save(move |id| on_made.run((id, step)));
    view! {
        <Title text=move || t_string!(i18n, campaigns.new_title) />
        <Wizard
            desk=desk
            campaign=Signal::stored(None)
            step=Signal::stored(Step::Audience)
            on_step=Callback::new(move |(step,)| go(step))
            on_prepared=Callback::new(|_| ())
        />
    }
}

/// A campaign that is put together.
#[component]
pub fn CampaignEditPanel(
    /// The campaign.
    id: CampaignId,
    /// The step that is open.
    #[prop(into)]
    step: Signal<Step>,
    /// Called with the step to open.
    #[prop(into)]
    on_step: Callback<(Step,)>,
    /// Called once its messages are being made.
    #[prop(into)]
    on_prepared: Callback<(CampaignId,)>,
) -> impl IntoView {
    let live = Live::find();
    let campaign = calls::ask(move || live.version(Change::Campaigns), move |_| app::campaigns::open_campaign(id));
    view! {
        <Loaded answer=campaign lines=10 let:campaign>
            <Known campaign=campaign step=step on_step=on_step on_prepared=on_prepared />
        </Loaded>
    }
}

#[component]
fn Known(
    campaign: Signal<Campaign>,
    step: Signal<Step>,
    on_step: Callback<(Step,)>,
    on_prepared: Callback<(CampaignId,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let desk = campaign.with_untracked(|it| Desk::new(Some(it), CampaignDraft::default()));
    let name = move || desk.draft.with(|it| it.name.clone());
    let state = Memo::new(move |_| campaign.with(|it| it.state));
    let closed = move || (!state.get().allows(CampaignStep::Edit)).then(|| t_string!(i18n, campaigns.not_editable));
    let kept = move || match state.get() {
        CampaignState::Prepared => Some(t_string!(i18n, campaigns.edit_keeps_prepared)),
        CampaignState::Paused => Some(t_string!(i18n, campaigns.edit_keeps_paused)),
        _ => None,
    };
    let go = move |to: Step| desk.save(move |_| on_step.run((to,)));
    view! {
        <Title text=move || name() />
        {move || closed().map(|it| view! { <Banner tone=Tone::Warning text=it /> })}
        {move || kept().map(|it| view! { <Banner tone=Tone::Info text=it /> })}
        <Wizard
            desk=desk
            campaign=Signal::derive(move || Some(campaign.get()))
            step=step
            on_step=Callback::new(move |(to,)| go(to))
            on_prepared=on_prepared
        />
    }
}

/// The steps by their names; all can be gone to once the campaign is there.
fn marks(i18n: I18n, desk: Desk, campaign: Signal<Option<Campaign>>) -> Vec<StepMark> {
    let mark = move |step: Step| {
        let complete = Memo::new(move |_| {
            let standing = |it: &Option<Campaign>| desk.draft.with(|draft| step.standing(draft, it.as_ref(), timer::now()));
            desk.id().is_some() && campaign.with(standing) == Standing::Complete
        });
        let is_open = Signal::derive(move || desk.id().is_some());
        StepMark::new(move || words::step(i18n.get_locale(), step), is_open).ticked(complete.into())
    };
    Step::ALL.map(mark).to_vec()
}

#[component]
fn Wizard(
    desk: Desk,
    campaign: Signal<Option<Campaign>>,
    step: Signal<Step>,
    on_step: Callback<(Step,)>,
    on_prepared: Callback<(CampaignId,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let here = Memo::new(move |_| step.get());
    let content = move || match here.get() {
        Step::Audience => view! { <AudienceStep desk=desk /> }.into_any(),
        Step::Content => view! { <ContentStep desk=desk /> }.into_any(),
        Step::Check => view! { <CheckStep desk=desk campaign=campaign on_step=on_step /> }.into_any(),
        Step::When => view! { <WhenStep desk=desk /> }.into_any(),
        Step::Summary => view! { <SummaryStep desk=desk campaign=campaign on_step=on_step on_prepared=on_prepared /> }.into_any(),
    };
    let saved = move || match (desk.id().is_some(), desk.is_saved()) {
        (false, _) => "",
        (true, true) => t_string!(i18n, campaigns.saved),
        (true, false) => t_string!(i18n, campaigns.saving),
    };
    view! {
        <div class="campaign-wizard">
            <Steps
                label=move || t_string!(i18n, campaigns.steps)
                steps=marks(i18n, desk, campaign)
                current=Signal::derive(move || here.get() as usize)
                on_choose=move |n: usize| on_step.run((Step::ALL[n],))
            />
            <UnmatchedPart desk=desk />
            <Form state=desk.form on_submit=move || on_step.run((here.get_untracked().next(),))>
                {content}
                <footer class="form-end campaign-end">
                    <Show when=move || here.get() != Step::Summary>
                        <Button
                            label=move || t_string!(i18n, campaigns.next)
                            kind=ButtonKind::Primary
                            submit=true
                            busy=desk.form.busy()
                        />
                    </Show>
                    <Show when=move || here.get() != Step::Audience>
                        <Button label=move || t_string!(i18n, campaigns.back) on_press=move || on_step.run((here.get_untracked().back(),)) />
                    </Show>
                    <span class="meta" role="status">{saved}</span>
                </footer>
            </Form>
        </div>
    }
}
