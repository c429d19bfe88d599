//! What is wrong with a template, and where.

use std::ops::Range;

use super::catalogue::Kind;

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
    pub(super) fn of(source: &str, range: Range<usize>) -> Self {
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

/// What is wrong with a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// A `{{`, `{%` or `{{#` has no end.
    UnclosedTag,
    /// An `if` or `for` has no end.
    UnclosedBlock(Block),
    /// An `endif`, `endfor`, `elif` or `else` without its beginning.
    Unopened(String),
    /// Something else should stand here; the text that stands here, empty at the end of the tag.
    Unexpected(String),
    /// Calculations, calls and indices are no part of the language.
    NotAllowed(String),
    /// A statement other than `if`, `elif`, `else`, `endif`, `for`, `endfor`, `raw`.
    UnknownStatement(String),
    /// No such field.
    UnknownField(String),
    /// No such filter.
    UnknownFilter(String),
    /// No such test.
    UnknownTest(String),
    /// The filter does not take values of this kind.
    WrongKind {
        /// The filter.
        filter: String,
        /// What stands before it.
        kind: Kind,
    },
    /// Too few, too many or wrong arguments of a filter.
    WrongArguments(String),
    /// Values of these kinds cannot be compared so.
    NotComparable(Kind, Kind),
    /// `for` runs over collections only.
    NotACollection(String),
    /// A collection is shown by `for` only.
    CollectionShown(String),
    /// A collection in a text message, a subject or an address.
    CollectionHere(String),
    /// The name of a loop's row is the name of something else.
    NameTaken(String),
    /// The text is longer than it may be, in bytes.
    TooLong(usize),
    /// There are more tags than there may be.
    TooManyTags(usize),
    /// Blocks or parentheses stand deeper in one another than they may.
    TooDeep(usize),
    /// Loops stand deeper in one another than they may.
    TooManyLoops(usize),
    /// One tag holds more than it may.
    TagTooLong(usize),
    /// A field stands where none may.
    Refused(Refused),
    /// The branches of a block leave the HTML in different places, such as one inside a tag and one behind it.
    UnevenMarkup,
    /// A line end in a subject or an address.
    LineEnd,
}

/// The two blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Block {
    /// `if`.
    If,
    /// `for`.
    For,
}

/// Places of HTML where no field may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Refused {
    /// In `<script>` or an event handler.
    Script,
    /// In `<style>` or a `style` attribute.
    Style,
    /// In a comment or a declaration.
    Comment,
    /// In the name of a tag or attribute, or between attributes.
    Tag,
    /// In a value without quotes.
    Unquoted,
    /// In an element whose attributes or contents are active: frames, forms, `meta`, `base`, `svg`.
    Element,
    /// In an address with a scheme that is not allowed or not yet decided.
    Scheme,
}

/// The longest name for which a nearest one is looked for, in bytes.
const MAX_NAME: usize = 100;

/// The nearest of the names, if one is near enough to be meant.
pub(super) fn nearest<'a>(wanted: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
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
