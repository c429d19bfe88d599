//! A folder that copies of sent mails are put into.

use super::imap::Imap;
use super::{MailServer, MailboxTrouble};

/// An open connection to a mailbox (IMAP), with the folder that copies go into.
pub struct CopyFolder {
    imap: Imap,
    folder: String,
}

impl CopyFolder {
    /// Connects and signs in. The folder need not be there: the first copy makes it.
    ///
    /// # Errors
    /// Says at which step it ended and what the server said.
    pub async fn open(server: &MailServer, folder: &str) -> Result<Self, MailboxTrouble> {
        Ok(Self { imap: Imap::open(server, "INBOX").await?, folder: folder.to_owned() })
    }

    /// Whether a mail with that Message-ID, without its brackets, lies there already.
    ///
    /// # Errors
    /// The connection broke or the server refused.
    pub async fn holds(&mut self, header_id: &str) -> Result<bool, MailboxTrouble> {
        self.imap.holds(&self.folder, header_id).await
    }

    /// Puts a mail there, marked as read and dated when it was sent, in milliseconds since 1970. The inner error is the server's word
    /// against this one mail: untrusted text of at most 2 KB; the next one can be put.
    ///
    /// # Errors
    /// The connection broke: whether the mail arrived is not known.
    pub async fn put(&mut self, mail: &[u8], sent_ms: i64) -> Result<Result<(), String>, MailboxTrouble> {
        self.imap.append(&self.folder, mail, sent_ms).await
    }

    /// Takes leave.
    ///
    /// # Errors
    /// Never: each mail was confirmed before.
    pub async fn close(self) -> Result<(), MailboxTrouble> {
        self.imap.close().await
    }
}
