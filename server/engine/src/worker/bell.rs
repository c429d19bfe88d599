//! A bell that everybody hears who listens.

use tokio::sync::watch;

/// Rung when something may be due or an account changed; heard by the worker and by every account that is being served.
#[derive(Debug)]
pub(crate) struct Bell(watch::Sender<()>);

impl Default for Bell {
    fn default() -> Self {
        Self(watch::Sender::new(()))
    }
}

impl Bell {
    /// Rings.
    pub(crate) fn ring(&self) {
        self.0.send_replace(());
    }

    /// Listens from now on; `changed` comes back when it was rung since.
    pub(super) fn listen(&self) -> watch::Receiver<()> {
        self.0.subscribe()
    }
}
