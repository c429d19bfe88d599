//! Turns a mail as plain data into the bytes that go onto the wire: 7-bit clean, short lines, the same bytes for the same mail.

mod apart;
mod body;
mod fault;
mod files;
mod headers;
mod names;
mod quoted;
mod words;

use lettre::{Address, Message, address::Envelope};
use model::EmailAddress;

pub use apart::{Part, parts};
pub use fault::{Field, MimeFault, Reason};
pub use files::{FileContent, FileEncoder, LINE, MailFile, Place, SharedContent, encoded_lines, encoded_size};

/// One mail as it should be read.
#[derive(Clone, Debug)]
pub struct Mail {
    /// Who writes.
    pub from: Mailbox,
    /// Where answers go, if not to `from`.
    pub reply_to: Vec<Mailbox>,
    /// Whom it is written to, as everybody may see; the envelope decides who gets it.
    pub to: Vec<Mailbox>,
    /// Who gets a copy that everybody may see. There is no bcc here: hidden recipients stand only in envelopes.
    pub cc: Vec<Mailbox>,
    /// The subject, one line of at most 1,000 characters.
    pub subject: String,
    /// When it was written, Unix milliseconds.
    pub date_ms: i64,
    /// The Message-ID without its brackets, `left@right`.
    pub message_id: String,
    /// The plain text.
    pub text: String,
    /// The HTML, if there is one.
    pub html: Option<String>,
    /// Files in their order.
    pub files: Vec<MailFile>,
    /// Further headers, e.g. `Auto-Submitted` or `List-Unsubscribe`; none of those that are made of the other fields.
    pub headers: Vec<(String, String)>,
}

/// An address with the name that is shown for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailbox {
    /// The name; it is left out if it looks like an address, because programs would show it instead of the real one.
    pub name: Option<String>,
    /// The address.
    pub address: EmailAddress,
}

/// A mail ready to be checked by [`Content`](crate::Content) and transmitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Built {
    /// The message with CRLF line ends, no line longer than 998 bytes, ASCII only.
    pub bytes: Vec<u8>,
    /// How large it became.
    pub sizes: Sizes,
}

/// Sizes in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sizes {
    /// The whole message on the wire.
    pub total: usize,
    /// The plain text before encoding.
    pub text: usize,
    /// The HTML before encoding.
    pub html: usize,
    /// All files before encoding.
    pub files: usize,
}

/// Builds the bytes of a mail.
///
/// # Errors
/// Names the field that must not go into a message, e.g. a subject with a line break.
pub fn build(mail: &Mail) -> Result<Built, MimeFault> {
    let envelope = envelope(mail)?;
    let mut builder = Message::builder().envelope(envelope);
    for header in headers::all(mail)? {
        builder = builder.raw_header(header);
    }
    let message = match body::compose(mail)? {
        body::Body::One(part) => builder.singlepart(part),
        body::Body::Many(parts) => builder.multipart(parts),
    };
    let bytes = message.map_err(|_| MimeFault { field: Field::From, reason: Reason::Malformed })?.formatted();
    let sizes = Sizes {
        total: bytes.len(),
        text: mail.text.len(),
        html: mail.html.as_ref().map_or(0, String::len),
        files: mail.files.iter().map(|it| it.content.size()).sum(),
    };
    Ok(Built { bytes, sizes })
}

/// lettre wants an envelope; ours travels beside the message, so this one only satisfies it.
fn envelope(mail: &Mail) -> Result<Envelope, MimeFault> {
    let malformed = MimeFault { field: Field::From, reason: Reason::Malformed };
    let from = Address::new(mail.from.address.local(), mail.from.address.domain()).map_err(|_| malformed.clone())?;
    Envelope::new(Some(from.clone()), vec![from]).map_err(|_| malformed)
}
