//! Time that passes.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::{Interval, Timeout};
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
pub fn every(ms: u32, on_time: impl Fn() + 'static) {
    let interval = SendWrapper::new(Interval::new(ms, on_time));
    on_cleanup(move || drop(interval));
}

/// Calls back once after so many milliseconds.
pub fn after(ms: u32, on_time: impl FnOnce() + 'static) {
    Timeout::new(ms, on_time).forget();
}

/// Puts an act off until nothing new came for a while: only the last of quick calls is done.
#[derive(Clone)]
pub struct Pause {
    ms: u32,
    waiting: SendWrapper<Rc<RefCell<Option<Timeout>>>>,
}

impl Pause {
    /// A pause of so many milliseconds; what waits is forgotten with the owner.
    pub fn new(ms: u32) -> Self {
        let pause = Self { ms, waiting: SendWrapper::new(Rc::new(RefCell::new(None))) };
        let own = pause.clone();
        on_cleanup(move || own.forget());
        pause
    }

    /// Does this after the pause, unless something else comes before.
    pub fn then(&self, act: impl FnOnce() + 'static) {
        *self.waiting.borrow_mut() = Some(Timeout::new(self.ms, act));
    }

    /// Forgets what waits.
    pub fn forget(&self) {
        self.waiting.borrow_mut().take();
    }
}
