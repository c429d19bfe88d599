//! Files of a mail: attachments and pictures inside the HTML.

use std::sync::{Arc, Weak};

use base64::{Engine, prelude::BASE64_STANDARD};
use lettre::message::{
    Body, SinglePart,
    header::{ContentDisposition, ContentId, ContentTransferEncoding, Header, HeaderName, HeaderValue},
};

use super::{
    fault::{Field, MimeFault, Reason, is_control},
    words,
};
use crate::visible::is_invisible;

/// The longest file name, in bytes.
const LONGEST_NAME: usize = 255;
/// Columns of base64 in a line (RFC 2045 §6.8).
const WIDTH: usize = 76;
/// Bytes of a file that fill one line of base64.
pub const LINE: usize = WIDTH / 4 * 3;

/// One file of a mail.
#[derive(Clone, Debug)]
pub struct MailFile {
    /// The name; signs that file systems do not take become `_`.
    pub name: String,
    /// The media type, `type/subtype` without parameters.
    pub media_type: String,
    /// The bytes, encoded once for however many mails carry them.
    pub content: FileContent,
    /// Where it belongs.
    pub place: Place,
}

/// Where a file belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Beside the text.
    Attached,
    /// Inside the HTML, which names it `cid:…`; attached if there is no HTML.
    Inline {
        /// The content id without brackets.
        content_id: String,
    },
}

/// The bytes of a file in their base64 form; clones share them.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct FileContent {
    encoded: Arc<[u8]>,
    size: usize,
}

impl std::fmt::Debug for FileContent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FileContent({} bytes)", self.size)
    }
}

/// A file that lasts only as long as somebody else has it, so that mails that carry the same one share its bytes.
#[derive(Clone, Debug)]
pub struct SharedContent {
    encoded: Weak<[u8]>,
    size: usize,
}

impl SharedContent {
    /// The file, if anybody still has it.
    pub fn get(&self) -> Option<FileContent> {
        Some(FileContent { encoded: self.encoded.upgrade()?, size: self.size })
    }
}

impl FileContent {
    /// Encodes a file.
    pub fn new(bytes: &[u8]) -> Self {
        let mut encoder = FileEncoder::default();
        encoder.add(bytes);
        encoder.finish()
    }

    /// The same file for others, for as long as this or a clone of it lives.
    pub fn share(&self) -> SharedContent {
        SharedContent { encoded: Arc::downgrade(&self.encoded), size: self.size }
    }

    /// What stands in the place of a file that is put in afterwards.
    pub(super) fn mark(text: &str) -> Self {
        Self { encoded: text.as_bytes().into(), size: 0 }
    }

    /// The size before encoding, in bytes.
    pub fn size(&self) -> usize {
        self.size
    }
}

/// Encodes a file that comes in pieces.
#[derive(Default)]
pub struct FileEncoder {
    encoded: Vec<u8>,
    size: usize,
}

impl FileEncoder {
    /// Takes the next piece. Each but the last must be whole lines of [`LINE`] bytes.
    pub fn add(&mut self, piece: &[u8]) {
        if !self.encoded.is_empty() && !piece.is_empty() {
            self.encoded.extend(b"\r\n");
        }
        self.encoded.extend(encoded_lines(piece));
        self.size += piece.len();
    }

    /// The whole file.
    pub fn finish(self) -> FileContent {
        FileContent { encoded: self.encoded.into(), size: self.size }
    }
}

/// Bytes in base64, in lines; none stands after the last one.
pub fn encoded_lines(bytes: &[u8]) -> Vec<u8> {
    let text = BASE64_STANDARD.encode(bytes);
    let lines: Vec<&[u8]> = text.as_bytes().chunks(WIDTH).collect();
    lines.join(&b"\r\n"[..])
}

/// The length of so many bytes in base64, in lines.
pub fn encoded_size(bytes: u64) -> u64 {
    let columns = bytes.div_ceil(3) * 4;
    columns + columns.div_ceil(WIDTH as u64).saturating_sub(1) * 2
}

/// `Content-Type` with the name of the file for mail programs that do not read the disposition.
#[derive(Clone)]
struct FileType(String);

impl Header for FileType {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Content-Type")
    }

    fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self(text.to_owned()))
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::dangerous_new_pre_encoded(Self::name(), self.0.clone(), self.0.clone())
    }
}

/// The part of the `i`-th file.
pub(super) fn part(i: usize, file: &MailFile, inside_html: bool) -> Result<SinglePart, MimeFault> {
    let name = file_name(&file.name).map_err(|reason| Field::FileName(i).because(reason))?;
    let media_type = media_type(&file.media_type).ok_or_else(|| Field::FileType(i).because(Reason::Malformed))?;
    let builder = SinglePart::builder().header(FileType(format!("{media_type};\r\n name=\"{}\"", type_name(&name))));
    let builder = match &file.place {
        Place::Inline { content_id } if inside_html => {
            check_content_id(content_id).map_err(|reason| Field::FileContentId(i).because(reason))?;
            builder.header(ContentDisposition::inline_with_name(&name)).header(ContentId::from(format!("<{content_id}>")))
        }
        _ => builder.header(ContentDisposition::attachment(&name)),
    };
    Ok(builder.body(Body::dangerous_pre_encoded(file.content.encoded.to_vec(), ContentTransferEncoding::Base64)))
}

/// The name that a receiver may save the file by.
pub(super) fn file_name(name: &str) -> Result<String, Reason> {
    if name.chars().any(is_control) {
        return Err(Reason::ControlCharacter);
    }
    let seen: String = name.chars().filter(|&it| !is_invisible(it)).map(|it| if is_unsafe(it) { '_' } else { it }).collect();
    let seen = seen.trim().to_owned();
    match seen.as_str() {
        "" | "." | ".." => Err(Reason::Empty),
        _ if LONGEST_NAME < seen.len() => Err(Reason::TooLong),
        _ => Ok(seen),
    }
}

fn is_unsafe(it: char) -> bool {
    matches!(it, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
}

/// The name as encoded words inside quotes, which no standard allows and all old programs read.
fn type_name(name: &str) -> String {
    if name.len() <= 60 && name.is_ascii() { name.to_owned() } else { words::encoded(name, 8) }
}

/// The media type, or bytes where a message inside must not be base64 (RFC 2046 §5.2).
fn media_type(text: &str) -> Option<String> {
    let lower = text.trim().to_ascii_lowercase();
    let (kind, subtype) = lower.split_once('/')?;
    let token =
        |it: &str| (1..=100).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&it));
    match kind {
        "multipart" | "message" => Some("application/octet-stream".to_owned()),
        _ if token(kind) && token(subtype) => Some(lower),
        _ => None,
    }
}

fn check_content_id(id: &str) -> Result<(), Reason> {
    let fine = |it: u8| it.is_ascii_alphanumeric() || b".-_@+".contains(&it);
    match id.len() {
        0 => Err(Reason::Empty),
        1..=70 if id.bytes().all(fine) => Ok(()),
        1..=70 => Err(Reason::Malformed),
        _ => Err(Reason::TooLong),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_cannot_leave_their_folder() {
        assert_eq!(file_name("../../etc/passwd").unwrap(), ".._.._etc_passwd");
        assert_eq!(file_name("C:\\a\"b.pdf").unwrap(), "C__a_b.pdf");
        assert_eq!(file_name("faktúra\u{202e}fdp.exe").unwrap(), "faktúrafdp.exe");
        assert_eq!(file_name(".."), Err(Reason::Empty));
        assert_eq!(file_name("a\r\nb"), Err(Reason::ControlCharacter));
        assert_eq!(file_name(&"a".repeat(256)), Err(Reason::TooLong));
    }

    #[test]
    fn a_file_that_comes_in_pieces_is_encoded_as_one_that_comes_whole() {
        let bytes: Vec<u8> = (0..=255).cycle().take(10 * LINE + 5).collect();
        for n in [0, 1, LINE, LINE + 1, 4 * LINE, bytes.len()] {
            let mut encoder = FileEncoder::default();
            bytes[..n].chunks(2 * LINE).for_each(|it| encoder.add(it));
            let content = encoder.finish();
            assert!(content == FileContent::new(&bytes[..n]), "{n}");
            assert_eq!(content.encoded.len() as u64, encoded_size(n as u64), "{n}");
        }
    }

    #[test]
    fn media_types_are_two_tokens() {
        assert_eq!(media_type("Application/PDF").as_deref(), Some("application/pdf"));
        assert_eq!(media_type("message/rfc822").as_deref(), Some("application/octet-stream"));
        for text in ["", "pdf", "a/b; c=d", "a/b\r\nX: y", "a/", "/b", "á/b"] {
            assert_eq!(media_type(text), None, "{text:?}");
        }
    }

    #[test]
    fn content_ids_are_plain() {
        assert_eq!(check_content_id("logo@posel"), Ok(()));
        assert_eq!(check_content_id("a>\r\nX: y"), Err(Reason::Malformed));
        assert_eq!(check_content_id(""), Err(Reason::Empty));
    }
}
