//! Time that passes.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use leptos::leptos_dom::helpers::{TimeoutHandle, set_interval_with_handle, set_timeout_with_handle};
use leptos::prelude::*;
use model::Moment;
use send_wrapper::SendWrapper;

/// What the machine's clock says.
pub fn now() -> Moment {
    #[cfg(target_arch = "wasm32")]
    return Moment(js_sys::Date::now() as i64);
    // Outside the browser, where only tests run, time stands still.
    #[cfg(not(target_arch = "wasm32"))]
    Moment(0)
}

/// Calls back every so many milliseconds until the owner is gone.
pub fn every(ms: u64, on_time: impl Fn() + 'static) {
    if let Ok(handle) = set_interval_with_handle(on_time, Duration::from_millis(ms)) {
        on_cleanup(move || handle.clear());
    }
}

/// Calls back once after so many milliseconds.
pub fn after(ms: u64, on_time: impl FnOnce() + 'static) {
    let _ = set_timeout_with_handle(on_time, Duration::from_millis(ms));
}

/// Puts an act off until nothing new came for a while: only the last of quick calls is done.
#[derive(Clone)]
pub struct Pause {
    ms: u64,
    waiting: SendWrapper<Rc<RefCell<Option<TimeoutHandle>>>>,
}

impl Pause {
    /// A pause of so many milliseconds; what waits is forgotten with the owner.
    pub fn new(ms: u64) -> Self {
        let pause = Self { ms, waiting: SendWrapper::new(Rc::new(RefCell::new(None))) };
        let own = pause.clone();
        on_cleanup(move || own.forget());
        pause
    }

    /// Does this after the pause, unless something else comes before.
    pub fn then(&self, act: impl FnOnce() + 'static) {
        self.forget();
        *self.waiting.borrow_mut() = set_timeout_with_handle(act, Duration::from_millis(self.ms)).ok();
    }

    /// Forgets what waits.
    pub fn forget(&self) {
        if let Some(handle) = self.waiting.borrow_mut().take() {
            handle.clear();
        }
    }
}
