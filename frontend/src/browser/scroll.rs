//! How far things are scrolled.

use web_sys::Element;

/// Scrolls one element sideways as far as another.
pub fn follow(element: &Element, leader: &Element) {
    element.set_scroll_left(leader.scroll_left());
}
