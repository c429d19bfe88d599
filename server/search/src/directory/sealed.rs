//! The form of a file: a header (8 bytes of magic, 16 of salt), then sealed parts.
//!
//! A file written once is cut into blocks of [`BLOCK`] bytes, each sealed with ChaCha20-Poly1305 (RFC 8439) under the file's key, and ends
//! with a sealed footer that holds the length, so that a cut-off file is told. The key is derived by HKDF-SHA256 (RFC 5869) from the root
//! key, the salt and the name; it is never used for another file, so the number of the block may be the nonce. Name and number are
//! authenticated with each part: none can be moved to another place or another file.

use std::{fmt, io};

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

/// Bytes of content in a block.
pub(crate) const BLOCK: usize = 16 << 10;
/// Bytes of the tag that each sealed part carries.
pub(crate) const TAG: usize = 16;
/// Bytes of the header.
pub(crate) const HEADER: usize = 24;
/// Bytes of the sealed footer.
pub(crate) const FOOTER: usize = 8 + TAG;
/// The number of the footer.
pub(crate) const END: u64 = u64::MAX;
/// The number of the only part of a file that is replaced as a whole.
pub(crate) const WHOLE: u64 = u64::MAX - 1;

const MAGIC: &[u8; 8] = b"poselix1";

/// What makes the key of each file different.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Salt(pub [u8; 16]);

impl Salt {
    /// A new one from the system's random source.
    pub fn random() -> io::Result<Self> {
        let mut salt = [0; 16];
        getrandom::fill(&mut salt).map_err(io::Error::other)?;
        Ok(Self(salt))
    }
}

/// The header of a file.
pub(crate) fn header(salt: &Salt) -> [u8; HEADER] {
    let mut header = [0; HEADER];
    header[..8].copy_from_slice(MAGIC);
    header[8..].copy_from_slice(&salt.0);
    header
}

/// The salt in a header, if it is one of ours.
pub(crate) fn salt_of(header: &[u8]) -> Option<Salt> {
    let salt = header.strip_prefix(MAGIC)?;
    salt.try_into().ok().map(Salt)
}

/// The key of one file.
pub(crate) struct FileKey {
    cipher: ChaCha20Poly1305,
    name: String,
}

impl FileKey {
    /// Derives the key of a file.
    pub fn derive(root: &[u8; 32], salt: &Salt, name: &str) -> Self {
        let mut key = Zeroizing::new([0; 32]);
        // Only more than 8,160 bytes could fail.
        let _ = Hkdf::<Sha256>::new(Some(&salt.0), root).expand_multi_info(&[b"file", name.as_bytes()], &mut *key);
        Self { cipher: ChaCha20Poly1305::new(&Key::from(*key)), name: name.to_owned() }
    }

    /// The name of the file.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Seals a part.
    pub fn seal(&self, number: u64, plain: &[u8]) -> io::Result<Vec<u8>> {
        let aad = self.place(number);
        let part = Payload { msg: plain, aad: &aad };
        self.cipher.encrypt(&nonce(number), part).map_err(|_| io::Error::other("the part is too long to be sealed"))
    }

    /// Opens a part, if it is what was sealed for this place.
    pub fn open(&self, number: u64, sealed: &[u8]) -> Result<Vec<u8>, Damage> {
        let aad = self.place(number);
        let part = Payload { msg: sealed, aad: &aad };
        self.cipher.decrypt(&nonce(number), part).map_err(|_| Damage::of(&self.name))
    }

    fn place(&self, number: u64) -> Vec<u8> {
        let mut place = self.name.clone().into_bytes();
        place.push(0);
        place.extend_from_slice(&number.to_le_bytes());
        place
    }
}

fn nonce(number: u64) -> Nonce {
    let mut nonce = [0; 12];
    nonce[..8].copy_from_slice(&number.to_le_bytes());
    Nonce::from(nonce)
}

/// A file is not what was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Damage {
    /// The name of the file.
    pub file: String,
}

impl Damage {
    /// The damage of a file.
    pub fn of(name: &str) -> Self {
        Self { file: name.to_owned() }
    }
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the file {} is damaged", self.file)
    }
}

impl std::error::Error for Damage {}

impl From<Damage> for io::Error {
    fn from(damage: Damage) -> Self {
        Self::new(io::ErrorKind::InvalidData, damage)
    }
}
