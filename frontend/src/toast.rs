//! Short notices at the edge of the screen.

use app::Problem;
use leptos::prelude::*;

use crate::browser::timer;
use crate::i18n::{Locale, refusals, use_i18n};

/// How long a notice stays, in milliseconds; a problem stays twice as long.
const STAYS_MS: u32 = 5_000;

/// How a notice is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Something is done.
    Done,
    /// Something was refused or failed.
    Problem,
}

/// One notice.
#[derive(Clone, Debug, PartialEq)]
pub struct Toast {
    /// Tells notices apart.
    pub number: u32,
    /// How it is meant.
    pub tone: Tone,
    /// What it says.
    pub text: String,
    /// Number of the incident behind it; may be empty.
    pub incident: String,
}

/// The notices on screen.
#[derive(Clone, Copy)]
pub struct Toasts {
    list: RwSignal<Vec<Toast>>,
    count: StoredValue<u32>,
    locale: Signal<Locale>,
}

impl Toasts {
    /// Begins without notices.
    pub fn provide() -> Self {
        let i18n = use_i18n();
        let toasts = Self {
            list: RwSignal::new(Vec::new()),
            count: StoredValue::new(0),
            locale: Signal::derive(move || i18n.get_locale()),
        };
        provide_context(toasts);
        toasts
    }

    /// The notices of the program.
    pub fn find() -> Self {
        use_context().unwrap_or_else(Self::provide)
    }

    /// All notices, oldest first, subscribing to changes.
    pub fn list(self) -> Vec<Toast> {
        self.list.get()
    }

    /// Says that something is done.
    pub fn done(self, text: impl Into<String>) {
        self.show(Tone::Done, text.into(), String::new());
    }

    /// Says in words what could not be done.
    pub fn warn(self, text: impl Into<String>) {
        self.show(Tone::Problem, text.into(), String::new());
    }

    /// Says what went wrong, in the language of the screens.
    pub fn problem(self, problem: &Problem) {
        let incident = match problem {
            Problem::Failed { incident } => incident.clone(),
            _ => String::new(),
        };
        self.show(Tone::Problem, refusals::problem(self.locale.get_untracked(), problem), incident);
    }

    /// Takes a notice away.
    pub fn dismiss(self, number: u32) {
        self.list.try_update(|it| it.retain(|toast| toast.number != number));
    }

    fn show(self, tone: Tone, text: String, incident: String) {
        let number = self.count.get_value() + 1;
        self.count.set_value(number);
        self.list.update(|it| {
            // The same words twice say no more than once.
            it.retain(|toast| toast.text != text);
            it.push(Toast { number, tone, text, incident });
        });
        let stays = if tone == Tone::Problem { 2 * STAYS_MS } else { STAYS_MS };
        timer::after(stays, move || self.dismiss(number));
    }
}
