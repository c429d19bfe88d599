//! How a try to hand one SMS over ended, in the shape of [`Outcome`](crate::Outcome).

use std::fmt;

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use super::{Reference, SegmentId};
use crate::{Trouble, Verdict, visible::visible};

/// How many bytes of a gateway's words are kept.
const KEPT: usize = 2048;
/// How many bytes of an answer are looked through for secrets before it is cut.
const LOOKED_AT: usize = 64 << 10;

/// A gateway's literal answer: invisible characters are made visible, our own secrets are taken out, the words end after 2 KB.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Answer {
    /// The status of HTTP or the `command_status` of SMPP.
    pub status: u32,
    /// The gateway's own word for what it decided, such as `NO_BALANCE`; may be empty.
    pub code: String,
    /// What it said about this message.
    pub words: String,
}

impl Answer {
    pub(crate) fn new(status: u32, code: &str, words: &[u8], secrets: &[&SecretString]) -> Self {
        Self { status, code: cleaned(code.as_bytes(), 64, secrets), words: cleaned(words, KEPT, secrets) }
    }
}

/// Text of a gateway as it may be kept, at most `limit` bytes.
pub(crate) fn cleaned(bytes: &[u8], limit: usize, secrets: &[&SecretString]) -> String {
    let mut text = String::from_utf8_lossy(bytes.get(..LOOKED_AT).unwrap_or(bytes)).into_owned();
    for secret in secrets.iter().map(|it| it.expose_secret()).filter(|it| !it.is_empty()) {
        let encoded: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
        text = text.replace(secret, "•••").replace(&encoded, "•••").replace(&encoded.replace('+', "%20"), "•••");
    }
    visible(text.as_bytes(), limit)
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.status)?;
        if !self.code.is_empty() {
            write!(f, " {}", self.code)?;
        }
        if self.words.is_empty() { Ok(()) } else { write!(f, ": {}", self.words) }
    }
}

/// Why a gateway did not take a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Cause {
    /// It cannot take this message now.
    Busy,
    /// It cannot take any message now.
    Down,
    /// We are too fast for it.
    TooFast,
    /// The credit is used up: the messages wait until it is topped up.
    NoCredit,
    /// It does not let us in: the name, the key or the signature is wrong.
    Login,
    /// It does not understand us: an address or another setting is wrong.
    Settings,
    /// The account's own sender is not allowed.
    SenderOfAccount,
    /// The sender that this message names is not allowed.
    SenderOfMessage,
    /// The number gets no SMS.
    Number,
    /// The text is empty, too long or otherwise not acceptable.
    Text,
    /// It refused the message for good, for a reason of its own.
    Refused,
}

impl Cause {
    /// What the cause asks of the sender.
    pub fn verdict(self) -> Verdict {
        match self {
            Self::Busy => Verdict::MessageLater,
            Self::Down | Self::NoCredit => Verdict::AccountUnreachable,
            Self::TooFast => Verdict::AccountSlower,
            Self::Login | Self::Settings | Self::SenderOfAccount => Verdict::AccountStopped,
            Self::Number => Verdict::AddressBad,
            Self::SenderOfMessage | Self::Text | Self::Refused => Verdict::MessageNever,
        }
    }

    /// What a status of HTTP proves about a request that hands messages over, when the body says nothing that we understand.
    ///
    /// Nothing for 2xx and for most of 5xx: behind a proxy that gave up, the gateway may well have the messages. 503 is said by who
    /// did not even begin (RFC 9110 §15.6.4).
    pub(crate) fn of_status(status: u16) -> Option<Self> {
        match status {
            401 | 403 | 407 => Some(Self::Login),
            402 => Some(Self::NoCredit),
            408 | 425 => Some(Self::Busy),
            413 => Some(Self::Text),
            429 => Some(Self::TooFast),
            503 => Some(Self::Down),
            300..=499 | 501 | 505 => Some(Self::Settings),
            _ => None,
        }
    }
}

/// What is known about a message that the gateway may have or not.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SmsEvidence {
    /// What happened after the request had left or could have left.
    pub trouble: Option<Trouble>,
    /// What the gateway said, if it said anything.
    pub answer: Option<Answer>,
    /// Host and port of the gateway.
    pub gateway: String,
    /// Our own name of the delivery, by which the gateway may be asked.
    pub reference: Reference,
}

/// How one try to hand one message over ended.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SmsOutcome {
    /// The gateway took the message.
    Accepted {
        /// What it said.
        answer: Answer,
        /// Its name of each segment, in their order; one for the whole message where it does not tell them apart.
        segments: Vec<SegmentId>,
        /// Its name of the request that this message was part of.
        group: Option<String>,
    },
    /// The gateway said *not now*, or *not from this account*.
    Deferred {
        /// Why.
        cause: Cause,
        /// What it said.
        answer: Answer,
    },
    /// The gateway said *never*.
    Rejected {
        /// Why.
        cause: Cause,
        /// What it said.
        answer: Answer,
    },
    /// The request may have left and no answer came that we understand.
    Unknown {
        /// What is known.
        evidence: SmsEvidence,
    },
    /// It is certain that the gateway has not got the message, and it gave no verdict on it.
    NotSent {
        /// Why.
        trouble: Trouble,
    },
}

impl SmsOutcome {
    /// The gateway did not take the message.
    pub(crate) fn refused(cause: Cause, answer: Answer) -> Self {
        match cause.verdict() {
            Verdict::MessageNever | Verdict::AddressBad => Self::Rejected { cause, answer },
            _ => Self::Deferred { cause, answer },
        }
    }

    /// What the outcome asks of the sender.
    pub fn verdict(&self) -> Verdict {
        match self {
            Self::Accepted { .. } => Verdict::Accepted,
            Self::Deferred { cause, .. } | Self::Rejected { cause, .. } => cause.verdict(),
            Self::Unknown { .. } => Verdict::Unknown,
            Self::NotSent { trouble } => trouble.verdict(),
        }
    }

    /// The gateway's literal answer, if it gave one.
    pub fn answer(&self) -> Option<&Answer> {
        match self {
            Self::Accepted { answer, .. } | Self::Deferred { answer, .. } | Self::Rejected { answer, .. } => Some(answer),
            Self::Unknown { evidence } => evidence.answer.as_ref(),
            Self::NotSent { .. } => None,
        }
    }

    /// Whether it is known that the gateway has not got the message, so that sending it again cannot double it.
    pub fn may_be_repeated(&self) -> bool {
        !matches!(self, Self::Accepted { .. } | Self::Unknown { .. })
    }
}

/// Why a gateway could not be asked for receipts or credit. Asking again is always harmless.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum AskFailure {
    /// The gateway has no such question; see its capabilities.
    NotSupported,
    /// No answer came.
    Trouble(Trouble),
    /// The gateway said no, or something that we do not understand.
    Refused {
        /// Why.
        cause: Cause,
        /// What it said.
        answer: Answer,
    },
}

impl fmt::Display for AskFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotSupported => f.write_str("the gateway has no such question"),
            Self::Trouble(trouble) => trouble.fmt(f),
            Self::Refused { cause, answer } => write!(f, "{cause:?}: {answer}"),
        }
    }
}

impl std::error::Error for AskFailure {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_taken_out_of_answers_in_each_form() {
        let secret = SecretString::from("p&ss w+rd");
        for said in ["key p&ss w+rd is wrong", "key p%26ss+w%2Brd is wrong", "key p%26ss%20w%2Brd is wrong"] {
            assert_eq!(Answer::new(200, "", said.as_bytes(), &[&secret]).words, "key ••• is wrong", "{said}");
        }
        let long = [b"x".repeat(KEPT - 4).as_slice(), b"p&ss w+rd"].concat();
        assert!(!Answer::new(200, "", &long, &[&secret]).words.contains("p&"));
    }

    #[test]
    fn only_what_is_certain_is_read_from_a_status() {
        for status in [200, 204, 500, 502, 504, 599] {
            assert_eq!(Cause::of_status(status), None, "{status}");
        }
        for (status, cause) in [(301, Cause::Settings), (404, Cause::Settings), (429, Cause::TooFast), (503, Cause::Down)] {
            assert_eq!(Cause::of_status(status), Some(cause), "{status}");
        }
    }

    #[test]
    fn used_up_credit_makes_messages_wait_without_counting_a_try() {
        let outcome = SmsOutcome::refused(Cause::NoCredit, Answer::default());
        assert!(matches!(outcome, SmsOutcome::Deferred { .. }) && outcome.may_be_repeated());
        assert!(!outcome.verdict().is_attempt() && outcome.verdict() != Verdict::AccountStopped);
    }
}
