//! Whether a campaign measures how people react: asked while it is put together, told while it is looked through.

use leptos::prelude::*;
use model::campaign::Measured;
use model::{Channel, Measure, ReviewedMessage};

use super::desk::Desk;
use crate::i18n::{I18n, t_string, use_i18n};
use crate::parts::{Banner, Checkbox, Part, Tone};

/// What is measured, and what that means; why nothing is, where nothing may be. Nothing for text messages.
#[component]
pub(super) fn MeasurePart(
    /// What is typed.
    desk: Desk,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_mail = desk.draft.with_untracked(|it| it.channel == Channel::Email);
    let allowed = Memo::new(move |_| desk.draft.with(|it| Measure::is_allowed(it.kind, it.channel)));
    is_mail.then(|| {
        view! {
            <Part title=move || t_string!(i18n, reactions.part) hint=move || t_string!(i18n, reactions.part_hint)>
                <Show
                    when=move || allowed.get()
                    fallback=move || view! { <Banner tone=Tone::Info text=move || t_string!(i18n, reactions.not_allowed) /> }
                >
                    <Choices desk=desk />
                </Show>
            </Part>
        }
    })
}

#[component]
fn Choices(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let begin = desk.draft.with_untracked(|it| it.measure);
    let (opens, clicks) = (RwSignal::new(begin.opens), RwSignal::new(begin.clicks));
    Effect::new(move |_| {
        let wanted = Measure { opens: opens.get(), clicks: clicks.get() };
        if desk.draft.with_untracked(|it| it.measure) != wanted {
            desk.change("measure", |it| it.measure = wanted);
        }
    });
    view! {
        <Checkbox
            label=move || t_string!(i18n, reactions.measure_clicks)
            hint=move || t_string!(i18n, reactions.measure_clicks_hint)
            checked=clicks
        />
        <Checkbox
            label=move || t_string!(i18n, reactions.measure_opens)
            hint=move || t_string!(i18n, reactions.measure_opens_hint)
            checked=opens
        />
        <Show when=move || opens.get() || clicks.get()>
            <p class="hint">{move || t_string!(i18n, reactions.privacy)}</p>
        </Show>
    }
}

/// What is measured, in a few words; nothing when nothing is.
pub(super) fn named(i18n: I18n, measure: Measure) -> Option<&'static str> {
    match (measure.opens, measure.clicks) {
        (true, true) => Some(t_string!(i18n, reactions.measures_both)),
        (true, false) => Some(t_string!(i18n, reactions.measures_opens)),
        (false, true) => Some(t_string!(i18n, reactions.measures_clicks)),
        (false, false) => None,
    }
}

/// What a prepared message measures, and where its links lead in the end.
#[component]
pub(super) fn MeasuredNote(
    /// The message.
    message: Signal<Option<ReviewedMessage>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let measured = Memo::new(move |_| message.with(|it| it.as_ref().and_then(|it| it.measured.clone())));
    let sentence = move |it: &Measured| {
        let what = named(i18n, Measure { opens: it.opens, clicks: !it.links.is_empty() }).unwrap_or_default();
        let whose = if it.by_name { t_string!(i18n, reactions.by_name) } else { t_string!(i18n, reactions.in_total) };
        format!("{what} {whose}")
    };
    let links = move || {
        let links = measured.get().map(|it| it.links).unwrap_or_default();
        (!links.is_empty()).then(|| {
            view! {
                <details>
                    <summary>{t_string!(i18n, reactions.led_links)}</summary>
                    <ul>{links.into_iter().map(|it| view! { <li><code>{it}</code></li> }).collect_view()}</ul>
                </details>
            }
        })
    };
    view! {
        <Show when=move || measured.with(Option::is_some)>
            <div class="review-measured">
                <p class="meta">{move || measured.with(|it| it.as_ref().map(sentence))}</p>
                {links}
            </div>
        </Show>
    }
}
