//! Documents of blocks: what the view *Blocks* edits, kept as JSON, turned into MJML and from there into HTML.
//!
//! The MJML is meant to be read and taken over by hand: it is indented, says each look once in `mj-attributes`, and holds the
//! merge code of the blocks as it was typed. Each place of it leads back to the block it was made for, so that a fault found in
//! the HTML names the block.

mod check;
mod document;
mod items;
mod theme;
mod words;
mod write;

use crate::merge::Language;
use crate::mjml::{self, Made};

pub use check::{MAX_BLOCKS, MAX_WORDS, check};
pub use document::{
    Align, Block, Button, Columns, Document, Footer, Header, Items, ItemsColumn, Kind, PaymentCode, Picture, Spacer, Split, Text,
    VERSION,
};
pub use model::template::{BlockFault as FaultKind, BlockField as Field};
pub use theme::{Dark, FONTS, Font, Theme};

/// Where a block stands: its place among its siblings from 0, from the outside in. The first block of the second column of the
/// third block is `[2, 1, 0]`; empty for the document.
pub type Path = Vec<u32>;

/// What is wrong with a document, and with which block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where the block stands; empty for the document as a whole.
    pub path: Path,
    /// What is wrong.
    pub kind: FaultKind,
}

/// MJML that was made of blocks.
#[derive(Clone, Debug, Default)]
pub struct Mjml {
    /// The source.
    pub source: String,
    /// Where the parts of each block begin; behind the last of a block the document's own parts begin.
    places: Vec<(usize, Path)>,
}

impl Mjml {
    /// The block that a byte of the source was made for; empty for what belongs to no block.
    pub fn block(&self, at: usize) -> Path {
        let next = self.places.partition_point(|(start, _)| *start <= at);
        next.checked_sub(1).map(|it| self.places[it].1.clone()).unwrap_or_default()
    }
}

/// Reads a document; nothing is one without blocks.
///
/// # Errors
/// Says that it is none, or one of a newer program.
pub fn read(json: &str) -> Result<Document, Fault> {
    let fail = |kind| Fault { path: Path::new(), kind };
    if json.trim().is_empty() {
        return Ok(Document::default());
    }
    let document: Document = serde_json::from_str(json).map_err(|_| match version(json) {
        Some(version) if VERSION < version => fail(FaultKind::Version(version)),
        _ => fail(FaultKind::Unreadable),
    })?;
    if VERSION < document.version {
        return Err(fail(FaultKind::Version(document.version)));
    }
    Ok(document)
}

/// The version of a document whose rest may be unknown to us.
fn version(json: &str) -> Option<u32> {
    let value: serde_json::Value = serde_json::from_str(json).ok()?;
    value.get("version")?.as_u64()?.try_into().ok()
}

/// Writes a document as it is kept.
pub fn write(document: &Document) -> String {
    serde_json::to_string(document).unwrap_or_default()
}

/// Turns a document into MJML.
///
/// # Errors
/// Lists what is wrong with it, as [`check`].
pub fn to_mjml(document: &Document, language: Language) -> Result<Mjml, Vec<Fault>> {
    let faults = check(document);
    if faults.is_empty() { Ok(write::mjml(document, language)) } else { Err(faults) }
}

/// Turns a document into HTML, by way of the MJML that is given back beside it.
///
/// # Errors
/// Lists what is wrong with it.
pub fn to_html(document: &Document, language: Language) -> Result<(Mjml, Made), Vec<Fault>> {
    let mjml = to_mjml(document, language)?;
    match mjml::to_html(&mjml.source) {
        Ok(made) => Ok((mjml, made)),
        // What merge code in a text may break, such as a tag that begins in one block and ends in another.
        Err(faults) => {
            Err(faults.iter().map(|it| Fault { path: mjml.block(it.spot.range.start), kind: FaultKind::Markup }).collect())
        }
    }
}

#[cfg(test)]
mod tests;
