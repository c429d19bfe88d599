//! The parts of a mail that nobody can trust: at most so many, so deep and so long, whatever the mail claims.

use mail_parser::{HeaderValue, Message, MessageParser, MimeHeaders};

/// How much of a mail is looked at; reports are short, and what they return is cut by most servers.
const LONGEST: usize = 512 * 1024;
/// How deep parts may lie inside one another.
const DEEPEST: usize = 6;
/// How many parts are looked at.
const MOST_PARTS: usize = 60;
/// How much of a text is read, in bytes.
const LONGEST_TEXT: usize = 64 * 1024;

/// One part that is no container.
pub(super) struct Part<'a> {
    /// `type/subtype` in small letters.
    pub(super) kind: String,
    raw: &'a [u8],
    body: &'a [u8],
}

/// A mail in pieces.
pub(super) struct Pieces<'a> {
    /// The headers of the mail itself.
    pub(super) head: Message<'a>,
    /// The value of `report-type`, in small letters.
    pub(super) report_type: Option<String>,
    /// The parts in their order.
    pub(super) parts: Vec<Part<'a>>,
}

/// Takes a mail apart; nothing when it has no headers.
pub(super) fn take_apart(raw: &[u8]) -> Option<Pieces<'_>> {
    let raw = &raw[..raw.len().min(LONGEST)];
    let head = MessageParser::default().parse_headers(raw)?;
    let report_type = head.content_type().and_then(|it| it.attribute("report-type")).map(str::to_ascii_lowercase);
    let mut parts = Vec::new();
    let mut waiting = vec![(raw, 0)];
    // The parser never sees more than the headers of a part that can hold others, so nothing nests by its hand.
    while let Some((raw, depth)) = waiting.pop() {
        if MOST_PARTS <= parts.len() {
            break;
        }
        let head = MessageParser::default().parse_headers(raw);
        let content_type = head.as_ref().and_then(|it| it.content_type());
        let kind = content_type.map_or_else(
            || "text/plain".to_owned(),
            |it| format!("{}/{}", it.ctype(), it.subtype().unwrap_or_default()).to_ascii_lowercase(),
        );
        let body = body_of(raw);
        let boundary = content_type.and_then(|it| it.attribute("boundary")).filter(|_| kind.starts_with("multipart/"));
        match boundary {
            Some(boundary) if depth < DEEPEST => {
                let inside = split(body, boundary.as_bytes());
                waiting.extend(inside.into_iter().rev().map(|it| (it, depth + 1)));
            }
            Some(_) => {}
            None => parts.push(Part { kind, raw, body }),
        }
    }
    Some(Pieces { head, report_type, parts })
}

impl Part<'_> {
    /// The text of the part, decoded and cut; a part that holds a mail gives its source.
    pub(super) fn text(&self) -> String {
        let holds_parts =
            self.kind.starts_with("multipart/") || matches!(self.kind.as_str(), "message/rfc822" | "message/global");
        if holds_parts {
            return cut(&String::from_utf8_lossy(self.body));
        }
        let Some(message) = MessageParser::default().parse(self.raw) else {
            return cut(&String::from_utf8_lossy(self.body));
        };
        match message.parts.first() {
            Some(part) => match part.text_contents() {
                Some(text) if self.kind == "text/html" => cut(&mail_parser::decoders::html::html_to_text(text)),
                Some(text) => cut(text),
                None => cut(&String::from_utf8_lossy(part.contents())),
            },
            None => String::new(),
        }
    }

    /// The source of what the part holds: a returned mail or its headers.
    pub(super) fn source(&self) -> &[u8] {
        self.body
    }
}

/// All values of a header, decoded, in their order.
pub(super) fn values(head: &Message<'_>, name: &str) -> Vec<String> {
    let same = head.headers_raw().filter(|(it, _)| it.eq_ignore_ascii_case(name));
    same.map(|(_, value)| value.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

/// The subject, decoded.
pub(super) fn subject(head: &Message<'_>) -> String {
    match head.header("Subject") {
        Some(HeaderValue::Text(text)) => text.to_string(),
        _ => String::new(),
    }
}

fn cut(text: &str) -> String {
    let mut end = text.len().min(LONGEST_TEXT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].replace("\r\n", "\n")
}

/// What stands behind the first empty line.
fn body_of(raw: &[u8]) -> &[u8] {
    let mut at = 0;
    while at < raw.len() {
        let end = raw[at..].iter().position(|it| *it == b'\n').map_or(raw.len(), |it| at + it + 1);
        if raw[at..end].iter().all(|it| matches!(it, b'\r' | b'\n')) {
            return &raw[end..];
        }
        at = end;
    }
    &[]
}

/// What stands between the lines of a boundary (RFC 2046 §5.1.1).
fn split<'a>(body: &'a [u8], boundary: &[u8]) -> Vec<&'a [u8]> {
    let (mut parts, mut begin, mut at) = (Vec::new(), None, 0);
    while at < body.len() && parts.len() < MOST_PARTS {
        let end = body[at..].iter().position(|it| *it == b'\n').map_or(body.len(), |it| at + it + 1);
        let line = body[at..end].trim_ascii_end();
        if let Some(rest) = line.strip_prefix(b"--").and_then(|it| it.strip_prefix(boundary))
            && matches!(rest, b"" | b"--")
        {
            if let Some(begin) = begin {
                parts.push(&body[begin..at]);
            }
            begin = (rest.is_empty()).then_some(end);
            if begin.is_none() {
                return parts;
            }
        }
        at = end;
    }
    if let Some(begin) = begin.filter(|it| *it < body.len()) {
        parts.push(&body[begin..]);
    }
    parts
}
