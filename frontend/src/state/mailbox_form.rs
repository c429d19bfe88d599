//! The form of a bounce mailbox: what is typed, what follows from it, what the call gets.

use model::{
    AfterReading, BounceMailbox, Fault, Faults, MailboxDraft, MailboxProtocol, MailboxSettings, OnHardBounce, Refusal, Security,
};

use super::accounts::{PasswordNote, typed_place};

/// The form as it is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailboxForm {
    /// The address that mails come back to.
    pub address: String,
    /// Whether a tag in the address reaches it.
    pub tagged: bool,
    /// How it is read.
    pub protocol: MailboxProtocol,
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
    /// The folder that is read.
    pub folder: String,
    /// What happens to what was read.
    pub after: AfterReading,
    /// Where it moves.
    pub archive: String,
    /// After how many returns something is done.
    pub hard_limit: String,
    /// What is done then.
    pub on_hard: OnHardBounce,
}

impl MailboxForm {
    /// The form of a stored mailbox, or an empty one.
    pub fn of(mailbox: Option<&BounceMailbox>) -> Self {
        let it = mailbox.map(|it| it.settings.clone()).unwrap_or_default();
        Self {
            address: it.address,
            tagged: it.tagged,
            protocol: it.protocol,
            host: it.host,
            port: it.port.to_string(),
            security: it.security,
            user_name: it.user_name,
            password: String::new(),
            folder: it.folder,
            after: it.after_reading,
            archive: it.archive,
            hard_limit: it.hard_limit.to_string(),
            on_hard: it.on_hard,
        }
    }

    /// What the call gets.
    ///
    /// # Errors
    /// Names each wrong field, all at once.
    pub fn draft(&self) -> Result<MailboxDraft, Refusal> {
        let (port, limit) = (self.port.trim().parse::<u16>(), self.hard_limit.trim().parse::<u8>());
        // POP3 knows no folders to move into.
        let after = if self.protocol == MailboxProtocol::Pop3 && self.after == AfterReading::Move {
            AfterReading::Keep
        } else {
            self.after
        };
        let draft = MailboxDraft {
            settings: MailboxSettings {
                address: self.address.trim().to_owned(),
                tagged: self.tagged,
                protocol: self.protocol,
                host: self.host.trim().to_owned(),
                port: port.unwrap_or_default(),
                security: self.security,
                user_name: self.user_name.trim().to_owned(),
                folder: self.folder.trim().to_owned(),
                after_reading: after,
                archive: self.archive.trim().to_owned(),
                hard_limit: limit.unwrap_or_default(),
                on_hard: self.on_hard,
            },
            password: (!self.password.is_empty()).then(|| self.password.clone()),
        };
        let mut faults = Faults::default();
        if let Err(Refusal::Invalid(found)) = draft.check() {
            found.into_iter().for_each(|it| faults.add(it.field, it.fault));
        }
        if self.hard_limit.trim().is_empty() && !faults.list().iter().any(|it| it.field == "settings.hard_limit") {
            faults.add("settings.hard_limit", Fault::Missing);
        }
        faults.finish()?;
        Ok(draft)
    }
}

/// The port after another protocol or protection was chosen: it follows unless a port of one's own was typed.
pub fn follow(port: &str, protocol: MailboxProtocol, security: Security) -> String {
    let usual = |port: &str| {
        let all = [MailboxProtocol::Imap, MailboxProtocol::Pop3].into_iter();
        let mut ports = all.flat_map(|it| [Security::None, Security::StartTls, Security::Tls].map(|by| (it, by)));
        ports.any(|(it, by)| MailboxSettings::usual_port(it, by).to_string() == port)
    };
    let port = port.trim();
    match port.is_empty() || usual(port) {
        true => MailboxSettings::usual_port(protocol, security).to_string(),
        false => port.to_owned(),
    }
}

/// An example of the return address of one delivery, when the mailbox takes tags.
pub fn example(address: &str) -> String {
    match address.trim().split_once('@') {
        Some((local, domain)) if !local.is_empty() && !domain.is_empty() => format!("{local}+k7…@{domain}"),
        _ => "vratene+k7…@firma.sk".to_owned(),
    }
}

/// What to say at the field of the password, beside what is stored.
pub fn password_note(form: &MailboxForm, stored: Option<&BounceMailbox>) -> PasswordNote {
    let stored = stored.filter(|it| it.has_password).map(|it| it.settings.place());
    let (host, port, security) = typed_place(&form.host, &form.port, form.security);
    PasswordNote::of(stored, (host, port, security, form.protocol))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled() -> MailboxForm {
        MailboxForm {
            address: "vratene@firma.sk ".into(),
            host: "imap.firma.sk".into(),
            user_name: "vratene".into(),
            ..MailboxForm::of(None)
        }
    }

    #[test]
    fn the_port_follows_protocol_and_protection() {
        assert_eq!(follow("993", MailboxProtocol::Pop3, Security::Tls), "995");
        assert_eq!(follow("995", MailboxProtocol::Imap, Security::StartTls), "143");
        assert_eq!(follow("", MailboxProtocol::Imap, Security::Tls), "993");
        assert_eq!(follow("10993", MailboxProtocol::Imap, Security::Tls), "10993");
    }

    #[test]
    fn what_is_typed_becomes_a_draft_without_blanks() {
        let draft = filled().draft().unwrap();
        assert_eq!((draft.settings.address.as_str(), draft.settings.port, draft.password), ("vratene@firma.sk", 993, None));
    }

    #[test]
    fn pop3_moves_nothing() {
        let form = MailboxForm { protocol: MailboxProtocol::Pop3, after: AfterReading::Move, ..filled() };
        assert_eq!(form.draft().unwrap().settings.after_reading, AfterReading::Keep);
    }

    #[test]
    fn all_wrong_fields_are_named_at_once() {
        let form = MailboxForm { host: String::new(), port: "x".into(), hard_limit: "12".into(), ..filled() };
        let Err(Refusal::Invalid(faults)) = form.draft() else { panic!("accepted") };
        let fields: Vec<&str> = faults.iter().map(|it| it.field.as_str()).collect();
        assert_eq!(fields, ["settings.host", "settings.port", "settings.hard_limit"]);
    }

    #[test]
    fn the_example_is_made_of_what_is_typed() {
        assert_eq!(example("vratene@jedla.sk"), "vratene+k7…@jedla.sk");
        assert_eq!(example("x"), "vratene+k7…@firma.sk");
    }
}
