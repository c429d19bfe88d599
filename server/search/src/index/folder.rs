//! The folder of the index: taken into use, emptied, verified.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use tantivy::TantivyError;
use tantivy::directory::{Directory, META_LOCK};

use super::common::{Layout, guarded};
use super::state::State;
use super::{FreshReason, Opened, Verification};
use crate::Error;
use crate::directory::{EncryptedDirectory, private};
use crate::head::{HEAD, Head, Verdict};

/// The file that the operating system locks for the process.
const LOCK: &str = "index.lock";

/// A folder in use.
pub(crate) struct Folder {
    pub path: PathBuf,
    directory: EncryptedDirectory,
}

/// Takes a folder into use and opens the index in it, or begins a new one.
pub(crate) fn open(path: &Path, key: &[u8; 32], layout: &Layout) -> Result<(Folder, State, Opened), Error> {
    let at = |error| Error::io(path, error);
    fs::create_dir_all(path).map_err(at)?;
    let lock = lock(path)?;
    let head = Head::read(path).map_err(at)?;
    let reason = match &head {
        None if is_empty(path).map_err(at)? => FreshReason::New,
        None => FreshReason::Damaged { detail: format!("the file {HEAD} is missing or damaged") },
        Some(head) => match head.judge(key) {
            Verdict::OtherVersion => FreshReason::OtherVersion,
            Verdict::WrongKey => FreshReason::WrongKey,
            Verdict::Fits => {
                let folder = Folder::new(path, head, key, lock.try_clone().map_err(at)?);
                match reopen(&folder, layout)? {
                    Ok(state) => {
                        let last_job = state.progress().last_job;
                        return Ok((folder, state, Opened::Existing { last_job }));
                    }
                    Err(reason) => reason,
                }
            }
        },
    };
    if reason != FreshReason::New {
        tracing::warn!(?reason, "the search index begins anew");
    }
    empty(path).map_err(at)?;
    let head = Head::new(key).map_err(at)?;
    let folder = Folder::new(path, &head, key, lock);
    let state = State::create(folder.directory.clone(), layout)?;
    head.write(path).map_err(at)?;
    folder.directory.sync_directory().map_err(at)?;
    Ok((folder, state, Opened::Fresh(reason)))
}

/// How often a folder is looked at again whose files went away meanwhile, because a merge of the writing process replaced them.
const LOOKS: usize = 5;

/// Opens the index in a folder that may belong to another process, and changes nothing.
pub(crate) fn look(path: &Path, key: &[u8; 32], layout: &Layout) -> Result<(Folder, State), Error> {
    let at = |error| Error::io(path, error);
    let damaged = || Error::Damaged { file: HEAD.to_owned() };
    let head = Head::read(path).map_err(at)?.ok_or_else(damaged)?;
    if head.judge(key) != Verdict::Fits {
        return Err(damaged());
    }
    let mut found = Err(damaged());
    for _ in 0..LOOKS {
        // A handle that locks nothing, where one that writes holds the lock.
        let handle = File::open(path.join(HEAD)).map_err(at)?;
        let folder = Folder::new(path, &head, key, handle);
        found = match reopen(&folder, layout)? {
            Ok(state) => return Ok((folder, state)),
            Err(FreshReason::Damaged { detail }) => Err(Error::Damaged { file: detail }),
            Err(_) => Err(damaged()),
        };
    }
    found
}

/// Opens an existing index, or says why it cannot be used; only a refusing disk is an error.
fn reopen(folder: &Folder, layout: &Layout) -> Result<Result<State, FreshReason>, Error> {
    match guarded(|| State::open(folder.directory.clone(), layout)) {
        Ok(Some(state)) => Ok(Ok(state)),
        Ok(None) => Ok(Err(FreshReason::OtherVersion)),
        Err(error @ Error::Io { .. }) => Err(error),
        Err(error) => Ok(Err(FreshReason::Damaged { detail: error.to_string() })),
    }
}

impl Folder {
    fn new(path: &Path, head: &Head, key: &[u8; 32], lock: File) -> Self {
        Self { path: path.to_owned(), directory: EncryptedDirectory::new(path, head.root(key), lock) }
    }

    /// Empties the folder and begins a new index under the same head.
    pub fn renew(&self, layout: &Layout) -> Result<State, Error> {
        empty_but(&self.path, Some(HEAD)).map_err(|error| Error::io(&self.path, error))?;
        State::create(self.directory.clone(), layout)
    }

    /// Reads every file of the last commit.
    pub fn verify(&self, state: &State) -> Result<Verification, Error> {
        let mut found = Verification::default();
        // While this is held no file of the commit is deleted.
        let _lock = self.directory.acquire_lock(&META_LOCK).map_err(TantivyError::from)?;
        let files = match state.files() {
            Err(Error::Damaged { file }) => {
                found.damaged.push(file);
                return Ok(found);
            }
            files => files?,
        };
        for file in files {
            match self.directory.check(&file) {
                Ok(n_bytes) => {
                    found.n_files += 1;
                    found.n_bytes += n_bytes;
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound => found.damaged.push(file.display().to_string()),
                Err(error) => match Error::io(&file, error) {
                    Error::Damaged { file } => found.damaged.push(file),
                    refused => return Err(refused),
                },
            }
        }
        Ok(found)
    }
}

/// Takes the lock of the folder; the operating system frees it when the process ends, however it ends.
fn lock(path: &Path) -> Result<File, Error> {
    let file = private().create(true).truncate(false).open(path.join(LOCK)).map_err(|error| Error::io(path, error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::Busy(path.to_owned())),
        Err(TryLockError::Error(error)) => Err(Error::io(path, error)),
    }
}

fn is_empty(path: &Path) -> io::Result<bool> {
    for entry in fs::read_dir(path)? {
        if is_ours(&entry?.file_name().to_string_lossy()) {
            return Ok(false);
        }
    }
    Ok(true)
}

fn empty(path: &Path) -> io::Result<()> {
    empty_but(path, None)
}

/// Deletes the files of the index.
fn empty_but(path: &Path, kept: Option<&str>) -> io::Result<()> {
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if is_ours(&name) && kept != Some(&*name) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Whether a file has a name that the index gives: a wrongly configured folder must not lose what belongs to others.
fn is_ours(name: &str) -> bool {
    let is_segment = name.split_once('.').is_some_and(|(id, _)| id.len() == 32 && id.bytes().all(|it| it.is_ascii_hexdigit()));
    let name = name.strip_prefix('.').and_then(|it| it.strip_suffix(".tmp")).unwrap_or(name);
    is_segment || matches!(name, "meta.json" | ".managed.json" | HEAD)
}
