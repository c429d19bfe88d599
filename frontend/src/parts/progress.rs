//! A bar that fills.

use leptos::prelude::*;

/// How far something has come, 0 … 1.
#[component]
pub fn Progress(
    /// What it is the progress of.
    #[prop(into)]
    label: TextProp,
    /// The share that is done.
    #[prop(into)]
    share: Signal<f64>,
) -> impl IntoView {
    view! {
        <div
            class="progress"
            role="progressbar"
            aria-label=move || label.get()
            aria-valuemin="0"
            aria-valuemax="100"
            aria-valuenow=move || format!("{:.0}", share.get() * 100.0)
        >
            <span style:width=move || format!("{:.1}%", (share.get() * 100.0).clamp(0.0, 100.0))></span>
        </div>
    }
}
