//! Lists that belong together side by side, each with an address of its own.

use leptos::prelude::*;

/// Links between lists that belong together; the open one is marked.
#[component]
pub fn Kinds(
    /// What they have in common.
    #[prop(into)]
    label: TextProp,
    /// Their addresses and names.
    links: Vec<(&'static str, TextProp)>,
    /// The address of the open one.
    here: &'static str,
) -> impl IntoView {
    let link = |(path, name): (&'static str, TextProp)| {
        let current = (path == here).then_some("page");
        view! { <a href=path aria-current=current>{move || name.get()}</a> }
    };
    view! {
        <nav class="kinds" aria-label=move || label.get()>{links.into_iter().map(link).collect_view()}</nav>
    }
}
