//! Reads the tag with which an element begins.

use std::ops::Range;

use super::Mask;

/// The beginning of an element.
pub(super) struct Tag {
    /// The name in small letters.
    pub(super) name: String,
    pub(super) attributes: Vec<Attribute>,
    pub(super) is_empty: bool,
    /// Where it ends in the source.
    pub(super) end: usize,
}

/// One attribute.
pub(super) struct Attribute {
    pub(super) name: String,
    /// The value without its quotes.
    pub(super) value: Range<usize>,
}

impl Tag {
    pub(super) fn has(&self, attribute: &str) -> bool {
        self.attributes.iter().any(|it| it.name == attribute && !it.value.is_empty())
    }
}

impl Mask<'_> {
    /// Reads the tag that begins here. None when it cannot be read: merge tags stand only in values.
    pub(super) fn tag(&self) -> Option<Tag> {
        let bytes = self.source.as_bytes();
        let (name, mut at) = self.name(self.at + 1)?;
        let mut attributes: Vec<Attribute> = Vec::new();
        loop {
            while bytes.get(at)?.is_ascii_whitespace() {
                at += 1;
            }
            match bytes.get(at)? {
                b'>' => return Some(Tag { name, attributes, is_empty: false, end: at + 1 }),
                b'/' if bytes.get(at + 1) == Some(&b'>') => return Some(Tag { name, attributes, is_empty: true, end: at + 2 }),
                _ => {}
            }
            let (name, behind) = self.name(at)?;
            let (value, behind) = self.value(behind)?;
            at = behind;
            attributes.retain(|it| it.name != name);
            attributes.push(Attribute { name, value });
        }
    }

    /// A name in small letters, and where it ends.
    fn name(&self, from: usize) -> Option<(String, usize)> {
        let is_name = |it: &u8| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_' | b':');
        let len = self.source.as_bytes().get(from..)?.iter().take_while(|it| is_name(it)).count();
        let name = self.source[from..from + len].to_ascii_lowercase();
        name.starts_with(|it: char| it.is_ascii_alphabetic()).then_some((name, from + len))
    }

    /// The value behind a name, and where it ends; an empty one when there is no `=`.
    fn value(&self, from: usize) -> Option<(Range<usize>, usize)> {
        let bytes = self.source.as_bytes();
        let mut at = from;
        while bytes.get(at)?.is_ascii_whitespace() {
            at += 1;
        }
        if bytes.get(at)? != &b'=' {
            return Some((from..from, from));
        }
        at += 1;
        while bytes.get(at)?.is_ascii_whitespace() {
            at += 1;
        }
        let quote = match bytes.get(at)? {
            b'"' => "\"",
            b'\'' => "'",
            _ => return None,
        };
        let end = self.find(quote, at + 1)?;
        Some((at + 1..end, end + 1))
    }
}
