//! The key by which the mark beside the database is known as ours.

use chacha20poly1305::KeyInit;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

/// A key made from the first data key; so it stays when the master key changes.
#[derive(Clone)]
pub(crate) struct MarkKey(Zeroizing<[u8; 32]>);

impl MarkKey {
    pub(crate) fn new(key: Zeroizing<[u8; 32]>) -> Self {
        Self(key)
    }

    /// The first 128 bits of HMAC-SHA-256 over what a mark says.
    pub(crate) fn tag(&self, said: &str) -> [u8; 16] {
        // Every length of key will do for HMAC.
        super::leading(Hmac::<Sha256>::new_from_slice(self.0.as_slice()).ok().map(|mut mac| {
            mac.update(said.as_bytes());
            mac
        }))
    }
}
