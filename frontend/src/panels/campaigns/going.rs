//! A campaign that is on its way: hold it, let it go on, stop the rest, another pace.

use leptos::prelude::*;
use model::{Campaign, CampaignCancelled, CampaignState, Change, Permission};

use super::approval::ApprovalPart;
use super::pace::{PaceFields, PacePart};
use super::regenerate::Regenerate;
use super::release::Hindrances;
use crate::calls;
use crate::i18n::messages::small;
use crate::i18n::{campaigns as words, t_string, use_i18n};
use crate::live::Live;
use crate::parts::{Banner, Button, ButtonKind, Confirm, Dialog, DialogEnd, Form, FormState, Glyph, Tone};
use crate::session::Session;

/// The buttons, and what cancelling did.
#[component]
pub(super) fn Going(
    /// The campaign.
    campaign: Signal<Campaign>,
    /// Called with the tab to open.
    on_tab: Callback<(&'static str,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let live = Live::find();
    let (busy, asks, pacing) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    let id = campaign.with_untracked(|it| it.id);
    let is_paused = Memo::new(move |_| campaign.with(|it| it.state == CampaignState::Paused));
    let rest = Memo::new(move |_| campaign.with(|it| it.counts.prepared + it.counts.waiting + it.counts.sending));
    let is_hindered = Memo::new(move |_| campaign.with(|it| !it.hindrances.is_empty()));
    let may = Memo::new(move |_| session.can(Permission::CampaignRelease));
    let pause = move || calls::act(busy, app::campaigns::pause_campaign(id), move |()| live.note(Change::Campaigns));
    let resume = move || calls::act(busy, app::campaigns::resume_campaign(id), move |()| live.note(Change::Campaigns));
    let toasts = crate::toast::Toasts::find();
    let cancel = move || {
        calls::act(busy, app::campaigns::cancel_campaign(id), move |came: CampaignCancelled| {
            asks.set(false);
            let n = |n: u64| words::number(i18n.get_locale_untracked(), n);
            toasts.done(untrack(|| {
                t_string!(i18n, campaigns.cancelled, gone = n(came.gone), stopped = n(came.stopped), flight = n(came.in_flight))
            }));
            live.note(Change::Campaigns);
        });
    };
    let n = move || words::number(i18n.get_locale(), rest.get());
    view! {
        <Show when=move || is_paused.get()>
            <Banner tone=Tone::Warning text=move || t_string!(i18n, campaigns.paused_text, count = small(rest.get()), n = n()) />
            <Regenerate campaign=campaign />
            <ApprovalPart campaign=campaign />
            <Hindrances campaign=campaign on_tab=on_tab />
        </Show>
        <Show when=move || may.get()>
            <div class="campaign-acts">
                <Show
                    when=move || is_paused.get()
                    fallback=move || view! {
                        <Button label=move || t_string!(i18n, campaigns.pause) icon=Glyph::PAUSE busy=busy on_press=pause />
                    }
                >
                    <Button
                        label=move || t_string!(i18n, campaigns.resume)
                        kind=ButtonKind::Primary
                        icon=Glyph::PLAY
                        busy=busy
                        disabled=is_hindered
                        on_press=resume
                    />
                </Show>
                <Button label=move || t_string!(i18n, campaigns.change_pace) icon=Glyph::CLOCK on_press=move || pacing.set(true) />
                <Button
                    label=move || t_string!(i18n, campaigns.cancel_rest)
                    kind=ButtonKind::Danger
                    icon=Glyph::BAN
                    on_press=move || asks.set(true)
                />
            </div>
        </Show>
        <Confirm
            open=asks
            question=move || t_string!(i18n, campaigns.cancel_title, count = small(rest.get()), n = n())
            text=move || t_string!(i18n, campaigns.cancel_text)
            act=move || t_string!(i18n, campaigns.cancel_rest)
            busy=busy
            on_confirm=cancel
        />
        <Dialog title=move || t_string!(i18n, campaigns.change_pace) open=pacing>
            <PaceForm campaign=campaign open=pacing />
        </Dialog>
    }
}

#[component]
fn PaceForm(campaign: Signal<Campaign>, open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let form = FormState::new();
    let (id, pace) = campaign.with_untracked(|it| (it.id, it.draft.pace));
    let fields = PaceFields::of(pace);
    let submit = move || {
        form.submit(app::campaigns::pace_campaign(id, untrack(|| fields.pace())), move |()| {
            open.set(false);
            live.note(Change::Campaigns);
        });
    };
    view! {
        <Form state=form on_submit=submit>
            <PacePart fields=fields />
            <DialogEnd label=move || t_string!(i18n, campaigns.pace_save) open=open busy=form.busy() />
        </Form>
    }
}
