//! The last guard before the wire: only bytes that passed it can be transmitted.
//!
//! Relays disagree about bare CR and LF (SMTP smuggling, CVE-2023-51764 and its kin), so a message that holds one is refused here,
//! whoever built it. Dots at the beginning of a line are doubled (RFC 5321 §4.5.2).

use std::{borrow::Cow, fmt};

/// The longest line without its CRLF, in bytes (RFC 5322 §2.1.1).
const LONGEST_LINE: usize = 998;

/// A message ready for the wire: checked, dot-stuffed, ending with CRLF, without the final dot.
#[derive(Clone, Debug)]
pub struct Content<'a> {
    stuffed: Cow<'a, [u8]>,
    size: usize,
    eight_bit: bool,
    eight_bit_headers: bool,
}

/// Why bytes are not a message that may go onto the wire; positions count from 0, lines from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ContentFault {
    /// There is nothing.
    #[error("the message is empty")]
    Empty,
    /// A CR without LF.
    #[error("a carriage return stands alone at byte {at}")]
    BareCr {
        /// Its position.
        at: usize,
    },
    /// A LF without CR.
    #[error("a line feed stands alone at byte {at}")]
    BareLf {
        /// Its position.
        at: usize,
    },
    /// A NUL.
    #[error("a null byte stands at byte {at}")]
    Nul {
        /// Its position.
        at: usize,
    },
    /// A line of more than 998 bytes.
    #[error("line {line} is longer than 998 bytes")]
    LongLine {
        /// Its number.
        line: usize,
    },
}

impl<'a> Content<'a> {
    /// Checks a message and doubles leading dots; copies only if it must.
    ///
    /// # Errors
    /// Names the first byte or line that must not go onto the wire.
    pub fn new(message: &'a [u8]) -> Result<Self, ContentFault> {
        if message.is_empty() {
            return Err(ContentFault::Empty);
        }
        let n_dots = check(message)?;
        let ended = message.ends_with(b"\r\n");
        let stuffed = if n_dots == 0 && ended { Cow::Borrowed(message) } else { Cow::Owned(stuff(message, n_dots, ended)) };
        Ok(Self {
            stuffed,
            size: message.len() + if ended { 0 } else { 2 },
            eight_bit: !message.is_ascii(),
            eight_bit_headers: !headers(message).is_ascii(),
        })
    }

    /// The size that SIZE of RFC 1870 means: CRLF counts, doubled dots do not.
    pub fn size(&self) -> usize {
        self.size
    }

    /// Whether the relay must offer 8BITMIME.
    pub fn needs_eight_bit(&self) -> bool {
        self.eight_bit
    }

    /// Whether the relay must offer SMTPUTF8, because a header holds unencoded letters.
    pub fn needs_utf8(&self) -> bool {
        self.eight_bit_headers
    }

    /// The bytes that go onto the wire before the final dot.
    pub fn wire(&self) -> &[u8] {
        &self.stuffed
    }
}

/// Checks every line and counts those that begin with a dot.
fn check(message: &[u8]) -> Result<usize, ContentFault> {
    let (mut n_dots, mut begin, mut line) = (0, 0, 1);
    while let Some(rest) = message.get(begin..).filter(|it| !it.is_empty()) {
        n_dots += usize::from(rest.starts_with(b"."));
        let length = memchr::memchr3(b'\r', b'\n', 0, rest).unwrap_or(rest.len());
        if LONGEST_LINE < length {
            return Err(ContentFault::LongLine { line });
        }
        let at = begin + length;
        match &rest[length..] {
            [] => break,
            [b'\r', b'\n', ..] => (begin, line) = (at + 2, line + 1),
            [b'\r', ..] => return Err(ContentFault::BareCr { at }),
            [b'\n', ..] => return Err(ContentFault::BareLf { at }),
            _ => return Err(ContentFault::Nul { at }),
        }
    }
    Ok(n_dots)
}

/// Doubles the dot of each line that begins with one and ends the last line.
fn stuff(message: &[u8], n_dots: usize, ended: bool) -> Vec<u8> {
    let mut out = Vec::with_capacity(message.len() + n_dots + 2);
    for line in message.split_inclusive(|&it| it == b'\n') {
        if line.starts_with(b".") {
            out.push(b'.');
        }
        out.extend_from_slice(line);
    }
    if !ended {
        out.extend_from_slice(b"\r\n");
    }
    out
}

/// The header section.
fn headers(message: &[u8]) -> &[u8] {
    let end = message.windows(4).position(|it| it == b"\r\n\r\n").unwrap_or(message.len());
    &message[..end]
}

impl fmt::Display for Content<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn smuggled_line_ends_are_refused_with_their_place() {
        for (message, fault) in [
            (&b"a\n.\n"[..], ContentFault::BareLf { at: 1 }),
            (b"a\r.\r", ContentFault::BareCr { at: 1 }),
            (b"a\n.\r\n", ContentFault::BareLf { at: 1 }),
            (b"a\r\n.\nb", ContentFault::BareLf { at: 4 }),
            (b"a\r\n\r.\r\n", ContentFault::BareCr { at: 3 }),
            (b"a\r", ContentFault::BareCr { at: 1 }),
            (b"\na", ContentFault::BareLf { at: 0 }),
            (b"a\0b", ContentFault::Nul { at: 1 }),
            (b"", ContentFault::Empty),
        ] {
            assert_eq!(Content::new(message).err(), Some(fault), "{message:?}");
        }
    }

    #[test]
    fn leading_dots_are_doubled_and_the_size_does_not_count_them() {
        let content = Content::new(b".\r\n..a\r\nb.").unwrap();
        assert_eq!(content.wire(), b"..\r\n...a\r\nb.\r\n");
        assert_eq!(content.size(), 12);
    }

    #[test]
    fn a_fine_message_is_not_copied() {
        assert!(matches!(Content::new(b"a: b\r\n\r\nc\r\n").unwrap().stuffed, Cow::Borrowed(_)));
    }

    #[test]
    fn lines_may_have_998_bytes_and_no_more() {
        let line = |n: usize| [vec![b'a'; n], b"\r\n".to_vec()].concat();
        assert!(Content::new(&line(998)).is_ok());
        assert_eq!(Content::new(&[line(3), line(999)].concat()).err(), Some(ContentFault::LongLine { line: 2 }));
    }

    #[test]
    fn letters_in_headers_and_bodies_ask_for_different_extensions() {
        let body = Content::new("a: b\r\n\r\nč".as_bytes()).unwrap();
        assert!(body.needs_eight_bit() && !body.needs_utf8());
        assert!(Content::new("a: č\r\n\r\nb".as_bytes()).unwrap().needs_utf8());
    }
}
