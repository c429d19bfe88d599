//! Fields as chips in the editor: `<span data-field="contact.name" data-filter="upper">…</span>` there,
//! `{{ contact.name | upper }}` in storage.

use super::catalogue::is_path;
use super::fault::FaultKind;
use super::html::Html;
use super::reader;
use super::tree::{Node, Source};
use crate::plain;

/// The longest tag that is looked for, in bytes.
const MAX_TAG: usize = 1024;

/// Turns the fields of a stored text into chips. `label` names a field for the reader; one without a name stays as it is, and so
/// does all that is not one field with filters between tags: conditions, loops, fields in attributes, comments and raw blocks.
pub fn to_chips(source: &str, label: impl Fn(&str) -> Option<String>) -> String {
    let mut html = String::with_capacity(source.len() * 2);
    let mut scan = Html::default();
    for piece in Pieces::of(source) {
        match piece {
            Piece::Tag(text) => match chip(text, &label).filter(|_| scan.is_text()) {
                Some(chip) => html.push_str(&chip),
                None => html.push_str(text),
            },
            Piece::Text(text) => {
                html.push_str(text);
                text.bytes().for_each(|it| scan.pass(it));
            }
        }
    }
    html
}

/// Turns the chips of the editor into fields for storage; all else stays byte for byte, but for `&lt;`, hard spaces and
/// typographic quotes in tags that cannot be read with them. A style that a chip was given is kept around the field.
pub fn to_storage(html: &str) -> String {
    let mut source = String::with_capacity(html.len());
    let mut scan = Html::default();
    for piece in Pieces::of(html) {
        match piece {
            Piece::Tag(text) => source.push_str(&mended(text).unwrap_or_else(|| text.to_owned())),
            Piece::Text(text) => fields(text, &mut scan, &mut source),
        }
    }
    source
}

/// Copies text between tags with its chips turned into fields.
fn fields(html: &str, scan: &mut Html, source: &mut String) {
    let (mut kept, mut at) = (0, 0);
    while let Some(byte) = html.as_bytes().get(at) {
        if *byte == b'<'
            && scan.is_text()
            && let Some((field, len)) = field(&html[at..])
        {
            source.push_str(&html[kept..at]);
            source.push_str(&field);
            at += len;
            kept = at;
        } else {
            scan.pass(*byte);
            at += 1;
        }
    }
    source.push_str(&html[kept..]);
}

/// A piece of a text.
pub(crate) enum Piece<'a> {
    Text(&'a str),
    /// A tag, a comment, or a raw block with what is in it.
    Tag(&'a str),
}

/// Cuts a text into its pieces.
pub(crate) struct Pieces<'a> {
    text: &'a str,
    at: usize,
    /// Where the last comment ends, and where the last raw block does; so that many beginnings do not make many searches.
    last_comment: usize,
    last_raw: usize,
}

impl<'a> Pieces<'a> {
    /// The pieces of a text, in their order.
    pub(crate) fn of(text: &'a str) -> Self {
        let last_raw = text.rfind("%}").and_then(|it| text[..it].rfind("endraw")).unwrap_or(0);
        Self { text, at: 0, last_comment: text.rfind("#}}").unwrap_or(0), last_raw }
    }

    /// The length of the tag that begins at a place; none when its end is missing or belongs to another.
    fn tag_len(&self, at: usize) -> Option<usize> {
        let text = &self.text[at..];
        if text.starts_with("{{#") {
            return if at < self.last_comment { text.find("#}}").map(|it| it + 3) } else { None };
        }
        let end = if text.starts_with("{{") { "}}" } else { "%}" };
        let near = &text[..text.floor_char_boundary(MAX_TAG)];
        let len = near[2..].find(end)? + 4;
        let inside = &text[2..len - 2];
        if inside.trim_matches(['-', '+']).trim() == "raw" && end == "%}" {
            if self.last_raw < at + len {
                return None;
            }
            let end = len + text[len..].find("endraw")?;
            return text[end..].find("%}").map(|it| end + it + 2);
        }
        let is_strange = opening(inside).is_some() || inside.contains('<');
        (!is_strange || is_readable(&text[..len])).then_some(len)
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        let start = self.at;
        let mut from = start;
        // Marks that begin no tag are text.
        while let Some(tag) = opening(&self.text[from..]).map(|it| from + it) {
            match self.tag_len(tag) {
                Some(len) if tag == start => {
                    self.at = start + len;
                    return Some(Piece::Tag(&self.text[start..self.at]));
                }
                Some(_) => {
                    self.at = tag;
                    return Some(Piece::Text(&self.text[start..tag]));
                }
                None => from = tag + 2,
            }
        }
        self.at = self.text.len();
        (start < self.at).then(|| Piece::Text(&self.text[start..]))
    }
}

fn opening(text: &str) -> Option<usize> {
    text.match_indices('{').map(|(at, _)| at).find(|at| matches!(text.as_bytes().get(at + 1), Some(b'{' | b'%')))
}

/// Whether a tag by itself has no fault but that its block is open or was not opened.
fn is_readable(tag: &str) -> bool {
    let (_, faults) = reader::read(tag);
    faults.iter().all(|it| matches!(it.kind, FaultKind::UnclosedBlock(_) | FaultKind::Unopened(_)))
}

/// A tag whose signs were written by an editor as references, hard spaces or typographic quotes: `{% if order.total &gt; 5 %}`.
fn mended(tag: &str) -> Option<String> {
    if !tag.contains(['&', '\u{a0}', '„', '“', '”']) || is_readable(tag) {
        return None;
    }
    let mended = unescape(tag).replace('\u{a0}', " ").replace(['„', '“', '”'], "\"");
    Some(mended).filter(|it| is_readable(it))
}

/// The chip of a tag, if it is a field with filters and nothing else.
fn chip(tag: &str, label: impl Fn(&str) -> Option<String>) -> Option<String> {
    let inside = tag.strip_prefix("{{")?.strip_suffix("}}")?;
    if inside.starts_with(['-', '+']) || inside.ends_with(['-', '+']) || inside.chars().any(char::is_control) {
        return None;
    }
    let (path, filters) = field_of(tag)?;
    let label = label(&path)?;
    let mut chip = format!("<span data-field=\"{path}\"");
    if !filters.is_empty() {
        chip.push_str(&format!(" data-filter=\"{}\"", plain::escape(&filters)));
    }
    Some(format!("{chip}>{}</span>", plain::escape(&label)))
}

/// The path and the filters, as they are written, of a text that is one field.
fn field_of(tag: &str) -> Option<(String, String)> {
    let (mut nodes, faults) = reader::read(tag);
    let (Some(Node::Output(chain, _)), true, true) = (nodes.pop(), nodes.is_empty(), faults.is_empty()) else { return None };
    let Source::Path(path) = chain.source else { return None };
    let filters = tag.get(path.at.end..chain.at.end)?.trim().trim_start_matches('|').trim();
    // `a . b` is the path `a.b`.
    Some((path.text, filters.to_owned()))
}

/// The field of the chip with which a text begins, and the length of the chip.
fn field(html: &str) -> Option<(String, usize)> {
    let is_span = html.get(..5).is_some_and(|it| it.eq_ignore_ascii_case("<span"));
    if !is_span {
        return None;
    }
    let (attributes, len) = attributes(&html[5..])?;
    let value = |name: &str| attributes.iter().find(|(it, _)| it.eq_ignore_ascii_case(name)).map(|(_, value)| *value);
    let path = value("data-field").filter(|it| is_path(it))?;
    let behind = &html[5 + len..];
    let end = behind.find('<').filter(|it| behind[*it..].get(..7).is_some_and(|it| it.eq_ignore_ascii_case("</span>")))?;
    let filters = unescape(value("data-filter").unwrap_or_default());
    let tag = match filters.trim() {
        "" => format!("{{{{ {path} }}}}"),
        filters => format!("{{{{ {path} | {filters} }}}}"),
    };
    if field_of(&tag).is_none_or(|(it, _)| it != path) || tag[2..tag.len() - 2].contains("}}") {
        return None;
    }
    let field = match value("style") {
        Some(style) => format!("<span style=\"{}\">{tag}</span>", style.replace('"', "&quot;")),
        None => tag,
    };
    Some((field, 5 + len + end + 7))
}

/// The attributes of a tag with quoted values, up to and with its `>`; none when the tag is written in another way.
fn attributes(text: &str) -> Option<(Vec<(&str, &str)>, usize)> {
    let mut attributes = Vec::new();
    let mut rest = text;
    loop {
        let trimmed = rest.trim_ascii_start();
        if let Some(behind) = trimmed.strip_prefix('>') {
            return Some((attributes, text.len() - behind.len()));
        }
        if trimmed.len() == rest.len() {
            return None;
        }
        let end = trimmed.find(|it: char| it == '=' || it == '>' || it == '<' || it.is_ascii_whitespace())?;
        let (name, behind) = trimmed.split_at(end);
        let behind = behind.strip_prefix('=')?;
        let quote = behind.chars().next().filter(|it| matches!(it, '"' | '\''))?;
        let (value, behind) = behind[1..].split_once(quote)?;
        attributes.push((name, value));
        rest = behind;
    }
}

/// The text of an attribute's value.
fn unescape(value: &str) -> String {
    let mut text = value.to_owned();
    for (reference, sign) in [
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&nbsp;", "\u{a0}"),
        ("&amp;", "&"),
    ] {
        text = text.replace(reference, sign);
    }
    text
}
