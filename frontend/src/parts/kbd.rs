//! Keys of the keyboard, drawn.

use leptos::prelude::*;

use crate::browser::keyboard;

/// One or more keys, such as `Ctrl K`; Command takes the place of Ctrl where it is usual.
#[component]
pub fn Kbd(
    /// The keys, parted by spaces.
    keys: &'static str,
) -> impl IntoView {
    let apple = keyboard::is_apple();
    keys.split(' ')
        .map(|it| {
            let word = if apple && it == "Ctrl" { "⌘" } else { it };
            view! { <kbd>{word}</kbd> }
        })
        .collect_view()
}
