//! The master key: read from where it is kept, or made at the very first start.

use std::fs::{self, File};
use std::io::{self, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use store::MasterKey;
use zeroize::Zeroizing;

use super::fault::Fault;
use super::folder::Folder;
use crate::config::KeySource;

/// Reads the key. A missing file is made only while there are no data yet: a new key could never open old data.
///
/// # Errors
/// Refuses a missing key of existing data, a file that others may read, and what is no key.
pub fn obtain(source: &KeySource, folder: &Folder) -> Result<MasterKey, Fault> {
    match source {
        KeySource::File(file) if !file.exists() && !folder.has_database() => make(file),
        source => existing(source, folder.path()),
    }
}

/// Reads the key of data that are there already; never makes one.
///
/// # Errors
/// Refuses a missing key, a file that others may read, and what is no key.
pub fn existing(source: &KeySource, folder: &Path) -> Result<MasterKey, Fault> {
    match source {
        KeySource::Given(text) => parse(text, "POSEL_KEY"),
        // systemd keeps credentials where nobody else comes; their modes differ between its versions.
        KeySource::Credential(file) => read(file),
        KeySource::File(file) if !file.exists() => Err(Fault::KeyMissing { folder: folder.to_owned(), file: file.clone() }),
        KeySource::File(file) => {
            refuse_open(file)?;
            read(file)
        }
    }
}

/// The key that everything is about to be put under, in a file beside the present one: made, or left by a change that was interrupted. It
/// is on the disk before anything is wrapped by it.
///
/// # Errors
/// Fails when the file cannot be used.
pub fn next(file: &Path) -> Result<MasterKey, Fault> {
    let new = beside(file, ".new");
    if !new.exists() {
        return make(&new);
    }
    refuse_open(&new)?;
    read(&new)
}

/// Whether a change of the key was interrupted.
pub fn is_interrupted(file: &Path) -> bool {
    beside(file, ".new").exists()
}

/// Puts the new key in the place of the old one at once; the old one stays beside it for older backups, in the file that comes back.
///
/// # Errors
/// Fails when the files cannot be renamed.
pub fn settle(file: &Path) -> Result<PathBuf, Fault> {
    let failed = |error| Fault::KeyFile { file: file.to_owned(), error };
    let mut old = beside(file, ".old");
    let mut n = 1;
    while old.exists() {
        n += 1;
        old = beside(file, &format!(".old{n}"));
    }
    fs::hard_link(file, &old).map_err(failed)?;
    fs::rename(beside(file, ".new"), file).map_err(failed)?;
    if let Some(folder) = file.parent().filter(|it| !it.as_os_str().is_empty()) {
        File::open(folder).and_then(|it| it.sync_all()).map_err(failed)?;
    }
    Ok(old)
}

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// The place of the key as operators know it.
pub fn place(source: &KeySource) -> String {
    match source {
        KeySource::Given(_) => "POSEL_KEY".to_owned(),
        KeySource::File(file) | KeySource::Credential(file) => file.display().to_string(),
    }
}

/// Reads a key from a file.
///
/// # Errors
/// Refuses what is no key; fails when the file cannot be read.
pub fn read(file: &Path) -> Result<MasterKey, Fault> {
    let text = fs::read_to_string(file).map_err(|error| Fault::KeyFile { file: file.to_owned(), error })?;
    parse(&Zeroizing::new(text), &file.display().to_string())
}

fn parse(text: &str, place: &str) -> Result<MasterKey, Fault> {
    MasterKey::from_hex(text).ok_or_else(|| Fault::KeyUnreadable { place: place.to_owned() })
}

fn make(file: &Path) -> Result<MasterKey, Fault> {
    let failed = |error| Fault::KeyFile { file: file.to_owned(), error };
    let key = MasterKey::generate().map_err(|error| failed(io::Error::other(error)))?;
    write(file, &key).map_err(failed)?;
    Ok(key)
}

/// The key is on the disk before anything is sealed with it.
fn write(path: &Path, key: &MasterKey) -> io::Result<()> {
    let mut file = create(path)?;
    file.write_all(key.to_hex().as_bytes())?;
    file.write_all(b"\n")?;
    file.sync_all()?;
    match path.parent().filter(|it| !it.as_os_str().is_empty()) {
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

fn create(path: &Path) -> io::Result<File> {
    File::options().write(true).create_new(true).mode(0o600).open(path)
}

fn refuse_open(file: &Path) -> Result<(), Fault> {
    let metadata = fs::metadata(file).map_err(|error| Fault::KeyFile { file: file.to_owned(), error })?;
    if metadata.permissions().mode() & 0o077 == 0 { Ok(()) } else { Err(Fault::KeyOpenToOthers { file: file.to_owned() }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> (tempfile::TempDir, Folder) {
        let home = tempfile::tempdir().unwrap();
        let folder = Folder::take(&home.path().join("data")).unwrap();
        (home, folder)
    }

    #[test]
    fn the_first_start_makes_a_key_that_later_starts_read() {
        let (_home, folder) = folder();
        let source = KeySource::File(folder.path().join("posel.key"));
        let made = obtain(&source, &folder).unwrap();
        assert_eq!(obtain(&source, &folder).unwrap().to_hex(), made.to_hex());
    }

    #[test]
    fn no_new_key_is_made_for_existing_data() {
        let (_home, folder) = folder();
        fs::write(folder.path().join("posel.db"), "").unwrap();
        let refused = obtain(&KeySource::File(folder.path().join("posel.key")), &folder);
        assert!(matches!(refused, Err(Fault::KeyMissing { .. })));
        assert!(!folder.path().join("posel.key").exists());
    }

    #[test]
    fn what_is_no_key_is_refused_with_its_place() {
        let (_home, folder) = folder();
        let refused = obtain(&KeySource::Given(Zeroizing::new("abc".to_owned())), &folder).err().unwrap();
        assert_eq!(refused.to_string(), "POSEL_KEY does not hold a key of 64 hexadecimal digits: put the right one there");
    }

    #[test]
    fn a_key_that_others_may_read_is_refused_with_the_remedy() {
        let (_home, folder) = folder();
        let file = folder.path().join("posel.key");
        obtain(&KeySource::File(file.clone()), &folder).unwrap();
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        let refused = obtain(&KeySource::File(file.clone()), &folder).err().unwrap();
        assert!(refused.to_string().ends_with(&format!("run `chmod 600 {}`", file.display())), "{refused}");
    }
}
