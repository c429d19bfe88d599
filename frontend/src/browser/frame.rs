//! A frame whose document we write ourselves: sealed against scripts, dressed by our own sheet.

use leptos::prelude::document;
use web_sys::HtmlIFrameElement;

/// An empty document for `srcdoc` with our sheet and a class on its body.
pub fn empty_document(class: &str) -> String {
    let sheet = document()
        .query_selector("link[rel=stylesheet]")
        .ok()
        .flatten()
        .and_then(|it| it.get_attribute("href"))
        .unwrap_or_default();
    let sheet = content::plain::escape(&sheet);
    format!(
        "<!DOCTYPE html><html data-theme=\"light\"><head><link rel=\"stylesheet\" href=\"{sheet}\"></head><body class=\"{class}\"></body></html>"
    )
}

/// Writes a whole document into a frame that shows `/preview`, where styles of mails are let through and nothing runs. What was scrolled
/// stays; `dark` turns the colours round as programs do that darken mails.
pub fn write_document(frame: &HtmlIFrameElement, html: &str, dark: bool) {
    // Until `/preview` has come, the frame shows a blank page under the rules of ours, which lets no styles through.
    let document = frame.content_document().filter(|it| it.url().is_ok_and(|url| url != "about:blank"));
    let Some(root) = document.and_then(|it| it.document_element()) else { return };
    let inside = html.find("<head").map_or(html, |it| &html[it..]);
    let inside = inside.rfind("</html>").map_or(inside, |it| &inside[..it]);
    let at = root.scroll_top();
    root.set_inner_html(inside);
    if dark && let Some(head) = root.first_element_child() {
        let _ = head.insert_adjacent_html("beforeend", DARKENED);
    }
    root.set_scroll_top(at);
}

/// Colours turned round as Outlook and Gmail do it; pictures keep theirs.
const DARKENED: &str =
    "<style>html{filter:invert(0.92) hue-rotate(180deg);background:#fff}img{filter:invert(1) hue-rotate(180deg)}</style>";

/// Writes the body of the document inside. What is written is escaped by `content::plain`; the frame's sandbox is the second wall.
pub fn write(frame: &HtmlIFrameElement, html: &str) {
    if let Some(body) = frame.content_document().and_then(|it| it.body()) {
        body.set_inner_html(html);
    }
}
