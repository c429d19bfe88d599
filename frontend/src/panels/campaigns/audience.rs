//! The first step: what the campaign is called, and whom it goes to.

use leptos::prelude::*;
use model::{CampaignDraft, CampaignKind, Channel, ConsentRule, HomeCountry, Measure};

use super::desk::Desk;
use super::parts::PartsField;
use crate::i18n::messages::small;
use crate::i18n::{campaigns as words, t_string, templates as names, use_i18n};
use crate::parts::{Checkbox, Part, RadioGroup, TextArea, TextField};
use crate::state::campaign_place::{KINDS, kind_code};
use crate::state::campaign_steps::typed;
use crate::state::suppression_place::{CHANNELS, channel_code};

/// How many bad pieces are named.
const NAMED: usize = 5;

/// The step.
#[component]
pub(super) fn AudienceStep(
    /// What is typed.
    desk: Desk,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Part title=move || t_string!(i18n, campaigns.part_about)><About desk=desk /></Part>
        <Part title=move || t_string!(i18n, campaigns.part_audience) hint=move || t_string!(i18n, campaigns.part_audience_hint)>
            <PartsField
                label=move || t_string!(i18n, campaigns.include)
                hint=move || t_string!(i18n, campaigns.include_hint)
                name="audience.include"
                desk=desk
                read=|it| &it.audience.include
                write=|it| &mut it.audience.include
            />
            <Typed desk=desk />
            <PartsField
                label=move || t_string!(i18n, campaigns.exclude)
                hint=move || t_string!(i18n, campaigns.exclude_hint)
                name="audience.exclude"
                desk=desk
                read=|it| &it.audience.exclude
                write=|it| &mut it.audience.exclude
            />
            <Rules desk=desk />
        </Part>
    }
}

#[component]
fn About(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let name = desk.text("name", |it| &it.name, |it| &mut it.name);
    let classification = desk.text("classification", |it| &it.classification, |it| &mut it.classification);
    let note = desk.text("note", |it| &it.note, |it| &mut it.note);
    let kind = RwSignal::new(kind_code(desk.draft.with_untracked(|it| it.kind)).to_owned());
    Effect::new(move |_| {
        let code = kind.get();
        let wanted = KINDS.into_iter().find(|it| kind_code(*it) == code).unwrap_or_default();
        if desk.draft.with_untracked(|it| it.kind) != wanted {
            desk.change("kind", |it| {
                it.kind = wanted;
                stop_measuring(it);
            });
        }
    });
    let channel = RwSignal::new(channel_code(desk.draft.with_untracked(|it| it.channel)).to_owned());
    Effect::new(move |_| {
        let code = channel.get();
        let wanted = CHANNELS.into_iter().find(|it| channel_code(*it) == code).unwrap_or_default();
        if desk.draft.with_untracked(|it| it.channel) != wanted {
            desk.change("channel", |it| {
                it.channel = wanted;
                stop_measuring(it);
            });
        }
    });
    let is_new = desk.id().is_none();
    let kinds = KINDS.map(|it| (kind_code(it), TextProp::from(move || words::kind(i18n.get_locale(), it)))).to_vec();
    let channels = CHANNELS.map(|it| (channel_code(it), TextProp::from(move || names::channel(i18n.get_locale(), it)))).to_vec();
    let law = move || match desk.draft.with(|it| it.kind) {
        CampaignKind::Commercial => t_string!(i18n, campaigns.kind_commercial_hint),
        CampaignKind::Service => t_string!(i18n, campaigns.kind_service_hint),
    };
    view! {
        <TextField
            label=move || t_string!(i18n, campaigns.name)
            hint=move || t_string!(i18n, campaigns.name_hint)
            value=name
            name="name"
            autofocus=is_new
        />
        {is_new.then(|| view! { <RadioGroup label=move || t_string!(i18n, campaigns.channel) options=channels value=channel segmented=true /> })}
        <div class="explained-choice">
            <RadioGroup label=move || t_string!(i18n, campaigns.kind) options=kinds value=kind segmented=true />
            <p class="hint" aria-live="polite">{law}</p>
        </div>
        <TextField
            label=move || t_string!(i18n, campaigns.classification)
            hint=move || t_string!(i18n, campaigns.classification_hint)
            value=classification
            name="classification"
            optional=true
        />
        <TextArea label=move || t_string!(i18n, campaigns.note) value=note name="note" optional=true lines=2 />
    }
}

/// Measures nothing any more where nothing may be measured.
fn stop_measuring(draft: &mut CampaignDraft) {
    if !Measure::is_allowed(draft.kind, draft.channel) {
        draft.measure = Measure::default();
    }
}

/// Further addresses, with what of them cannot be read.
#[component]
fn Typed(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let text = desk.text("audience.typed", |it| &it.audience.typed, |it| &mut it.audience.typed);
    let read = Memo::new(move |_| {
        let channel = desk.draft.with(|it| it.channel);
        text.with(|it| typed(it, channel, HomeCountry::default()))
    });
    let label = move || match desk.draft.with(|it| it.channel) {
        Channel::Email => t_string!(i18n, campaigns.typed_email),
        Channel::Sms => t_string!(i18n, campaigns.typed_sms),
    };
    let good = move || {
        let n = read.with(|it| it.good) as u64;
        (0 < n).then(|| t_string!(i18n, campaigns.typed_good, count = small(n), n = words::number(i18n.get_locale(), n)))
    };
    let bad = move || {
        read.with(|it| {
            let n = it.bad.len() as u64;
            let named = it.bad.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
            (0 < n).then(|| {
                t_string!(i18n, campaigns.typed_bad, count = small(n), n = words::number(i18n.get_locale(), n), named = named)
            })
        })
    };
    view! {
        <TextArea
            label=label
            hint=move || t_string!(i18n, campaigns.typed_hint)
            value=text
            name="audience.typed"
            optional=true
            lines=2
        />
        <div class="campaign-typed" role="status">
            {move || good().map(|it| view! { <p class="meta">{it}</p> })}
            {move || bad().map(|it| view! { <p class="fault">{it}</p> })}
        </div>
    }
}

/// What the law and the wishes of people mean for this campaign.
#[component]
fn Rules(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let consent = RwSignal::new(match desk.draft.with_untracked(|it| it.audience.consent) {
        ConsentRule::NotWithdrawn => "not-withdrawn".to_owned(),
        ConsentRule::Given => "given".to_owned(),
    });
    Effect::new(move |_| {
        let wanted = if consent.with(|it| it == "given") { ConsentRule::Given } else { ConsentRule::NotWithdrawn };
        if desk.draft.with_untracked(|it| it.audience.consent) != wanted {
            desk.change("audience.consent", |it| it.audience.consent = wanted);
        }
    });
    let overrides = RwSignal::new(desk.draft.with_untracked(|it| it.audience.overrides_no_bulk));
    let is_commercial = Memo::new(move |_| desk.draft.with(|it| it.kind == CampaignKind::Commercial));
    Effect::new(move |_| {
        let wanted = overrides.get() && !is_commercial.get();
        if desk.draft.with_untracked(|it| it.audience.overrides_no_bulk) != wanted {
            desk.change("audience.overrides_no_bulk", |it| it.audience.overrides_no_bulk = wanted);
        }
    });
    let options = move || {
        vec![
            ("not-withdrawn", TextProp::from(move || t_string!(i18n, campaigns.consent_not_withdrawn))),
            ("given", TextProp::from(move || t_string!(i18n, campaigns.consent_given))),
        ]
    };
    view! {
        <Show
            when=move || is_commercial.get()
            fallback=move || view! {
                <Checkbox
                    label=move || t_string!(i18n, campaigns.overrides_no_bulk)
                    hint=move || t_string!(i18n, campaigns.overrides_no_bulk_hint)
                    checked=overrides
                />
            }
        >
            <RadioGroup label=move || t_string!(i18n, campaigns.consent) options=options() value=consent />
        </Show>
    }
}
