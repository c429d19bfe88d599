//! What stands in place of a page that could not be drawn.

use leptos::prelude::*;

use crate::browser::location;
use crate::i18n::{t_string, use_i18n};
use crate::parts::{Button, EmptyState, Glyph};

/// Says that what was written is kept and offers to load again.
#[component]
pub fn Broken() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <EmptyState
            glyph=Glyph::TRIANGLE_ALERT
            title=move || t_string!(i18n, frame.broken_title)
            text=move || t_string!(i18n, frame.broken_text)
        >
            <Button label=move || t_string!(i18n, frame.reload) icon=Glyph::ROTATE_CW on_press=location::reload />
        </EmptyState>
    }
}
