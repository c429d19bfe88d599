//! The key by which an installation answers for what it says.

use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};

use crate::error::Error;

/// A key pair for signatures (Ed25519, RFC 8032), made from the first data key; so it stays when the master key changes.
pub(super) struct Signing(Ed25519KeyPair);

impl Signing {
    /// Makes the pair from 32 secret bytes; the same bytes always make the same pair.
    pub fn new(seed: &[u8; 32]) -> Result<Self, Error> {
        Ed25519KeyPair::from_seed_unchecked(seed).map(Self).map_err(|_| Error::WrongKey)
    }

    /// The half that everybody may know.
    pub fn public_key(&self) -> [u8; 32] {
        let mut key = [0; 32];
        key.copy_from_slice(self.0.public_key().as_ref());
        key
    }

    /// Signs these bytes.
    pub fn sign(&self, bytes: &[u8]) -> [u8; 64] {
        let mut signature = [0; 64];
        signature.copy_from_slice(self.0.sign(bytes).as_ref());
        signature
    }
}

/// Whether whoever has the secret half of this key signed exactly these bytes.
pub fn is_signed(public_key: &[u8], bytes: &[u8], signature: &[u8]) -> bool {
    UnparsedPublicKey::new(&ED25519, public_key).verify(bytes, signature).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_holds_for_its_bytes_and_its_key_alone() {
        let (ours, other) = (Signing::new(&[1; 32]).unwrap(), Signing::new(&[2; 32]).unwrap());
        let signature = ours.sign(b"sent");
        assert!(is_signed(&ours.public_key(), b"sent", &signature));
        assert!(!is_signed(&ours.public_key(), b"Sent", &signature));
        assert!(!is_signed(&other.public_key(), b"sent", &signature));
        assert!(!is_signed(&ours.public_key(), b"sent", &signature[..63]));
        assert!(!is_signed(&[], b"sent", &signature));
    }
}
