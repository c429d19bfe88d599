//! Mails in a mailbox file (RFC 4155), with LF and one more `>` before lines that could begin the next mail.

use std::io::{self, Write};

use model::Moment;

/// Writes mails that come in pieces. Of each, the line that is not ended yet is held.
#[derive(Default)]
pub(super) struct Boxer {
    line: Vec<u8>,
}

impl Boxer {
    /// Begins a mail.
    pub(super) fn begin(&mut self, sender: &str, at: Moment, into: &mut impl Write) -> io::Result<()> {
        let sender = if sender.is_empty() { "MAILER-DAEMON" } else { sender };
        writeln!(into, "From {sender} {}", asctime(at))
    }

    /// Writes the lines that end in the next piece.
    pub(super) fn put(&mut self, piece: &[u8], into: &mut impl Write) -> io::Result<()> {
        let mut lines = piece.split(|it| *it == b'\n').peekable();
        while let Some(line) = lines.next() {
            self.line.extend_from_slice(line);
            if lines.peek().is_some() {
                self.write(into)?;
            }
        }
        Ok(())
    }

    /// Ends a mail: what is left is the empty piece behind its last line break, and becomes the empty line between two mails.
    pub(super) fn end(&mut self, into: &mut impl Write) -> io::Result<()> {
        self.write(into)
    }

    fn write(&mut self, into: &mut impl Write) -> io::Result<()> {
        let line = std::mem::take(&mut self.line);
        let line = line.strip_suffix(b"\r").unwrap_or(&line);
        let is_quoted = line.iter().position(|it| *it != b'>').is_some_and(|at| line[at..].starts_with(b"From "));
        if is_quoted {
            into.write_all(b">")?;
        }
        into.write_all(line)?;
        into.write_all(b"\n")
    }
}

/// A moment in UTC as C's `asctime` writes it, which mailbox files take.
fn asctime(at: Moment) -> String {
    const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let day = model::Day::of(at);
    let (year, month, number) = day.parts();
    let seconds = at.0.rem_euclid(86_400_000) / 1_000;
    // 1970-01-01 was a Thursday.
    let name = DAYS[(day.0 + 3).rem_euclid(7) as usize];
    let month = MONTHS[(month - 1).rem_euclid(12) as usize];
    format!("{name} {month} {number:>2} {:02}:{:02}:{:02} {year}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mails_in_a_box_come_apart_again_wherever_their_pieces_end() {
        let mail = b"Subject: a\r\n\r\nFrom me\r\n>From you\r\nend\r\n";
        for size in [1, 7, mail.len()] {
            let (mut boxer, mut boxed) = (Boxer::default(), Vec::new());
            boxer.begin("eva@example.sk", Moment(1_780_000_000_000), &mut boxed).unwrap();
            mail.chunks(size).for_each(|it| boxer.put(it, &mut boxed).unwrap());
            boxer.end(&mut boxed).unwrap();
            let boxed = String::from_utf8(boxed).unwrap();
            assert_eq!(boxed, "From eva@example.sk Thu May 28 20:26:40 2026\nSubject: a\n\n>From me\n>>From you\nend\n\n");
        }
    }
}
