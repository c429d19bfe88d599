//! Reads mails of an old archive: the files they lie in, and the mails themselves. Everything in them is untrusted.

mod mail;
mod mbox;

pub use mail::{OldFile, OldMail, OldPerson, OldRole, read};
pub use mbox::{Mbox, Piece};

/// The largest mail that is taken in, in bytes: 25 MB of files in base64 and what is around them.
pub const MAIL_MAX: usize = 48 << 20;
