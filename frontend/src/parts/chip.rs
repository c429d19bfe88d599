//! Chips: small switches and filters above a list.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use super::menu::Menu;
use crate::browser::{focus, timer};
use crate::i18n::{t_string, use_i18n};

/// A small switch, with a count if one is known.
#[component]
pub fn Chip(
    /// What it switches.
    #[prop(into)]
    label: TextProp,
    /// Whether it is on.
    #[prop(into)]
    pressed: Signal<bool>,
    /// Called when it is pressed.
    #[prop(into)]
    on_press: Callback<()>,
    /// How many there are.
    #[prop(into, optional)]
    count: Option<Signal<Option<String>>>,
) -> impl IntoView {
    view! {
        <button type="button" class="chip" aria-pressed=move || pressed.get().to_string() on:click=move |_| on_press.run(())>
            <span>{move || label.get()}</span>
            {count.map(|it| view! { <span class="count">{move || it.get()}</span> })}
        </button>
    }
}

/// A filter: a chip that names what is chosen and opens the choices; several can be ticked unless it is `single`.
#[component]
pub fn FilterMenu(
    /// What it filters by.
    #[prop(into)]
    label: TextProp,
    /// The values and their words.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// The values chosen.
    #[prop(into)]
    chosen: Signal<Vec<String>>,
    /// Called with the new choice.
    #[prop(into)]
    on_choose: Callback<(Vec<String>,)>,
    /// Only one at a time.
    #[prop(optional)]
    single: bool,
    /// Called when the choices are opened, where they are asked for only then.
    #[prop(into, optional)]
    on_open: Option<Callback<()>>,
    /// What stands in place of choices that have not come.
    #[prop(into, optional)]
    note: Signal<Option<String>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let opened = move || {
        if let Some(on_open) = on_open {
            on_open.run(());
        }
    };
    // Choices that come while the menu is open get the keyboard.
    let is_noted = Memo::new(move |_| note.with(Option::is_some));
    Effect::new(move |before: Option<bool>| {
        if before == Some(true) && !is_noted.get() {
            timer::after(0, || {
                focus::set_first(".menu:popover-open [role^=menuitem]");
            });
        }
        is_noted.get()
    });
    let name = label.clone();
    let words = move || {
        let chosen = chosen.get();
        options.with(|it| it.iter().filter(|it| chosen.contains(&it.0)).map(|it| it.1.clone()).collect::<Vec<_>>().join(", "))
    };
    let toggle = move |key: String| {
        let mut next = chosen.get_untracked();
        match next.iter().position(|it| *it == key) {
            Some(place) => drop(next.remove(place)),
            None if single => next = vec![key],
            None => next.push(key),
        }
        on_choose.run((next,));
    };
    let active = move || chosen.with(|it| !it.is_empty());
    let trigger_label = label.clone();
    let trigger = move || {
        let words = words();
        if words.is_empty() { trigger_label.get().to_string() } else { format!("{}: {words}", trigger_label.get()) }
    };
    view! {
        <span class="filter" class:active=active>
            <Menu label=trigger class="chip" glyph=Glyph::CHEVRON_DOWN keep_open=!single on_open=opened>
                {move || {
                    note.get().map(|it| view! { <button type="button" class="menu-item" role="menuitem" tabindex="-1" aria-disabled="true">{it}</button> })
                }}
                {move || {
                    options
                        .get()
                        .into_iter()
                        .map(|(key, word)| {
                            let (own, pressed) = (key.clone(), key);
                            let is_chosen = move || chosen.with(|it| it.contains(&own));
                            let checked = is_chosen.clone();
                            view! {
                                <button
                                    type="button"
                                    class="menu-item"
                                    role=if single { "menuitemradio" } else { "menuitemcheckbox" }
                                    tabindex="-1"
                                    aria-checked=move || is_chosen().to_string()
                                    on:click=move |_| toggle(pressed.clone())
                                >
                                    <span class="tick">
                                        {move || checked().then(|| view! { <Icon glyph=Glyph::CHECK /> })}
                                    </span>
                                    <span>{word}</span>
                                </button>
                            }
                        })
                        .collect_view()
                }}
            </Menu>
            <Show when=active>
                <button
                    type="button"
                    class="chip-clear"
                    aria-label={
                        let name = name.clone();
                        move || t_string!(i18n, parts.filter_remove, name = name.get().to_string())
                    }
                    on:click=move |_| on_choose.run((Vec::new(),))
                >
                    <Icon glyph=Glyph::X />
                </button>
            </Show>
        </span>
    }
}
