//! The fields a template may use, given as data: a new kind of record needs no new code.

use std::collections::HashMap;

/// The kind of a value on its way through filters: a [`FieldType`] without its rows.
pub use model::MergeKind as Kind;

use super::value::{Value, Values};

/// What a field holds.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldType {
    /// Words.
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
    /// Rows of the same fields, such as the items of an order; their paths are written without the collection's own.
    Collection(Vec<Field>),
}

impl FieldType {
    /// The kind without the rows.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Text => Kind::Text,
            Self::Number => Kind::Number,
            Self::Money => Kind::Money,
            Self::Date => Kind::Date,
            Self::DateTime => Kind::DateTime,
            Self::Bool => Kind::Bool,
            Self::Url => Kind::Url,
            Self::Collection(_) => Kind::Collection,
        }
    }
}

/// One field of a catalogue.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The name in a template: `contact.first_name`; letters of ASCII, digits and `_`, parted by dots.
    pub path: String,
    /// What it holds.
    pub holds: FieldType,
    /// The key of its name on screen.
    pub label: String,
    /// What a preview shows when no record is chosen.
    pub sample: Value,
}

impl Field {
    /// A field with a sample.
    pub fn new(path: &str, holds: FieldType, label: &str, sample: Value) -> Self {
        Self { path: path.to_owned(), holds, label: label.to_owned(), sample }
    }
}

/// All fields that templates of one record type may use.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    fields: Vec<Field>,
    places: HashMap<String, usize>,
}

impl Catalogue {
    /// Makes a catalogue; of two fields with one path the later counts.
    pub fn new(fields: Vec<Field>) -> Self {
        let places = fields.iter().enumerate().map(|(at, it)| (it.path.clone(), at)).collect();
        Self { fields, places }
    }

    /// All fields in the order they were given.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The field of a path.
    pub fn find(&self, path: &str) -> Option<&Field> {
        self.places.get(path).map(|at| &self.fields[*at])
    }

    /// The samples as values, for a preview without a record.
    pub fn samples(&self) -> Values<'static> {
        let mut values = Values::new();
        for it in &self.fields {
            values.set(&it.path, it.sample.clone());
        }
        values
    }

    /// Whether a name is the first part of some path, as `contact` is of `contact.name`.
    pub(super) fn is_root(&self, name: &str) -> bool {
        self.fields.iter().any(|it| it.path.split('.').next() == Some(name))
    }
}

/// Whether a text may be the path of a field.
pub fn is_path(text: &str) -> bool {
    let is_name = |it: &str| {
        it.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
            && it.chars().all(|it| it.is_ascii_alphanumeric() || it == '_')
    };
    text.split('.').all(is_name)
}
