//! What comes into sight.

use js_sys::Array;
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

/// Calls back each time an element comes within 600 px of sight, until the owner is gone.
pub fn when_near(element: &Element, on_near: impl Fn() + 'static) {
    let seen = Closure::<dyn Fn(Array)>::new(move |entries: Array| {
        let near = entries.iter().any(|it| it.unchecked_into::<IntersectionObserverEntry>().is_intersecting());
        if near {
            on_near();
        }
    });
    let options = IntersectionObserverInit::new();
    options.set_root_margin("600px");
    let Ok(observer) = IntersectionObserver::new_with_options(seen.as_ref().unchecked_ref(), &options) else { return };
    observer.observe(element);
    let kept = SendWrapper::new((observer, seen));
    on_cleanup(move || kept.0.disconnect());
}
