//! Steps through things one by one.

use leptos::prelude::*;

use super::button::IconButton;
use super::icon::Glyph;
use crate::i18n::{t_string, use_i18n};

/// Previous and next, with the place between them.
#[component]
pub fn Pager(
    /// The place, such as *3 of 12*.
    #[prop(into)]
    place: TextProp,
    /// Called to go back; without it the button rests.
    #[prop(into)]
    on_previous: Signal<Option<Callback<()>>>,
    /// Called to go on; without it the button rests.
    #[prop(into)]
    on_next: Signal<Option<Callback<()>>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let go = |to: Signal<Option<Callback<()>>>| {
        move || {
            if let Some(go) = to.get_untracked() {
                go.run(());
            }
        }
    };
    let rests = |to: Signal<Option<Callback<()>>>| Signal::derive(move || to.get().is_none());
    view! {
        <div class="pager">
            <IconButton
                label=move || t_string!(i18n, common.previous)
                icon=Glyph::CHEVRON_LEFT
                disabled=rests(on_previous)
                on_press=go(on_previous)
            />
            <span>{move || place.get()}</span>
            <IconButton
                label=move || t_string!(i18n, common.next)
                icon=Glyph::CHEVRON_RIGHT
                disabled=rests(on_next)
                on_press=go(on_next)
            />
        </div>
    }
}
