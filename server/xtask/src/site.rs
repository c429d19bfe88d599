//! The folder of finished assets: each file under a name made from its content, packed files beside it, and a manifest.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use serde::Serialize;

use crate::pack::{self, Effort};
use crate::place;

/// What the site holds: logical name (`app.js`) → the file and its sizes.
pub type Manifest = BTreeMap<String, Entry>;

/// One file of the site; sizes in bytes, none where packing is of no use.
#[derive(Serialize)]
pub struct Entry {
    file: String,
    raw: u64,
    gzip: Option<u64>,
    brotli: Option<u64>,
}

impl Entry {
    /// Answers how many bytes a browser that knows brotli loads.
    pub fn on_the_wire(&self) -> u64 {
        self.brotli.unwrap_or(self.raw)
    }
}

/// A site while it is being made.
pub struct Site {
    folder: PathBuf,
    effort: Effort,
    manifest: Manifest,
}

impl Site {
    /// Opens the folder; files that were packed in another mode are dropped.
    pub fn open(folder: &Path, mode: &str, effort: Effort) -> Result<Self> {
        // Beside the folder, because all that lies inside is embedded.
        let marker = folder.with_extension("mode");
        if fs::read_to_string(&marker).ok().as_deref() != Some(mode) && folder.exists() {
            fs::remove_dir_all(folder)?;
        }
        fs::create_dir_all(folder)?;
        fs::write(marker, mode)?;
        Ok(Self { folder: folder.to_owned(), effort, manifest: Manifest::new() })
    }

    /// Writes a file under a name made from its content and answers that name; what is there already is left alone.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> Result<String> {
        let file = hashed_name(name, bytes);
        let path = self.folder.join(&file);
        if !path.exists() {
            fs::write(&path, bytes)?;
        }
        let packed = pack::shrinks(name);
        if packed {
            pack::write_packed(&path, bytes, self.effort)?;
        }
        let size = |ending| packed.then(|| fs::metadata(pack::with_ending(&path, ending))).transpose();
        let (gzip, brotli) = (size("gz")?.map(|it| it.len()), size("br")?.map(|it| it.len()));
        let entry = Entry { file: file.clone(), raw: bytes.len() as u64, gzip, brotli };
        if self.manifest.insert(name.to_owned(), entry).is_some() {
            bail!("two files of the site are called {name}: rename one, whatever folders they lie in");
        }
        Ok(file)
    }

    /// Answers the file that stands for a logical name.
    pub fn hashed(&self, name: &str) -> Option<&str> {
        self.manifest.get(name).map(|entry| entry.file.as_str())
    }

    /// Writes the manifest and removes what no longer belongs.
    pub fn finish(self) -> Result<Manifest> {
        let text = serde_json::to_string_pretty(&self.manifest)?;
        // Renamed into place, so that a running server never reads half of it.
        let draft = place::front().join("manifest.draft");
        fs::write(&draft, text)?;
        fs::rename(draft, self.folder.join("manifest.json"))?;
        self.sweep()?;
        Ok(self.manifest)
    }

    fn sweep(&self) -> Result<()> {
        let kept: Vec<_> = self.manifest.values().map(|entry| entry.file.as_str()).chain(["manifest.json"]).collect();
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let bare = name.trim_end_matches(".br").trim_end_matches(".gz");
            if !kept.contains(&bare) {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }
}

/// Answers `stem-HASH.ext` for `stem.ext`.
fn hashed_name(name: &str, bytes: &[u8]) -> String {
    let hash = pack::hash(bytes);
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}-{hash}.{ending}"),
        None => format!("{name}-{hash}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EFFORT: Effort = Effort { brotli: 1, gzip: 1 };

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_named_by_its_content_and_packed_beside_it() {
        let home = tempfile::tempdir().unwrap();
        let mut site = Site::open(&home.path().join("site"), "debug", EFFORT).unwrap();
        let file = site.add("main.css", b"a{}").unwrap();
        assert_eq!(file, hashed_name("main.css", b"a{}"));
        assert_eq!(names(&home.path().join("site")), [file.clone(), format!("{file}.br"), format!("{file}.gz")]);
    }

    #[test]
    fn other_content_has_another_name() {
        assert_ne!(hashed_name("main.css", b"a{}"), hashed_name("main.css", b"b{}"));
    }

    #[test]
    fn what_no_longer_belongs_is_swept_out() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("site");
        let mut site = Site::open(&folder, "debug", EFFORT).unwrap();
        site.add("old.css", b"a{}").unwrap();
        let mut site = Site::open(&folder, "debug", EFFORT).unwrap();
        let font = site.add("inter.woff2", b"font").unwrap();
        site.sweep().unwrap();
        assert_eq!(names(&folder), [font]);
    }

    #[test]
    fn two_files_of_one_name_are_refused() {
        let home = tempfile::tempdir().unwrap();
        let mut site = Site::open(&home.path().join("site"), "debug", EFFORT).unwrap();
        site.add("icons.svg", b"<svg/>").unwrap();
        assert!(site.add("icons.svg", b"<svg></svg>").is_err());
    }
}
