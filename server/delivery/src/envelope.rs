//! Who a message is carried from and to, as the relay is told; nothing of it is read from the headers.

use model::EmailAddress;

/// The envelope of one message to one recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// Where bounces go; `None` is the null return path `<>`.
    pub sender: Option<EmailAddress>,
    /// The one recipient.
    pub recipient: EmailAddress,
    /// The ENVID of RFC 3461, by which receipts are recognised; at most 100 bytes.
    pub id: Option<String>,
}
