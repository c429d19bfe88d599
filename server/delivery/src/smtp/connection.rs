//! One warm connection to a relay.

use super::{Capabilities, Pipelining, Relay, SecurityNote, TimeLimits, opening, wire::Wire};
use crate::{Phase, Trouble, TroubleKind};

/// A connection that is greeted, secured and signed in, and carries one message after the other.
///
/// Dropping it closes it. After any trouble it is closed already and [`is_reusable`](Self::is_reusable) says so; a call that was
/// given up half way (its future dropped) closes it too.
pub struct Connection {
    /// Taken out while a message is on its way, so that nothing half-said can be continued.
    pub(super) wire: Option<Wire>,
    /// Whether a transaction was begun and not ended.
    pub(super) dirty: bool,
    pub(super) n_messages: u32,
    pub(super) limits: TimeLimits,
    pub(super) pipelining: Pipelining,
    pub(super) capabilities: Capabilities,
    pub(super) peer: String,
    security: Option<SecurityNote>,
}

impl Connection {
    /// Opens a connection to a relay.
    ///
    /// # Errors
    /// Says where it failed and what to make of it; see [`Trouble::verdict`].
    pub async fn open(relay: &Relay) -> Result<Self, Trouble> {
        opening::establish(relay, &mut Vec::new()).await
    }

    pub(super) fn new(
        wire: Wire,
        relay: &Relay,
        capabilities: Capabilities,
        security: Option<SecurityNote>,
        peer: String,
    ) -> Self {
        Self {
            wire: Some(wire),
            dirty: false,
            n_messages: 0,
            limits: relay.limits,
            pipelining: relay.pipelining.clone(),
            capabilities,
            peer,
            security,
        }
    }

    /// What the relay offers on this connection.
    pub fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    /// The TLS version and cipher, if the connection is secured.
    pub fn security_note(&self) -> Option<&SecurityNote> {
        self.security.as_ref()
    }

    /// The address and port of the relay.
    pub fn peer(&self) -> &str {
        &self.peer
    }

    /// How many messages were begun on this connection.
    pub fn n_messages(&self) -> u32 {
        self.n_messages
    }

    /// Whether another message may be tried; the relay may still have hung up meanwhile, which `transmit` finds out.
    pub fn is_reusable(&self) -> bool {
        self.wire.is_some()
    }

    /// Ends whatever transaction is open (RSET). After trouble the connection is closed.
    ///
    /// # Errors
    /// The relay did not answer with 2xx.
    pub async fn reset(&mut self) -> Result<(), Trouble> {
        let Some(mut wire) = self.wire.take() else {
            return Err(Trouble::new(Phase::Reset, TroubleKind::Stale, "the connection was given up"));
        };
        let reply = wire.ask(b"RSET\r\n", Phase::Reset, self.limits.command).await?.reply();
        opening::accepted(Phase::Reset, reply)?;
        self.dirty = false;
        self.wire = Some(wire);
        Ok(())
    }

    /// Takes leave politely; what the relay answers no longer matters.
    pub async fn quit(mut self) {
        if let Some(mut wire) = self.wire.take() {
            // The last message is settled; a relay that does not say goodbye has lost nothing.
            let _farewell = wire.ask(b"QUIT\r\n", Phase::Reset, self.limits.quit).await;
        }
    }
}
