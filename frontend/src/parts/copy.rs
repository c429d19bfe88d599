//! A button that copies a text.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::button::IconButton;
use super::icon::Glyph;
use crate::browser::{clipboard, timer};
use crate::i18n::{t_string, use_i18n};

/// Copies a text and says so for a moment.
#[component]
pub fn CopyButton(
    /// What is copied.
    #[prop(into)]
    text: Signal<String>,
    /// What the button is called, when *Copy* is not enough.
    #[prop(into, optional)]
    label: Option<TextProp>,
) -> impl IntoView {
    let i18n = use_i18n();
    let copied = RwSignal::new(false);
    let copy = move || {
        let text = text.get_untracked();
        spawn_local(async move {
            if clipboard::copy(&text).await {
                let _ = copied.try_set(true);
                timer::after(1_500, move || {
                    let _ = copied.try_set(false);
                });
            }
        });
    };
    let words = move || match &label {
        _ if copied.get() => t_string!(i18n, common.copied).to_owned(),
        Some(label) => label.get().to_string(),
        None => t_string!(i18n, common.copy).to_owned(),
    };
    let glyph = Signal::derive(move || if copied.get() { Glyph::CHECK } else { Glyph::COPY });
    view! { <IconButton label=words icon=glyph on_press=copy /> }
}
