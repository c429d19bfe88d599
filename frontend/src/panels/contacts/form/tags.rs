//! The field of tags: a word becomes a tag by Enter or comma; the browser offers those that are known.

use leptos::prelude::*;

use crate::i18n::{t_string, use_i18n};
use crate::parts::{Field, Glyph, Icon, fresh_id};

/// The tags with the place to type more.
#[component]
pub(super) fn TagField(
    /// The tags.
    chosen: RwSignal<Vec<String>>,
    /// Tags there are, the most used first.
    known: Vec<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let typed = RwSignal::new(String::new());
    let list_id = fresh_id("tags");
    let take = move || {
        let words = typed.get_untracked();
        let words: Vec<String> = words.split([',', ';']).map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()).collect();
        typed.set(String::new());
        chosen.maybe_update(|all| {
            let before = all.len();
            for word in words {
                let folded = model::fold::fold(&word);
                if all.iter().all(|it| model::fold::fold(it) != folded) {
                    all.push(word);
                }
            }
            before < all.len()
        });
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| match event.key().as_str() {
        "Enter" | "," | ";" if typed.with_untracked(|it| !it.trim().is_empty()) => {
            event.prevent_default();
            take();
        }
        "Backspace" if typed.with_untracked(String::is_empty) => {
            chosen.maybe_update(|it| it.pop().is_some());
        }
        _ => {}
    };
    let suggestions = move || {
        chosen.with(|chosen| {
            known.iter().filter(|it| !chosen.contains(it)).map(|it| view! { <option value=it.clone()></option> }).collect_view()
        })
    };
    let list = list_id.clone();
    view! {
        <Field
            label=move || t_string!(i18n, persons.tags)
            name="tags"
            hint=Some(TextProp::from(move || t_string!(i18n, persons.tags_hint)))
            optional=true
            let:ids
            let:faulty
        >
            <div class="tag-field" aria-invalid=move || faulty.get().then_some("true")>
                <For each=move || chosen.get() key=|it| it.clone() let:tag>
                    <TypedTag tag=tag chosen=chosen />
                </For>
                <input
                    id=ids.field
                    list=list.clone()
                    autocomplete="off"
                    aria-describedby=ids.notes
                    prop:value=move || typed.get()
                    on:input=move |event| typed.set(event_target_value(&event))
                    on:keydown=on_key
                    on:change=move |_| take()
                    on:blur=move |_| take()
                />
                <datalist id=list_id.clone()>{suggestions}</datalist>
            </div>
        </Field>
    }
}

#[component]
fn TypedTag(tag: String, chosen: RwSignal<Vec<String>>) -> impl IntoView {
    let i18n = use_i18n();
    let tag = StoredValue::new(tag);
    let name = move || tag.get_value();
    view! {
        <span class="typed-tag">
            {name}
            <button
                type="button"
                aria-label=move || t_string!(i18n, persons.tag_remove, tag = name())
                on:click=move |_| chosen.update(|all| all.retain(|it| *it != name()))
            >
                <Icon glyph=Glyph::X />
            </button>
        </span>
    }
}
