//! What goes to the printer.

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{HtmlElement, HtmlIFrameElement};

/// Prints the page as the sheet for printing lays it out.
pub fn page() {
    let _ = window().print();
}

/// Prints what stands at an address of ours, without leaving the page.
pub fn address(href: &str) {
    let frame = document().create_element("iframe").ok().and_then(|it| it.dyn_into::<HtmlIFrameElement>().ok());
    let (Some(frame), Some(body)) = (frame, document().body()) else { return };
    // What was printed before is not needed any more; it must stand in the page until the person has closed the dialog.
    if let Ok(Some(old)) = document().query_selector("iframe.printed") {
        old.remove();
    }
    frame.set_class_name("printed visually-hidden");
    let _ = frame.set_attribute("aria-hidden", "true");
    let _ = frame.set_attribute("tabindex", "-1");
    frame.set_src(href);
    let shown = frame.clone();
    let print = Closure::once_into_js(move || {
        if let Some(inside) = shown.content_window() {
            let _ = inside.print();
        }
    });
    frame.unchecked_ref::<HtmlElement>().set_onload(Some(print.unchecked_ref()));
    let _ = body.append_child(&frame);
}
