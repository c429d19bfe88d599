//! An address that leads nowhere.

use leptos::prelude::*;

use crate::i18n::{t_string, use_i18n};
use crate::parts::{ButtonLink, EmptyState, Glyph, Title};

/// Inside the frame.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Title text=move || t_string!(i18n, frame.not_found_title) />
        <div class="page">
            <EmptyState
                glyph=Glyph::CIRCLE_HELP
                title=move || t_string!(i18n, frame.not_found_title)
                text=move || t_string!(i18n, frame.not_found_text)
            >
                <ButtonLink label=move || t_string!(i18n, frame.to_overview) href="/".to_owned() icon=Glyph::ARROW_LEFT />
            </EmptyState>
        </div>
    }
}

/// On its own.
#[component]
pub fn NotFoundAlone() -> impl IntoView {
    view! { <main class="alone"><NotFoundPage /></main> }
}
