//! Signing mails so that receivers can tell whose they are: DKIM (RFC 6376) with RSA and Ed25519 (RFC 8463).
//!
//! Everything is canonicalised *relaxed*. Headers that a program shows are signed once more than they occur, so that nobody can add
//! another one on the way. There is no time stamp in the signature: the same mail keeps giving the same bytes.

mod canon;
mod key;
mod record;

use base64::{Engine, prelude::BASE64_STANDARD};
use model::DkimAlgorithm;

pub use key::{NewKey, SigningKey, generate};
pub use record::{found, record};

/// Headers that are signed as often as they occur, and which of them once more.
const SIGNED: [(&str, Oversigned); 17] = [
    ("From", Oversigned::Yes),
    ("Reply-To", Oversigned::Yes),
    ("To", Oversigned::Yes),
    ("Cc", Oversigned::Yes),
    ("Subject", Oversigned::Yes),
    ("Date", Oversigned::Yes),
    ("Message-ID", Oversigned::Yes),
    ("MIME-Version", Oversigned::Yes),
    ("Content-Type", Oversigned::Yes),
    ("Content-Transfer-Encoding", Oversigned::No),
    ("In-Reply-To", Oversigned::No),
    ("References", Oversigned::No),
    ("Auto-Submitted", Oversigned::No),
    ("Feedback-ID", Oversigned::No),
    ("List-ID", Oversigned::No),
    ("List-Unsubscribe", Oversigned::Yes),
    ("List-Unsubscribe-Post", Oversigned::Yes),
];
/// The width of a line of the signature.
const WIDTH: usize = 72;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Oversigned {
    Yes,
    No,
}

/// Why nothing could be signed or no key be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DkimFault {
    /// The stored key cannot be read.
    #[error("the key for signing cannot be read")]
    Key,
    /// The machine could not make a key or a signature.
    #[error("the signature could not be made")]
    Signing,
    /// The bytes are no message with a header section.
    #[error("the message has no headers")]
    Message,
}

/// What signs the mails of one domain with one key.
pub struct Signer {
    domain: String,
    selector: String,
    key: SigningKey,
}

impl Signer {
    /// Signs for `domain` with the key whose record stands at `selector`.
    ///
    /// # Errors
    /// The private key (PKCS #8, DER) cannot be read.
    pub fn new(domain: &str, selector: &str, algorithm: DkimAlgorithm, private: &[u8]) -> Result<Self, DkimFault> {
        Ok(Self { domain: domain.to_owned(), selector: selector.to_owned(), key: SigningKey::read(algorithm, private)? })
    }

    /// The header `DKIM-Signature` for a message, with its line end.
    fn header(&self, fields: &[canon::Field<'_>], body_hash: &str) -> Result<Vec<u8>, DkimFault> {
        let names = signed_names(fields);
        let unsigned = format!(
            "DKIM-Signature: v=1; a={}; c=relaxed/relaxed;\r\n\td={}; s={};\r\n\th={};\r\n\tbh={body_hash};\r\n\tb=",
            self.key.name(),
            self.domain,
            self.selector,
            folded_names(&names),
        );
        let mut data = Vec::with_capacity(2048);
        canon::headers(fields, &names, &mut data);
        canon::signature_header(unsigned.as_bytes(), &mut data);
        let signature = BASE64_STANDARD.encode(self.key.sign(&data)?);
        let mut out = unsigned.into_bytes();
        for (n, line) in signature.as_bytes().chunks(WIDTH).enumerate() {
            if 0 < n {
                out.extend_from_slice(b"\r\n\t ");
            }
            out.extend_from_slice(line);
        }
        out.extend_from_slice(b"\r\n");
        Ok(out)
    }
}

/// Puts one signature of each signer in front of a message with CRLF line ends.
///
/// # Errors
/// The bytes are no message, or a signature could not be made; then nothing may be taken as signed.
pub fn sign(signers: &[Signer], message: &[u8]) -> Result<Vec<u8>, DkimFault> {
    let (fields, body) = canon::split(message).ok_or(DkimFault::Message)?;
    let body_hash = BASE64_STANDARD.encode(canon::body_hash(body));
    let mut out = Vec::with_capacity(message.len() + 1024 * signers.len());
    for signer in signers {
        out.extend_from_slice(&signer.header(&fields, &body_hash)?);
    }
    out.extend_from_slice(message);
    Ok(out)
}

/// The names for `h=`: each signed header as often as it occurs, and what is shown to people once more (RFC 6376 §8.15).
fn signed_names(fields: &[canon::Field<'_>]) -> Vec<&'static str> {
    let mut names = Vec::new();
    for (name, oversigned) in SIGNED {
        let n = fields.iter().filter(|it| it.is(name)).count() + usize::from(oversigned == Oversigned::Yes);
        names.extend(std::iter::repeat_n(name, n));
    }
    names
}

/// The names with colons between them, in short lines.
fn folded_names(names: &[&str]) -> String {
    let (mut out, mut width) = (String::new(), 0);
    for (n, name) in names.iter().enumerate() {
        if 0 < n {
            out.push(':');
        }
        if WIDTH < width + name.len() {
            out.push_str("\r\n\t ");
            width = 0;
        }
        out.push_str(name);
        width += name.len() + 1;
    }
    out
}
