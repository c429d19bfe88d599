//! Reading a mailbox: IMAP (RFC 3501) and POP3 (RFC 1939), as much of them as it takes to fetch each mail once.
//!
//! A mail is never fetched whole when it is long, and nothing a server says is believed beyond its limits of size and time.

mod copies;
mod imap;
mod pop3;
mod talk;

use std::time::Duration;

use base64::{Engine, prelude::BASE64_STANDARD};
use model::{AfterReading, MailboxProtocol, MailboxStage, Security};
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use crate::Credentials;
use crate::sasl::Bearer;
use crate::smtp::{Route, Trust};

pub use copies::CopyFolder;
use imap::Imap;
use pop3::Pop3;

/// How much of a mail is fetched, in bytes.
const LONGEST: usize = 512 * 1024;

/// Where a mailbox is and who we are there.
pub struct MailServer {
    /// The host, as its certificate names it.
    pub host: String,
    /// The port.
    pub port: u16,
    /// How its address is found.
    pub route: Route,
    /// How the connection is protected.
    pub security: Security,
    /// Which certificates are believed.
    pub trust: Trust,
    /// Who we are.
    pub credentials: Credentials,
    /// How long the server may take for one answer.
    pub patience: Duration,
}

/// What went wrong, and at which step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailboxTrouble {
    /// The step.
    pub stage: MailboxStage,
    /// The server's words or the technical detail: untrusted text of at most 2 KB.
    pub words: String,
}

/// One mail in a mailbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// What names it for good: the UID (IMAP) or the UIDL (POP3).
    pub key: MailKey,
    /// Its number in this session (POP3).
    number: u32,
}

/// What names a mail for good within its mailbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MailKey {
    /// IMAP.
    Uid(u32),
    /// POP3.
    Uidl(String),
}

/// An open mailbox.
pub enum Mailbox {
    /// Over IMAP.
    Imap(Imap),
    /// Over POP3.
    Pop3(Pop3),
}

impl Mailbox {
    /// Connects, signs in and opens the folder.
    ///
    /// # Errors
    /// Says at which step it ended and what the server said.
    pub async fn open(server: &MailServer, protocol: MailboxProtocol, folder: &str) -> Result<Self, MailboxTrouble> {
        match protocol {
            MailboxProtocol::Imap => Imap::open(server, folder).await.map(Self::Imap),
            MailboxProtocol::Pop3 => Pop3::open(server).await.map(Self::Pop3),
        }
    }

    /// How many mails there are.
    pub fn mails(&self) -> u64 {
        match self {
            Self::Imap(it) => it.mails(),
            Self::Pop3(it) => it.mails(),
        }
    }

    /// By which UIDs can be compared with those of another day; 0 for POP3.
    pub fn validity(&self) -> u32 {
        match self {
            Self::Imap(it) => it.validity(),
            Self::Pop3(_) => 0,
        }
    }

    /// The mails behind a UID, lowest first; POP3 lists all.
    ///
    /// # Errors
    /// The connection broke or the server refused.
    pub async fn list(&mut self, after: u32) -> Result<Vec<Listed>, MailboxTrouble> {
        match self {
            Self::Imap(it) => it.list(after).await,
            Self::Pop3(it) => it.list().await,
        }
    }

    /// The first half megabyte of a mail; nothing when it has gone meanwhile.
    ///
    /// # Errors
    /// The connection broke.
    pub async fn fetch(&mut self, mail: &Listed) -> Result<Option<Vec<u8>>, MailboxTrouble> {
        match (self, &mail.key) {
            (Self::Imap(it), MailKey::Uid(uid)) => it.fetch(*uid).await,
            (Self::Pop3(it), _) => it.fetch(mail.number).await,
            (Self::Imap(_), MailKey::Uidl(_)) => Ok(None),
        }
    }

    /// Does with a mail what is to be done after reading it. With POP3 it counts only after [`close`](Self::close).
    ///
    /// # Errors
    /// The connection broke or the server refused.
    pub async fn finish(&mut self, mail: &Listed, after: AfterReading, archive: &str) -> Result<(), MailboxTrouble> {
        match (self, &mail.key, after) {
            (Self::Imap(it), MailKey::Uid(uid), AfterReading::Keep) => it.mark_read(*uid).await,
            (Self::Imap(it), MailKey::Uid(uid), AfterReading::Move) => it.move_to(*uid, archive).await,
            (Self::Imap(it), MailKey::Uid(uid), AfterReading::Delete) => it.delete(*uid).await,
            (Self::Pop3(it), _, AfterReading::Delete) => it.delete(mail.number).await,
            _ => Ok(()),
        }
    }

    /// Takes leave.
    ///
    /// # Errors
    /// A POP3 server did not confirm that what was to be deleted is gone.
    pub async fn close(self) -> Result<(), MailboxTrouble> {
        match self {
            Self::Imap(it) => it.close().await,
            Self::Pop3(it) => it.close().await,
        }
    }
}

/// The first response of SASL PLAIN (RFC 4616).
fn plain(user: &str, password: &SecretString) -> Zeroizing<String> {
    let plain = Zeroizing::new(format!("\0{user}\0{}", password.expose_secret()));
    Zeroizing::new(BASE64_STANDARD.encode(plain.as_bytes()))
}

/// The first response of a mechanism that carries a token.
fn bearer(mechanism: Bearer, user: &str, token: &SecretString, server: &MailServer) -> Zeroizing<String> {
    Zeroizing::new(BASE64_STANDARD.encode(mechanism.response(user, token, &server.host, server.port).as_bytes()))
}

/// Whether user and secret could break out of their line.
fn is_unsafe(credentials: &Credentials) -> bool {
    let (user, secret) = match credentials {
        Credentials::Password { user, password } => (user, password.expose_secret()),
        Credentials::Token { user, token } => (user, token.expose_secret()),
    };
    user.chars().chain(secret.chars()).any(char::is_control)
}

impl MailboxTrouble {
    fn new(stage: MailboxStage, words: impl AsRef<[u8]>) -> Self {
        Self { stage, words: crate::visible::visible(words.as_ref(), 2048) }
    }
}
