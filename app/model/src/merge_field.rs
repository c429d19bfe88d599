//! Merge fields: what templates may name, what stands in them for one recipient, and what can be wrong with a template's code.
//!
//! These are the data that both sides exchange; the language itself is `content::merge`, which `content::letter` feeds with them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::template::{BlockFault, MjmlFault};
use crate::{Day, Decimal};

/// What a field holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MergeKind {
    /// Words.
    #[default]
    Text,
    /// A number.
    Number,
    /// An amount of money.
    Money,
    /// A calendar day.
    Date,
    /// A day and a time of day, already in the zone of the reader.
    DateTime,
    /// Yes or no.
    Bool,
    /// An address of the web, of mail or of a phone.
    Url,
    /// Rows, such as the items of an order.
    Collection,
}

/// One field that a template may name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergeField {
    /// The name in a template: `contact.first_name`; of a field of a row without the collection's own: `name`.
    pub path: String,
    /// What it holds.
    pub kind: MergeKind,
    /// Its name on screen, in the language it was asked for.
    pub label: String,
    /// What a preview shows when no record is chosen.
    pub sample: MergeValue,
    /// The fields of each row of a collection; empty for other kinds.
    pub rows: Vec<MergeField>,
}

/// What stands in a field for one recipient.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum MergeValue {
    /// Words, also of fields that hold an address of the web.
    Text(String),
    /// A number.
    Number(Decimal),
    /// An amount of money.
    Money {
        /// The amount in minor units: cents, halers.
        minor: i64,
        /// Its currency by the code of ISO 4217.
        currency: String,
    },
    /// A calendar day.
    Date(Day),
    /// A day and a time of day in the zone of the reader.
    DateTime {
        /// The day.
        day: Day,
        /// Minutes since midnight, 0 … 1439.
        minute: u16,
    },
    /// Yes or no.
    Bool(bool),
    /// The rows of a collection: values by the names of the row's fields.
    List(Vec<BTreeMap<String, MergeValue>>),
    /// Nothing is known.
    #[default]
    Missing,
}

/// What stands in the fields for one recipient, by path. A path that is not in it has no value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergeValues(pub BTreeMap<String, MergeValue>);

impl MergeValues {
    /// Sets a path to words; empty words are no value.
    pub fn text(&mut self, path: &str, words: impl Into<String>) {
        let words: String = words.into();
        let value = if words.trim().is_empty() { MergeValue::Missing } else { MergeValue::Text(words) };
        self.set(path, value);
    }

    /// Sets the value of a path.
    pub fn set(&mut self, path: &str, value: MergeValue) {
        self.0.insert(path.to_owned(), value);
    }

    /// The values that a preview without a record shows.
    pub fn samples(fields: &[MergeField]) -> Self {
        Self(fields.iter().map(|it| (it.path.clone(), it.sample.clone())).collect())
    }
}

/// What is wrong with a template's merge code.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MergeFault {
    /// A `{{`, `{%` or `{{#` has no end.
    UnclosedTag,
    /// An `if` or `for` has no end.
    UnclosedBlock(MergeBlock),
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
        kind: MergeKind,
    },
    /// Too few, too many or wrong arguments of a filter.
    WrongArguments(String),
    /// Values of these kinds cannot be compared so.
    NotComparable(MergeKind, MergeKind),
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
    Refused(MergeRefused),
    /// The branches of a block leave the HTML in different places, such as one inside a tag and one behind it.
    UnevenMarkup,
    /// A line end in a subject or an address.
    LineEnd,
    /// No HTML can be made of the MJML.
    Mjml(MjmlFault),
    /// No HTML can be made of the blocks.
    Block(BlockFault),
}

/// The two blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MergeBlock {
    /// `if`.
    If,
    /// `for`.
    For,
}

/// Places of HTML where no field may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MergeRefused {
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

/// Why a field could not be shown for one recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum UnresolvedReason {
    /// There is no value, or there are only blanks.
    Missing,
    /// The value has a line end where only one line fits: in a subject.
    LineEnd,
    /// The value is no address of the web, of mail or of a phone.
    Address,
    /// The value is of another kind than its field promises.
    Unfit,
}
