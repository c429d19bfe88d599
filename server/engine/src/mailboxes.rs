//! What reading a mailbox and putting mails into one have in common: where it is, and why work there ended early.

use std::time::Duration;

use delivery::Credentials;
use delivery::mailbox::{MailServer, MailboxTrouble};
use delivery::smtp::Route;
use model::Security;
use secrecy::SecretString;

use crate::{Engine, Error};

/// How long a server of a mailbox may take for one answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// Why a mailbox was not worked through to its end.
pub(crate) enum Stopped {
    Mailbox(MailboxTrouble),
    Engine(Error),
}

impl From<MailboxTrouble> for Stopped {
    fn from(trouble: MailboxTrouble) -> Self {
        Self::Mailbox(trouble)
    }
}

impl<E: Into<Error>> From<E> for Stopped {
    fn from(error: E) -> Self {
        Self::Engine(error.into())
    }
}

/// The server of a mailbox; host, port and protection as they were typed.
pub(crate) fn server(engine: &Engine, (host, port, security): (&str, u16, Security), credentials: Credentials) -> MailServer {
    MailServer {
        host: host.trim().to_owned(),
        port,
        route: Route::Lookup,
        security,
        trust: engine.trust.clone(),
        credentials,
        patience: PATIENCE,
    }
}

/// A name as it was typed, with a password or an empty one.
pub(crate) fn by_password(user: &str, password: Option<String>) -> Credentials {
    Credentials::Password { user: user.trim().to_owned(), password: SecretString::from(password.unwrap_or_default()) }
}
