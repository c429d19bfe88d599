//! What a whole document says about itself.

use std::ops::Range;

use super::mask::Masked;
use super::{Notes, Severity, What};
use crate::html::entities::{Place, decode};
use crate::html::tokens::{Tag, Token};
use crate::merge::Language;

/// What was read of a document so far.
#[derive(Default)]
pub(super) struct Document {
    has_doctype: Option<bool>,
    language: Option<(String, Range<usize>)>,
    is_style: bool,
    is_in_body: bool,
}

impl Document {
    /// Whether what comes is the content of a `style` element.
    pub fn is_style(&self) -> bool {
        self.is_style
    }

    /// Whether the body has begun.
    pub fn is_in_body(&self) -> bool {
        self.is_in_body
    }

    /// Reads a token other than a comment.
    pub fn token(&mut self, token: &Token<'_>, masked: &Masked, place: &Range<usize>, notes: &mut Notes) {
        let Token::Start(tag) = token else {
            self.is_style &= matches!(token, Token::Raw(_));
            return;
        };
        self.is_style = tag.name == "style";
        match tag.name.as_str() {
            "html" => self.html(tag, masked, place),
            "meta" => charset(tag, notes),
            "body" => self.is_in_body = true,
            _ => {}
        }
    }

    /// Notes what is known at the end.
    pub fn finish(self, language: Language, notes: &mut Notes) {
        if self.has_doctype == Some(false) {
            notes.whole(What::MissingDoctype, Severity::Info);
        }
        let tag = match language {
            Language::Slovak => "sk",
            Language::Czech => "cs",
            Language::English => "en",
        };
        if let Some((written, place)) = self.language
            && !written.is_empty()
            && written.split(['-', '_']).next() != Some(tag)
        {
            notes.add(What::Language(written), Severity::Info, place);
        }
    }

    fn html(&mut self, tag: &Tag<'_>, masked: &Masked, place: &Range<usize>) {
        if self.has_doctype.is_none() {
            let before = masked.html[..place.start].to_ascii_lowercase();
            self.has_doctype = Some(before.contains("<!doctype"));
        }
        if let Some(it) = tag.attributes.iter().find(|it| it.name == "lang")
            && !masked.has_value(&it.range)
        {
            self.language.get_or_insert((it.value.trim().to_ascii_lowercase(), it.range.clone()));
        }
    }
}

/// Notes a character set other than that in which mails leave.
fn charset(tag: &Tag<'_>, notes: &mut Notes) {
    let value = |name: &str| {
        let it = tag.attributes.iter().find(|it| it.name == name)?;
        Some((decode(it.value, Place::Attribute).trim().to_ascii_lowercase(), it.range.clone()))
    };
    let found = value("charset").or_else(|| {
        let (content, place) = value("content")?;
        let (_, charset) = content.split_once("charset=")?;
        Some((charset.trim_matches(['"', '\'', ' ', ';']).to_owned(), place))
    });
    if let Some((charset, place)) = found
        && !matches!(charset.as_str(), "utf-8" | "utf8" | "us-ascii" | "")
    {
        notes.add(What::Charset(charset), Severity::Warning, place);
    }
}
