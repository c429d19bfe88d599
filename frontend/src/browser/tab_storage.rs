//! What this tab of the browser remembers until it is closed.

use leptos::prelude::*;
use leptos::{ev, prelude::window_event_listener};
use web_sys::Storage;

/// The text remembered under a name.
pub fn get(name: &str) -> Option<String> {
    storage()?.get_item(&key(name)).ok()?
}

/// Remembers a text; a full or forbidden storage is no misfortune.
pub fn set(name: &str, text: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(&key(name), text);
    }
}

/// Forgets what was remembered under a name.
pub fn remove(name: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(&key(name));
    }
}

/// Calls back when the page is left, reloaded or put into the background, until the owner is gone.
pub fn on_hide(act: impl Fn() + Clone + 'static) {
    let also = act.clone();
    let hidden = window_event_listener(ev::Custom::<web_sys::Event>::new("pagehide"), move |_| act());
    let behind = window_event_listener(ev::Custom::<web_sys::Event>::new("visibilitychange"), move |_| also());
    on_cleanup(move || {
        hidden.remove();
        behind.remove();
    });
}

fn storage() -> Option<Storage> {
    window().session_storage().ok()?
}

fn key(name: &str) -> String {
    format!("posel.{name}")
}
