//! What changed on the server meanwhile, so that open screens ask again.

use leptos::prelude::*;
use model::{Change, Pulse};

use crate::browser::live::{Told, listen};

/// Counts the changes of each kind and holds the newest pulse.
#[derive(Clone, Copy)]
pub struct Live {
    versions: [RwSignal<u32>; Change::ALL.len()],
    pulse: RwSignal<Pulse>,
    connected: RwSignal<bool>,
}

impl Live {
    /// Begins without a line to the server.
    pub fn provide() -> Self {
        let live = Self {
            versions: Change::ALL.map(|_| RwSignal::new(0)),
            pulse: RwSignal::new(Pulse::default()),
            connected: RwSignal::new(true),
        };
        provide_context(live);
        live
    }

    /// The changes of the program.
    pub fn find() -> Self {
        use_context().unwrap_or_else(Self::provide)
    }

    /// Listens to the server until the owner is gone.
    pub fn connect(self) {
        let broken = StoredValue::new(false);
        listen(move |told| match told {
            Told::Connected => {
                self.connected.set(true);
                // What happened while the line was down is not told again.
                if broken.get_value() {
                    broken.set_value(false);
                    Change::ALL.iter().for_each(|it| self.note(*it));
                }
            }
            Told::Disconnected => {
                broken.set_value(true);
                self.connected.set(false);
            }
            Told::Changed(change) => self.note(change),
            Told::Pulse(pulse) => self.pulse.set(pulse),
        });
    }

    /// Counts the changes of a kind, subscribing to the next one.
    pub fn version(self, change: Change) -> u32 {
        self.signal(change).get()
    }

    /// Notes a change that this screen made itself.
    pub fn note(self, change: Change) {
        self.signal(change).update(|it| *it += 1);
    }

    /// The newest pulse, subscribing to the next one.
    pub fn pulse(self) -> Pulse {
        self.pulse.get()
    }

    /// Whether the line to the server stands, subscribing to changes.
    pub fn is_connected(self) -> bool {
        self.connected.get()
    }

    fn signal(self, change: Change) -> RwSignal<u32> {
        self.versions[Change::ALL.iter().position(|it| *it == change).unwrap_or(0)]
    }
}
