//! The blocks read last, decrypted, up to a number of bytes.

use std::sync::{Mutex, PoisonError};

use lru::LruCache;
use tantivy::directory::OwnedBytes;

/// A cache bounded in bytes; what was not used longest goes first.
pub(crate) struct BlockCache {
    most: usize,
    blocks: Mutex<Blocks>,
}

struct Blocks {
    /// By the number of the open file and the number of the block.
    by_place: LruCache<(u64, u64), OwnedBytes>,
    n_bytes: usize,
}

impl BlockCache {
    /// A cache of at most so many bytes.
    pub fn new(most: usize) -> Self {
        Self { most, blocks: Mutex::new(Blocks { by_place: LruCache::unbounded(), n_bytes: 0 }) }
    }

    /// A block, if it is there.
    pub fn get(&self, file: u64, block: u64) -> Option<OwnedBytes> {
        let mut blocks = self.blocks.lock().unwrap_or_else(PoisonError::into_inner);
        blocks.by_place.get(&(file, block)).cloned()
    }

    /// Keeps a block.
    pub fn put(&self, file: u64, block: u64, bytes: OwnedBytes) {
        let mut blocks = self.blocks.lock().unwrap_or_else(PoisonError::into_inner);
        blocks.n_bytes += bytes.len();
        if let Some(old) = blocks.by_place.put((file, block), bytes) {
            blocks.n_bytes -= old.len();
        }
        while self.most < blocks.n_bytes {
            let Some((_, old)) = blocks.by_place.pop_lru() else { break };
            blocks.n_bytes -= old.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(n: usize) -> OwnedBytes {
        OwnedBytes::new(vec![1; n])
    }

    #[test]
    fn what_was_not_used_longest_goes_first() {
        let cache = BlockCache::new(10);
        cache.put(1, 0, bytes(4));
        cache.put(1, 1, bytes(4));
        assert!(cache.get(1, 0).is_some());
        cache.put(2, 0, bytes(4));
        assert!(cache.get(1, 0).is_some() && cache.get(2, 0).is_some());
        assert!(cache.get(1, 1).is_none());
    }

    #[test]
    fn the_same_block_counts_once() {
        let cache = BlockCache::new(10);
        for _ in 0..5 {
            cache.put(1, 0, bytes(6));
        }
        assert!(cache.get(1, 0).is_some());
        cache.put(1, 1, bytes(11));
        assert!(cache.get(1, 0).is_none() && cache.get(1, 1).is_none());
    }
}
