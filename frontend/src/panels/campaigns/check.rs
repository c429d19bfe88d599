//! The third step: who gets a message, who does not and why, before any message is made.

use leptos::prelude::*;
use model::{Campaign, CampaignId, CampaignState, Change, TemplateFault, WorkKind};

use super::desk::Desk;
use super::people::PeopleTabs;
use super::work::WorkBar;
use crate::calls;
use crate::i18n::messages::small;
use crate::i18n::{campaigns as words, t_string, use_i18n};
use crate::live::Live;
use crate::parts::{Banner, Button, Glyph, Tone};
use crate::state::campaign_steps::{Step, has_content, is_checked};

/// The step. What was never checked, or not since it was changed, is checked at once.
#[component]
pub(super) fn CheckStep(
    /// What is typed.
    desk: Desk,
    /// What the server knows.
    campaign: Signal<Option<Campaign>>,
    /// Called with the step to open.
    on_step: Callback<(Step,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let busy = RwSignal::new(false);
    let check = move || {
        desk.save(move |id: CampaignId| {
            calls::act(busy, app::campaigns::check_campaign(id), move |()| live.note(Change::Campaigns));
        });
    };
    let is_complete = desk.draft.with_untracked(|it| it.check_complete());
    // Once messages are made, the audience is only added to by making them again.
    let is_draft = Memo::new(move |_| campaign.with(|it| it.as_ref().is_none_or(|it| it.state == CampaignState::Draft)));
    let began = StoredValue::new(false);
    Effect::new(move |_| {
        let stands = campaign.with(|it| it.as_ref().is_none_or(|it| it.work.is_some() || is_checked(Some(it))));
        if !stands && is_draft.get() && !began.get_value() && desk.draft.with_untracked(|it| it.check_complete().is_ok()) {
            began.set_value(true);
            check();
        }
    });
    let is_checking =
        Memo::new(move |_| campaign.with(|it| it.as_ref().and_then(|it| it.work).is_some_and(|it| it.kind == WorkKind::Check)));
    let stale = move || {
        campaign.with(|it| {
            let checked = it.as_ref().and_then(|it| it.checked)?;
            match (checked.is_edited, checked.changed) {
                (true, _) => Some(t_string!(i18n, campaigns.check_edited).to_owned()),
                (false, 0) => None,
                (false, n) => {
                    Some(t_string!(i18n, campaigns.check_changed, count = small(n), n = words::number(i18n.get_locale(), n)))
                }
            }
        })
    };
    let is_there = Memo::new(move |_| campaign.with(|it| it.as_ref().is_some_and(|it| it.checked.is_some())));
    if is_complete.is_err() {
        return view! { <Incomplete desk=desk on_step=on_step /> }.into_any();
    }
    view! {
        <Faults desk=desk />
        <WorkBar campaign=campaign />
        <Show when=move || !is_checking.get()>
            <Show
                when=move || is_draft.get()
                fallback=move || view! { <p class="meta">{move || t_string!(i18n, campaigns.check_by_preparing)}</p> }
            >
                {move || stale().map(|it| view! { <Banner tone=Tone::Warning text=it /> })}
                <div>
                    <Button label=move || t_string!(i18n, campaigns.check_again) icon=Glyph::REFRESH_CW busy=busy on_press=check />
                </div>
            </Show>
            <Show when=move || is_there.get()>
                <PeopleTabs campaign=campaign with_apart=true />
            </Show>
        </Show>
    }
    .into_any()
}

/// Says what must be filled in before anything can be checked.
#[component]
pub(super) fn Incomplete(
    /// What is typed.
    desk: Desk,
    /// Called with the step to open.
    on_step: Callback<(Step,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let no_audience = move || desk.draft.with(|it| it.audience.is_empty());
    let step = move || if no_audience() { Step::Audience } else { Step::Content };
    let undecided =
        Memo::new(move |_| desk.draft.with(|it| !it.audience.is_empty() && has_content(it) && !it.unmatched.is_empty()));
    view! {
        <Banner
            tone=Tone::Warning
            text=move || {
                if undecided.get() {
                    t_string!(i18n, campaigns.missing_decision)
                } else if no_audience() {
                    t_string!(i18n, campaigns.missing_audience)
                } else {
                    t_string!(i18n, campaigns.missing_content)
                }
            }
        />
        <div hidden=move || undecided.get()>
            <Button
                label=move || t_string!(i18n, campaigns.go_to_step, step = words::step(i18n.get_locale(), step()))
                on_press=move || on_step.run((untrack(step),))
            />
        </div>
    }
}

/// What is wrong with the text, asked of the server by the code that will merge it.
#[component]
fn Faults(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let faults = calls::ask(move || desk.draft.get(), app::campaigns::check_campaign_content);
    let n = Memo::new(move |_| faults.with(|it| it.map_or(0, Vec::<TemplateFault>::len)) as u64);
    view! {
        <Show when=move || 0 < n.get()>
            <Banner
                tone=Tone::Bad
                text=move || t_string!(i18n, campaigns.content_faults, count = small(n.get()), n = words::number(i18n.get_locale(), n.get()))
            />
        </Show>
    }
}
