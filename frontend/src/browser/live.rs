//! What the server tells by itself: server-sent events from `/live`.

use leptos::prelude::*;
use model::{Change, Pulse};
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{EventSource, MessageEvent};

/// One thing that the server told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// The line stands, for the first time or again.
    Connected,
    /// The line broke; the browser tries again by itself.
    Disconnected,
    /// Something changed.
    Changed(Change),
    /// How much waits.
    Pulse(Pulse),
}

/// An open line to the server; closed when dropped.
pub struct Line {
    source: EventSource,
    // The browser calls these for as long as the line is open.
    _listeners: Vec<Closure<dyn Fn(MessageEvent)>>,
}

impl Drop for Line {
    fn drop(&mut self) {
        self.source.close();
    }
}

/// Opens the line and calls back on everything told, until the owner is gone.
pub fn listen(on_told: impl Fn(Told) + Clone + 'static) {
    if let Some(line) = open(on_told) {
        let line = SendWrapper::new(line);
        on_cleanup(move || drop(line));
    }
}

fn open(on_told: impl Fn(Told) + Clone + 'static) -> Option<Line> {
    let source = EventSource::new("/live").ok()?;
    let mut listeners = Vec::new();
    for name in ["open", "error", "change", "pulse"] {
        let on_told = on_told.clone();
        let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(told) = read(name, &event) {
                on_told(told);
            }
        });
        source.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref()).ok()?;
        listeners.push(listener);
    }
    Some(Line { source, _listeners: listeners })
}

fn read(name: &str, event: &MessageEvent) -> Option<Told> {
    match name {
        "open" => Some(Told::Connected),
        "error" => Some(Told::Disconnected),
        // From bytes, as answers of calls are read: the reader of texts would be a second copy of the same code.
        "change" => serde_json::from_slice(event.data().as_string()?.as_bytes()).ok().map(Told::Changed),
        _ => serde_json::from_slice(event.data().as_string()?.as_bytes()).ok().map(Told::Pulse),
    }
}
