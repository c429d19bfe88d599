//! A list beside the detail of one of its rows: side by side where there is room, one over the other where there is not.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use crate::i18n::{t_string, use_i18n};

/// Lays out list and detail. Below 1,280 px the open detail covers the list, which keeps its scroll place.
#[component]
pub fn Split(
    /// The list.
    list: ViewFn,
    /// Whether a detail is open.
    #[prop(into)]
    open: Signal<bool>,
    /// Where the way back to the list leads.
    #[prop(into)]
    back: Signal<String>,
    /// The detail; usually an `Outlet`.
    children: Children,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="split" class:open=open>
            <div class="split-list">{list.run()}</div>
            <div class="split-detail">
                <Show when=move || open.get()>
                    <a href=move || back.get() class="split-back">
                        <Icon glyph=Glyph::ARROW_LEFT />
                        <span>{move || t_string!(i18n, parts.back_to_list)}</span>
                    </a>
                </Show>
                {children()}
            </div>
        </div>
    }
}
