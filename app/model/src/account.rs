//! Accounts: where messages leave, under whose name and how fast.

use serde::{Deserialize, Serialize};

use crate::user::check_email;
use crate::{AccountId, Channel, EmailAddress, Fault, Faults, Moment, Pace, Refusal, Required, SmsSettings, SmsStanding};

/// How the connection to a relay is protected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Security {
    /// Not at all; only for a relay on the same machine or network.
    None,
    /// Begins in clear and must change to TLS before anything else (RFC 3207); never falls back.
    #[default]
    StartTls,
    /// TLS from the first byte (RFC 8314).
    Tls,
}

/// What carries the messages of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Transport {
    /// Keeps what would have left and shows it in a mailbox page.
    Capture,
    /// An SMTP relay.
    Smtp(SmtpSettings),
    /// A gateway for text messages.
    Sms(SmsSettings),
}

/// Where a relay is and who we are there. The password is not part of it: it is written and never shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SmtpSettings {
    /// Host name or IP address.
    pub host: String,
    /// Port: 587 for STARTTLS, 465 for TLS, 25 for a relay of one's own.
    pub port: u16,
    /// Protection of the connection.
    pub security: Security,
    /// Name to sign in with; empty means without signing in.
    pub user_name: String,
}

impl SmtpSettings {
    /// Where a password or a token is sent to: it must not be given away to another place.
    pub fn place(&self) -> (String, u16, Security) {
        (self.host.trim().to_ascii_lowercase(), self.port, self.security)
    }
}

/// Whether an account sends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AccountState {
    /// It does.
    Active,
    /// A person stopped it.
    Paused,
    /// It stopped itself, because the relay would refuse every message.
    Trouble {
        /// The relay's answer, literally.
        reply: String,
        /// Since when.
        since: Moment,
    },
}

/// An account as its page shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Account {
    /// Which account.
    pub id: AccountId,
    /// Its name among colleagues.
    pub name: String,
    /// What carries its messages.
    pub transport: Transport,
    /// Name that recipients see.
    pub sender_name: String,
    /// Address that recipients see.
    pub sender_address: String,
    /// Where answers go, when not to the sender; may be empty.
    pub reply_to: String,
    /// Messages per sliding hour at most; nothing means without limit.
    pub hourly_limit: Option<u32>,
    /// What it keeps to beside that.
    pub pace: Pace,
    /// Whether messages leave here when nobody chose another account.
    pub is_default: bool,
    /// Whether it sends.
    pub state: AccountState,
    /// Whether a password is stored.
    pub has_password: bool,
    /// How many deliveries wait for it.
    pub waiting: u64,
    /// How many messages it handed over within the last hour.
    pub sent_last_hour: u64,
    /// How an account for text messages stands; nothing for others, and while it is served.
    pub sms: Option<SmsStanding>,
}

impl Account {
    /// What its messages travel by.
    pub fn channel(&self) -> Channel {
        match self.transport {
            Transport::Capture | Transport::Smtp(_) => Channel::Email,
            Transport::Sms(_) => Channel::Sms,
        }
    }
}

/// What is typed to make or change an SMTP account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountDraft {
    /// Name among colleagues.
    pub name: String,
    /// The relay.
    pub smtp: SmtpSettings,
    /// A new password; nothing keeps the stored one.
    pub password: Option<String>,
    /// Name that recipients see.
    pub sender_name: String,
    /// Address that recipients see.
    pub sender_address: String,
    /// Where answers go; may be empty.
    pub reply_to: String,
    /// Messages per hour at most, 1 … 1,000,000; nothing means without limit.
    pub hourly_limit: Option<u32>,
    /// What it keeps to beside that.
    pub pace: Pace,
}

impl Default for AccountDraft {
    fn default() -> Self {
        Self {
            name: String::new(),
            smtp: SmtpSettings { host: String::new(), port: 587, security: Security::StartTls, user_name: String::new() },
            password: None,
            sender_name: String::new(),
            sender_address: String::new(),
            reply_to: String::new(),
            hourly_limit: Some(600),
            pace: Pace::default(),
        }
    }
}

impl AccountDraft {
    /// Checks the fields and gives back the sender's address.
    ///
    /// # Errors
    /// Names each wrong field.
    pub fn check(&self) -> Result<EmailAddress, Refusal> {
        let mut faults = Faults::default();
        faults.line("name", &self.name, Required::Yes, 80);
        check_server(&mut faults, "smtp", &self.smtp.host, self.smtp.port);
        faults.line("smtp.user_name", &self.smtp.user_name, Required::No, 254);
        if let Some(password) = &self.password {
            faults.line("password", password, Required::No, 1_000);
        }
        faults.line("sender_name", &self.sender_name, Required::No, 120);
        let sender = check_email(&mut faults, "sender_address", &self.sender_address);
        if !self.reply_to.trim().is_empty() {
            check_email(&mut faults, "reply_to", &self.reply_to);
        }
        if self.hourly_limit.is_some_and(|it| !(1..=1_000_000).contains(&it)) {
            faults.add("hourly_limit", Fault::OutOfRange { min: 1, max: 1_000_000 });
        }
        self.pace.check(&mut faults);
        faults.finish()?;
        sender.ok_or(Refusal::Invalid(Vec::new()))
    }
}

/// Notes what is wrong with a server: a host name or address, and a port; `part` is what their fields stand under.
pub(crate) fn check_server(faults: &mut Faults, part: &str, host: &str, port: u16) {
    let field = format!("{part}.host");
    faults.line(&field, host, Required::Yes, 253);
    if !host.trim().is_empty() && !is_host(host.trim()) {
        faults.add(field, Fault::Host);
    }
    if port == 0 {
        faults.add(format!("{part}.port"), Fault::OutOfRange { min: 1, max: 65_535 });
    }
}

/// A host name of letters, digits, dots and hyphens, or an IP address.
pub(crate) fn is_host(text: &str) -> bool {
    text.parse::<std::net::IpAddr>().is_ok()
        || (!text.starts_with(['-', '.'])
            && !text.ends_with('-')
            && text.chars().all(|it| it.is_alphanumeric() || it == '-' || it == '.'))
}

/// One step of *Test connection* and how it went.
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
    /// Submission with a login is switched off for this mailbox or the whole company (Microsoft 365): an administrator switches it on.
    SubmissionDisabled,
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
