//! Where the keyboard is.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlTextAreaElement};

/// Gives an element the focus.
pub fn set(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    }
}

/// Gives the element of that id the focus and tells whether there is one.
pub fn set_by_id(id: &str) -> bool {
    set_first(&format!("#{id}"))
}

/// Gives the first element that a selector finds the focus and tells whether there is one.
pub fn set_first(selector: &str) -> bool {
    match document().query_selector(selector) {
        Ok(Some(element)) => {
            set(&element);
            true
        }
        _ => false,
    }
}

/// Gives the first element inside another that a selector finds the focus.
pub fn set_within(element: &Element, selector: &str) {
    if let Ok(Some(found)) = element.query_selector(selector) {
        set(&found);
    }
}

/// Moves the focus among the elements inside another that a selector finds, by so many places; the ends are joined.
pub fn step_within(element: &Element, selector: &str, by: i32) {
    let Ok(list) = element.query_selector_all(selector) else { return };
    let all: Vec<Element> = (0..list.length()).filter_map(|n| list.get(n)?.dyn_into().ok()).collect();
    if all.is_empty() {
        return;
    }
    let active = document().active_element();
    let place = all.iter().position(|it| Some(it) == active.as_ref());
    let n = all.len() as i32;
    let next = match place {
        Some(place) => (place as i32 + by).rem_euclid(n),
        None if by < 0 => n - 1,
        None => 0,
    };
    set(&all[next as usize]);
}

/// Selects the whole text of the field of that id.
pub fn select_text(id: &str) {
    let Some(element) = document().get_element_by_id(id) else { return };
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        input.select();
    } else if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
        area.select();
    }
}

/// Takes the focus away from whatever has it.
pub fn leave() {
    if let Some(active) = document().active_element().and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        let _ = active.blur();
    }
}

/// Scrolls an element into sight, no further than needed.
pub fn reveal(element: &Element) {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Gives an element the focus once the page stands.
pub fn set_later(element: Element) {
    super::timer::after(0, move || set(&element));
}

/// Clicks what has the focus.
pub fn click_active() {
    if let Some(active) = document().active_element().and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        active.click();
    }
}

/// Scrolls the first element inside another that a selector finds into sight.
pub fn reveal_within(element: &Element, selector: &str) {
    if let Ok(Some(found)) = element.query_selector(selector) {
        reveal(&found);
    }
}
