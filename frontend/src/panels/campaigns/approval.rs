//! The approval of somebody else: asked for, given, or given back with a comment.

use leptos::prelude::*;
use model::{Approval, ApprovalState, Campaign, Change, Permission};

use crate::i18n::{campaigns as words, t_string, use_i18n};
use crate::live::Live;
use crate::parts::{Banner, Button, ButtonKind, Form, FormState, Glyph, TextArea, Tone, When};
use crate::session::Session;

/// How the approval stands, and what one can do about it.
#[component]
pub(super) fn ApprovalPart(
    /// The campaign.
    campaign: Signal<Campaign>,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let approval = Memo::new(move |_| campaign.with(|it| it.approval.clone()));
    let is_shown = Memo::new(move |_| approval.with(|it| it.is_needed || it.state != ApprovalState::Open));
    let may_ask = move || {
        session.can(Permission::CampaignWrite)
            && approval.with(|it| matches!(it.state, ApprovalState::Open | ApprovalState::Broken | ApprovalState::Returned))
    };
    let may_give = move || approval.with(|it| it.is_mine_to_give && it.state == ApprovalState::Requested);
    view! {
        <Show when=move || is_shown.get()>
            <section class="campaign-approval">
                <h2>{move || t_string!(i18n, campaigns.part_approval)}</h2>
                <Told approval=approval />
                <Show when=may_give>
                    <Decide campaign=campaign />
                </Show>
                <Show when=may_ask>
                    <Ask campaign=campaign />
                </Show>
            </section>
        </Show>
    }
}

#[component]
fn Told(approval: Memo<Approval>) -> impl IntoView {
    let i18n = use_i18n();
    let tone = Memo::new(move |_| match approval.with(|it| it.state) {
        ApprovalState::Approved => Tone::Good,
        ApprovalState::Broken | ApprovalState::Returned => Tone::Warning,
        ApprovalState::Open | ApprovalState::Requested => Tone::Info,
    });
    let state = move || words::approval(i18n.get_locale(), approval.with(|it| it.state)).to_owned();
    let who = move || {
        approval.with(|it| match it.state {
            ApprovalState::Requested => (it.requested_by.clone(), it.requested_at),
            _ => (it.decided_by.clone(), it.decided_at),
        })
    };
    view! {
        {move || view! { <Banner tone=tone.get() text=state /> }}
        {move || {
            let (name, at) = who();
            at.map(|at| view! { <p class="meta">{name} " · " <When at=Signal::stored(at) /></p> })
        }}
        {move || {
            let comment = approval.with(|it| it.comment.clone());
            (!comment.trim().is_empty()).then(|| view! { <blockquote class="campaign-comment">{comment}</blockquote> })
        }}
    }
}

#[component]
fn Ask(campaign: Signal<Campaign>) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let form = FormState::new();
    let comment = RwSignal::new(String::new());
    let id = campaign.with_untracked(|it| it.id);
    let submit = move || {
        form.submit(app::campaigns::request_approval(id, comment.get_untracked()), move |()| live.note(Change::Campaigns));
    };
    view! {
        <Form state=form on_submit=submit>
            <TextArea label=move || t_string!(i18n, campaigns.approval_comment) value=comment name="comment" optional=true lines=2 />
            <div>
                <Button label=move || t_string!(i18n, campaigns.approval_ask) icon=Glyph::USERS busy=form.busy() submit=true />
            </div>
        </Form>
    }
}

#[component]
fn Decide(campaign: Signal<Campaign>) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let form = FormState::new();
    let comment = RwSignal::new(String::new());
    let id = campaign.with_untracked(|it| it.id);
    let decide = move |approves: bool| {
        form.submit(app::campaigns::decide_approval(id, approves, comment.get_untracked()), move |()| {
            live.note(Change::Campaigns)
        });
    };
    view! {
        <Form state=form on_submit=move || decide(true)>
            <TextArea label=move || t_string!(i18n, campaigns.approval_comment) value=comment name="comment" optional=true lines=2 />
            <div class="campaign-acts">
                <Button
                    label=move || t_string!(i18n, campaigns.approve)
                    kind=ButtonKind::Primary
                    icon=Glyph::CHECK
                    busy=form.busy()
                    submit=true
                />
                <Button label=move || t_string!(i18n, campaigns.give_back) on_press=move || decide(false) />
            </div>
        </Form>
    }
}
