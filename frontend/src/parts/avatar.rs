//! A person or company as a round mark with initials.

use leptos::prelude::*;

use crate::format;

/// The initials of a name on one of eight quiet tints that the name decides. Decoration: the name stands beside it.
#[component]
pub fn Avatar(
    /// Whose.
    #[prop(into)]
    name: Signal<String>,
    /// Square, for companies.
    #[prop(optional)]
    square: bool,
    /// 40 instead of 24 px.
    #[prop(optional)]
    large: bool,
) -> impl IntoView {
    let tint = move || name.with(|it| it.bytes().fold(7_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into())) % 8);
    view! {
        // The sheet draws the letters, so that they are no text of whatever the mark stands in.
        <span
            class="avatar"
            class:square=square
            class:large=large
            data-tint=move || tint().to_string()
            data-initials=move || name.with(|it| format::initials(it))
            aria-hidden="true"
        ></span>
    }
}
