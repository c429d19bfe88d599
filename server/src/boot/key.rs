//! The master key: read from where it is kept, or made at the very first start.

use std::fs::{self, File};
use std::io::{self, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

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
        KeySource::Given(text) => parse(text, "POSEL_KEY"),
        // systemd keeps credentials where nobody else comes; their modes differ between its versions.
        KeySource::Credential(file) => read(file),
        KeySource::File(file) if file.exists() => {
            refuse_open(file)?;
            read(file)
        }
        KeySource::File(file) if folder.has_database() => {
            Err(Fault::KeyMissing { folder: folder.path().to_owned(), file: file.clone() })
        }
        KeySource::File(file) => make(file),
    }
}

/// The place of the key as operators know it.
pub fn place(source: &KeySource) -> String {
    match source {
        KeySource::Given(_) => "POSEL_KEY".to_owned(),
        KeySource::File(file) | KeySource::Credential(file) => file.display().to_string(),
    }
}

fn read(file: &Path) -> Result<MasterKey, Fault> {
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
