//! Goes over MJML: finds what is wrong with it and puts marks for all that the engine need not see.

mod tag;

use std::ops::Range;

use super::elements::{self, FETCHING, STRANGERS};
use super::fault::{Fault, FaultKind};
use super::map::Map;
use super::style;
use crate::merge::{Piece, Pieces, nearest};
use tag::Attribute;

/// The most faults that are listed.
const MAX_LISTED: usize = 100;

/// A text for the engine.
pub(super) struct Masked {
    pub(super) text: String,
    /// Where the text comes from.
    pub(super) map: Map,
    /// What begins each mark; a number and one sign follow.
    pub(super) prefix: String,
    /// What the marks stand for.
    pub(super) kept: Vec<Kept>,
}

/// What one mark stands for.
pub(super) struct Kept {
    pub(super) text: String,
    pub(super) source: Range<usize>,
}

/// The way over a source.
pub(super) struct Mask<'a> {
    source: &'a str,
    /// The merge tags.
    tags: Vec<Range<usize>>,
    at: usize,
    /// The elements that are open.
    open: Vec<(String, Range<usize>)>,
    has_body: bool,
    masked: Masked,
    faults: Vec<Fault>,
}

impl<'a> Mask<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        let mut tags = Vec::new();
        let mut at = 0;
        for piece in Pieces::of(source) {
            let (Piece::Tag(text) | Piece::Text(text)) = piece;
            if matches!(piece, Piece::Tag(_)) {
                tags.push(at..at + text.len());
            }
            at += text.len();
        }
        let masked = Masked { text: String::new(), map: Map::default(), prefix: prefix(source), kept: Vec::new() };
        Self { source, tags, at: 0, open: Vec::new(), has_body: false, masked, faults: Vec::new() }
    }

    /// Goes over the whole source.
    pub(super) fn run(mut self) -> Result<Masked, Vec<Fault>> {
        while self.at < self.source.len() {
            let end = self.find("<", self.at).unwrap_or(self.source.len());
            self.between(self.at..end);
            self.at = end;
            if end < self.source.len() && self.element().is_none() {
                self.fault(end..end + 1, FaultKind::BrokenTag);
                break;
            }
        }
        if self.faults.is_empty() {
            if let Some((name, at)) = self.open.pop() {
                self.fault(at, FaultKind::Unclosed(name));
            } else if !self.has_body {
                self.fault(0..0, FaultKind::NoBody);
            }
        }
        if self.faults.is_empty() { Ok(self.masked) } else { Err(self.faults) }
    }

    /// The first place of a text that does not stand in a merge tag.
    fn find(&self, text: &str, from: usize) -> Option<usize> {
        let mut from = from;
        while let Some(at) = self.source[from..].find(text).map(|it| from + it) {
            match self.tag_at(at) {
                Some(tag) => from = tag.end,
                None => return Some(at),
            }
        }
        None
    }

    /// The merge tag that a byte belongs to.
    fn tag_at(&self, at: usize) -> Option<Range<usize>> {
        let next = self.tags.partition_point(|it| it.start <= at);
        self.tags.get(next.checked_sub(1)?).filter(|it| at < it.end).cloned()
    }

    /// What stands between elements: merge tags stay, for conditions and loops around elements; text is a fault.
    fn between(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            let next = self.tags.partition_point(|it| it.start < at);
            let tag = self.tags.get(next).filter(|it| it.start < range.end).cloned();
            let end = tag.as_ref().map_or(range.end, |it| it.start);
            let text = &self.source[at..end];
            if !text.trim().is_empty() {
                self.fault(end - text.trim_start().len()..end, FaultKind::StrayText);
            }
            at = end;
            if let Some(tag) = tag {
                at = tag.end;
                self.keep(self.source[tag.clone()].to_owned(), tag);
            }
        }
    }

    /// Goes over a comment, an end or a beginning. None when it cannot be read.
    fn element(&mut self) -> Option<()> {
        let rest = &self.source[self.at..];
        if rest.starts_with("<!--") {
            // Notes of the author do not leave.
            self.at = self.find("-->", self.at + 4)? + 3;
            return Some(());
        }
        if rest.starts_with("</") {
            return self.close();
        }
        self.open()
    }

    fn close(&mut self) -> Option<()> {
        let start = self.at;
        let end = self.find(">", start)?;
        let name = self.source[start + 2..end].trim().to_ascii_lowercase();
        self.at = end + 1;
        match self.open.pop() {
            Some((open, _)) if open == name => self.copy(start, &format!("</{name}>")),
            Some((open, at)) => {
                self.fault(at, FaultKind::Unclosed(open));
                self.at = self.source.len();
            }
            None => self.fault(start..end + 1, FaultKind::Unopened(name)),
        }
        Some(())
    }

    fn open(&mut self) -> Option<()> {
        let start = self.at;
        let tag = self.tag()?;
        self.at = tag.end;
        let at = start..tag.end;
        self.judge(&tag, at.clone());
        self.has_body |= tag.name == "mj-body";
        self.copy(start, &format!("<{}", tag.name));
        for attribute in &tag.attributes {
            self.attribute(attribute);
        }
        self.copy(start, if tag.is_empty { " />" } else { ">" });
        if tag.is_empty {
            return Some(());
        }
        if elements::find(&tag.name).is_some_and(|it| it.is_text) {
            return self.content(&tag, at);
        }
        self.open.push((tag.name, at));
        Some(())
    }

    /// The content of an element that shows text; it is kept as it is.
    fn content(&mut self, tag: &tag::Tag, at: Range<usize>) -> Option<()> {
        let Some(end) = self.end_of(&tag.name) else {
            self.fault(at, FaultKind::Unclosed(tag.name.clone()));
            self.at = self.source.len();
            return Some(());
        };
        let inside = self.at..end;
        let text = &self.source[inside.clone()];
        if tag.name == "mj-style"
            && let Some((from, what)) = style::fetched(text)
        {
            let from = inside.start + from;
            self.fault(from..from + what.len(), FaultKind::Fetches(what.to_owned()));
        }
        if !text.is_empty() {
            self.keep(text.to_owned(), inside);
        }
        self.copy(end, &format!("</{}>", tag.name));
        self.at = self.find(">", end)? + 1;
        Some(())
    }

    /// Where the end tag of an element without elements begins.
    fn end_of(&self, name: &str) -> Option<usize> {
        let mut from = self.at;
        while let Some(at) = self.find("</", from) {
            let rest = self.source.as_bytes().get(at + 2..)?;
            let is_name = rest.get(..name.len()).is_some_and(|it| it.eq_ignore_ascii_case(name.as_bytes()));
            if is_name && matches!(rest.get(name.len()), Some(b'>' | b' ' | b'\n' | b'\r' | b'\t')) {
                return Some(at);
            }
            from = at + 2;
        }
        None
    }

    /// Notes what is wrong with an element.
    fn judge(&mut self, tag: &tag::Tag, at: Range<usize>) {
        let inside = self.open.last().map_or("", |(name, _)| name.as_str()).to_owned();
        if FETCHING.contains(&tag.name.as_str()) {
            return self.fault(at, FaultKind::Fetches(tag.name.clone()));
        }
        let Some(element) = elements::find(&tag.name) else {
            return self.fault(at, FaultKind::UnknownElement(tag.name.clone()));
        };
        if !elements::fits(element, &inside) {
            return self.fault(at, FaultKind::Misplaced { element: tag.name.clone(), inside });
        }
        if inside == "mj-attributes" {
            return;
        }
        let missing = STRANGERS.iter().find(|(name, needed)| *name == tag.name && !tag.has(needed));
        if let Some((_, attribute)) = missing {
            self.fault(at, FaultKind::Strangers { element: tag.name.clone(), attribute: (*attribute).to_owned() });
        } else if tag.name == "mj-style" && tag.has("inline") {
            self.fault(at, FaultKind::InlineStyle);
        }
    }

    /// Writes an attribute: merge tags and what the engine would write in its own way become marks.
    fn attribute(&mut self, attribute: &Attribute) {
        self.copy(attribute.value.start, &format!(" {}=\"", attribute.name));
        let mut at = attribute.value.start;
        while at < attribute.value.end {
            if let Some(tag) = self.tag_at(at) {
                at = tag.end;
                self.keep(self.source[tag.clone()].to_owned(), tag);
                continue;
            }
            let Some(sign) = self.source[at..].chars().next() else { break };
            let range = at..at + sign.len_utf8();
            at = range.end;
            match sign {
                '"' => self.keep("&quot;".to_owned(), range),
                '\n' | '\r' | '\t' => self.copy(range.start, " "),
                _ if sign.escape_debug().count() == 1 || sign == '\'' => self.copy(range.start, &self.source[range.clone()]),
                _ => self.keep(sign.to_string(), range),
            }
        }
        self.copy(attribute.value.end, "\"");
    }

    /// Writes text that the engine reads.
    fn copy(&mut self, source: usize, text: &str) {
        self.masked.map.push(self.masked.text.len(), text.len(), source);
        self.masked.text.push_str(text);
    }

    /// Writes a mark for text that the engine does not read.
    fn keep(&mut self, text: String, source: Range<usize>) {
        let mark = format!("{}{}x", self.masked.prefix, self.masked.kept.len());
        self.copy(source.start, &mark);
        self.masked.kept.push(Kept { text, source });
    }

    fn fault(&mut self, at: Range<usize>, kind: FaultKind) {
        if MAX_LISTED <= self.faults.len() {
            return;
        }
        let mut fault = Fault::at(self.source, at, kind);
        if let FaultKind::UnknownElement(name) = &fault.kind {
            fault.suggestion = nearest(name, elements::ELEMENTS.iter().map(|it| it.name));
        }
        self.faults.push(fault);
    }
}

/// What begins the marks: letters and a number that do not stand in the source.
fn prefix(source: &str) -> String {
    (0..).map(|it| format!("mq{it}t")).find(|it| !source.contains(it)).unwrap_or_default()
}
