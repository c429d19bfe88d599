//! Quoted-printable (RFC 2045 §6.7) in one pass: a campaign encodes as many bytes as it sends.

/// How many columns a line has before the `=` that goes on in the next one.
const WIDTH: usize = 75;

/// Encodes a text, every kind of line end as CRLF. A letter is never cut, so that programs that decode line by line show it as well.
pub(super) fn quoted(text: &str) -> Vec<u8> {
    let mut page = Page { out: Vec::with_capacity(text.len() + text.len() / 2), column: 0 };
    let mut rest = text.as_bytes();
    loop {
        let (run, after) = rest.split_at(rest.iter().position(|it| !is_literal(*it)).unwrap_or(rest.len()));
        page.literal(run);
        rest = match after {
            [] => break,
            [b'\r', b'\n', rest @ ..] | [b'\r' | b'\n', rest @ ..] => {
                page.end_line();
                rest
            }
            [first, ..] => {
                let (letter, rest) = after.split_at(width(*first));
                page.quote(letter);
                rest
            }
        };
    }
    page.quote_blank();
    page.out
}

/// What has been written, and how long its last line is.
struct Page {
    out: Vec<u8>,
    column: usize,
}

impl Page {
    /// Writes bytes that stand for themselves.
    fn literal(&mut self, mut run: &[u8]) {
        while !run.is_empty() {
            self.make_room(1);
            let (now, later) = run.split_at(run.len().min(WIDTH - self.column));
            self.out.extend_from_slice(now);
            self.column += now.len();
            run = later;
        }
    }

    /// Writes the bytes of one letter as `=XX`.
    fn quote(&mut self, letter: &[u8]) {
        const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
        self.make_room(3 * letter.len());
        for byte in letter {
            self.out.extend([b'=', DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
        }
        self.column += 3 * letter.len();
    }

    /// Begins a new line on paper, which is none in the text, if so many columns are not left.
    fn make_room(&mut self, columns: usize) {
        if WIDTH < self.column + columns {
            self.out.extend_from_slice(b"=\r\n");
            self.column = 0;
        }
    }

    fn end_line(&mut self) {
        self.quote_blank();
        self.out.extend_from_slice(b"\r\n");
        self.column = 0;
    }

    /// A blank at the end of a line may be lost on its way (RFC 2045 §6.7, rule 3).
    fn quote_blank(&mut self) {
        if let Some(blank @ (b' ' | b'\t')) = self.out.last().copied() {
            self.out.pop();
            self.column -= 1;
            self.quote(&[blank]);
        }
    }
}

/// Whether a byte stands for itself.
fn is_literal(byte: u8) -> bool {
    matches!(byte, b'\t' | b' '..=b'<' | b'>'..=b'~')
}

/// How many bytes a letter of UTF-8 has that begins with this one.
fn width(first: u8) -> usize {
    match first {
        0..0x80 => 1,
        0x80..0xE0 => 2,
        0xE0..0xF0 => 3,
        _ => 4,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text_of(quoted: &[u8]) -> String {
        mail_parser::decoders::quoted_printable::quoted_printable_decode(quoted).map(|it| String::from_utf8(it).unwrap()).unwrap()
    }

    #[test]
    fn letters_equals_signs_and_blanks_at_the_end_are_quoted() {
        for (text, wanted) in [
            ("", ""),
            ("a=b", "a=3Db"),
            ("čaj €", "=C4=8Daj =E2=82=AC"),
            ("a \nb\t", "a=20\r\nb=09"),
            ("a\rb\r\n\nc\u{0}", "a\r\nb\r\n\r\nc=00"),
        ] {
            assert_eq!(String::from_utf8(quoted(text)).unwrap(), wanted);
        }
    }

    #[test]
    fn a_letter_is_never_cut() {
        let lines = quoted(&"ž".repeat(40));
        let lines: Vec<&str> = std::str::from_utf8(&lines).unwrap().split("\r\n").collect();
        assert_eq!(
            lines,
            [
                format!("{}=", "=C5=BE".repeat(12)),
                format!("{}=", "=C5=BE".repeat(12)),
                format!("{}=", "=C5=BE".repeat(12)),
                "=C5=BE".repeat(4)
            ]
        );
    }

    proptest! {
        #[test]
        fn lines_are_short_and_the_text_is_read_back(text in "[ \\t=.ačž€😀\\r\\n-]{0,400}") {
            let quoted = quoted(&text);
            for line in quoted.split(|it| *it == b'\n').map(|it| it.strip_suffix(b"\r").unwrap_or(it)) {
                prop_assert!(line.len() <= 76 && line.is_ascii() && !line.ends_with(b" ") && !line.ends_with(b"\t"));
            }
            prop_assert_eq!(text_of(&quoted), super::super::body::with_crlf(&text));
        }
    }
}
