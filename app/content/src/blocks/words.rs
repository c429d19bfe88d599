//! Words and addresses of blocks on their way into MJML: what was typed is escaped, merge code stays.

use crate::merge::{Piece, Pieces};
use crate::plain;

/// Words as text of HTML or as the value of an attribute.
pub(super) fn escaped(words: &str) -> String {
    let piece = |it| match it {
        Piece::Tag(tag) => tag.to_owned(),
        Piece::Text(text) => plain::escape(text),
    };
    Pieces::of(words).map(piece).collect()
}

/// Words as a part of an address: everything but merge code, letters and digits of ASCII is encoded (RFC 3986 §2.1).
pub(super) fn part(words: &str) -> String {
    let mut part = String::new();
    for piece in Pieces::of(words.trim()) {
        match piece {
            Piece::Tag(tag) => part.push_str(tag),
            Piece::Text(text) => text.bytes().for_each(|it| push_encoded(&mut part, it)),
        }
    }
    part
}

fn push_encoded(text: &mut String, byte: u8) {
    if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
        text.push(char::from(byte));
    } else {
        text.push_str(&format!("%{byte:02X}"));
    }
}

/// Words without merge code, as they stand where only words may.
pub(super) fn without_code(words: &str) -> String {
    let piece = |it| match it {
        Piece::Tag(_) => "",
        Piece::Text(text) => text,
    };
    Pieces::of(words).map(piece).collect::<String>().trim().to_owned()
}

/// Whether an address may be a link: of the web, of mail, of a phone, or one that a field gives.
pub(super) fn is_link(address: &str) -> bool {
    is_one_of(address, &["https://", "http://", "mailto:", "tel:"])
}

/// Whether an address may be a picture's: of a file that is carried, of the web, or one that a field gives.
pub(super) fn is_source(address: &str) -> bool {
    is_one_of(address, &["cid:", "https://", "http://"])
}

fn is_one_of(address: &str, beginnings: &[&str]) -> bool {
    let address = address.trim();
    let small = address.to_ascii_lowercase();
    let begins = beginnings.iter().any(|it| small.strip_prefix(it).is_some_and(|rest| !rest.is_empty()));
    let is_field =
        matches!(Pieces::of(address).next(), Some(Piece::Tag(tag)) if tag.starts_with("{{") && !tag.starts_with("{{#"));
    (begins || is_field) && !address.contains(['\n', '\r', '\t', '<', '>'])
}
