//! One part of a form.

use leptos::prelude::*;

/// A heading at the side and the fields beside it.
#[component]
pub fn Part(
    /// What the fields are about.
    #[prop(into)]
    title: TextProp,
    /// What to know before filling them in.
    #[prop(into, optional)]
    hint: Option<TextProp>,
    /// The fields.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="form-part">
            <header>
                <h2>{move || title.get()}</h2>
                {hint.map(|it| view! { <p>{move || it.get()}</p> })}
            </header>
            <div class="form-fields">{children()}</div>
        </section>
    }
}
