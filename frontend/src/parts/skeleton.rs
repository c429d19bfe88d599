//! Grey lines where text will be.

use leptos::prelude::*;

use crate::i18n::{t_string, use_i18n};

/// So many lines that stand for a text on its way.
#[component]
pub fn Skeleton(
    /// How many.
    #[prop(default = 3)]
    lines: usize,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="skeleton" role="status">
            <span class="visually-hidden">{move || t_string!(i18n, common.loading)}</span>
            {(0..lines).map(|_| view! { <span class="bone"></span> }).collect_view()}
        </div>
    }
}
