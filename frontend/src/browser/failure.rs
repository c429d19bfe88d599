//! When the program breaks: nothing of it works any more, so what stands in its place needs none of it.

use leptos::prelude::document;
use wasm_bindgen::JsValue;

/// What is said when the program breaks.
#[derive(Clone, Copy)]
pub struct LastWords {
    /// What happened.
    pub title: &'static str,
    /// What was kept and what to do.
    pub text: &'static str,
    /// The link that loads the page again.
    pub reload: &'static str,
}

/// From now on a panic is written to the browser's console and covers the page with words and a link.
pub fn watch(words: fn() -> LastWords) {
    std::panic::set_hook(Box::new(move |panic| {
        web_sys::console::error_1(&JsValue::from(panic.to_string()));
        cover(words());
    }));
}

fn cover(words: LastWords) {
    let document = document();
    let make = |name: &str, text: &str| {
        let element = document.create_element(name).ok()?;
        element.set_text_content(Some(text));
        Some(element)
    };
    let (Some(cover), Some(title), Some(text), Some(link)) =
        (make("div", ""), make("h2", words.title), make("p", words.text), make("a", words.reload))
    else {
        return;
    };
    let _ = cover.set_attribute("class", "failure");
    let _ = cover.set_attribute("role", "alert");
    let _ = link.set_attribute("href", "");
    let _ = link.set_attribute("class", "button");
    for part in [title, text, link] {
        let _ = cover.append_child(&part);
    }
    if let Some(body) = document.body() {
        let _ = body.append_child(&cover);
    }
}
