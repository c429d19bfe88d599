//! What a click or a key met.

use leptos::ev;
use leptos::prelude::window;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// Whether a click met a link, a button or a field, or ended the marking of a text, so that nothing around it should act.
pub fn is_on_control(event: &ev::MouseEvent) -> bool {
    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    let control = target.is_some_and(|it| it.closest("a, button, input, select, textarea, label").is_ok_and(|it| it.is_some()));
    control || window().get_selection().ok().flatten().is_some_and(|it| !it.is_collapsed())
}

/// Whether a key met the element that listens, not one inside it.
pub fn is_on_itself(event: &ev::KeyboardEvent) -> bool {
    event.target() == event.current_target()
}

/// Whether a click met the element that listens, not one inside it.
pub fn click_is_on_itself(event: &ev::MouseEvent) -> bool {
    event.target() == event.current_target()
}

/// Takes all further moves of this pointer to the element that was pressed, wherever it goes, and marks no text on the way.
pub fn capture(event: &ev::PointerEvent) {
    event.prevent_default();
    if let Some(element) = event.current_target().and_then(|it| it.dyn_into::<Element>().ok()) {
        let _ = element.set_pointer_capture(event.pointer_id());
    }
}
