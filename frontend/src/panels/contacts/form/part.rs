//! One part of the form.

use leptos::prelude::*;

/// A heading at the side and the fields beside it.
#[component]
pub(super) fn Part(
    /// What the fields are about.
    #[prop(into)]
    title: TextProp,
    /// The fields.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="form-part">
            <header>
                <h2>{move || title.get()}</h2>
            </header>
            <div class="form-fields">{children()}</div>
        </section>
    }
}
