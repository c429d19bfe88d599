//! What lies over the page.

use leptos::prelude::document;

/// Whether a dialog or a menu is open, which has the first claim to Escape.
pub fn is_open() -> bool {
    document().query_selector("dialog[open], :popover-open").is_ok_and(|it| it.is_some())
}
