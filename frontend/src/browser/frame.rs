//! A frame whose document we write ourselves, sealed against scripts.

use web_sys::HtmlIFrameElement;

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
