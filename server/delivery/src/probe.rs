//! What *Test connection* found, step by step, as data; only the browser puts it into words.

use serde::{Deserialize, Serialize};

/// One step of a tested connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProbeStep {
    /// Which step.
    pub stage: ProbeStage,
    /// Whether it went well.
    pub passed: bool,
    /// What a person can do about it, if we know; also a warning on a step that passed.
    pub hint: Option<ProbeHint>,
    /// The relay's literal words or the technical detail; untrusted text, at most 2 KB.
    pub answer: String,
}

/// The steps in their order; a connection takes only those that its settings ask for, and none after the first that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ProbeStage {
    /// Look up the addresses of the host.
    Resolve,
    /// Make the TCP connection.
    Connect,
    /// Read the greeting.
    Greeting,
    /// EHLO: what the relay can do.
    Hello,
    /// Ask for TLS.
    StartTls,
    /// Check the certificate and agree on TLS.
    Certificate,
    /// Sign in.
    Login,
    /// Offer the sender address, then take it back.
    Sender,
}

/// What is probably wrong and what to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ProbeHint {
    /// The host name does not exist or cannot be looked up: check the spelling.
    HostNotFound,
    /// Nobody listens at this port: check the port.
    Refused,
    /// There is no way to this host: check network and firewall.
    Unreachable,
    /// No answer in time: a firewall may swallow the connection.
    TimedOut,
    /// The relay hung up.
    Closed,
    /// The port expects TLS from the first byte: choose TLS instead of STARTTLS or none.
    TlsExpected,
    /// The port speaks plain text first: choose STARTTLS instead of TLS.
    PlainExpected,
    /// What listens there is not a mail server.
    NotSmtp,
    /// The relay does not want connections from this machine.
    RelayRefuses,
    /// The relay is busy; try later.
    RelayBusy,
    /// The relay does not like the name this machine calls itself by.
    HelloRefused,
    /// The relay offers no TLS on this port.
    TlsNotOffered,
    /// The relay only speaks TLS versions that are no longer safe, or the handshake failed otherwise.
    TlsFailed,
    /// The certificate comes from an authority that is not trusted (self-signed or company authority).
    CertificateUntrusted,
    /// The certificate was made for another name: use the name it was made for.
    CertificateWrongName,
    /// The certificate has expired.
    CertificateExpired,
    /// The certificate is not valid yet: check the clock of this machine.
    CertificateNotYetValid,
    /// The certificate is broken.
    CertificateInvalid,
    /// This machine has no list of trusted authorities: install the package ca-certificates.
    NoTrustedRoots,
    /// Plain text slipped in before TLS began: the way to the relay is not to be trusted.
    InjectedText,
    /// User or password is wrong.
    WrongPassword,
    /// The provider wants an app password here (Google, Seznam, …).
    AppPasswordNeeded,
    /// The provider no longer takes passwords here; sign in by OAuth (Microsoft 365).
    PasswordsNotAccepted,
    /// The OAuth token was refused: sign in again.
    TokenRefused,
    /// The relay cannot check the login now; try later.
    LoginNotNow,
    /// The relay takes no login on this port: leave user and password empty or use another port.
    LoginNotOffered,
    /// The relay knows none of the ways to sign in that we know.
    LoginMethodMissing,
    /// The relay wants a login: fill in user and password.
    LoginNeeded,
    /// The relay does not let this user send from this address.
    SenderRefused,
    /// Warning: the password travels unencrypted.
    PasswordInClear,
}
