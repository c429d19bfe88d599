//! Native dialogs.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement};

/// Opens a dialog above everything else and keeps the focus inside; does nothing when it is open.
pub fn open(element: &Element) {
    if let Some(dialog) = element.dyn_ref::<HtmlDialogElement>()
        && !dialog.open()
    {
        let _ = dialog.show_modal();
    }
}

/// Closes a dialog; the browser gives the focus back.
pub fn close(element: &Element) {
    if let Some(dialog) = element.dyn_ref::<HtmlDialogElement>()
        && dialog.open()
    {
        dialog.close();
    }
}

/// Whether any dialog is open.
pub fn any_open() -> bool {
    leptos::prelude::document().query_selector("dialog[open]").is_ok_and(|it| it.is_some())
}
