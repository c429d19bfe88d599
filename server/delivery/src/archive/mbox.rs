//! Mails one after the other in one file (RFC 4155), read as a stream.

use std::io::{self, BufRead};

use super::MAIL_MAX;

/// One mail of the file.
#[derive(Debug, PartialEq, Eq)]
pub struct Piece {
    /// Where it begins, in bytes.
    pub offset: u64,
    /// The mail; nothing when it is larger than [`MAIL_MAX`].
    pub content: Option<Vec<u8>>,
}

/// Takes a file apart, one mail in memory.
pub struct Mbox<R> {
    source: R,
    at: u64,
    /// The line that separates was read already; where the mail behind it began.
    begun: Option<u64>,
    /// The file is one mail, whatever its lines say.
    is_single: bool,
}

impl<R: BufRead> Mbox<R> {
    /// A file from its beginning.
    pub fn new(source: R) -> Self {
        Self { source, at: 0, begun: None, is_single: false }
    }

    /// The next mail; nothing at the end of the file.
    ///
    /// # Errors
    /// Fails when the file cannot be read.
    pub fn next_mail(&mut self) -> io::Result<Option<Piece>> {
        let (mut content, mut is_large, mut after_blank) = (Vec::new(), false, true);
        let mut offset = self.begun.take();
        let mut line = Vec::new();
        loop {
            let start = self.at;
            let is_whole = self.line(&mut line)?;
            if line.is_empty() {
                return Ok(offset.map(|offset| Piece { offset, content: (!is_large).then_some(content) }));
            }
            if after_blank && !self.is_single && separates(&line) {
                match offset {
                    // Some writers put no blank line before the first one, and many put several.
                    None => offset = Some(start),
                    Some(_) => {
                        self.begun = Some(start);
                        return Ok(offset.map(|offset| Piece { offset, content: (!is_large).then_some(content) }));
                    }
                }
                continue;
            }
            after_blank = matches!(line.as_slice(), b"\n" | b"\r\n");
            if offset.is_none() {
                if after_blank {
                    continue;
                }
                // A file that does not begin with a separating line is one mail.
                (offset, self.is_single) = (Some(start), true);
            }
            if MAIL_MAX < content.len() + line.len() {
                (is_large, content) = (true, Vec::new());
            }
            if !is_large {
                let quotes = is_whole && !self.is_single;
                content.extend_from_slice(if quotes { unquoted(&line) } else { &line });
            }
        }
    }

    /// Reads a line with its end; of one that never ends, a part.
    fn line(&mut self, line: &mut Vec<u8>) -> io::Result<bool> {
        line.clear();
        loop {
            let read = self.source.fill_buf()?;
            if read.is_empty() {
                return Ok(true);
            }
            let end = read.iter().position(|it| *it == b'\n').map(|it| it + 1);
            let n = end.unwrap_or(read.len());
            line.extend_from_slice(&read[..n]);
            self.source.consume(n);
            self.at += n as u64;
            if end.is_some() || LINE_MAX < line.len() {
                return Ok(end.is_some());
            }
        }
    }
}

/// The longest line that is held, in bytes.
const LINE_MAX: usize = 1 << 20;

/// Whether a line begins a mail: `From`, who it was from, and when with a time of day. Not every writer quotes such words in texts.
fn separates(line: &[u8]) -> bool {
    let is_time = |it: &[u8]| it[2] == b':' && [it[0], it[1], it[3], it[4]].iter().all(u8::is_ascii_digit);
    line.starts_with(b"From ") && line.windows(5).any(is_time)
}

/// Lines of the text that begin like a separating one are quoted by `>`.
fn unquoted(line: &[u8]) -> &[u8] {
    let quotes = line.iter().take_while(|it| **it == b'>').count();
    if 0 < quotes && line[quotes..].starts_with(b"From ") { &line[1..] } else { line }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mails(file: &[u8]) -> Vec<(u64, String)> {
        let mut mbox = Mbox::new(file);
        let mut mails = Vec::new();
        while let Some(it) = mbox.next_mail().unwrap() {
            mails.push((it.offset, String::from_utf8(it.content.unwrap()).unwrap()));
        }
        mails
    }

    #[test]
    fn mails_come_apart_at_separating_lines_and_quoted_ones_are_text() {
        let first = "From eva@x.sk Mon May 28 20:26:40 2026\nSubject: a\n\nFrom here\n>From there\n\n";
        let file = format!("{first}From jan@x.sk Tue May 29 08:00:00 2026\r\nSubject: b\r\n\r\nx\r\n");
        let expected = [
            (0, "Subject: a\n\nFrom here\nFrom there\n\n".to_owned()),
            (first.len() as u64, "Subject: b\r\n\r\nx\r\n".to_owned()),
        ];
        assert_eq!(mails(file.as_bytes()), expected);
    }

    #[test]
    fn a_file_without_separating_lines_is_one_mail() {
        assert_eq!(mails(b"Subject: a\r\n\r\ntext\r\n"), [(0, "Subject: a\r\n\r\ntext\r\n".to_owned())]);
        let quoting = "Subject: a\n\nFrom eva@x.sk Mon May 28 20:26:40 2026\nx\n";
        assert_eq!(mails(quoting.as_bytes()), [(0, quoting.to_owned())]);
        assert_eq!(mails(b"\n\n"), []);
        assert_eq!(mails(b""), []);
    }

    #[test]
    fn a_mail_that_is_too_large_is_passed_over_and_the_next_one_read() {
        let mut file = b"From a 10:00\n".to_vec();
        file.extend(std::iter::repeat_n(b'x', MAIL_MAX + 1));
        file.extend(b"\n\nFrom b 10:01\nSubject: small\n");
        let mut mbox = Mbox::new(file.as_slice());
        assert_eq!(mbox.next_mail().unwrap().unwrap(), Piece { offset: 0, content: None });
        assert_eq!(mbox.next_mail().unwrap().unwrap().content.unwrap(), b"Subject: small\n");
        assert_eq!(mbox.next_mail().unwrap(), None);
    }
}
