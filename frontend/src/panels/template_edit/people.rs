//! Whose data the preview shows: found by a search, or paged through by ← and →.

use leptos::ev;
use leptos::prelude::*;
use model::{ContactFilter, ContactLine, ContactQuery, Cursor, Page};

use crate::calls;
use crate::i18n::{t_string, use_i18n};
use crate::parts::{Glyph, IconButton, SearchField};
use crate::state::preview_people::{People, Person};

/// The search, the list, and the arrows.
#[component]
pub(super) fn PeopleBar(
    /// Who was found and who is shown.
    people: RwSignal<People>,
) -> impl IntoView {
    let i18n = use_i18n();
    let words = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let found = calls::ask(move || words.get(), move |words| list(words, None));
    Effect::new(move |_| {
        if let Some(page) = found.get() {
            people.update(|it| it.found(page));
        }
    });
    let forward = move || {
        if let Some(Some(after)) = people.try_update(People::forward)
            && !busy.get_untracked()
        {
            calls::act(busy, list(words.get_untracked(), Some(after)), move |page| people.update(|it| it.more(page)));
        }
    };
    let back = move || people.update(People::back);
    let press_key = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "ArrowLeft" => back(),
        "ArrowRight" => forward(),
        _ => {}
    };
    let options = move || {
        let samples = view! { <option value="" prop:selected=move || people.with(|it| it.shown().is_none())>{t_string!(i18n, template_edit.preview_samples)}</option> };
        let all = people.with(|it| it.all().to_vec());
        let rows = all
            .into_iter()
            .map(|Person { id, name }| {
                let chosen = move || people.with(|it| it.shown().is_some_and(|it| it.id == id));
                view! { <option value=id.to_string() prop:selected=chosen>{name}</option> }
            })
            .collect_view();
        view! { {samples} {rows} }
    };
    view! {
        <div class="preview-people">
            <SearchField
                label=move || t_string!(i18n, template_edit.preview_search)
                hint=move || t_string!(i18n, template_edit.preview_search)
                words=words
                on_search=move |it| words.set(it)
            />
            <div class="preview-person">
                <IconButton
                    label=move || t_string!(i18n, template_edit.preview_before)
                    icon=Glyph::CHEVRON_LEFT
                    disabled=Signal::derive(move || people.with(|it| it.shown().is_none()))
                    on_press=back
                />
                <span class="select" on:keydown=press_key>
                    <select
                        class="input"
                        aria-label=move || t_string!(i18n, template_edit.preview_for)
                        on:change=move |event| people.update(|it| it.choose(event_target_value(&event).parse().ok()))
                    >
                        {options}
                    </select>
                </span>
                <IconButton
                    label=move || t_string!(i18n, template_edit.preview_next)
                    icon=Glyph::CHEVRON_RIGHT
                    disabled=Signal::derive(move || people.with(|it| !it.has_next()))
                    on_press=forward
                />
            </div>
            <Show when=move || found.with(|it| it.is_some_and(|it| it.rows.is_empty()))>
                <p class="hint">{move || t_string!(i18n, template_edit.preview_nobody)}</p>
            </Show>
        </div>
    }
}

/// One page of contacts whose data can be shown.
async fn list(words: String, after: Option<Cursor>) -> Result<Page<Person>, app::Problem> {
    let filter = ContactFilter { words, ..ContactFilter::default() };
    let page = app::contacts::list_contacts(ContactQuery { filter, after, ..ContactQuery::default() }).await?;
    let person = |it: ContactLine| Person { id: it.row.id, name: it.row.name };
    Ok(Page { rows: page.rows.into_iter().map(person).collect(), next: page.next })
}
