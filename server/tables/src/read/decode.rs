//! Bytes of any encoding as UTF-8, piece by piece.

use std::io::{self, BufRead, Read};

use encoding_rs::{Decoder, Encoding, ISO_8859_2, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1250};
use model::TextEncoding;

use super::fault::Limit;

/// Bytes read at a time.
const PIECE: usize = 64 << 10;

/// Hands out UTF-8; bytes that are no letters become U+FFFD. Counts lines, and stops when more is taken at once than allowed.
pub struct Decode<'a> {
    source: &'a mut dyn Read,
    decoder: Decoder,
    raw: Vec<u8>,
    raw_at: usize,
    raw_end: usize,
    text: Vec<u8>,
    at: usize,
    end: usize,
    is_last: bool,
    is_done: bool,
    lines: u64,
    /// The line of the first bytes that are no letters.
    broken: Option<u64>,
    /// How much may still be taken before [`Decode::allow`] is called again, and what it means when more is.
    budget: usize,
    limit: Option<(usize, model::TableFault)>,
}

impl<'a> Decode<'a> {
    /// Reads the source in an encoding; a mark at its beginning is taken away.
    pub fn new(source: &'a mut dyn Read, encoding: TextEncoding) -> Self {
        Self {
            source,
            decoder: known(encoding).new_decoder_with_bom_removal(),
            raw: vec![0; PIECE],
            raw_at: 0,
            raw_end: 0,
            text: vec![0; PIECE],
            at: 0,
            end: 0,
            is_last: false,
            is_done: false,
            lines: 0,
            broken: None,
            budget: usize::MAX,
            limit: None,
        }
    }

    /// Lets no more than this be taken until [`Decode::allow`] is called again.
    pub fn limited(mut self, max: usize, fault: model::TableFault) -> Self {
        self.limit = Some((max, fault));
        self.allow();
        self
    }

    /// Begins to count anew against the limit.
    pub fn allow(&mut self) {
        self.budget = self.limit.as_ref().map_or(usize::MAX, |it| it.0);
    }

    /// The line that is being read, from 1.
    pub fn line(&self) -> u64 {
        self.lines + 1
    }

    /// The line of the first bytes that are no letters, as soon as they were met, which may be before their line is read.
    pub fn broken(&self) -> Option<u64> {
        self.broken
    }

    fn refill(&mut self) -> io::Result<()> {
        (self.at, self.end) = (0, 0);
        while self.end == 0 && !self.is_done {
            if self.raw_at == self.raw_end && !self.is_last {
                self.raw_at = 0;
                self.raw_end = self.source.read(&mut self.raw)?;
                self.is_last = self.raw_end == 0;
            }
            let raw = &self.raw[self.raw_at..self.raw_end];
            let (result, read, written, is_broken) = self.decoder.decode_to_utf8(raw, &mut self.text, self.is_last);
            self.raw_at += read;
            self.end = written;
            if is_broken && self.broken.is_none() {
                let text = String::from_utf8_lossy(&self.text[..written]);
                let before = text.split('\u{fffd}').next().unwrap_or_default();
                self.broken = Some(self.line() + before.bytes().filter(|it| *it == b'\n').count() as u64);
            }
            self.is_done = self.is_last && result == encoding_rs::CoderResult::InputEmpty;
        }
        Ok(())
    }
}

impl Read for Decode<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let piece = self.fill_buf()?;
        let n = piece.len().min(into.len());
        into[..n].copy_from_slice(&piece[..n]);
        self.consume(n);
        Ok(n)
    }
}

impl BufRead for Decode<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at == self.end {
            self.refill()?;
        }
        match &self.limit {
            Some((_, fault)) if self.budget == 0 && self.at < self.end => {
                Err(Limit { line: self.line(), fault: fault.clone() }.into())
            }
            Some(_) => Ok(&self.text[self.at..self.end.min(self.at.saturating_add(self.budget))]),
            None => Ok(&self.text[self.at..self.end]),
        }
    }

    fn consume(&mut self, n: usize) {
        self.lines += self.text[self.at..self.at + n].iter().filter(|it| **it == b'\n').count() as u64;
        self.at += n;
        self.budget = self.budget.saturating_sub(n);
    }
}

fn known(encoding: TextEncoding) -> &'static Encoding {
    match encoding {
        TextEncoding::Utf8 => UTF_8,
        TextEncoding::Utf16Le => UTF_16LE,
        TextEncoding::Utf16Be => UTF_16BE,
        TextEncoding::Windows1250 => WINDOWS_1250,
        TextEncoding::Iso8859_2 => ISO_8859_2,
    }
}

/// The encoding of a name from a declaration (WHATWG Encoding), as far as we read it.
pub fn by_label(label: &str) -> Option<TextEncoding> {
    let encoding = Encoding::for_label(label.as_bytes())?;
    TextEncoding::ALL.into_iter().find(|it| known(*it) == encoding)
}

/// The beginning of a file as text.
pub fn decoded(head: &[u8], encoding: TextEncoding) -> String {
    let mut decoder = known(encoding).new_decoder_with_bom_removal();
    let mut text = String::with_capacity(decoder.max_utf8_buffer_length(head.len()).unwrap_or_default());
    // The piece may end inside a letter, so it is not told to be the last.
    let _ = decoder.decode_to_string(head, &mut text, false);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8], encoding: TextEncoding) -> String {
        let mut text = String::new();
        Decode::new(&mut &*bytes, encoding).read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn each_encoding_comes_out_as_utf8() {
        assert_eq!(all(b"\xef\xbb\xbfk\xc3\xb4\xc5\x88", TextEncoding::Utf8), "kôň");
        assert_eq!(all(b"\xff\xfek\0\xf4\0\x48\x01", TextEncoding::Utf16Le), "kôň");
        assert_eq!(all(b"\xfe\xff\0k\0\xf4\x01\x48", TextEncoding::Utf16Be), "kôň");
        assert_eq!(all(b"\x8ait k\xf4\xf2", TextEncoding::Windows1250), "Šit kôň");
        assert_eq!(all(b"\xa9it k\xf4\xf2", TextEncoding::Iso8859_2), "Šit kôň");
        assert_eq!(all(b"k\xf4\xf2", TextEncoding::Utf8), "k\u{fffd}\u{fffd}");
    }

    #[test]
    fn more_than_allowed_at_once_is_refused_with_its_line() {
        let bytes = b"one\ntwo\nthree";
        let mut source = &bytes[..];
        let mut decode = Decode::new(&mut source, TextEncoding::Utf8).limited(6, model::TableFault::Malformed);
        let mut line = String::new();
        decode.read_line(&mut line).unwrap();
        decode.allow();
        decode.read_line(&mut line).unwrap();
        assert!(decode.read_to_string(&mut line).is_err());
        assert_eq!(decode.line(), 3);
    }
}
