//! The form of an SMTP account: what is typed, what follows from it, what the call gets.

use model::{Account, AccountDraft, Fault, Faults, Refusal, Security, SmtpSettings, Transport};

use super::account_pace::{PaceForm, field_of};

/// Hourly limits offered for choosing.
pub const LIMITS: [u32; 5] = [100, 300, 600, 1_000, 3_000];

/// The value that stands for *no limit* among the choices.
pub const UNLIMITED: &str = "none";

/// The value that stands for a limit typed by hand among the choices.
pub const OWN: &str = "own";

/// The form as it is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountForm {
    /// Name among colleagues.
    pub name: String,
    /// The relay.
    pub host: String,
    /// Its port.
    pub port: String,
    /// Protection of the connection.
    pub security: Security,
    /// Name to sign in with.
    pub user_name: String,
    /// A new password; empty keeps the stored one.
    pub password: String,
    /// Name that recipients see.
    pub sender_name: String,
    /// Address that recipients see.
    pub sender_address: String,
    /// Where answers go.
    pub reply_to: String,
    /// The chosen limit: one of [`LIMITS`], [`UNLIMITED`] or [`OWN`].
    pub limit: String,
    /// The limit typed by hand.
    pub own_limit: String,
    /// What the account keeps to beside the hourly limit.
    pub pace: PaceForm,
}

impl AccountForm {
    /// An empty form.
    pub fn new() -> Self {
        Self::of_draft(AccountDraft::default())
    }

    /// The form of a stored account; nothing for one that is not of our making.
    pub fn of(account: &Account) -> Option<Self> {
        let Transport::Smtp(smtp) = &account.transport else { return None };
        Some(Self::of_draft(AccountDraft {
            name: account.name.clone(),
            smtp: smtp.clone(),
            password: None,
            sender_name: account.sender_name.clone(),
            sender_address: account.sender_address.clone(),
            reply_to: account.reply_to.clone(),
            hourly_limit: account.hourly_limit,
            pace: account.pace.clone(),
        }))
    }

    fn of_draft(draft: AccountDraft) -> Self {
        let (limit, own_limit) = limit_of(draft.hourly_limit);
        Self {
            name: draft.name,
            host: draft.smtp.host,
            port: draft.smtp.port.to_string(),
            security: draft.smtp.security,
            user_name: draft.smtp.user_name,
            password: String::new(),
            sender_name: draft.sender_name,
            sender_address: draft.sender_address,
            reply_to: draft.reply_to,
            limit,
            own_limit,
            pace: PaceForm::of(&draft.pace),
        }
    }

    /// What the call gets.
    ///
    /// # Errors
    /// Names each wrong field, all at once.
    pub fn draft(&self) -> Result<AccountDraft, Refusal> {
        let port = self.port.trim().parse::<u16>().unwrap_or(0);
        let (limit, unread) = match self.hourly_limit() {
            Some(limit) => (limit, false),
            None => (None, true),
        };
        let mut typed = Faults::default();
        let pace = self.pace.pace(&mut typed);
        let draft = AccountDraft {
            name: self.name.trim().to_owned(),
            smtp: SmtpSettings {
                host: self.host.trim().to_owned(),
                port,
                security: self.security,
                user_name: self.user_name.trim().to_owned(),
            },
            password: self.password(),
            sender_name: self.sender_name.trim().to_owned(),
            sender_address: self.sender_address.trim().to_owned(),
            reply_to: self.reply_to.trim().to_owned(),
            hourly_limit: limit,
            pace,
        };
        let mut faults = Faults::default();
        if let Err(Refusal::Invalid(found)) = draft.check() {
            found.into_iter().for_each(|it| faults.add(field_of(it.field), it.fault));
        }
        typed.list().iter().for_each(|it| faults.add(it.field.clone(), it.fault.clone()));
        if unread {
            faults.add("hourly_limit", Fault::OutOfRange { min: 1, max: 1_000_000 });
        }
        faults.finish()?;
        Ok(draft)
    }

    /// A typed password; without a user name there is nothing to sign in with, and a stored password is forgotten.
    fn password(&self) -> Option<String> {
        match (self.user_name.trim().is_empty(), self.password.is_empty()) {
            (true, _) => Some(String::new()),
            (false, true) => None,
            (false, false) => Some(self.password.clone()),
        }
    }

    /// The limit in messages per hour, inside it nothing for no limit; nothing at all for what is not a number.
    pub fn hourly_limit(&self) -> Option<Option<u32>> {
        read_limit(&self.limit, &self.own_limit)
    }
}

impl Default for AccountForm {
    fn default() -> Self {
        Self::new()
    }
}

/// The choice that stands for a limit, and the number typed by hand.
pub fn limit_of(limit: Option<u32>) -> (String, String) {
    match limit {
        None => (UNLIMITED.to_owned(), String::new()),
        Some(it) if LIMITS.contains(&it) => (it.to_string(), String::new()),
        Some(it) => (OWN.to_owned(), it.to_string()),
    }
}

/// The limit that a choice stands for; nothing at all for what is not a number.
pub fn read_limit(chosen: &str, own: &str) -> Option<Option<u32>> {
    match chosen {
        UNLIMITED => Some(None),
        OWN => own.trim().parse().ok().map(Some),
        preset => preset.parse().ok().map(Some),
    }
}

/// The port that goes with a protection when the provider says nothing else (RFC 6409, RFC 8314).
pub fn default_port(security: Security) -> u16 {
    match security {
        Security::None => 25,
        Security::StartTls => 587,
        Security::Tls => 465,
    }
}

/// The port after another protection was chosen: it follows unless a port of one's own was typed.
pub fn follow(port: &str, security: Security) -> String {
    let usual = [Security::None, Security::StartTls, Security::Tls].map(|it| default_port(it).to_string());
    let port = port.trim();
    if port.is_empty() || usual.iter().any(|it| it == port) { default_port(security).to_string() } else { port.to_owned() }
}

/// What to say at the field of the password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordNote {
    /// None is stored.
    None,
    /// One is stored and stays when the field stays empty.
    Stored,
    /// One is stored, but for another server: it is not given away to this one.
    Again,
}

impl PasswordNote {
    /// The note beside a place that a password is stored for, if one is, and the place that is typed.
    pub fn of<P: PartialEq>(stored: Option<P>, typed: P) -> Self {
        match stored {
            None => Self::None,
            Some(stored) if stored == typed => Self::Stored,
            Some(_) => Self::Again,
        }
    }
}

/// What to say at the field of the password, beside the relay that a password is stored for.
pub fn password_note(form: &AccountForm, stored: Option<&SmtpSettings>) -> PasswordNote {
    PasswordNote::of(stored.map(SmtpSettings::place), typed_place(&form.host, &form.port, form.security))
}

/// The place of a server as it is typed.
pub(super) fn typed_place(host: &str, port: &str, security: Security) -> (String, u16, Security) {
    (host.trim().to_ascii_lowercase(), port.trim().parse().unwrap_or_default(), security)
}

/// How often a message leaves under a limit, spread evenly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// As fast as it goes.
    Unlimited,
    /// More than one a second.
    Fast,
    /// One in so many seconds.
    Seconds(u32),
    /// One in so many minutes.
    Minutes(u32),
}

impl Pace {
    /// The pace of so many messages an hour.
    pub fn of(limit: Option<u32>) -> Self {
        match limit {
            None => Self::Unlimited,
            Some(it) if 3_600 < it => Self::Fast,
            Some(it) if it <= 30 => Self::Minutes(rounded(60, it)),
            Some(it) => Self::Seconds(rounded(3_600, it)),
        }
    }
}

fn rounded(whole: u32, parts: u32) -> u32 {
    let parts = parts.max(1);
    (whole + parts / 2) / parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled() -> AccountForm {
        AccountForm {
            name: "Obchod".into(),
            host: " smtp.example.sk ".into(),
            user_name: "obchod".into(),
            sender_address: "obchod@example.sk".into(),
            ..AccountForm::new()
        }
    }

    #[test]
    fn the_port_follows_the_protection() {
        assert_eq!(follow("587", Security::Tls), "465");
        assert_eq!(follow("465", Security::None), "25");
        assert_eq!(follow("", Security::StartTls), "587");
    }

    #[test]
    fn a_port_of_ones_own_stays() {
        assert_eq!(follow("2525", Security::Tls), "2525");
    }

    #[test]
    fn an_empty_password_keeps_the_stored_one() {
        assert_eq!(filled().draft().unwrap().password, None);
        let typed = AccountForm { password: " tajné ".into(), ..filled() };
        assert_eq!(typed.draft().unwrap().password.as_deref(), Some(" tajné "));
    }

    #[test]
    fn without_a_user_name_no_password_stays() {
        let form = AccountForm { user_name: " ".into(), password: "tajné".into(), ..filled() };
        assert_eq!(form.draft().unwrap().password.as_deref(), Some(""));
    }

    #[test]
    fn a_stored_password_belongs_to_its_relay() {
        let stored = filled().draft().unwrap().smtp;
        let note = |form: AccountForm| password_note(&form, Some(&stored));
        assert_eq!(note(filled()), PasswordNote::Stored);
        assert_eq!(note(AccountForm { host: "smtp.jinde.cz".into(), ..filled() }), PasswordNote::Again);
        assert_eq!(note(AccountForm { port: "2525".into(), ..filled() }), PasswordNote::Again);
        assert_eq!(password_note(&filled(), None), PasswordNote::None);
    }

    #[test]
    fn a_limit_is_a_preset_a_number_or_none() {
        let limit = |limit: &str, own: &str| {
            AccountForm { limit: limit.into(), own_limit: own.into(), ..filled() }.draft().map(|it| it.hourly_limit)
        };
        assert_eq!(limit("3000", "").unwrap(), Some(3_000));
        assert_eq!(limit(UNLIMITED, "7").unwrap(), None);
        assert_eq!(limit(OWN, "250").unwrap(), Some(250));
        let refused = limit(OWN, "").unwrap_err();
        assert_eq!(refused, Refusal::field("hourly_limit", Fault::OutOfRange { min: 1, max: 1_000_000 }));
    }

    #[test]
    fn all_wrong_fields_are_named_at_once() {
        let form = AccountForm { name: String::new(), port: "99999".into(), limit: OWN.into(), ..filled() };
        let Err(Refusal::Invalid(faults)) = form.draft() else { panic!("accepted") };
        assert_eq!(faults.iter().map(|it| it.field.as_str()).collect::<Vec<_>>(), ["name", "smtp.port", "hourly_limit"]);
    }

    #[test]
    fn a_stored_account_comes_back_as_it_was_typed() {
        let form = AccountForm { limit: OWN.into(), own_limit: "250".into(), ..filled() };
        let draft = form.draft().unwrap();
        assert_eq!(AccountForm::of_draft(draft.clone()).draft().unwrap(), draft);
    }

    #[test]
    fn the_pace_is_told_in_the_unit_that_reads_best() {
        let cases = [
            (None, Pace::Unlimited),
            (Some(1), Pace::Minutes(60)),
            (Some(7), Pace::Minutes(9)),
            (Some(100), Pace::Seconds(36)),
            (Some(600), Pace::Seconds(6)),
            (Some(3_600), Pace::Seconds(1)),
            (Some(5_000), Pace::Fast),
        ];
        for (limit, pace) in cases {
            assert_eq!(Pace::of(limit), pace, "{limit:?}");
        }
    }
}
