//! Files that people bring: judged by what is in them, never by their names, and pictures made fit for mails: without metadata, turned
//! the right way up, no wider than readers see. Knows no database and no network; the same bytes always give the same file.

mod gif;
mod jpeg;
pub mod packed;
mod picture;
mod png;
mod sniff;
mod words;

use model::library::{FileFault, LibraryKind};

pub use words::{FILE_MAX, words};

/// A file that may be kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Admitted {
    /// What it is.
    pub kind: LibraryKind,
    /// Its media type, told from its content.
    pub media_type: &'static str,
    /// The ending that its name should have.
    pub ending: &'static str,
    /// Its bytes; of a picture those that were made of it.
    pub content: Vec<u8>,
    /// A small picture of a picture, as PNG or JPEG, for lists.
    pub thumbnail: Option<Vec<u8>>,
}

impl std::fmt::Debug for Admitted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Admitted({:?}, {}, {} bytes)", self.kind, self.media_type, self.content.len())
    }
}

/// Judges a file by its content and makes a picture fit for mails. `name` tells only kinds of plain text apart.
///
/// Takes as much time and memory as a picture of [`PIXELS_MAX`](model::library::PIXELS_MAX) does; call it off the async threads.
///
/// # Errors
/// Says why a file may not be kept.
pub fn admit(content: Vec<u8>, name: &str) -> Result<Admitted, FileFault> {
    match sniff::sniff(&content, name)? {
        sniff::Kind::Picture(format) => picture::admit(&content, format),
        sniff::Kind::File { media_type, ending } => {
            Ok(Admitted { kind: LibraryKind::File, media_type, ending, content, thumbnail: None })
        }
    }
}
