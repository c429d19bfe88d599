//! Reads a captured message back, for the mailbox page.

use std::ops::Range;

use mail_parser::{Address, Message, MessageParser, MessagePart, MimeHeaders, PartType, parsers::MessageStream};
use serde::{Deserialize, Serialize};

use crate::visible::visible;

/// How much of one header is shown, in bytes.
const LONGEST_HEADER: usize = 8192;

/// A captured message as a mail program would show it. Everything in it is untrusted text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CapturedMail {
    /// All headers of the message in their order, unfolded and decoded.
    pub headers: Vec<(String, String)>,
    /// The sender, `name <address>`.
    pub from: String,
    /// The recipients in *To* and *Cc*, `name <address>`.
    pub to: Vec<String>,
    /// The subject, decoded.
    pub subject: String,
    /// The date, Unix milliseconds.
    pub date_ms: Option<i64>,
    /// The plain text.
    pub text: Option<String>,
    /// The HTML, unfiltered: show it only in a sandboxed frame.
    pub html: Option<String>,
    /// Attachments and inline pictures, in their order.
    pub attachments: Vec<CapturedFile>,
}

/// A file of a captured message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CapturedFile {
    /// Its number, for [`part`].
    pub index: usize,
    /// The name, if it has one.
    pub name: Option<String>,
    /// The media type, `type/subtype`.
    pub media_type: String,
    /// The size after decoding, in bytes.
    pub size: usize,
    /// The content id without brackets, if the HTML may name it.
    pub content_id: Option<String>,
    /// Where its encoded form stands in the source, in bytes.
    pub range: Range<usize>,
}

/// Reads a message; what is no message at all gives an empty one.
pub fn read(raw: &[u8]) -> CapturedMail {
    let Some(message) = MessageParser::default().parse(raw) else {
        return CapturedMail::default();
    };
    CapturedMail {
        headers: message.headers_raw().map(|(name, value)| (name.to_owned(), decoded(value))).collect(),
        from: mailboxes(message.from()).into_iter().next().unwrap_or_default(),
        to: [mailboxes(message.to()), mailboxes(message.cc())].concat(),
        subject: message.subject().unwrap_or_default().to_owned(),
        date_ms: message.date().map(|it| it.to_timestamp() * 1000),
        text: body(&message, &message.text_body, |it| matches!(it.body, PartType::Text(_))),
        html: body(&message, &message.html_body, |it| matches!(it.body, PartType::Html(_))),
        attachments: message.attachments().enumerate().map(|(index, part)| file(index, part)).collect(),
    }
}

/// The decoded bytes of the `index`-th attachment of [`CapturedMail::attachments`].
pub fn part(raw: &[u8], index: usize) -> Option<Vec<u8>> {
    let message = MessageParser::default().parse(raw)?;
    message.attachments().nth(index).map(|part| part.contents().to_vec())
}

/// The first part of the wanted kind; the parser would otherwise convert the one kind into the other.
fn body(message: &Message<'_>, ids: &[u32], wanted: fn(&MessagePart<'_>) -> bool) -> Option<String> {
    let parts = ids.iter().filter_map(|&id| message.part(id));
    parts.filter(|part| wanted(part)).find_map(|part| part.text_contents()).map(str::to_owned)
}

fn file(index: usize, part: &MessagePart<'_>) -> CapturedFile {
    let media_type = part.content_type().map_or_else(
        || "application/octet-stream".to_owned(),
        |it| format!("{}/{}", it.ctype(), it.subtype().unwrap_or("octet-stream")).to_ascii_lowercase(),
    );
    CapturedFile {
        index,
        name: part.attachment_name().map(str::to_owned),
        media_type,
        size: part.contents().len(),
        content_id: part.content_id().map(str::to_owned),
        range: part.raw_body_offset() as usize..part.raw_end_offset() as usize,
    }
}

fn mailboxes(list: Option<&Address<'_>>) -> Vec<String> {
    let Some(list) = list else {
        return Vec::new();
    };
    list.iter()
        .filter_map(|it| {
            let address = it.address()?;
            Some(it.name().map_or_else(|| address.to_owned(), |name| format!("{name} <{address}>")))
        })
        .collect()
}

/// One line of a folded header, its encoded words (RFC 2047) decoded.
fn decoded(value: &str) -> String {
    let line = value.lines().map(str::trim).collect::<Vec<_>>().join(" ") + "\n";
    let words = MessageStream::new(line.as_bytes()).parse_unstructured();
    visible(words.as_text().unwrap_or_default().as_bytes(), LONGEST_HEADER)
}
