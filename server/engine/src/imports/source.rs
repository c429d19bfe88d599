//! The file of an import or of an old archive as something that can be read from any place, one piece in memory.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use model::{ArchiveId, ImportId};
use tokio::runtime::Handle;

use crate::Engine;

/// Whose file it is.
#[derive(Clone, Copy)]
enum Whose {
    Import(ImportId),
    Archive(ArchiveId),
}

/// Reads the pieces of a file; used on threads that may wait.
pub(crate) struct Pieces {
    engine: Engine,
    runtime: Handle,
    whose: Whose,
    size: u64,
    at: u64,
    piece: (u64, Vec<u8>),
    /// How far was read, for those who watch.
    seen: Arc<AtomicU64>,
}

impl Pieces {
    /// The file of an import of that size in bytes. Must be called inside the runtime.
    pub(super) fn new(engine: &Engine, id: ImportId, size: u64) -> Self {
        Self::of(engine, Whose::Import(id), size)
    }

    /// The file of an old archive of that size in bytes. Must be called inside the runtime.
    pub(crate) fn of_archive(engine: &Engine, id: ArchiveId, size: u64) -> Self {
        Self::of(engine, Whose::Archive(id), size)
    }

    fn of(engine: &Engine, whose: Whose, size: u64) -> Self {
        let (runtime, seen) = (Handle::current(), Arc::new(AtomicU64::new(0)));
        Self { engine: engine.clone(), runtime, whose, size, at: 0, piece: (0, Vec::new()), seen }
    }

    /// How far was read.
    pub(crate) fn seen(&self) -> Arc<AtomicU64> {
        self.seen.clone()
    }

    fn fetch(&mut self) -> io::Result<()> {
        let (engine, whose, at) = (self.engine.clone(), self.whose, self.at);
        let fetched = self.runtime.block_on(async move {
            let mut reader = engine.store.read().await?;
            match whose {
                Whose::Import(id) => store::imports::chunk(&engine.store, &mut reader, id, at).await,
                Whose::Archive(id) => store::archives::chunk(&engine.store, &mut reader, id, at).await,
            }
        });
        // A piece that is missing although the size says otherwise was dropped meanwhile.
        self.piece = fetched.map_err(io::Error::other)?.ok_or_else(|| io::Error::other("the file was dropped"))?;
        Ok(())
    }
}

impl Read for Pieces {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.size <= self.at || into.is_empty() {
            return Ok(0);
        }
        let (start, bytes) = &self.piece;
        if self.at < *start || *start + bytes.len() as u64 <= self.at {
            self.fetch()?;
        }
        let (start, bytes) = &self.piece;
        let rest = &bytes[(self.at - start) as usize..];
        let n = rest.len().min(into.len());
        into[..n].copy_from_slice(&rest[..n]);
        self.at += n as u64;
        self.seen.store(self.at, Ordering::Relaxed);
        Ok(n)
    }
}

impl Seek for Pieces {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.size.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}
