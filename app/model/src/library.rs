//! The library: files and pictures that templates and messages share.
//!
//! What a template or message takes from it is a file of its own that remembers where it came from: replacing a file of the library
//! reaches templates and drafts, never what was released.

use serde::{Deserialize, Serialize};

use crate::{Cursor, Direction, Faults, LibraryId, Moment, Refusal, Required, TemplateId};

/// The most pixels of a picture that is taken in.
pub const PIXELS_MAX: u64 = 40_000_000;
/// Wider pictures are made smaller: twice the width of a mail, for screens of fine pixels.
pub const WIDTH_MAX: u32 = 1_200;
/// Higher pictures are made smaller.
pub const HEIGHT_MAX: u32 = 4_000;
/// The width of a mail: how wide a picture is shown at most.
pub const SHOWN_WIDTH: u32 = 600;
/// The greatest size of one file in bytes, unless the attachments of a message may be greater anyway.
pub const SIZE_MAX: u64 = 15 << 20;
/// The greatest length of a name or folder in characters.
pub const NAME_MAX: u32 = 120;
/// How many templates are named that use a file.
pub const USES_MAX: usize = 50;
/// Messages that use a file are counted no further than this.
pub const COUNT_MAX: u64 = 1_000;

/// Why a file is not taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum FileFault {
    /// There is nothing in it.
    Empty,
    /// What is in it is of no kind that may be kept.
    NotAllowed,
    /// A vector drawing: it can run code, and hardly any mail program shows it.
    Svg,
    /// A picture in a format that is not read.
    PictureFormat,
    /// A document with macros.
    Macros,
    /// It is cut off or broken.
    Damaged,
    /// A picture of more points than may be.
    TooManyPixels {
        /// The most points.
        max: u64,
    },
    /// A picture takes the place of a picture only, and a file that of a file.
    OtherKind,
}

/// What a file of the library is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LibraryKind {
    /// A picture that can stand in a mail.
    Picture {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
    /// Anything else, to be attached.
    File,
}

impl LibraryKind {
    /// Whether it is a picture.
    pub fn is_picture(self) -> bool {
        matches!(self, Self::Picture { .. })
    }

    /// How wide it is shown in a mail, in pixels.
    pub fn shown_width(self) -> Option<u32> {
        match self {
            Self::Picture { width, .. } => Some(width.min(SHOWN_WIDTH)),
            Self::File => None,
        }
    }
}

/// A file of the library.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LibraryItem {
    /// Which file.
    pub id: LibraryId,
    /// Its name, with the ending.
    pub name: String,
    /// The folder it lies in; empty for none.
    pub folder: String,
    /// What it is.
    pub kind: LibraryKind,
    /// Its media type, told from its content.
    pub media_type: String,
    /// Its size in bytes.
    pub size: u64,
    /// Counts every change; a change of an older revision is refused as stale.
    pub revision: i64,
    /// Counts the contents it has had, from 1; part of the address of its picture.
    pub version: u32,
    /// Who changed it last.
    pub changed_by: String,
    /// When it was last changed.
    pub updated_at: Moment,
}

/// What uses a file of the library.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LibraryUses {
    /// Templates by name, at most [`USES_MAX`].
    pub templates: Vec<(TemplateId, String)>,
    /// How many drafts.
    pub drafts: u64,
    /// How many messages that were released, counted up to [`COUNT_MAX`]; they keep what they have.
    pub released: u64,
}

impl LibraryUses {
    /// Whether something uses it that replacing would change.
    pub fn is_in_use(&self) -> bool {
        !self.templates.is_empty() || 0 < self.drafts
    }
}

/// What is typed about a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LibraryDraft {
    /// Its name; the ending is put behind it.
    pub name: String,
    /// The folder it lies in; empty for none.
    pub folder: String,
}

impl LibraryDraft {
    /// Checks the fields.
    ///
    /// # Errors
    /// Names each wrong field.
    pub fn check(&self) -> Result<(), Refusal> {
        let mut faults = Faults::default();
        faults.line("name", &self.name, Required::Yes, NAME_MAX);
        faults.line("folder", &self.folder, Required::No, NAME_MAX);
        faults.finish()
    }
}

/// A name with this ending, whatever ending it had: `logo.jpeg` becomes `logo.jpg`.
pub fn named(name: &str, ending: &str) -> String {
    let name = name.trim();
    let is_ending = |it: &str| (1..=5).contains(&it.len()) && it.chars().all(|it| it.is_ascii_alphanumeric());
    let stem = match name.rsplit_once('.') {
        Some((stem, old)) if !stem.trim().is_empty() && is_ending(old) => stem,
        _ => name,
    };
    format!("{}.{ending}", stem.trim_end())
}

/// Which files are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LibraryFilter {
    /// What words of the name begin with; case and diacritics do not matter.
    pub words: String,
    /// Only of this folder; empty for those in none.
    pub folder: Option<String>,
    /// Only pictures (`true`) or only other files.
    pub pictures: Option<bool>,
}

/// What the files are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LibrarySort {
    /// By time of the last change, newest first.
    #[default]
    Newest,
    /// By name in the order of the Czech and Slovak alphabet.
    Name,
}

impl LibrarySort {
    /// Which way the order runs.
    pub fn direction(self) -> Direction {
        match self {
            Self::Newest => Direction::Down,
            Self::Name => Direction::Up,
        }
    }
}

/// A question for one page of the library.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LibraryQuery {
    /// Which ones.
    pub filter: LibraryFilter,
    /// By what.
    pub sort: LibrarySort,
    /// Behind which row.
    pub after: Option<Cursor>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_get_the_ending_of_what_they_are() {
        for (name, ending, expected) in [
            ("logo.jpeg", "jpg", "logo.jpg"),
            ("logo", "png", "logo.png"),
            ("cenník v2.docx", "pdf", "cenník v2.pdf"),
            ("Obchodné podmienky s.r.o.", "pdf", "Obchodné podmienky s.r.o..pdf"),
            (".png", "png", ".png.png"),
            ("a.exe.pdf", "pdf", "a.exe.pdf"),
        ] {
            assert_eq!(named(name, ending), expected);
        }
    }

    #[test]
    fn a_picture_is_shown_no_wider_than_a_mail() {
        assert_eq!(LibraryKind::Picture { width: 1_200, height: 10 }.shown_width(), Some(600));
        assert_eq!(LibraryKind::Picture { width: 90, height: 10 }.shown_width(), Some(90));
        assert_eq!(LibraryKind::File.shown_width(), None);
    }

    #[test]
    fn a_file_needs_a_name() {
        assert!(LibraryDraft { name: "Logo".to_owned(), folder: String::new() }.check().is_ok());
        let Err(Refusal::Invalid(faults)) = LibraryDraft::default().check() else { panic!("a name is needed") };
        assert_eq!(faults[0].field, "name");
    }
}
