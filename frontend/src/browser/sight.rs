//! Where an element lies in the window.

use js_sys::Array;
use leptos::prelude::{document, on_cleanup, window};
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, ResizeObserver};

use crate::state::sight::Sight;

/// Where an element lies at this moment.
pub fn now(element: &Element) -> Sight {
    let place = element.get_bounding_client_rect();
    let height = window().inner_height().ok().and_then(|it| it.as_f64()).unwrap_or(0.0);
    Sight { above: -place.top(), window: height, body: place.height() }
}

/// Scrolls to the upper or the lower edge of an element.
pub fn scroll_to_edge(element: &Element, upper: bool) {
    element.scroll_into_view_with_bool(upper);
}

/// Calls back at once and whenever something scrolls or changes its size, until the owner is gone.
pub fn watch(element: &Element, on_sight: impl Fn(Sight) + 'static) {
    let watched = element.clone();
    let measure = std::rc::Rc::new(move || on_sight(now(&watched)));
    measure();
    let own = measure.clone();
    let scrolled = Closure::<dyn Fn(Event)>::new(move |_| own());
    let resized = Closure::<dyn Fn(Array)>::new(move |_| measure());
    // Scrolling does not bubble; it is met on the way down, whichever element scrolls.
    let page = document();
    let _ = page.add_event_listener_with_callback_and_bool("scroll", scrolled.as_ref().unchecked_ref(), true);
    let observer = ResizeObserver::new(resized.as_ref().unchecked_ref()).ok();
    if let Some(observer) = &observer {
        observer.observe(element);
        if let Some(root) = page.document_element() {
            observer.observe(&root);
        }
    }
    let kept = SendWrapper::new((page, observer, scrolled, resized));
    on_cleanup(move || {
        let (page, observer, scrolled, _) = &*kept;
        let _ = page.remove_event_listener_with_callback_and_bool("scroll", scrolled.as_ref().unchecked_ref(), true);
        if let Some(observer) = observer {
            observer.disconnect();
        }
    });
}
