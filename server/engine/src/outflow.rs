//! A file that leaves while it is written: a writer fills it, whoever sends it takes what has come.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use store::Connection;
use store::blobs::Content;

use crate::{Engine, Error};

/// A file on its way out that is made while it leaves.
pub trait Pieces: Send + Sized + 'static {
    /// The next piece; nothing after the last one. A piece may be empty while more follow.
    ///
    /// # Errors
    /// Fails when the database fails.
    fn next(&mut self) -> impl Future<Output = Result<Option<Vec<u8>>, Error>> + Send;

    /// All of it at once, for what is looked at as a whole.
    ///
    /// # Errors
    /// Fails as `next` does.
    fn whole(mut self) -> impl Future<Output = Result<Vec<u8>, Error>> + Send {
        async move {
            let mut whole = Vec::new();
            while let Some(piece) = self.next().await? {
                whole.extend(piece);
            }
            Ok(whole)
        }
    }
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

/// A file that is kept, on its way out. One piece of it is held.
pub struct FileOut {
    engine: Engine,
    content: Content,
    /// Opened before anybody is answered, so that damage at the beginning is told and not only felt.
    first: Option<Vec<u8>>,
}

impl FileOut {
    /// A file that nobody has looked into yet.
    pub(crate) fn new(engine: &Engine, content: Content) -> Self {
        Self { engine: engine.clone(), content, first: None }
    }

    /// Begins to hand a file out.
    pub(crate) async fn begin(engine: &Engine, connection: &mut Connection, mut content: Content) -> Result<Self, Error> {
        let first = content.next(&engine.store, connection).await?;
        Ok(Self { first, ..Self::new(engine, content) })
    }

    /// Its size in bytes.
    pub fn size(&self) -> u64 {
        self.content.size()
    }

    /// How it begins.
    pub(crate) fn beginning(&self) -> &[u8] {
        self.first.as_deref().unwrap_or_default()
    }
}

impl Pieces for FileOut {
    async fn next(&mut self) -> Result<Option<Vec<u8>>, Error> {
        if let Some(first) = self.first.take() {
            return Ok(Some(first));
        }
        let mut reader = self.engine.store.read().await?;
        Ok(self.content.next(&self.engine.store, &mut reader).await?)
    }
}
