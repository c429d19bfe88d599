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

/// Writes the body of the document inside. What is written is escaped by `content::plain`; the frame's sandbox is the second wall.
pub fn write(frame: &HtmlIFrameElement, html: &str) {
    if let Some(body) = frame.content_document().and_then(|it| it.body()) {
        body.set_inner_html(html);
    }
}
