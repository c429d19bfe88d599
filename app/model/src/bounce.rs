//! What comes back: the mailbox of returned mails, what it brought, and addresses that bounce.

use serde::{Deserialize, Serialize};

use crate::user::check_email;
use crate::{
    AccountId, BounceId, BouncedAddressId, Cursor, DeliveryId, EmailAddress, Fault, Faults, MessageId, Moment, Refusal, Required,
    Security,
};

/// What a report says about one address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum BounceKind {
    /// The address does not take mail and never will.
    Hard,
    /// It came back for another reason: full, too large, refused by a policy.
    Soft,
    /// It is under way and still tried.
    Delayed,
    /// The recipient complained to the provider (RFC 5965).
    Complaint,
}

/// What a report was recognised by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum BounceMatch {
    /// The return path that only this delivery had.
    ReturnPath,
    /// The ENVID that the relay was told (RFC 3461).
    EnvelopeId,
    /// The Message-ID of the returned mail, and the address.
    MessageId,
}

/// How a mailbox is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MailboxProtocol {
    /// IMAP (RFC 3501, RFC 9051).
    #[default]
    Imap,
    /// POP3 (RFC 1939).
    Pop3,
}

/// What happens to a mail after it was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum AfterReading {
    /// It stays; IMAP marks it as read.
    #[default]
    Keep,
    /// It moves into another folder (IMAP only).
    Move,
    /// It is deleted.
    Delete,
}

/// What is done when an address has bounced often enough.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum OnHardBounce {
    /// A person is asked.
    #[default]
    Propose,
    /// The address is suppressed.
    Suppress,
}

/// The settings of a bounce mailbox, without its password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailboxSettings {
    /// The address that mails come back to.
    pub address: String,
    /// Whether `name+anything@…` reaches it as well.
    pub tagged: bool,
    /// How it is read.
    pub protocol: MailboxProtocol,
    /// Host name or IP address.
    pub host: String,
    /// Port: 993 for IMAP with TLS, 995 for POP3 with TLS, 143 and 110 without or with STARTTLS.
    pub port: u16,
    /// Protection of the connection.
    pub security: Security,
    /// Name to sign in with.
    pub user_name: String,
    /// The folder that is read (IMAP).
    pub folder: String,
    /// What happens to mails that were read.
    pub after_reading: AfterReading,
    /// The folder they move into.
    pub archive: String,
    /// After so many hard bounces something is done, 1 … 9.
    pub hard_limit: u8,
    /// What is done then.
    pub on_hard: OnHardBounce,
}

impl MailboxSettings {
    /// Where a password or a token is sent to: it must not be given away to another place.
    pub fn place(&self) -> (String, u16, Security, MailboxProtocol) {
        (self.host.trim().to_ascii_lowercase(), self.port, self.security, self.protocol)
    }
}

impl Default for MailboxSettings {
    fn default() -> Self {
        Self {
            address: String::new(),
            tagged: true,
            protocol: MailboxProtocol::Imap,
            host: String::new(),
            port: 993,
            security: Security::Tls,
            user_name: String::new(),
            folder: "INBOX".to_owned(),
            after_reading: AfterReading::Keep,
            archive: String::new(),
            hard_limit: 3,
            on_hard: OnHardBounce::Propose,
        }
    }
}

impl MailboxSettings {
    /// The usual port of a protocol and protection.
    pub fn usual_port(protocol: MailboxProtocol, security: Security) -> u16 {
        match (protocol, security) {
            (MailboxProtocol::Imap, Security::Tls) => 993,
            (MailboxProtocol::Imap, _) => 143,
            (MailboxProtocol::Pop3, Security::Tls) => 995,
            (MailboxProtocol::Pop3, _) => 110,
        }
    }
}

/// What is typed to set up a bounce mailbox.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailboxDraft {
    /// The settings.
    pub settings: MailboxSettings,
    /// A new password; nothing keeps the stored one.
    pub password: Option<String>,
}

/// The longest part before the `@` that leaves room for what names a delivery: 64 bytes less `+` and 29 letters.
const LONGEST_TAGGED: usize = 34;

impl MailboxDraft {
    /// Checks the fields and gives back the mailbox's address.
    ///
    /// # Errors
    /// Names each wrong field.
    pub fn check(&self) -> Result<EmailAddress, Refusal> {
        let it = &self.settings;
        let mut faults = Faults::default();
        let address = check_email(&mut faults, "settings.address", &it.address);
        if it.tagged && address.as_ref().is_some_and(|it| LONGEST_TAGGED < it.local().len()) {
            faults.add("settings.address", Fault::TooLong { max: LONGEST_TAGGED as u32 });
        }
        crate::account::check_server(&mut faults, "settings", &it.host, it.port);
        faults.line("settings.user_name", &it.user_name, Required::Yes, 254);
        if let Some(password) = &self.password {
            faults.line("password", password, Required::No, 1_000);
        }
        if it.protocol == MailboxProtocol::Imap {
            faults.line("settings.folder", &it.folder, Required::Yes, 200);
        }
        match (it.after_reading, it.protocol) {
            (AfterReading::Move, MailboxProtocol::Imap) => faults.line("settings.archive", &it.archive, Required::Yes, 200),
            // POP3 has no folders.
            (AfterReading::Move, MailboxProtocol::Pop3) => faults.add("settings.after_reading", Fault::Gone),
            (AfterReading::Keep | AfterReading::Delete, _) => {}
        }
        if !(1..=9).contains(&it.hard_limit) {
            faults.add("settings.hard_limit", Fault::OutOfRange { min: 1, max: 9 });
        }
        faults.finish()?;
        address.ok_or(Refusal::Invalid(Vec::new()))
    }
}

/// How often what came back into a mailbox since it was set up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BounceCounts {
    /// Addresses that never take mail.
    pub hard: u64,
    /// Other reasons.
    pub soft: u64,
    /// Reports that a mail is still under way.
    pub delayed: u64,
    /// Complaints.
    pub complaints: u64,
}

/// The bounce mailbox of an account as its page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BounceMailbox {
    /// Whose mails come back there.
    pub account: AccountId,
    /// Its settings.
    pub settings: MailboxSettings,
    /// Whether a password is stored.
    pub has_password: bool,
    /// When it was last read to its end.
    pub read_at: Option<Moment>,
    /// What went wrong when it was last read, literally; empty when nothing did.
    pub trouble: String,
    /// What it brought.
    pub counts: BounceCounts,
}

/// One step of trying a mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MailboxStage {
    /// Find and reach the server.
    Connect,
    /// Agree on TLS and check the certificate.
    Secure,
    /// Sign in.
    Login,
    /// Open the folder, or ask how many mails there are.
    Open,
}

/// How trying a mailbox went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailboxProbe {
    /// How many mails there are, when it could be opened.
    pub mails: Option<u64>,
    /// Where it ended and the server's literal words, when it could not.
    pub trouble: Option<(MailboxStage, String)>,
}

/// How a delivery came back, or what else was reported about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BounceNote {
    /// Which delivery.
    pub delivery: DeliveryId,
    /// What the report says.
    pub kind: BounceKind,
    /// When it was read.
    pub at: Moment,
    /// The status code of RFC 3463, when there is one.
    pub code: String,
    /// What the other server said, literally; text only.
    pub words: String,
    /// What it was recognised by.
    pub matched_by: BounceMatch,
}

/// A report that belongs to no delivery we know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StrayBounce {
    /// Which one.
    pub id: BounceId,
    /// The account whose mailbox it came into.
    pub account: AccountId,
    /// When it was read.
    pub at: Moment,
    /// What it says.
    pub kind: BounceKind,
    /// About which address; may be empty.
    pub address: String,
    /// The status code of RFC 3463, when there is one.
    pub code: String,
    /// What the other server said, literally; text only.
    pub words: String,
}

/// What has been made of an address that bounces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum BouncedState {
    /// It is counted.
    Counted,
    /// It has bounced often enough; a person is asked whether to suppress it.
    Proposed,
    /// A person wants it to be written to all the same.
    Kept,
    /// It was suppressed.
    Suppressed,
}

/// An address that mails came back from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BouncedAddress {
    /// Which row.
    pub id: BouncedAddressId,
    /// The address.
    pub address: String,
    /// How often it was hard.
    pub hard: u32,
    /// How often it was soft.
    pub soft: u32,
    /// When the last one was read.
    pub last_at: Moment,
    /// The last status code; may be empty.
    pub last_code: String,
    /// What was made of it.
    pub state: BouncedState,
    /// Messages that came back are found under this one.
    pub message: Option<MessageId>,
}

/// Behind which row a list of bounces goes on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BounceQuery {
    /// Behind which row.
    pub after: Option<Cursor>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(change: impl FnOnce(&mut MailboxSettings)) -> MailboxDraft {
        let mut settings = MailboxSettings {
            address: "vratene@firma.sk".to_owned(),
            host: "imap.firma.sk".to_owned(),
            user_name: "vratene".to_owned(),
            ..MailboxSettings::default()
        };
        change(&mut settings);
        MailboxDraft { settings, password: None }
    }

    fn fields(draft: &MailboxDraft) -> Vec<String> {
        match draft.check() {
            Err(Refusal::Invalid(faults)) => faults.into_iter().map(|it| it.field).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn a_mailbox_that_can_be_read_passes() {
        assert_eq!(draft(|_| {}).check().unwrap().as_str(), "vratene@firma.sk");
    }

    #[test]
    fn each_wrong_field_is_named() {
        let wrong = draft(|it| {
            it.address = "x".to_owned();
            it.host = "a b".to_owned();
            it.port = 0;
            it.user_name.clear();
            it.folder.clear();
            it.after_reading = AfterReading::Move;
            it.hard_limit = 10;
        });
        let expected = ["address", "host", "port", "user_name", "folder", "archive", "hard_limit"];
        assert_eq!(fields(&wrong), expected.map(|it| format!("settings.{it}")));
    }

    #[test]
    fn pop3_moves_nothing_and_a_tag_needs_room() {
        let pop3 = draft(|it| {
            it.protocol = MailboxProtocol::Pop3;
            it.after_reading = AfterReading::Move;
        });
        assert_eq!(fields(&pop3), ["settings.after_reading"]);
        let long = format!("{}@firma.sk", "a".repeat(35));
        assert_eq!(fields(&draft(|it| it.address.clone_from(&long))), ["settings.address"]);
        assert!(draft(|it| (it.address, it.tagged) = (long, false)).check().is_ok());
    }
}
