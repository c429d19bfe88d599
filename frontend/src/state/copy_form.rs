//! The form of a mailbox for copies: what is typed, and what the call gets.

use model::{CopyDraft, CopyMailbox, CopySettings, CopyWay, Refusal, Security};

use super::accounts::{PasswordNote, typed_place};

/// The form as it is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyForm {
    /// How copies are kept.
    pub way: CopyWay,
    /// The address they are sent to.
    pub copy_to: String,
    /// Its server.
    pub host: String,
    /// The port.
    pub port: String,
    /// Protection of the connection.
    pub security: Security,
    /// Name to sign in with.
    pub user_name: String,
    /// A new password; empty keeps the stored one.
    pub password: String,
    /// The folder.
    pub folder: String,
}

impl CopyForm {
    /// The form of a stored mailbox, or an empty one.
    pub fn of(mailbox: Option<&CopyMailbox>) -> Self {
        let it = mailbox.map(|it| it.settings.clone()).unwrap_or_default();
        Self {
            way: it.way,
            copy_to: it.copy_to,
            host: it.host,
            port: it.port.to_string(),
            security: it.security,
            user_name: it.user_name,
            password: String::new(),
            folder: it.folder,
        }
    }

    /// What the call gets.
    ///
    /// # Errors
    /// Names each wrong field, all at once.
    pub fn draft(&self) -> Result<CopyDraft, Refusal> {
        let draft = CopyDraft {
            settings: CopySettings {
                way: self.way,
                copy_to: self.copy_to.trim().to_owned(),
                host: self.host.trim().to_owned(),
                port: self.port.trim().parse().unwrap_or_default(),
                security: self.security,
                user_name: self.user_name.trim().to_owned(),
                folder: self.folder.trim().to_owned(),
            },
            password: (!self.password.is_empty()).then(|| self.password.clone()),
        };
        draft.check()?;
        Ok(draft)
    }
}

/// What to say at the field of the password, beside what is stored.
pub fn password_note(form: &CopyForm, stored: Option<&CopyMailbox>) -> PasswordNote {
    let stored = stored.filter(|it| it.has_password).map(|it| it.settings.place());
    PasswordNote::of(stored, typed_place(&form.host, &form.port, form.security))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_becomes_a_draft_without_blanks() {
        let form = CopyForm { host: " imap.firma.sk ".into(), user_name: "archiv".into(), ..CopyForm::of(None) };
        let draft = form.draft().unwrap();
        assert_eq!((draft.settings.host.as_str(), draft.settings.port, draft.password), ("imap.firma.sk", 993, None));
        assert_eq!(draft.settings.folder, "Sent");
    }

    #[test]
    fn an_address_needs_no_server() {
        let form = CopyForm { way: CopyWay::Address, copy_to: " archiv@firma.sk ".into(), ..CopyForm::of(None) };
        assert_eq!(form.draft().unwrap().settings.copy_to, "archiv@firma.sk");
    }

    #[test]
    fn a_port_that_is_no_number_is_named() {
        let form = CopyForm { host: "imap.firma.sk".into(), user_name: "a".into(), port: "x".into(), ..CopyForm::of(None) };
        let Err(Refusal::Invalid(faults)) = form.draft() else { panic!("accepted") };
        assert_eq!(faults[0].field, "settings.port");
    }
}
