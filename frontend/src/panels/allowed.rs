//! What only those see who have the right.

use leptos::prelude::*;
use model::Permission;

use crate::i18n::{refusals, t_string, use_i18n};
use crate::parts::{EmptyState, Glyph, Title};
use crate::session::Session;

/// Shows what is inside to whoever has any of the rights; to others the name of the first one and who can give it.
#[component]
pub fn Allowed(
    /// Any of these; none lets everybody in.
    rights: &'static [Permission],
    /// What they open.
    children: ChildrenFn,
) -> impl IntoView {
    let session = Session::find();
    let allowed = Memo::new(move |_| rights.is_empty() || session.can_any(rights));
    let children = StoredValue::new(children);
    view! {
        <Show when=move || allowed.get() fallback=move || view! { <NoRight right=rights.first().copied() /> }>
            {children.with_value(|it| it())}
        </Show>
    }
}

#[component]
fn NoRight(right: Option<Permission>) -> impl IntoView {
    let i18n = use_i18n();
    let name = move || right.map_or("", |it| refusals::permission(i18n.get_locale(), it));
    view! {
        <Title text=move || t_string!(i18n, frame.no_right_title) />
        <div class="page">
            <EmptyState
                glyph=Glyph::LOCK
                title=move || t_string!(i18n, frame.no_right_title)
                text=move || t_string!(i18n, frame.no_right_text, right = name())
            />
        </div>
    }
}
