//! Letting a campaign go: what stands in the way, and the dialog in which it is decided.

use leptos::prelude::*;
use model::{Campaign, CampaignStart, CampaignState, CampaignStep, Change, Hindrance, Permission};

use super::cost::CostPart;
use super::standing::may;
use super::when::MomentField;
use crate::browser::calendar;
use crate::calls;
use crate::i18n::messages::small;
use crate::i18n::{campaigns as words, t_string, tu_string, use_i18n};
use crate::live::Live;
use crate::parts::{Button, ButtonKind, Dialog, Form, FormState, Glyph, Icon, RadioGroup};
use crate::session::Session;
use crate::toast::Toasts;

/// What stands in the way, or the button.
#[component]
pub(super) fn ReleasePart(
    /// The campaign.
    campaign: Signal<Campaign>,
    /// Called with the tab to open.
    on_tab: Callback<(&'static str,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let open = RwSignal::new(false);
    let hindrances = Memo::new(move |_| campaign.with(|it| it.hindrances.clone()));
    let state = Memo::new(move |_| campaign.with(|it| it.state));
    let n = Memo::new(move |_| campaign.with(|it| it.counts.prepared));
    let has_right = Memo::new(move |_| session.can(Permission::CampaignRelease));
    let label =
        move || t_string!(i18n, campaigns.release_n, count = small(n.get()), n = words::number(i18n.get_locale(), n.get()));
    view! {
        <section class="campaign-release">
            <Hindrances campaign=campaign on_tab=on_tab />
            <Show
                when=move || has_right.get()
                fallback=move || view! { <p class="meta">{move || t_string!(i18n, campaigns.release_no_right)}</p> }
            >
                <div class="campaign-acts">
                    <Button
                        label=label
                        kind=ButtonKind::Primary
                        icon=Glyph::SEND
                        disabled=Signal::derive(move || {
                            hindrances.with(|it| !it.is_empty()) || campaign.with(|it| !may(it, CampaignStep::Release))
                        })
                        on_press=move || open.set(true)
                    />
                    <Show when=move || state.get() == CampaignState::Scheduled>
                        <Unschedule campaign=campaign />
                    </Show>
                </div>
                <Dialog title=label open=open>
                    <ReleaseForm campaign=campaign open=open />
                </Dialog>
            </Show>
        </section>
    }
}

/// Everything that stands in the way.
#[component]
pub(super) fn Hindrances(
    /// The campaign.
    campaign: Signal<Campaign>,
    /// Called with the tab to open.
    on_tab: Callback<(&'static str,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let all = Memo::new(move |_| campaign.with(|it| it.hindrances.clone()));
    let is_paused = Memo::new(move |_| campaign.with(|it| it.state == CampaignState::Paused));
    let title = move || {
        if is_paused.get() { t_string!(i18n, campaigns.hindrances_paused) } else { t_string!(i18n, campaigns.hindrances) }
    };
    view! {
        <Show when=move || all.with(|it| !it.is_empty())>
            <div class="campaign-hindrances">
                <strong>{title}</strong>
                <ul>
                    {move || all.get().into_iter().map(|it| view! { <HindranceLine it=it on_tab=on_tab /> }).collect_view()}
                </ul>
            </div>
        </Show>
    }
}

#[component]
fn HindranceLine(it: Hindrance, on_tab: Callback<(&'static str,)>) -> impl IntoView {
    let i18n = use_i18n();
    let leads = matches!(it, Hindrance::SetApart(_));
    view! {
        <li>
            <Icon glyph=Glyph::TRIANGLE_ALERT />
            <span>{move || words::hindrance(i18n.get_locale(), it)}</span>
            {leads.then(|| view! { <Button label=move || t_string!(i18n, campaigns.show_apart) kind=ButtonKind::Quiet on_press=move || on_tab.run(("review",)) /> })}
        </li>
    }
}

#[component]
fn Unschedule(campaign: Signal<Campaign>) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let busy = RwSignal::new(false);
    let id = campaign.with_untracked(|it| it.id);
    let back = move || calls::act(busy, app::campaigns::unschedule_campaign(id), move |()| live.note(Change::Campaigns));
    view! { <Button label=move || t_string!(i18n, campaigns.unschedule) busy=busy on_press=back /> }
}

/// Now or at a moment, with what that means.
#[component]
fn ReleaseForm(campaign: Signal<Campaign>, open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let form = FormState::new();
    let id = campaign.with_untracked(|it| it.id);
    let start = campaign.with_untracked(|it| it.draft.start);
    let at = RwSignal::new(if let CampaignStart::At(at) = start { calendar::field(at) } else { String::new() });
    let way = RwSignal::new(if matches!(start, CampaignStart::At(_)) { "at" } else { "now" }.to_owned());
    let is_scheduled = campaign.with_untracked(|it| it.state == CampaignState::Scheduled);
    if is_scheduled {
        way.set("now".to_owned());
    }
    let moment = move || way.with(|it| it == "at").then(|| at.with(|it| calendar::moment(it))).flatten();
    let wrong = Memo::new(move |_| way.with(|it| it == "at") && at.with(|it| calendar::moment(it).is_none()));
    let submit = move || {
        if wrong.get_untracked() {
            return;
        }
        let (at, n) = (untrack(moment), campaign.with_untracked(|it| it.counts.prepared));
        form.submit(app::campaigns::release_campaign(id, at), move |()| {
            let locale = i18n.get_locale_untracked();
            toasts.done(match at {
                None => tu_string!(i18n, campaigns.released, count = small(n), n = words::number(locale, n)),
                Some(_) => tu_string!(i18n, campaigns.scheduled).to_owned(),
            });
            open.set(false);
            live.note(Change::Campaigns);
        });
    };
    let mut options = vec![("now", TextProp::from(move || t_string!(i18n, campaigns.release_now)))];
    if !is_scheduled {
        options.push(("at", TextProp::from(move || t_string!(i18n, campaigns.release_at))));
    }
    view! {
        <Form state=form on_submit=submit>
            <p>{move || t_string!(i18n, campaigns.release_text)}</p>
            <CostPart campaign=campaign />
            <RadioGroup label=move || t_string!(i18n, campaigns.start) options=options value=way />
            <Show when=move || way.with(|it| it == "at")>
                <MomentField value=at />
            </Show>
            <footer class="dialog-end">
                <Button label=move || t_string!(i18n, campaigns.keep_prepared) on_press=move || open.set(false) />
                <Button
                    label=move || {
                        if way.with(|it| it == "at") { t_string!(i18n, campaigns.schedule) } else { t_string!(i18n, campaigns.release) }
                    }
                    kind=ButtonKind::Primary
                    icon=Glyph::SEND
                    busy=form.busy()
                    disabled=wrong
                    submit=true
                />
            </footer>
        </Form>
    }
}
