//! The key that lies outside the database.

use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

use super::random;
use crate::error::Error;

/// The key that everything hangs on: 32 random bytes kept outside the database.
pub struct MasterKey(Zeroizing<[u8; 32]>);

impl MasterKey {
    /// Takes the 32 bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Makes a new one.
    ///
    /// # Errors
    /// Fails when the system has no randomness.
    pub fn generate() -> Result<Self, Error> {
        Ok(Self(Zeroizing::new(random()?)))
    }

    /// The bytes in hexadecimal, for the key file.
    pub fn to_hex(&self) -> Zeroizing<String> {
        Zeroizing::new(self.0.iter().map(|it| format!("{it:02x}")).collect())
    }

    /// Reads 64 hexadecimal digits; white space around them is ignored.
    pub fn from_hex(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() != 64 || !text.is_ascii() {
            return None;
        }
        let mut bytes = Zeroizing::new([0; 32]);
        for (n, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(text.get(2 * n..2 * n + 2)?, 16).ok()?;
        }
        Some(Self(bytes))
    }

    pub(super) fn sub_key(&self, purpose: &str) -> Result<[u8; 32], Error> {
        let mut key = [0; 32];
        Hkdf::<Sha256>::new(None, self.0.as_slice()).expand(purpose.as_bytes(), &mut key).map_err(|_| Error::NoRandomness)?;
        Ok(key)
    }
}
