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
    let percent = move || (share.get() * 100.0).clamp(0.0, 100.0).round() as u32;
    view! {
        <div
            class="progress"
            role="progressbar"
            aria-label=move || label.get()
            aria-valuemin="0"
            aria-valuemax="100"
            aria-valuenow=move || percent().to_string()
        >
            <span style:width=move || format!("{}%", percent())></span>
        </div>
    }
}
