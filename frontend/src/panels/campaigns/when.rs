//! The fourth step: when the campaign leaves once it is released, how fast, and whether somebody else must agree.

use leptos::prelude::*;
use model::CampaignStart;

use super::desk::Desk;
use super::pace::{PaceFields, PacePart};
use crate::browser::calendar;
use crate::i18n::{t_string, use_i18n};
use crate::parts::{Checkbox, Field, Part, RadioGroup};

/// The step.
#[component]
pub(super) fn WhenStep(
    /// What is typed.
    desk: Desk,
) -> impl IntoView {
    let i18n = use_i18n();
    let pace = PaceFields::of(desk.draft.with_untracked(|it| it.pace));
    Effect::new(move |_| {
        let wanted = pace.pace();
        if desk.draft.with_untracked(|it| it.pace != wanted) {
            desk.change("pace.per_hour", |it| it.pace = wanted);
        }
    });
    let wants = RwSignal::new(desk.draft.with_untracked(|it| it.wants_approval));
    Effect::new(move |_| {
        let wanted = wants.get();
        if desk.draft.with_untracked(|it| it.wants_approval != wanted) {
            desk.change("wants_approval", |it| it.wants_approval = wanted);
        }
    });
    view! {
        <Part title=move || t_string!(i18n, campaigns.part_start)><Start desk=desk /></Part>
        <Part title=move || t_string!(i18n, campaigns.part_pace)><PacePart fields=pace /></Part>
        <Part title=move || t_string!(i18n, campaigns.part_approval)>
            <Checkbox
                label=move || t_string!(i18n, campaigns.wants_approval)
                hint=move || t_string!(i18n, campaigns.wants_approval_hint)
                checked=wants
            />
        </Part>
    }
}

#[component]
fn Start(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let begin = desk.draft.with_untracked(|it| it.start);
    let way = RwSignal::new(match begin {
        CampaignStart::AtOnce => "now".to_owned(),
        CampaignStart::At(_) => "at".to_owned(),
        CampaignStart::Kept => "kept".to_owned(),
    });
    let at = RwSignal::new(if let CampaignStart::At(at) = begin { calendar::field(at) } else { String::new() });
    Effect::new(move |_| {
        let wanted = match (way.with(|it| it.as_str() == "at"), at.with(|it| calendar::moment(it))) {
            (true, Some(at)) => CampaignStart::At(at),
            (true, None) => CampaignStart::Kept,
            (false, _) if way.with(|it| it == "kept") => CampaignStart::Kept,
            (false, _) => CampaignStart::AtOnce,
        };
        if desk.draft.with_untracked(|it| it.start != wanted) {
            desk.change("start", |it| it.start = wanted);
        }
    });
    let options = vec![
        ("now", TextProp::from(move || t_string!(i18n, campaigns.start_now))),
        ("at", TextProp::from(move || t_string!(i18n, campaigns.start_at))),
        ("kept", TextProp::from(move || t_string!(i18n, campaigns.start_kept))),
    ];
    view! {
        <RadioGroup label=move || t_string!(i18n, campaigns.start) options=options value=way name="start" />
        <Show when=move || way.with(|it| it == "at")>
            <MomentField value=at />
        </Show>
    }
}

/// A day with a time, where the person is.
#[component]
pub(super) fn MomentField(
    /// What is typed, as `2026-05-03T14:05`.
    value: RwSignal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let hint = TextProp::from(move || t_string!(i18n, campaigns.zone, zone = calendar::zone()));
    view! {
        <Field label=move || t_string!(i18n, campaigns.moment) hint=Some(hint) let:ids let:_faulty>
            <input
                class="input campaign-moment"
                type="datetime-local"
                id=ids.field
                aria-describedby=ids.notes
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
        </Field>
    }
}
