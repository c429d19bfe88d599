//! Acts with their consequences: the words say what will happen, the button does it.

use leptos::prelude::*;

/// One act: what it would do, and beside it in `children` the button.
#[component]
pub fn Act(
    /// What will happen.
    #[prop(into)]
    text: TextProp,
    /// The button.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="act">
            <p>{move || text.get()}</p>
            <div class="act-button">{children()}</div>
        </div>
    }
}
