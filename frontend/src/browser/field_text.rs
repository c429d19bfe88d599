//! Text put into a field of the page as if it were typed, so that the field's own undo knows it.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDocument, HtmlElement, HtmlInputElement};

/// Puts text where the cursor of the field of that id is, in place of what is selected, and gives it the keyboard.
pub fn insert(id: &str, text: &str) {
    let Some(field) = document().get_element_by_id(id).and_then(|it| it.dyn_into::<HtmlElement>().ok()) else { return };
    let _ = field.focus();
    // No other way leaves the browser's undo whole.
    if let Some(page) = document().dyn_ref::<HtmlDocument>() {
        let _ = page.exec_command_with_show_ui_and_value("insertText", false, text);
    }
}

/// Where the cursor of the field of that id is, in UTF-16 units; nothing while something is selected.
pub fn cursor(id: &str) -> Option<usize> {
    let field: HtmlInputElement = document().get_element_by_id(id)?.dyn_into().ok()?;
    let (start, end) = (field.selection_start().ok()??, field.selection_end().ok()??);
    (start == end).then_some(start as usize)
}

/// Puts text in place of a range of the field of that id, in UTF-16 units.
pub fn replace(id: &str, from: usize, to: usize, text: &str) {
    if let Some(field) = document().get_element_by_id(id).and_then(|it| it.dyn_into::<HtmlInputElement>().ok()) {
        let _ = field.set_selection_range(from as u32, to as u32);
        insert(id, text);
    }
}
