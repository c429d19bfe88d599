//! Filling and emptying a list call by call, with progress, until all is done or somebody stops it.

use std::future::Future;

use app::Problem;
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{BulkStep, Change, ContactId, Refusal};

use crate::live::Live;
use crate::session::Session;
use crate::toast::Toasts;

/// A run over many contacts.
#[derive(Clone, Copy)]
pub(super) struct Run {
    /// How far it is; nothing when none runs.
    pub going: RwSignal<Option<BulkStep>>,
    stop: StoredValue<bool>,
}

impl Run {
    /// Nothing runs.
    pub fn new() -> Self {
        Self { going: RwSignal::new(None), stop: StoredValue::new(false) }
    }

    /// Ends it behind the present call.
    pub fn stop(self) {
        self.stop.set_value(true);
    }

    /// Calls until there is nothing more; `done` gets what came of it together.
    pub fn start<F>(self, call: impl Fn(Option<ContactId>) -> F + 'static, done: impl FnOnce(BulkStep) + 'static)
    where
        F: Future<Output = Result<BulkStep, Problem>> + 'static,
    {
        let (session, toasts, live) = (Session::find(), Toasts::find(), Live::find());
        self.stop.set_value(false);
        self.going.set(Some(BulkStep::default()));
        spawn_local(async move {
            let mut all = BulkStep::default();
            loop {
                match call(all.next).await {
                    Ok(step) => all = all.and(step),
                    Err(Problem::Refused(Refusal::SignedOut)) => return session.end(),
                    Err(problem) => {
                        toasts.problem(&problem);
                        break;
                    }
                }
                // Whoever left the page does not stop what was begun; the list is simply full when they come back.
                let stopped = self.stop.try_get_value().unwrap_or(false);
                let _ = self.going.try_set(Some(all));
                if all.next.is_none() || stopped {
                    break;
                }
            }
            let _ = self.going.try_set(None);
            live.note(Change::Lists);
            done(all);
        });
    }
}
