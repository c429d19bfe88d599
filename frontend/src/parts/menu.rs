//! Menus: a button and a list of acts that lies above everything else.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use super::fresh_id;
use super::icon::{Glyph, Icon};
use crate::browser::{focus, popover};

const ITEMS: &str = "[role^=menuitem]:not([disabled])";

/// A button that opens a menu; the arrows move in it, Escape closes it.
#[component]
pub fn Menu(
    /// Its name.
    #[prop(into)]
    label: TextProp,
    /// Its icon: before the name, or alone when `icon_only`.
    #[prop(optional)]
    glyph: Option<Glyph>,
    /// Shows only the icon.
    #[prop(optional)]
    icon_only: bool,
    /// Classes of the button.
    #[prop(default = "button")]
    class: &'static str,
    /// Draws the inside of the button instead of icon and name.
    #[prop(into, optional)]
    face: Option<ViewFn>,
    /// Stays open after something was chosen.
    #[prop(optional)]
    keep_open: bool,
    /// Called when it opens.
    #[prop(into, optional)]
    on_open: Option<Callback<()>>,
    /// The items.
    children: Children,
) -> impl IntoView {
    let id = fresh_id("menu");
    let button = NodeRef::<html::Button>::new();
    let list = NodeRef::<html::Div>::new();
    let open = RwSignal::new(false);
    let toggled = move |_| {
        let (Some(button), Some(list)) = (button.get_untracked(), list.get_untracked()) else { return };
        let is_open = popover::is_open(&list);
        open.set(is_open);
        if is_open {
            if let Some(on_open) = on_open {
                on_open.run(());
            }
            popover::place(&button, &list);
            focus::set_within(&list, ITEMS);
        }
    };
    let press_key = move |event: ev::KeyboardEvent| {
        let Some(list) = list.get_untracked() else { return };
        match event.key().as_str() {
            "ArrowDown" => focus::step_within(&list, ITEMS, 1),
            "ArrowUp" => focus::step_within(&list, ITEMS, -1),
            "Tab" => return popover::close(&list),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let chosen = move |event: ev::MouseEvent| {
        if !keep_open && popover::is_inside_item(&event) {
            if let Some(list) = list.get_untracked() {
                popover::close(&list);
            }
        }
    };
    let (name, tip) = (label.clone(), label.clone());
    let quiet = icon_only || face.is_some();
    view! {
        <button
            type="button"
            class=class
            class:icon-button=icon_only
            data-kind="quiet"
            node_ref=button
            popovertarget=id.clone()
            aria-haspopup="menu"
            aria-expanded=move || open.get().to_string()
            aria-label=quiet.then(|| move || name.get())
            title=icon_only.then(|| move || tip.get())
        >
            {match face {
                Some(face) => face.run().into_any(),
                None => view! {
                    {(!icon_only).then(|| view! { <span class="label">{move || label.get()}</span> })}
                    {glyph.map(|it| view! { <Icon glyph=it /> })}
                }
                .into_any(),
            }}
        </button>
        <div class="menu" role="menu" popover="auto" id=id node_ref=list on:toggle=toggled on:keydown=press_key on:click=chosen>
            {children()}
        </div>
    }
}

/// An act in a menu.
#[component]
pub fn MenuItem(
    /// What it does.
    #[prop(into)]
    label: TextProp,
    /// Called when it is chosen.
    #[prop(into)]
    on_press: Callback<()>,
    /// Its icon.
    #[prop(optional)]
    glyph: Option<Glyph>,
    /// Takes something away.
    #[prop(optional)]
    danger: bool,
    /// Whether it is the chosen one of several.
    #[prop(into, optional)]
    checked: Option<Signal<bool>>,
    /// Whether it cannot be chosen now.
    #[prop(into, optional)]
    disabled: Signal<bool>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="menu-item"
            class:danger=danger
            role=if checked.is_some() { "menuitemradio" } else { "menuitem" }
            tabindex="-1"
            aria-checked=checked.map(|it| move || it.get().to_string())
            prop:disabled=move || disabled.get()
            on:click=move |_| on_press.run(())
        >
            {glyph.map(|it| view! { <Icon glyph=it /> })}
            {checked
                .map(|it| {
                    view! {
                        <span class="tick">{move || it.get().then(|| view! { <Icon glyph=Glyph::CHECK /> })}</span>
                    }
                })}
            <span>{move || label.get()}</span>
        </button>
    }
}

/// A link in a menu.
#[component]
pub fn MenuLink(
    /// Where it leads, in words.
    #[prop(into)]
    label: TextProp,
    /// Where it leads.
    #[prop(into)]
    href: Signal<String>,
    /// Its icon.
    #[prop(optional)]
    glyph: Option<Glyph>,
    /// Leads to a file and not to a screen.
    #[prop(optional)]
    external: bool,
) -> impl IntoView {
    view! {
        <a href=move || href.get() class="menu-item" role="menuitem" tabindex="-1" rel=external.then_some("external")>
            {glyph.map(|it| view! { <Icon glyph=it /> })}
            <span>{move || label.get()}</span>
        </a>
    }
}

/// A hairline between items, with a heading if one is given.
#[component]
pub fn MenuLine(
    /// What follows.
    #[prop(into, optional)]
    label: Option<TextProp>,
) -> impl IntoView {
    match label {
        Some(label) => view! { <div class="menu-heading" role="presentation">{move || label.get()}</div> }.into_any(),
        None => view! { <div class="menu-line" role="separator"></div> }.into_any(),
    }
}
