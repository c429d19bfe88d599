//! Copies of sent mails: the mailbox that an account puts them into, and how it stands.

use serde::{Deserialize, Serialize};

use crate::{AccountId, Faults, Moment, Refusal, Required, Security};

/// How copies are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CopyWay {
    /// They are put into a folder of a mailbox, over IMAP.
    #[default]
    Folder,
    /// Each is sent to an address as a mail of its own, which the recipients know nothing of.
    Address,
}

/// Where copies are put, without the password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopySettings {
    /// How they are kept.
    pub way: CopyWay,
    /// The address they are sent to; what follows counts for a folder alone.
    pub copy_to: String,
    /// Host name or IP address.
    pub host: String,
    /// Port: 993 with TLS, 143 without or with STARTTLS.
    pub port: u16,
    /// Protection of the connection.
    pub security: Security,
    /// Name to sign in with.
    pub user_name: String,
    /// The folder; it is made if it is missing.
    pub folder: String,
}

impl Default for CopySettings {
    fn default() -> Self {
        Self {
            way: CopyWay::Folder,
            copy_to: String::new(),
            host: String::new(),
            port: 993,
            security: Security::Tls,
            user_name: String::new(),
            folder: "Sent".to_owned(),
        }
    }
}

impl CopySettings {
    /// Where the password is sent to: it must not be given away to another place.
    pub fn place(&self) -> (String, u16, Security) {
        (self.host.trim().to_ascii_lowercase(), self.port, self.security)
    }
}

/// What is typed to set up a mailbox for copies.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopyDraft {
    /// The settings.
    pub settings: CopySettings,
    /// A new password; nothing keeps the stored one.
    pub password: Option<String>,
}

/// The mailbox for copies of what an account sends, as its page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopyMailbox {
    /// Whose.
    pub account: AccountId,
    /// The settings.
    pub settings: CopySettings,
    /// Whether a password is stored.
    pub has_password: bool,
    /// When copies were last put there.
    pub put_at: Option<Moment>,
    /// Why nothing can be put there: the server's literal words; untrusted text, empty when it can.
    pub trouble: String,
    /// How many copies wait.
    pub waiting: u64,
    /// How many were given up.
    pub failed: u64,
    /// The server's words against the one given up last; untrusted text.
    pub failure: String,
}

impl CopyDraft {
    /// Checks the fields.
    ///
    /// # Errors
    /// Names each wrong field.
    pub fn check(&self) -> Result<(), Refusal> {
        let it = &self.settings;
        let mut faults = Faults::default();
        if it.way == CopyWay::Address {
            crate::user::check_email(&mut faults, "settings.copy_to", it.copy_to.trim());
            return faults.finish();
        }
        crate::account::check_server(&mut faults, "settings", &it.host, it.port);
        faults.line("settings.user_name", &it.user_name, Required::Yes, 254);
        if let Some(password) = &self.password {
            faults.line("password", password, Required::No, 1_000);
        }
        faults.line("settings.folder", &it.folder, Required::Yes, 200);
        faults.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_wrong_field_is_named() {
        let good = CopySettings { host: "imap.firma.sk".into(), user_name: "archiv".into(), ..CopySettings::default() };
        assert_eq!(CopyDraft { settings: good.clone(), password: None }.check(), Ok(()));
        let sent = CopySettings { way: CopyWay::Address, copy_to: "archiv@firma.sk".into(), ..CopySettings::default() };
        assert_eq!(CopyDraft { settings: sent.clone(), password: None }.check(), Ok(()));
        for (settings, field) in [
            (CopySettings { copy_to: String::new(), ..sent.clone() }, "settings.copy_to"),
            (CopySettings { copy_to: "archiv, iny@firma.sk".into(), ..sent }, "settings.copy_to"),
            (CopySettings { host: "not a host".into(), ..good.clone() }, "settings.host"),
            (CopySettings { port: 0, ..good.clone() }, "settings.port"),
            (CopySettings { user_name: " ".into(), ..good.clone() }, "settings.user_name"),
            (CopySettings { folder: "A\r\nB".into(), ..good.clone() }, "settings.folder"),
        ] {
            let Err(Refusal::Invalid(faults)) = CopyDraft { settings, password: None }.check() else { panic!("{field}") };
            assert_eq!(faults[0].field, field);
        }
    }
}
