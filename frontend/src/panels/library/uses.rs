//! Where a file is used.

use leptos::prelude::*;
use model::LibraryUses;
use model::library::COUNT_MAX;

use crate::format;
use crate::i18n::{I18n, language, t_string, use_i18n};

/// The templates by name, drafts and messages by their number.
#[component]
pub(super) fn UsesList(uses: Signal<Option<LibraryUses>>) -> impl IntoView {
    let i18n = use_i18n();
    let lines = move || uses.get().map(|it| view! { <Lines uses=it /> });
    view! {
        <section class="library-uses" aria-label=move || t_string!(i18n, library.uses)>
            <h3>{move || t_string!(i18n, library.uses)}</h3>
            {lines}
        </section>
    }
}

#[component]
fn Lines(uses: LibraryUses) -> impl IntoView {
    let i18n = use_i18n();
    let is_unused = !uses.is_in_use() && uses.released == 0;
    let (drafts, released) = (uses.drafts, uses.released);
    let templates = uses.templates.into_iter().map(|(id, name)| view! { <li><a href=format!("/templates/{id}")>{name}</a></li> });
    view! {
        <Show when=move || is_unused><p class="meta">{move || t_string!(i18n, library.uses_none)}</p></Show>
        <ul>
            {templates.collect_view()}
            <Show when=move || 0 < drafts><li>{move || t_string!(i18n, library.uses_drafts, n = number(i18n, drafts))}</li></Show>
            <Show when=move || 0 < released>
                <li>{move || t_string!(i18n, library.uses_released, n = number(i18n, released))}</li>
            </Show>
        </ul>
    }
}

/// What replacing would change, in a sentence.
pub(super) fn changed(i18n: I18n, uses: Option<&LibraryUses>) -> String {
    match uses {
        Some(it) if it.is_in_use() => t_string!(
            i18n,
            library.changes,
            templates = number(i18n, it.templates.len() as u64),
            drafts = number(i18n, it.drafts)
        ),
        _ => t_string!(i18n, library.changes_none).to_owned(),
    }
}

fn number(i18n: I18n, n: u64) -> String {
    let shown = format::number(language(i18n.get_locale()), n);
    if n < COUNT_MAX { shown } else { t_string!(i18n, library.uses_many, n = shown) }
}
