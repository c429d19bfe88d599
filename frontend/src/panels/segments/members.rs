//! Whom the rule takes in, counted and shown while it is built.

use std::collections::HashMap;

use app::Problem;
use leptos::prelude::*;
use model::{Change, ContactRow, Refusal, SegmentRule};

use super::builder::Builder;
use crate::browser::timer::Pause;
use crate::calls;
use crate::format;
use crate::i18n::messages::small;
use crate::i18n::{language, segments as words, t_string, use_i18n};
use crate::live::Live;
use crate::parts::Avatar;

/// How long building must rest before it is counted, in milliseconds.
const REST_MS: u32 = 250;

/// The sentence, the count, and the first members.
#[component]
pub(super) fn MembersPreview(
    /// The tree.
    builder: Builder,
) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let rule = rested(builder);
    // What is not complete is not asked: the places that lack something are marked instead.
    let complete = Memo::new(move |_| Some(rule.get()).filter(|it| it.check().is_ok()));
    let count = calls::ask(
        move || (complete.get(), live.version(Change::Contacts)),
        |(rule, _)| async move {
            match rule {
                Some(rule) => app::segments::count_segment(rule).await.map(Some),
                None => Ok(None),
            }
        },
    );
    let first = calls::ask(
        move || (complete.get(), live.version(Change::Contacts)),
        |(rule, _)| async move {
            match rule {
                Some(rule) => app::segments::preview_segment(rule).await,
                None => Ok(Vec::new()),
            }
        },
    );
    let sentence = move || builder.names.with(|names| words::sentence(i18n.get_locale(), &rule.get(), names));
    let number = move || match (complete.with(Option::is_some), count.get().flatten()) {
        (false, _) => t_string!(i18n, segments.incomplete).to_owned(),
        (true, Some(n)) => {
            t_string!(i18n, segments.count, count = small(n), n = format::number(language(i18n.get_locale()), n))
        }
        (true, None) => t_string!(i18n, segments.counting).to_owned(),
    };
    let rows = move || first.get().unwrap_or_default();
    let is_nobody = move || complete.with(Option::is_some) && count.get() == Some(Some(0));
    view! {
        <section class="segment-members">
            <p class="segment-sentence">{sentence}</p>
            <p class="segment-count" role="status" aria-busy=move || count.is_pending().to_string()>{number}</p>
            <Show when=is_nobody>
                <p class="meta">{move || t_string!(i18n, segments.nobody)}</p>
            </Show>
            <Show when=move || !rows().is_empty()>
                <h3>{move || t_string!(i18n, segments.preview)}</h3>
                <ul class="segment-first">
                    <For each=rows key=|it| it.id let:row>
                        <Member row=row />
                    </For>
                </ul>
            </Show>
        </section>
    }
}

#[component]
fn Member(row: ContactRow) -> impl IntoView {
    let aside = [row.company_name, row.city].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" · ");
    view! {
        <li>
            <Avatar name=Signal::stored(row.name.clone()) />
            <a class="clip" href=format!("/contacts/{}", row.id)>{row.name}</a>
            <span class="meta clip">{aside}</span>
        </li>
    }
}

/// The rule as it is once building rests; its faults are noted at their places.
fn rested(builder: Builder) -> RwSignal<SegmentRule> {
    let rule = RwSignal::new(untrack(|| builder.rule()));
    let pause = StoredValue::new(Pause::new(REST_MS));
    Effect::new(move |_| {
        let next = builder.rule();
        pause.with_value(|it| {
            it.then(move || {
                if rule.with_untracked(|it| *it != next) {
                    let faults = match next.check() {
                        Err(Refusal::Invalid(faults)) => faults.into_iter().map(|it| (it.field.clone(), it)).collect(),
                        _ => HashMap::new(),
                    };
                    let _ = builder.faults.try_set(faults);
                    let _ = rule.try_set(next);
                }
            });
        });
    });
    rule
}

/// Notes at their places what the server found missing.
pub(super) fn mark(builder: Builder, problem: &Problem) {
    if let Problem::Refused(Refusal::Invalid(faults)) = problem {
        builder.faults.set(faults.iter().map(|it| (it.field.clone(), it.clone())).collect());
    }
}
