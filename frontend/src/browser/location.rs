//! The address line.

use leptos::ev;
use leptos::prelude::{on_cleanup, window, window_event_listener};
use wasm_bindgen::JsValue;

/// The path with query, such as `/messages?q=faktúra`.
pub fn path_and_query() -> String {
    let location = window().location();
    format!("{}{}", location.pathname().unwrap_or_default(), location.search().unwrap_or_default())
}

/// The fragment without `#`: the secret of a one-time link, which never reaches a server's log.
pub fn fragment() -> String {
    window().location().hash().unwrap_or_default().trim_start_matches('#').to_owned()
}

/// Loads the page anew when another one-time link is opened in its place, which changes nothing but the fragment.
pub fn follow_fragment() {
    let handle = window_event_listener(ev::hashchange, |_| {
        if !fragment().is_empty() {
            reload();
        }
    });
    on_cleanup(move || handle.remove());
}

/// Takes the fragment out of the address line and the history.
pub fn forget_fragment() {
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&path_and_query()));
    }
}

/// Leaves for a page of somebody else.
pub fn leave_for(url: &str) {
    let _ = window().location().assign(url);
}

/// Loads the page anew.
pub fn reload() {
    let _ = window().location().reload();
}

/// A text as a part of an address (RFC 3986 §2.1).
pub fn encode(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}
