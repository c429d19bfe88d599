//! The quality check of a mail: what was found, where, and what can be done about it by a click.

mod line;

use content::lint::{Place, Severity};
use content::quality::{Fix, Part};
use leptos::prelude::*;
use model::MergeField;

use crate::browser::timer::Pause;
use crate::i18n::messages::small;
use crate::i18n::{t_string, use_i18n};
use crate::parts::{Glyph, Icon};
use crate::state::quality::{Checked, Line, lines};
use line::FindingRow;

/// How long typing must rest before the mail is looked over, in milliseconds.
const REST_MS: u32 = 500;

/// Looks over a mail whenever typing rests; nothing until the first time. Whoever shows the list and the editor's marks shares the signal.
pub fn watched(mail: Signal<Checked>, fields: Signal<Vec<MergeField>>) -> Signal<Option<Vec<Line>>> {
    let found = RwSignal::new(None::<Vec<Line>>);
    let pause = Pause::new(REST_MS);
    Effect::new(move |_| {
        let (mail, fields) = (mail.get(), fields.get());
        pause.then(move || drop(found.try_set(Some(lines(&mail, &fields)))));
    });
    found.into()
}

/// The list of findings, the heaviest first.
#[component]
pub fn QualityPanel(
    /// What was found; nothing while the mail has not been looked over yet.
    #[prop(into)]
    found: Signal<Option<Vec<Line>>>,
    /// Whether nothing may be changed.
    #[prop(into)]
    readonly: Signal<bool>,
    /// Called with the part and, in the body, the place to show.
    #[prop(into)]
    on_show: Callback<(Part, Option<Place>)>,
    /// Called with a change that the person wants.
    #[prop(into)]
    on_fix: Callback<(Fix,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let status = move || {
        found.with(|it| match it.as_deref() {
            None => t_string!(i18n, quality.checking).to_owned(),
            Some([]) => t_string!(i18n, quality.nothing).to_owned(),
            Some(lines) => {
                let n = small(lines.len() as u64);
                t_string!(i18n, quality.findings, count = n, n = n)
            }
        })
    };
    let is_fine = move || found.with(|it| it.as_ref().is_some_and(Vec::is_empty));
    let groups = move || {
        let lines = found.get().unwrap_or_default();
        [Severity::Error, Severity::Warning, Severity::Info]
            .into_iter()
            .map(|severity| {
                let of: Vec<Line> = lines.iter().filter(|it| it.severity == severity).cloned().collect();
                view! { <Group severity=severity lines=of readonly=readonly on_show=on_show on_fix=on_fix /> }
            })
            .collect_view()
    };
    view! {
        <section class="quality" aria-labelledby="quality-title">
            <h2 id="quality-title">{move || t_string!(i18n, quality.title)}</h2>
            <p class="quality-status" class:is-fine=is_fine role="status">
                <Show when=is_fine><Icon glyph=Glyph::CIRCLE_CHECK /></Show>
                {status}
            </p>
            {groups}
        </section>
    }
}

/// The findings of one weight.
#[component]
fn Group(
    severity: Severity,
    lines: Vec<Line>,
    readonly: Signal<bool>,
    on_show: Callback<(Part, Option<Place>)>,
    on_fix: Callback<(Fix,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    if lines.is_empty() {
        return ().into_any();
    }
    let rows = lines
        .into_iter()
        .map(|it| view! { <FindingRow line=it readonly=readonly on_show=on_show on_fix=on_fix /> })
        .collect_view();
    view! {
        <h3 class="quality-group" data-severity=name(severity)>
            <Icon glyph=glyph(severity) />
            {move || crate::i18n::quality::severity(i18n.get_locale(), severity)}
        </h3>
        <ul class="quality-list">{rows}</ul>
    }
    .into_any()
}

fn name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

fn glyph(severity: Severity) -> Glyph {
    match severity {
        Severity::Error => Glyph::CIRCLE_ALERT,
        Severity::Warning => Glyph::TRIANGLE_ALERT,
        Severity::Info => Glyph::INFO,
    }
}
