//! What the browser remembers for us on this machine.

use leptos::prelude::window;
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

fn storage() -> Option<Storage> {
    window().local_storage().ok()?
}

fn key(name: &str) -> String {
    format!("posel.{name}")
}
