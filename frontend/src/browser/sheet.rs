//! The style of all screens but the overview, fetched with the first of them.

use std::cell::RefCell;

use js_sys::Promise;
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlLinkElement;

use super::assets;

thread_local! {
    /// Settles when the sheet holds, or could not be fetched.
    static COMING: RefCell<Option<Promise>> = const { RefCell::new(None) };
}

/// Adds the sheet unless it is here and waits until it holds; tells whether it does.
pub async fn fetch() -> bool {
    let coming = COMING.with_borrow_mut(|it| it.get_or_insert_with(added).clone());
    let is_here = JsFuture::from(coming).await.is_ok();
    if !is_here {
        // Whoever asks next tries again.
        COMING.set(None);
    }
    is_here
}

fn added() -> Promise {
    Promise::new(&mut |resolve, reject| {
        let link = document().create_element("link").ok().and_then(|it| it.dyn_into::<HtmlLinkElement>().ok());
        let (Some(link), Some(head)) = (link, document().head()) else {
            let _ = reject.call0(&wasm_bindgen::JsValue::NULL);
            return;
        };
        link.set_rel("stylesheet");
        link.set_href(&assets::named("screens.css"));
        link.set_onload(Some(&resolve));
        link.set_onerror(Some(&reject));
        let _ = head.append_child(&link);
    })
}
