//! Where the index lies: a folder of encrypted files behind tantivy's `Directory`.
//!
//! The index would betray every word of the encrypted database if it were plain. So each file is sealed under a key of its own; only the
//! names of the files, which say nothing, are as tantivy gives them. Reading is by blocks, since the index is larger than memory wants to be.

mod cache;
mod locks;
mod reader;
mod sealed;
mod writer;

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{Directory, DirectoryLock, FileHandle, Lock, WatchCallback, WatchCallbackList, WatchHandle, WritePtr};
use zeroize::Zeroizing;

use cache::BlockCache;
use locks::Locks;
use reader::SealedFile;
pub(crate) use sealed::Damage;
use sealed::{FileKey, HEADER, Salt, WHOLE, header, salt_of};
use writer::SealedWriter;

/// Bytes of decrypted blocks that are kept.
const CACHED: usize = 16 << 20;

/// The file that tantivy replaces with each commit.
const META: &str = "meta.json";

/// An encrypted folder; clones share its cache and its locks.
#[derive(Clone)]
pub(crate) struct EncryptedDirectory(Arc<Inner>);

struct Inner {
    path: PathBuf,
    root: Zeroizing<[u8; 32]>,
    cache: Arc<BlockCache>,
    locks: Locks,
    watchers: WatchCallbackList,
    n_opened: AtomicU64,
    /// Held as long as any clone lives, so that no second index writes while a merge of this one is still running.
    _process_lock: File,
}

impl EncryptedDirectory {
    /// Takes a folder into use; `root` is the key from which the keys of the files are derived, `process_lock` keeps others out.
    pub fn new(path: &Path, root: Zeroizing<[u8; 32]>, process_lock: File) -> Self {
        Self(Arc::new(Inner {
            path: path.to_owned(),
            root,
            cache: Arc::new(BlockCache::new(CACHED)),
            locks: Locks::default(),
            watchers: WatchCallbackList::default(),
            n_opened: AtomicU64::new(0),
            _process_lock: process_lock,
        }))
    }

    /// Reads and checks every block of a file that was written once, and gives its size on the disk in bytes.
    pub fn check(&self, name: &Path) -> io::Result<u64> {
        self.open_sealed(name)?.check()
    }

    fn open_sealed(&self, name: &Path) -> io::Result<SealedFile> {
        let file = File::open(self.0.path.join(name))?;
        let number = self.0.n_opened.fetch_add(1, Ordering::Relaxed);
        SealedFile::open(file, name_of(name), &self.0.root, number, self.0.cache.clone())
    }

    /// Reads a file that is replaced as a whole.
    fn read_whole(&self, name: &Path) -> io::Result<Vec<u8>> {
        let mut sealed = Vec::new();
        File::open(self.0.path.join(name))?.read_to_end(&mut sealed)?;
        let name = name_of(name);
        let damage = || Damage::of(&name);
        let salt = sealed.get(..HEADER).and_then(salt_of).ok_or_else(damage)?;
        FileKey::derive(&self.0.root, &salt, &name).open(WHOLE, &sealed[HEADER..]).map_err(io::Error::from)
    }

    /// Replaces a file as a whole: after a crash it is the old one or the new one.
    fn write_whole(&self, name: &Path, data: &[u8]) -> io::Result<()> {
        let salt = Salt::random()?;
        let key = FileKey::derive(&self.0.root, &salt, &name_of(name));
        let draft = self.0.path.join(format!(".{}.tmp", name_of(name)));
        let mut file = private().create(true).truncate(true).open(&draft)?;
        file.write_all(&header(&salt))?;
        file.write_all(&key.seal(WHOLE, data)?)?;
        file.sync_all()?;
        fs::rename(&draft, self.0.path.join(name))?;
        self.sync_directory()
    }
}

impl Directory for EncryptedDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let file = self.open_sealed(path).map_err(|error| open_error(error, path))?;
        Ok(Arc::new(file))
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        fs::remove_file(self.0.path.join(path)).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => DeleteError::FileDoesNotExist(path.to_owned()),
            _ => DeleteError::IoError { io_error: Arc::new(error), filepath: path.to_owned() },
        })
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.0.path.join(path).try_exists().map_err(|error| open_error(error, path))
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let refuse = |error: io::Error| match error.kind() {
            io::ErrorKind::AlreadyExists => OpenWriteError::FileAlreadyExists(path.to_owned()),
            _ => OpenWriteError::wrap_io_error(error, path.to_owned()),
        };
        let salt = Salt::random().map_err(refuse)?;
        let key = FileKey::derive(&self.0.root, &salt, &name_of(path));
        let file = private().create_new(true).open(self.0.path.join(path)).map_err(refuse)?;
        let writer = SealedWriter::begin(file, key, &salt).map_err(refuse)?;
        Ok(BufWriter::new(Box::new(writer)))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.read_whole(path).map_err(|error| open_error(error, path))
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.write_whole(path, data)?;
        if path == Path::new(META) {
            // The future only says when the watchers are done; nobody here waits for them.
            drop(self.0.watchers.broadcast());
        }
        Ok(())
    }

    fn sync_directory(&self) -> io::Result<()> {
        File::open(&self.0.path)?.sync_all()
    }

    /// Locks live in memory: other processes are kept out by the lock on the folder, and so no lock file is left behind by a kill.
    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        let held = self.0.locks.acquire(&lock.filepath, lock.is_blocking).ok_or(LockError::LockBusy)?;
        Ok(DirectoryLock::from(Box::new(held)))
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(self.0.watchers.subscribe(callback))
    }
}

impl fmt::Debug for EncryptedDirectory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("EncryptedDirectory").field(&self.0.path).finish()
    }
}

/// Opens files for writing that only the owner may read.
pub(crate) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

fn name_of(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn open_error(error: io::Error, path: &Path) -> OpenReadError {
    match error.kind() {
        io::ErrorKind::NotFound => OpenReadError::FileDoesNotExist(path.to_owned()),
        _ => OpenReadError::wrap_io_error(error, path.to_owned()),
    }
}

#[cfg(test)]
mod tests;
