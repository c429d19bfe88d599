//! A chart of bars, one per hour, with the same numbers as a table.

use leptos::prelude::*;

use crate::format;
use crate::i18n::{language, t_string, use_i18n};
use crate::state::bars::{Bar, scale};

const BAR: usize = 12;
const GAP: usize = 4;
const HEIGHT: usize = 96;

/// Bars for the hours, oldest first; the hour that runs is the last one.
#[component]
pub fn HourChart(
    /// What the bars count.
    #[prop(into)]
    label: TextProp,
    /// The hours.
    #[prop(into)]
    bars: Signal<Vec<Bar>>,
    /// Whether they belong to several days, or are longer than hours.
    #[prop(optional)]
    is_dated: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let (caption, name) = (label.clone(), label);
    let top = Memo::new(move |_| bars.with(|it| scale(&it.iter().map(|bar| bar.count).collect::<Vec<_>>())));
    let number = move |n: u32| format::number(language(i18n.get_locale()), u64::from(n));
    let hour = move |bar: &Bar| match is_dated {
        true => format::moment(i18n.get_locale(), bar.begin),
        false => format::time(i18n.get_locale(), bar.begin),
    };
    let apart = move |bars: usize| if is_dated { bars.div_ceil(3).max(1) } else { 6 };
    view! {
        <figure class="chart">
            <div class="chart-scale" aria-hidden="true">
                <span>{move || number(top.get())}</span>
                <span>{move || number(top.get() / 2)}</span>
                <span>"0"</span>
            </div>
            <svg
                class="chart-bars"
                role="img"
                aria-label=move || name.get()
                viewBox=move || format!("0 0 {} {HEIGHT}", (bars.with(Vec::len) * (BAR + GAP)).saturating_sub(GAP))
                preserveAspectRatio="none"
            >
                {move || {
                    let bars = bars.get();
                    let last = bars.len().saturating_sub(1);
                    bars.iter()
                        .enumerate()
                        .map(|(n, bar)| {
                            let least = if bar.count == 0 { 1 } else { 3 };
                            let height = ((bar.height * HEIGHT as f64) as usize).max(least);
                            view! {
                                <rect
                                    class="bar"
                                    class:now=n == last
                                    class:none=bar.count == 0
                                    x=n * (BAR + GAP)
                                    y=HEIGHT - height
                                    width=BAR
                                    height=height
                                    rx="2"
                                >
                                    <title>{format!("{} – {}", hour(bar), number(bar.count))}</title>
                                </rect>
                            }
                        })
                        .collect_view()
                }}
            </svg>
            <div class="chart-hours" aria-hidden="true">
                {move || {
                    let bars = bars.get();
                    bars.iter().step_by(apart(bars.len())).map(|bar| view! { <span>{hour(bar)}</span> }).collect_view()
                }}
            </div>
            <details class="chart-table">
                <summary>{move || t_string!(i18n, parts.chart_table)}</summary>
                <table>
                    <caption class="visually-hidden">{move || caption.get()}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{move || t_string!(i18n, parts.chart_hour)}</th>
                            <th scope="col">{move || t_string!(i18n, parts.chart_count)}</th>
                        </tr>
                    </thead>
                    <tbody>
                        {move || {
                            bars.with(|it| {
                                it.iter()
                                    .map(|bar| view! { <tr><td>{hour(bar)}</td><td>{number(bar.count)}</td></tr> })
                                    .collect_view()
                            })
                        }}
                    </tbody>
                </table>
            </details>
        </figure>
    }
}
