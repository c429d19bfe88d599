//! Hashes by which equal files are found, and which tell nothing to whoever lacks the key.

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::Vault;

/// The hash of a file while it comes in.
pub(crate) struct FileHash {
    key: Zeroizing<[u8; 32]>,
    inner: Sha256,
}

impl FileHash {
    /// Takes the next bytes.
    pub(crate) fn add(&mut self, bytes: &[u8]) {
        self.inner.update(bytes);
    }

    /// The hash of all that came.
    pub(crate) fn finish(self) -> Vec<u8> {
        // The key in front and a fixed-length digest behind: HMAC's construction for one block, so that no length extension helps.
        Sha256::new().chain_update(self.key.as_slice()).chain_update(self.inner.finalize()).finalize().to_vec()
    }
}

impl Vault {
    /// Begins the hash of a file that comes in piece by piece.
    pub(crate) fn file_hasher(&self) -> FileHash {
        FileHash { key: self.hash_key.clone(), inner: Sha256::new().chain_update(self.hash_key.as_slice()) }
    }

    /// The hash of a file.
    pub(crate) fn file_hash(&self, content: &[u8]) -> Vec<u8> {
        let mut hash = self.file_hasher();
        hash.add(content);
        hash.finish()
    }
}
