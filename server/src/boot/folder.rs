//! The data folder and the lock on it.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use super::fault::Fault;

/// The data folder, held by this process until it is dropped.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    /// The lock goes with the handle, even when the process is killed.
    _lock: File,
}

impl Folder {
    /// Makes the folder when it is missing, open to its owner alone, and takes it for this process.
    ///
    /// # Errors
    /// Refuses a folder that another process has; fails when it cannot be made.
    pub fn take(path: &Path) -> Result<Self, Fault> {
        let unusable = |error| Fault::Folder { folder: path.to_owned(), error };
        make(path).map_err(unusable)?;
        let mut lock = open_lock(&path.join("posel.lock")).map_err(unusable)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Fault::InUse { folder: path.to_owned(), process: process_in(&mut lock) });
            }
            Err(TryLockError::Error(error)) => return Err(unusable(error)),
        }
        write_process(&mut lock).map_err(unusable)?;
        Ok(Self { path: path.to_owned(), _lock: lock })
    }

    /// Takes a folder that was set up before.
    ///
    /// # Errors
    /// As [`Folder::take`], and refuses a folder without a database.
    pub fn take_existing(path: &Path) -> Result<Self, Fault> {
        existing_database(path)?;
        Self::take(path)
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it holds a database.
    pub fn has_database(&self) -> bool {
        self.path.join(DATABASE).exists()
    }

    /// Makes an empty database file that only its owner may read; SQLite gives its log the same rights. The folder may be open to
    /// others, when somebody made it before us.
    ///
    /// # Errors
    /// Fails when the file cannot be made.
    pub fn make_database(&self) -> Result<(), Fault> {
        let made = OpenOptions::new().append(true).create(true).mode(0o600).open(self.path.join(DATABASE));
        made.map(drop).map_err(|error| Fault::Folder { folder: self.path.clone(), error })
    }
}

/// The engine's name for the database file.
const DATABASE: &str = "posel.db";

/// The database of a folder that was set up before.
///
/// # Errors
/// Refuses a folder without a database.
pub fn existing_database(path: &Path) -> Result<PathBuf, Fault> {
    let database = path.join(DATABASE);
    if database.exists() { Ok(database) } else { Err(Fault::NothingThere { folder: path.to_owned() }) }
}

fn make(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    if let Some(parent) = path.parent().filter(|it| !it.as_os_str().is_empty()) {
        fs::create_dir_all(parent)?;
    }
    fs::DirBuilder::new().mode(0o700).create(path)
}

fn open_lock(path: &Path) -> io::Result<File> {
    // Not truncated: while another process holds the lock, its number stands there.
    OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)
}

fn process_in(lock: &mut File) -> Option<u32> {
    let mut text = String::new();
    lock.read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}

fn write_process(lock: &mut File) -> io::Result<()> {
    lock.set_len(0)?;
    lock.rewind()?;
    writeln!(lock, "{}", std::process::id())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_second_taker_is_told_the_process_that_has_the_folder() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("data");
        let first = Folder::take(&path).unwrap();
        let refused = Folder::take(&path).unwrap_err();
        assert!(matches!(refused, Fault::InUse { process: Some(process), .. } if process == std::process::id()), "{refused}");
        drop(first);
        assert!(Folder::take(&path).is_ok());
    }

    #[test]
    fn a_folder_without_a_database_is_not_taken_for_an_installation() {
        let home = tempfile::tempdir().unwrap();
        assert!(matches!(Folder::take_existing(home.path()), Err(Fault::NothingThere { .. })));
        assert!(!home.path().join("posel.lock").exists());
    }

    #[test]
    fn a_new_folder_is_open_to_its_owner_alone() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("deep").join("data");
        let _folder = Folder::take(&path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o700);
    }
}
