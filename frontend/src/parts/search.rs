//! The search field of a list.

use leptos::html;
use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use crate::browser::timer::Pause;
use crate::i18n::{t_string, use_i18n};

/// How long typing must rest before it is searched, in milliseconds.
const REST_MS: u32 = 250;

/// Searches while one types; `/` leads to it, Escape empties it.
#[component]
pub fn SearchField(
    /// What is searched.
    #[prop(into)]
    label: TextProp,
    /// What can be typed, inside the empty field.
    #[prop(into)]
    hint: TextProp,
    /// The words that the list shows now.
    #[prop(into)]
    words: Signal<String>,
    /// Called with new words.
    #[prop(into)]
    on_search: Callback<(String,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let typed = RwSignal::new(words.get_untracked());
    let asked = StoredValue::new(words.get_untracked());
    let pause = StoredValue::new(Pause::new(REST_MS));
    let node = NodeRef::<html::Input>::new();
    // Words that come from elsewhere (a link, the way back) replace what is typed; the echo of one's own typing does not.
    Effect::new(move |_| {
        let words = words.get();
        if asked.with_value(|it| *it != words) {
            asked.set_value(words.clone());
            typed.set(words);
        }
    });
    let search = move || {
        let words = typed.get_untracked().trim().to_owned();
        if asked.with_value(|it| *it != words) {
            asked.set_value(words.clone());
            on_search.run((words,));
        }
    };
    let type_in = move |text: String| {
        typed.set(text);
        pause.with_value(|it| it.then(search));
    };
    let search_now = move || {
        pause.with_value(Pause::forget);
        search();
    };
    let clear = move || {
        typed.set(String::new());
        search_now();
        if let Some(field) = node.get_untracked() {
            crate::browser::focus::set(&field);
        }
    };
    view! {
        <div class="search-field" role="search">
            <Icon glyph=Glyph::SEARCH />
            <input
                class="input"
                type="text"
                inputmode="search"
                enterkeyhint="search"
                autocomplete="off"
                spellcheck="false"
                node_ref=node
                aria-label=move || label.get()
                aria-keyshortcuts="/"
                placeholder=move || hint.get()
                prop:value=move || typed.get()
                on:input=move |event| type_in(event_target_value(&event))
                on:keydown=move |event| match event.key().as_str() {
                    "Enter" => search_now(),
                    "Escape" if typed.with_untracked(|it| !it.is_empty()) => {
                        event.prevent_default();
                        clear();
                    }
                    _ => {}
                }
            />
            <Show when=move || typed.with(|it| !it.is_empty())>
                <button
                    type="button"
                    class="search-clear"
                    aria-label=move || t_string!(i18n, common.clear)
                    on:click=move |_| clear()
                >
                    <Icon glyph=Glyph::X />
                </button>
            </Show>
        </div>
    }
}
