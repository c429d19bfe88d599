//! Documents that are handed out: a small description of what stands in one, drawn as PDF or as HTML.
//!
//! This room knows neither what a message is nor any human language: whoever calls brings the words. The same document always gives the
//! same bytes, so that one can be made again and compared.

mod html;
mod pdf;

pub use html::html;
pub use pdf::{Error, pdf};

/// What stands in a document, from top to bottom.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// The title; also the name that programs show for the file.
    pub title: String,
    /// Smaller words under the title; may be empty.
    pub subtitle: String,
    /// Language of the words (BCP 47), such as `sk`.
    pub language: String,
    /// What stands at the foot of each page.
    pub footer: String,
    /// What follows.
    pub blocks: Vec<Block>,
    /// Files that travel inside the document.
    pub files: Vec<Inside>,
}

/// A piece of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading.
    Heading(String),
    /// A paragraph; line breaks stay.
    Text(String),
    /// Names with their values, one pair a line.
    Pairs(Vec<(String, String)>),
    /// A table.
    Table(Table),
}

/// A table; its heading stands again on each page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Columns from left to right.
    pub columns: Vec<Column>,
    /// Rows of as many cells; a missing cell is empty.
    pub rows: Vec<Vec<String>>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its heading.
    pub heading: String,
    /// Its share of the width, beside the shares of the others.
    pub share: f32,
    /// Where its cells stand.
    pub align: Align,
}

/// Where cells of a column stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// At the left.
    #[default]
    Left,
    /// At the right, as numbers.
    Right,
}

/// A file inside a document. It is not packed, so that a program finds its bytes without reading PDF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inside {
    /// Name of the file in ASCII.
    pub name: String,
    /// Media type (RFC 6838).
    pub media_type: String,
    /// What it is, in words.
    pub description: String,
    /// The bytes; in HTML they must be JSON.
    pub content: Vec<u8>,
}

impl Column {
    /// A column of words.
    pub fn left(heading: impl Into<String>, share: f32) -> Self {
        Self { heading: heading.into(), share, align: Align::Left }
    }

    /// A column of numbers.
    pub fn right(heading: impl Into<String>, share: f32) -> Self {
        Self { heading: heading.into(), share, align: Align::Right }
    }
}
