//! Lines and replies over a stream, each bounded in time and size.

use std::{io, time::Duration};

use tokio::{net::TcpStream, time::timeout};

use super::stream::{Glance, Stream};
use crate::{Phase, Reply, Trouble, TroubleKind};

/// The longest line of an answer. RFC 5321 §4.5.3.1.5 says 512; real relays write more.
const LONGEST_LINE: usize = 4096;
/// The longest answer of all its lines together.
const LONGEST_REPLY: usize = 64 * 1024;
/// How much is written under one time limit.
const BLOCK: usize = 64 * 1024;
/// How long encrypted bytes that lie in the socket get to turn out as words; they are there already.
const DECRYPT: Duration = Duration::from_millis(20);

pub(super) struct Wire {
    stream: Stream,
    inbox: Vec<u8>,
}

/// An answer with all its lines, before it is cut for keeping.
pub(super) struct Answer {
    pub(super) code: u16,
    pub(super) lines: Vec<Vec<u8>>,
}

/// What the peer has said without being asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unasked {
    Nothing,
    Words,
    Closed,
}

impl Answer {
    pub(super) fn reply(&self) -> Reply {
        Reply::new(self.code, &self.lines)
    }
}

impl Wire {
    pub(super) fn new(stream: Stream) -> Self {
        Self { stream, inbox: Vec::new() }
    }

    pub(super) fn stream(&self) -> &Stream {
        &self.stream
    }

    /// Gives the bare connection back for a handshake, unless the peer has already said something more.
    pub(super) fn into_plain(self) -> Result<TcpStream, Trouble> {
        match self.stream {
            Stream::Plain(tcp) if self.inbox.is_empty() => Ok(tcp),
            _ => Err(Trouble::new(Phase::StartTls, TroubleKind::InjectedText, "text after the answer to STARTTLS")),
        }
    }

    /// Writes bytes; the limit holds for each block of 64 KB.
    pub(super) async fn send(&mut self, bytes: &[u8], phase: Phase, limit: Duration) -> Result<(), Trouble> {
        for block in bytes.chunks(BLOCK) {
            match timeout(limit, self.stream.write(block)).await {
                Err(_) => return Err(Trouble::new(phase, TroubleKind::TimedOut, "writing")),
                Ok(Err(error)) => return Err(lost(phase, &error)),
                Ok(Ok(())) => {}
            }
        }
        Ok(())
    }

    /// Writes one command and reads its answer; words that came before the command mean that the peer is out of step.
    pub(super) async fn ask(&mut self, command: &[u8], phase: Phase, limit: Duration) -> Result<Answer, Trouble> {
        if !self.inbox.is_empty() {
            return Err(Trouble::new(phase, TroubleKind::Desync, "an answer that nobody asked for"));
        }
        match self.send(command, phase, limit).await {
            Ok(()) => self.read(phase, limit).await,
            // A relay that hangs up often says why before.
            Err(trouble) => self.last_words(phase).await.ok_or(trouble),
        }
    }

    /// Reads one whole answer within the limit, however slowly it trickles in.
    pub(super) async fn read(&mut self, phase: Phase, limit: Duration) -> Result<Answer, Trouble> {
        match timeout(limit, self.read_lines(phase)).await {
            Ok(answer) => answer,
            Err(_) => Err(Trouble::new(phase, TroubleKind::TimedOut, "")),
        }
    }

    async fn read_lines(&mut self, phase: Phase) -> Result<Answer, Trouble> {
        let mut code = None;
        let mut lines = Vec::new();
        let mut size = 0;
        loop {
            let line = self.read_line(phase).await?;
            size += line.len() + 1;
            if LONGEST_REPLY < size {
                return Err(Trouble::new(phase, TroubleKind::ReplyTooLong, "more than 64 KB"));
            }
            let (this, last, words) = parse(&line)
                .ok_or_else(|| Trouble::new(phase, TroubleKind::ReplyMalformed, crate::visible::visible(&line, 200)))?;
            if *code.get_or_insert(this) != this {
                return Err(Trouble::new(phase, TroubleKind::ReplyMalformed, "the lines of one answer have different codes"));
            }
            lines.push(words.to_vec());
            if last {
                return Ok(Answer { code: this, lines });
            }
        }
    }

    /// Reads up to the next LF and drops it and the CR before it; relays that send LF alone are understood.
    async fn read_line(&mut self, phase: Phase) -> Result<Vec<u8>, Trouble> {
        loop {
            if let Some(end) = self.inbox.iter().position(|&it| it == b'\n') {
                let mut line: Vec<u8> = self.inbox.drain(..=end).collect();
                line.pop();
                if line.last() == Some(&b'\r') {
                    line.pop();
                }
                return Ok(line);
            }
            if LONGEST_LINE < self.inbox.len() {
                return Err(Trouble::new(phase, TroubleKind::ReplyTooLong, "a line of more than 4 KB"));
            }
            match self.stream.read(&mut self.inbox).await {
                Ok(0) => return Err(Trouble::new(phase, TroubleKind::Closed, "")),
                Ok(_) => {}
                Err(error) => return Err(lost(phase, &error)),
            }
        }
    }

    /// Looks whether the peer has said something or hung up, without waiting for it.
    pub(super) async fn unasked(&mut self) -> Unasked {
        if !self.inbox.is_empty() {
            return Unasked::Words;
        }
        match self.stream.glance() {
            Glance::Nothing => Unasked::Nothing,
            Glance::Closed => Unasked::Closed,
            // With TLS the bytes may be a session ticket, which is no word.
            Glance::Bytes => match timeout(DECRYPT, self.stream.read(&mut self.inbox)).await {
                Ok(Ok(0) | Err(_)) => Unasked::Closed,
                Ok(Ok(_)) => Unasked::Words,
                Err(_) => Unasked::Nothing,
            },
        }
    }

    /// An answer that lies there although the connection is lost.
    pub(super) async fn last_words(&mut self, phase: Phase) -> Option<Answer> {
        self.read(phase, DECRYPT).await.ok().filter(|it| 400 <= it.code)
    }
}

/// Splits `250-words` into code, whether it is the last line, and words.
fn parse(line: &[u8]) -> Option<(u16, bool, &[u8])> {
    let (digits, rest) = line.split_at_checked(3)?;
    let code: u16 = std::str::from_utf8(digits).ok().filter(|it| it.bytes().all(|it| it.is_ascii_digit()))?.parse().ok()?;
    if !(200..600).contains(&code) {
        return None;
    }
    match rest.split_first() {
        None => Some((code, true, rest)),
        Some((b' ', words)) => Some((code, true, words)),
        Some((b'-', words)) => Some((code, false, words)),
        Some(_) => None,
    }
}

/// A connection that failed while it was used.
fn lost(phase: Phase, error: &io::Error) -> Trouble {
    Trouble::new(phase, TroubleKind::Closed, error.to_string())
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn a_line_is_a_code_a_mark_and_words() {
        assert_eq!(parse(b"250-a b"), Some((250, false, &b"a b"[..])));
        assert_eq!(parse(b"250"), Some((250, true, &b""[..])));
        assert_eq!(parse(b"354 "), Some((354, true, &b""[..])));
        for line in [&b""[..], b"25", b"2x0 a", b"+25 a", b"100 a", b"600 a", b"2500", b"250\ta", b"HTTP/1.1 400"] {
            assert_eq!(parse(line), None, "{line:?}");
        }
    }
}
