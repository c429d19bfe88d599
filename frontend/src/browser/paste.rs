//! What is pasted.

use leptos::ev;

/// The text in what is pasted; line ends stay.
pub fn text(event: &ev::ClipboardEvent) -> String {
    event.clipboard_data().and_then(|it| it.get_data("text/plain").ok()).unwrap_or_default()
}
