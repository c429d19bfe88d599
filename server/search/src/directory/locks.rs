//! Locks by name, inside one process.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// The names that are locked.
#[derive(Clone, Default)]
pub(crate) struct Locks(Arc<Shared>);

#[derive(Default)]
struct Shared {
    held: Mutex<HashSet<PathBuf>>,
    freed: Condvar,
}

/// A lock, held until it is dropped.
pub(crate) struct Held {
    name: PathBuf,
    locks: Locks,
}

impl Locks {
    /// Takes a lock; when it is held by somebody, waits for it or gives none.
    pub fn acquire(&self, name: &Path, wait: bool) -> Option<Held> {
        let mut held = self.0.held.lock().unwrap_or_else(PoisonError::into_inner);
        while held.contains(name) {
            if !wait {
                return None;
            }
            held = self.0.freed.wait(held).unwrap_or_else(PoisonError::into_inner);
        }
        held.insert(name.to_owned());
        Some(Held { name: name.to_owned(), locks: self.clone() })
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.locks.0.held.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.name);
        self.locks.0.freed.notify_all();
    }
}
