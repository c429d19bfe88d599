//! What left today, hour by hour, and what still waits.

use leptos::prelude::*;
use model::{Moment, Overview};

use crate::format;
use crate::i18n::{language, t_string, use_i18n};
use crate::parts::HourChart;
use crate::state::bars;

/// Two figures and the chart of the last day.
#[component]
pub(super) fn Flow(overview: Signal<Overview>, now: RwSignal<Moment>) -> impl IntoView {
    let i18n = use_i18n();
    let number = move |n: u64| format::number(language(i18n.get_locale()), n);
    let bars = Signal::derive(move || overview.with(|it| bars::lay_out(&it.by_hour, now.get())));
    let any = move || overview.with(|it| it.by_hour.iter().any(|n| 0 < *n));
    view! {
        <section class="card flow">
            <div class="figures">
                <p class="figure">
                    <span>{move || t_string!(i18n, overview.sent_today)}</span>
                    <strong>{move || number(overview.with(|it| it.sent_today))}</strong>
                </p>
                <p class="figure">
                    <span>{move || t_string!(i18n, overview.waiting)}</span>
                    <strong>{move || number(overview.with(|it| it.waiting))}</strong>
                </p>
            </div>
            <h2>{move || t_string!(i18n, overview.last_day)}</h2>
            <Show when=any fallback=move || view! { <p class="faint">{move || t_string!(i18n, overview.chart_empty)}</p> }>
                <HourChart label=move || t_string!(i18n, overview.chart_label) bars=bars />
            </Show>
        </section>
    }
}
