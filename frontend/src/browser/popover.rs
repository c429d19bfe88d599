//! Native popovers: they lie above everything and close by Escape or a click elsewhere.

use leptos::prelude::window;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Lays a popover under the element that opens it, or above when there is no room, and never outside the window.
pub fn place(anchor: &Element, popover: &Element) {
    let Some(popover) = popover.dyn_ref::<HtmlElement>() else { return };
    let (width, height) = window_size();
    let at = anchor.get_bounding_client_rect();
    let (own_width, own_height) = (f64::from(popover.offset_width()), f64::from(popover.offset_height()));
    let fits_below = at.bottom() + 4.0 + own_height <= height;
    let top = if fits_below { at.bottom() + 4.0 } else { (at.top() - 4.0 - own_height).max(8.0) };
    let from_left = at.left() + own_width <= width - 8.0;
    let left = if from_left { at.left() } else { (at.right() - own_width).max(8.0) };
    let style = popover.style();
    let _ = style.set_property("top", &format!("{}px", top.round() as i32));
    let _ = style.set_property("left", &format!("{}px", left.round() as i32));
}

/// Opens a popover.
pub fn open(popover: &Element) {
    if let Some(popover) = popover.dyn_ref::<HtmlElement>() {
        let _ = popover.show_popover();
    }
}

/// Closes a popover.
pub fn close(popover: &Element) {
    if let Some(popover) = popover.dyn_ref::<HtmlElement>() {
        let _ = popover.hide_popover();
    }
}

/// Whether a popover is open.
pub fn is_open(popover: &Element) -> bool {
    popover.matches(":popover-open").unwrap_or(false)
}

fn window_size() -> (f64, f64) {
    let window = window();
    let side = |it: Result<wasm_bindgen::JsValue, _>| it.ok().and_then(|it| it.as_f64()).unwrap_or(0.0);
    (side(window.inner_width()), side(window.inner_height()))
}

/// Whether a click met an item of a menu.
pub fn is_inside_item(event: &leptos::ev::MouseEvent) -> bool {
    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    target.is_some_and(|it| it.closest("[role^=menuitem]").is_ok_and(|it| it.is_some()))
}
