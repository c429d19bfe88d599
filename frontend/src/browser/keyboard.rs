//! Keys pressed anywhere on the page.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// A key with what was held down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyPress {
    /// The key's name, as the browser calls it: `k`, `Escape`, `ArrowDown`.
    pub key: String,
    /// Whether Ctrl was held, or Command on a Mac.
    pub ctrl: bool,
    /// Whether Alt was held.
    pub alt: bool,
    /// Whether Shift was held.
    pub shift: bool,
    /// Whether the key goes into a field.
    pub typing: bool,
}

impl KeyPress {
    /// What an event says.
    pub fn of(event: &ev::KeyboardEvent) -> Self {
        let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
        Self {
            key: event.key(),
            ctrl: event.ctrl_key() || event.meta_key(),
            alt: event.alt_key(),
            shift: event.shift_key(),
            typing: target.is_some_and(|it| takes_text(&it)) || event.is_composing(),
        }
    }
}

/// Calls back on every key until the owner is gone; a key for which it answers `true` goes no further.
pub fn listen(on_key: impl Fn(KeyPress) -> bool + 'static) {
    let handle = window_event_listener(ev::keydown, move |event| {
        if !event.default_prevented() && on_key(KeyPress::of(&event)) {
            event.prevent_default();
        }
    });
    on_cleanup(move || handle.remove());
}

/// Does what the visible element that carries this shortcut in `aria-keyshortcuts` does: a field gets the focus, anything else
/// is clicked. Tells whether there was one.
pub fn trigger(shortcut: &str) -> bool {
    let Ok(list) = document().query_selector_all(&format!("[aria-keyshortcuts~=\"{shortcut}\"]")) else { return false };
    let found = (0..list.length())
        .filter_map(|n| list.get(n)?.dyn_into::<HtmlElement>().ok())
        .find(|it| it.offset_parent().is_some() && !it.has_attribute("disabled"));
    let Some(element) = found else { return false };
    if takes_text(&element) {
        let _ = element.focus();
    } else {
        element.click();
    }
    true
}

/// Whether the machine is one on which Command takes the place of Ctrl.
pub fn is_apple() -> bool {
    window().navigator().user_agent().is_ok_and(|it| it.contains("Mac") || it.contains("iPhone") || it.contains("iPad"))
}

fn takes_text(element: &Element) -> bool {
    match element.tag_name().as_str() {
        "TEXTAREA" | "SELECT" => true,
        "INPUT" => {
            let kind = element.get_attribute("type").unwrap_or_default();
            !matches!(kind.as_str(), "checkbox" | "radio" | "button" | "submit" | "file" | "range")
        }
        _ => element.has_attribute("contenteditable"),
    }
}
