//! The head of every page: where am I, what can I do.

use leptos::prelude::*;

use crate::browser::document;

/// Names the page in the tab of the browser for as long as it is shown.
#[component]
pub fn Title(
    /// What the page shows.
    #[prop(into)]
    text: TextProp,
) -> impl IntoView {
    Effect::new(move |_| document::set_title(&format!("{} · Posel", text.get())));
}

/// A page: title, acts, and below them what it shows.
#[component]
pub fn Page(
    /// What the page shows.
    #[prop(into)]
    title: TextProp,
    /// A line below the title.
    #[prop(into, optional)]
    lead: Option<TextProp>,
    /// Buttons beside the title.
    #[prop(into, optional)]
    actions: Option<ViewFn>,
    /// As wide as a form instead of as wide as the window.
    #[prop(optional)]
    narrow: bool,
    /// What it shows.
    children: Children,
) -> impl IntoView {
    let tab = title.clone();
    view! {
        <Title text=move || tab.get() />
        <div class="page" class:narrow=narrow>
            <header class="page-head">
                <div class="page-words">
                    <h1>{move || title.get()}</h1>
                    {lead.map(|it| view! { <p class="lead">{move || it.get()}</p> })}
                </div>
                {actions.map(|it| view! { <div class="page-actions">{it.run()}</div> })}
            </header>
            {children()}
        </div>
    }
}
