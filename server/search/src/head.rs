//! The head of the folder: which version wrote it and by which key, so that a wrong key is told from damage.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use hkdf::Hkdf;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::directory::private;
use crate::schema::VERSION;

/// The name of the file; it holds no secret.
pub(crate) const HEAD: &str = "index.head";

/// What stands in the head.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Head {
    version: u32,
    /// Makes the keys of each index different, also of one that was made anew.
    salt: [u8; 16],
    /// Proves the key without giving it away.
    proof: [u8; 16],
}

/// What a head says about a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Fits,
    OtherVersion,
    WrongKey,
}

impl Head {
    /// A head for a new index under this key.
    pub fn new(key: &[u8; 32]) -> io::Result<Self> {
        let mut salt = [0; 16];
        getrandom::fill(&mut salt).map_err(io::Error::other)?;
        Ok(Self { version: VERSION, salt, proof: derive(key, &salt, b"proof") })
    }

    /// Reads the head of a folder; none when it is missing or unreadable.
    pub fn read(folder: &Path) -> io::Result<Option<Self>> {
        match fs::read(folder.join(HEAD)) {
            Ok(bytes) => Ok(serde_json::from_slice(&bytes).ok()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Writes the head and waits until it is on the disk.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        let bytes = serde_json::to_vec(self).map_err(io::Error::other)?;
        let mut file = private().create(true).truncate(true).open(folder.join(HEAD))?;
        file.write_all(&bytes)?;
        file.sync_all()
    }

    /// Compares the head with this version and a key.
    pub fn judge(&self, key: &[u8; 32]) -> Verdict {
        if self.version != VERSION {
            Verdict::OtherVersion
        } else if derive::<16>(key, &self.salt, b"proof") != self.proof {
            Verdict::WrongKey
        } else {
            Verdict::Fits
        }
    }

    /// The key from which those of the files are derived.
    pub fn root(&self, key: &[u8; 32]) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(derive(key, &self.salt, b"root"))
    }
}

/// HKDF-SHA256 (RFC 5869) for one purpose.
fn derive<const N: usize>(key: &[u8; 32], salt: &[u8; 16], purpose: &[u8]) -> [u8; N] {
    let mut derived = [0; N];
    // Only more than 8,160 bytes could fail.
    let _ = Hkdf::<Sha256>::new(Some(salt), key).expand(purpose, &mut derived);
    derived
}
