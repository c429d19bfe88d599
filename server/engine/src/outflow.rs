//! A file that leaves while it is written: a writer fills it, whoever sends it takes what has come.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use crate::Error;

/// A file on its way out that is made while it leaves.
pub trait Pieces: Send + Sized + 'static {
    /// The next piece; nothing after the last one. A piece may be empty while more follow.
    ///
    /// # Errors
    /// Fails when the database fails.
    fn next(&mut self) -> impl Future<Output = Result<Option<Vec<u8>>, Error>> + Send;
}

/// What was written and not taken yet. Clones share it: one belongs to the writer, one to whoever takes.
#[derive(Clone, Default)]
pub(crate) struct Outflow(Arc<Mutex<Vec<u8>>>);

impl Outflow {
    /// What has come since the last time.
    pub(crate) fn take(&self) -> Vec<u8> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Outflow {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
