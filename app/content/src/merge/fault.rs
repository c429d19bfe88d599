//! What is wrong with a template, and where.

use std::ops::Range;

pub use model::{MergeBlock as Block, MergeFault as FaultKind, MergeRefused as Refused};

/// A place in the text of a template.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spot {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The bytes.
    pub range: Range<usize>,
}

impl Spot {
    /// The place of a range of bytes in a text; a range outside of it ends where the text ends.
    pub(crate) fn of(source: &str, range: Range<usize>) -> Self {
        let start = source.floor_char_boundary(range.start);
        let end = source.ceil_char_boundary(range.end.max(start));
        let before = &source[..start];
        let line_start = before.rfind('\n').map_or(0, |it| it + 1);
        Self { line: before.matches('\n').count() + 1, column: before[line_start..].chars().count() + 1, range: start..end }
    }
}

/// One fault of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub kind: FaultKind,
    /// Where.
    pub spot: Spot,
    /// The nearest name there is, for names that there are not.
    pub suggestion: Option<String>,
}

/// The longest name for which a nearest one is looked for, in bytes.
const MAX_NAME: usize = 100;

/// The nearest of the names, if one is near enough to be meant.
pub(crate) fn nearest<'a>(wanted: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
    if MAX_NAME < wanted.len() {
        return None;
    }
    let wanted = wanted.to_ascii_lowercase();
    let allowed = (wanted.chars().count() / 3).clamp(1, 4);
    names
        .map(|name| (strsim::osa_distance(&wanted, &name.to_ascii_lowercase()), name))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name.to_owned())
}
