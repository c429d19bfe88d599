//! How a try to send ended: with an answer, with trouble before anything was handed over, or with nobody knowing.

use serde::{Deserialize, Serialize};

use crate::{Reply, Verdict};

/// Where in the conversation something happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Phase {
    /// Looking up the addresses of the host.
    Resolve,
    /// Making the TCP connection.
    Connect,
    /// Waiting for the first line of the relay.
    Greeting,
    /// EHLO or HELO.
    Hello,
    /// Asking for TLS by STARTTLS.
    StartTls,
    /// The TLS handshake with its certificate check.
    Handshake,
    /// AUTH.
    Login,
    /// MAIL FROM.
    Sender,
    /// RCPT TO.
    Recipient,
    /// DATA, until the relay says 354.
    Data,
    /// Writing the message, before its final dot.
    Body,
    /// The final dot and its answer.
    FinalDot,
    /// RSET.
    Reset,
    /// A request to a gateway, from its first byte to the last byte of the answer.
    Request,
}

/// What went wrong, when it was not simply an answer to a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TroubleKind {
    /// The name of the host has no address, or the look-up failed.
    HostNotFound,
    /// Nobody listens at the port.
    Refused,
    /// The network knows no way to the host.
    Unreachable,
    /// The peer took longer than the phase allows.
    TimedOut,
    /// The peer closed or reset the connection.
    Closed,
    /// TLS was begun, but the peer speaks something else.
    NotTls,
    /// The handshake failed for a reason other than the certificate, e.g. only versions below TLS 1.2.
    TlsFailed,
    /// The certificate was not issued by an authority we trust.
    CertificateUntrusted,
    /// The certificate belongs to another name.
    CertificateWrongName,
    /// The certificate is no longer valid.
    CertificateExpired,
    /// The certificate is not valid yet (or the clock here is wrong).
    CertificateNotYetValid,
    /// The certificate is broken in another way.
    CertificateInvalid,
    /// This machine has no list of trusted authorities.
    NoTrustedRoots,
    /// STARTTLS is required and the relay does not offer it.
    TlsNotOffered,
    /// Text came between STARTTLS and the handshake; somebody on the way may have put it there.
    InjectedText,
    /// Credentials are set, but the relay offers no AUTH.
    LoginNotOffered,
    /// The relay offers AUTH, but no mechanism that fits the credentials.
    LoginMethodMissing,
    /// The relay does not take the token; another one may help. See the reply.
    TokenRefused,
    /// The provider gives no token until somebody has signed in there again.
    ConsentEnded,
    /// The provider cannot give a token now.
    TokenNotNow,
    /// The relay answered with a code that says no; see the reply.
    Answered,
    /// The answers do not fit the questions any more.
    Desync,
    /// The answer is not SMTP.
    ReplyMalformed,
    /// The answer is longer than any honest one.
    ReplyTooLong,
    /// A connection that was kept open had been closed meanwhile; this is no attempt.
    Stale,
    /// The relay offers PIPELINING and failed at it; from now on the relay's [`Pipelining`](crate::smtp::Pipelining) does without.
    PipeliningBroken,
    /// The message is larger than the relay's SIZE.
    TooBig,
    /// The message needs 8BITMIME or SMTPUTF8, which the relay does not offer.
    EightBitNotOffered,
    /// A setting (HELO name, user, ENVID) has a character that must not go onto the wire.
    UnsafeSetting,
}

/// Something that kept a message from being handed over, or a connection from being opened.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Trouble {
    /// Where it happened.
    pub phase: Phase,
    /// What happened.
    pub kind: TroubleKind,
    /// The relay's last answer, if it gave one that belongs to this.
    pub reply: Option<Reply>,
    /// Technical words for the log and the expert; never an address, a password or a message.
    pub detail: String,
}

/// What is known about a message whose fate is not.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Evidence {
    /// What happened after the final dot had left or could have left.
    pub trouble: Trouble,
    /// The address and port of the relay.
    pub relay: String,
    /// How many bytes of the message the socket had taken before the final dot.
    pub bytes: u64,
}

/// How one try to send one message to one recipient ended.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Outcome {
    /// The relay took the message.
    Accepted {
        /// The answer to the final dot.
        reply: Reply,
    },
    /// The relay said *not now* (4xx).
    Deferred {
        /// What it answered to.
        phase: Phase,
        /// The answer.
        reply: Reply,
    },
    /// The relay said *never* (5xx).
    Rejected {
        /// What it answered to.
        phase: Phase,
        /// The answer.
        reply: Reply,
    },
    /// The final dot may have left and no answer came: the relay may have the message or not.
    Unknown {
        /// What is known.
        evidence: Evidence,
    },
    /// It is certain that the relay has not got the message, and it gave no verdict on it.
    NotSent {
        /// Why.
        trouble: Trouble,
    },
}

impl Trouble {
    /// Makes a trouble without an answer.
    pub(crate) fn new(phase: Phase, kind: TroubleKind, detail: impl Into<String>) -> Self {
        Self { phase, kind, reply: None, detail: detail.into() }
    }

    /// Makes a trouble of an answer that says no.
    pub(crate) fn answered(phase: Phase, reply: Reply) -> Self {
        Self { phase, kind: TroubleKind::Answered, reply: Some(reply), detail: String::new() }
    }

    /// What the trouble asks of the sender.
    pub fn verdict(&self) -> Verdict {
        Verdict::of_trouble(self)
    }
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // A provider's words say it all.
        if matches!(self.kind, TroubleKind::ConsentEnded | TroubleKind::TokenNotNow) {
            return f.write_str(&self.detail);
        }
        write!(f, "{:?} at {:?}", self.kind, self.phase)?;
        if let Some(reply) = &self.reply {
            write!(f, ": {reply}")?;
        }
        if !self.detail.is_empty() {
            write!(f, " ({})", self.detail)?;
        }
        Ok(())
    }
}

impl std::error::Error for Trouble {}

impl Outcome {
    /// What the outcome asks of the sender.
    pub fn verdict(&self) -> Verdict {
        match self {
            Self::Accepted { .. } => Verdict::Accepted,
            Self::Deferred { phase, reply } | Self::Rejected { phase, reply } => Verdict::of_reply(*phase, reply),
            Self::Unknown { .. } => Verdict::Unknown,
            Self::NotSent { trouble } => trouble.verdict(),
        }
    }

    /// The relay's literal answer, if it gave one.
    pub fn reply(&self) -> Option<&Reply> {
        match self {
            Self::Accepted { reply } | Self::Deferred { reply, .. } | Self::Rejected { reply, .. } => Some(reply),
            Self::Unknown { evidence } => evidence.trouble.reply.as_ref(),
            Self::NotSent { trouble } => trouble.reply.as_ref(),
        }
    }

    /// Whether the relay's last word on this message is known to be that it did not take it, so that sending it again cannot double it.
    pub fn may_be_repeated(&self) -> bool {
        !matches!(self, Self::Accepted { .. } | Self::Unknown { .. })
    }
}
