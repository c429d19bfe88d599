//! The bar below a list while rows are ticked.

use leptos::prelude::*;

use super::button::IconButton;
use super::icon::Glyph;
use crate::browser::{keyboard, overlay};
use crate::i18n::{t_string, use_i18n};
use crate::state::selection::Selection;

/// Says how many are ticked, to the eye and to readers, beside what can be done to them in `children`.
#[component]
pub fn TickedBar(
    /// The ticked rows.
    selection: RwSignal<Selection>,
    /// How many they are, in words.
    #[prop(into)]
    words: TextProp,
    /// The name of the bar.
    #[prop(into)]
    label: TextProp,
    /// Hides it while something else stands in its place.
    #[prop(into, optional)]
    hidden: Signal<bool>,
    /// What can be done.
    children: ChildrenFn,
) -> impl IntoView {
    let i18n = use_i18n();
    let (words, label, children) = (StoredValue::new(words), StoredValue::new(label), StoredValue::new(children));
    let any = Memo::new(move |_| selection.with(|it| !it.is_empty()));
    view! {
        <p class="visually-hidden" role="status">{move || any.get().then(|| words.with_value(TextProp::get))}</p>
        <Show when=move || any.get() && !hidden.get()>
            <div class="ticked-bar" role="toolbar" aria-label=move || label.with_value(TextProp::get)>
                <span class="ticked-count">{move || words.with_value(TextProp::get)}</span>
                {children.with_value(|it| it())}
                <IconButton
                    label=move || t_string!(i18n, parts.untick)
                    icon=Glyph::X
                    on_press=move || selection.update(Selection::clear)
                />
            </div>
        </Show>
    }
}

/// Escape takes the ticks away, and only then does what else it may do.
pub fn untick_on_escape(selection: RwSignal<Selection>, otherwise: Option<Callback<()>>) {
    keyboard::listen(move |press| {
        if press.key != "Escape" || press.typing || overlay::is_open() {
            return false;
        }
        if selection.with_untracked(|it| !it.is_empty()) {
            selection.update(Selection::clear);
            return true;
        }
        otherwise.is_some_and(|it| {
            it.run(());
            true
        })
    });
}
