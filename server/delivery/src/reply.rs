//! One answer of a relay: code, enhanced code (RFC 3463) and its literal words, which are untrusted text.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::visible::visible;

/// How many bytes of a relay's words are kept.
const KEPT: usize = 2048;

/// An answer of a relay, kept literally: control and direction characters are made visible, the words end after 2 KB.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Reply {
    /// The three digits, 200 to 599.
    pub code: u16,
    /// The code of RFC 3463, if the first line has one of the same class.
    pub enhanced: Option<EnhancedCode>,
    /// The words of each line without the three digits.
    pub lines: Vec<String>,
}

/// A status code `class.subject.detail` of RFC 3463.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EnhancedCode {
    /// 2 success, 4 not now, 5 never.
    pub class: u8,
    /// What it is about: 1 address, 2 mailbox, 3 system, 4 network, 5 protocol, 6 content, 7 policy.
    pub subject: u16,
    /// The detail.
    pub detail: u16,
}

/// What the first digit says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ReplyClass {
    /// 2xx: done.
    Accepted,
    /// 3xx: go on.
    GoOn,
    /// 4xx: not now.
    Later,
    /// 5xx: never.
    Never,
}

impl Reply {
    /// Makes a reply of its code and the raw words of its lines.
    pub fn new<L: AsRef<[u8]>>(code: u16, lines: impl IntoIterator<Item = L>) -> Self {
        let mut left = KEPT;
        let mut kept = Vec::new();
        let mut enhanced = None;
        for (i, line) in lines.into_iter().enumerate() {
            if i == 0 {
                enhanced = EnhancedCode::leading(line.as_ref()).filter(|it| u16::from(it.class) == code / 100);
            }
            if left == 0 {
                break;
            }
            let words = visible(line.as_ref(), left);
            left = left.saturating_sub(words.len().max(1));
            kept.push(words);
        }
        Self { code, enhanced, lines: kept }
    }

    /// What the first digit says.
    pub fn class(&self) -> ReplyClass {
        match self.code / 100 {
            2 => ReplyClass::Accepted,
            3 => ReplyClass::GoOn,
            4 => ReplyClass::Later,
            _ => ReplyClass::Never,
        }
    }

    /// Whether the relay said with this answer that it closes the connection (421, or 521 of RFC 7504).
    pub fn closes(&self) -> bool {
        matches!(self.code, 421 | 521)
    }

    /// Whether the words contain `needle`, which is lower case ASCII.
    pub(crate) fn says(&self, needle: &str) -> bool {
        self.lines.iter().any(|line| line.to_ascii_lowercase().contains(needle))
    }

    /// Whether the enhanced code is one of `codes`.
    pub(crate) fn has(&self, codes: &[(u8, u16, u16)]) -> bool {
        self.enhanced.is_some_and(|it| codes.contains(&(it.class, it.subject, it.detail)))
    }

    /// The subject of the enhanced code.
    pub(crate) fn subject(&self) -> Option<u16> {
        self.enhanced.map(|it| it.subject)
    }
}

/// The answer as the relay wrote it, e.g. `550 5.1.1 No such user`; several lines are parted by `\n`.
impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let last = self.lines.len().saturating_sub(1);
        for (i, line) in self.lines.iter().enumerate() {
            match (i == last, line.is_empty()) {
                (false, _) => writeln!(f, "{}-{line}", self.code)?,
                (true, false) => write!(f, "{} {line}", self.code)?,
                (true, true) => write!(f, "{}", self.code)?,
            }
        }
        if self.lines.is_empty() { write!(f, "{}", self.code) } else { Ok(()) }
    }
}

impl EnhancedCode {
    /// Reads the code that the words begin with.
    pub(crate) fn leading(words: &[u8]) -> Option<Self> {
        let word = words.split(|it| it.is_ascii_whitespace()).next()?;
        let mut parts = std::str::from_utf8(word).ok()?.split('.');
        let (class, subject, detail) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || !matches!(class, "2" | "4" | "5") {
            return None;
        }
        Some(Self { class: class.parse().ok()?, subject: digits(subject)?, detail: digits(detail)? })
    }
}

impl fmt::Display for EnhancedCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.class, self.subject, self.detail)
    }
}

/// One to three digits.
fn digits(text: &str) -> Option<u16> {
    let fine = (1..=3).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_digit());
    fine.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_enhanced_code_is_read_from_the_first_line() {
        let reply = Reply::new(550, ["5.1.1 No such user", "here"]);
        assert_eq!(reply.enhanced, Some(EnhancedCode { class: 5, subject: 1, detail: 1 }));
        assert_eq!(reply.to_string(), "550-5.1.1 No such user\n550 here");
    }

    #[test]
    fn an_enhanced_code_of_another_class_is_not_believed() {
        assert_eq!(Reply::new(550, ["2.1.5 ok"]).enhanced, None);
        for words in ["5.1 x", "5.1.1.1 x", "5.1234.1 x", "5.+1.1 x", "", "x"] {
            assert_eq!(Reply::new(550, [words]).enhanced, None, "{words}");
        }
    }

    #[test]
    fn words_end_after_two_kilobytes_and_show_control_characters() {
        let reply = Reply::new(250, vec!["\u{1b}[31mč".repeat(200); 50]);
        assert!(reply.lines.iter().map(String::len).sum::<usize>() <= KEPT);
        assert!(reply.lines.iter().all(|line| line.chars().all(|it| !it.is_control())));
    }

    #[test]
    fn a_reply_without_words_is_its_code() {
        assert_eq!(Reply::new(250, [""]).to_string(), "250");
        assert_eq!(Reply::new(250, Vec::<String>::new()).to_string(), "250");
    }
}
