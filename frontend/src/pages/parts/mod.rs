//! The parts page: each part in each state, in development only.
//!
//! Its sample texts are nobody's to translate, so they stand here.

mod acts;
mod fields;
mod lists;
mod states;

use leptos::prelude::*;

use crate::i18n::{t_string, use_i18n};
use crate::parts::Page;

/// Each part in each state.
#[component]
pub fn PartsPage() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Page title=move || t_string!(i18n, parts.title) lead=move || t_string!(i18n, parts.lead)>
            <div class="parts-page">
                <states::Badges />
                <acts::Buttons />
                <acts::Overlays />
                <fields::Fields />
                <fields::Choices />
                <lists::Filters />
                <lists::Rows />
                <states::Messages />
                <states::Figures />
            </div>
        </Page>
    }
}

/// A part of the page about one kind of part.
#[component]
fn Samples(name: &'static str, children: Children) -> impl IntoView {
    view! {
        <section>
            <h2>{name}</h2>
            <div class="samples">{children()}</div>
        </section>
    }
}
