//! The company's data and the first run.

mod endings;

use serde::{Deserialize, Serialize};

use crate::user::{check_email, check_password};
use crate::{EmailAddress, Faults, HomeCountry, Language, Refusal, Required};

pub use endings::BlockedEndings;

/// Default of the total size that the attachments of one message may have: 15 MiB, which base64 makes the 20 MB that most relays take.
pub const ATTACHMENTS_MAX: u64 = 15 * 1024 * 1024;

/// The company that writes, as it stands in messages and documents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Company {
    /// Business name.
    pub name: String,
    /// Registration number (IČO).
    pub registration_number: String,
    /// Tax number (DIČ).
    pub tax_number: String,
    /// Street and number.
    pub street: String,
    /// Town.
    pub city: String,
    /// Postcode.
    pub postcode: String,
    /// Country whose phone numbers may be typed without a code.
    pub country: HomeCountry,
    /// Address of the company, sender of automatic messages.
    pub email: String,
    /// Phone.
    pub phone: String,
    /// Web site.
    pub web: String,
    /// Language of messages to contacts whose language is not known.
    pub language: Language,
    /// Total size in bytes that the attachments of one message may have.
    pub attachments_max: u64,
    /// Files that messages do not carry.
    #[serde(default)]
    pub blocked_endings: BlockedEndings,
    /// Whether DNS may be asked, when a person wants it, if the domain of an address takes mail.
    #[serde(default)]
    pub domain_checks: bool,
    /// Whether the full text takes in the words inside attachments: of PDF, Word documents and plain text.
    #[serde(default)]
    pub attachment_contents: bool,
}

/// How far the full text is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchProgress {
    /// How many changes of messages it has not taken in yet.
    pub waiting: u64,
    /// How many contacts, campaigns, templates and other things it has not taken in yet.
    #[serde(default)]
    pub things: u64,
    /// How many entries of the action log it has not taken in yet.
    #[serde(default)]
    pub log: u64,
}

impl Company {
    /// Checks the fields.
    ///
    /// # Errors
    /// Names each wrong field.
    pub fn check(&self) -> Result<EmailAddress, Refusal> {
        let mut faults = Faults::default();
        let email = self.check_into(&mut faults, "");
        faults.finish()?;
        email.ok_or(Refusal::Invalid(Vec::new()))
    }

    fn check_into(&self, faults: &mut Faults, prefix: &str) -> Option<EmailAddress> {
        let field = |name: &str| format!("{prefix}{name}");
        faults.line(field("name"), &self.name, Required::Yes, 120);
        for (name, text) in [
            ("registration_number", &self.registration_number),
            ("tax_number", &self.tax_number),
            ("street", &self.street),
            ("city", &self.city),
            ("postcode", &self.postcode),
            ("phone", &self.phone),
            ("web", &self.web),
        ] {
            faults.line(field(name), text, Required::No, 120);
        }
        let (min, max) = (100 * 1024, 50 * 1024 * 1024);
        if !(min..=max).contains(&self.attachments_max) {
            faults.add(field("attachments_max"), crate::Fault::OutOfRange { min: min as i64, max: max as i64 });
        }
        self.blocked_endings.check_into(faults, field("blocked_endings"));
        check_email(faults, &field("email"), &self.email)
    }
}

/// What the first run asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstRun {
    /// The secret of the one-time link printed on the console.
    pub token: String,
    /// Full name of the administrator.
    pub name: String,
    /// Address the administrator signs in with.
    pub email: String,
    /// The administrator's password.
    pub password: String,
    /// The company.
    pub company: Company,
    /// Language of the administrator's screens.
    pub language: Language,
}

impl FirstRun {
    /// Checks the fields.
    ///
    /// # Errors
    /// Names each wrong field; those of the company begin with `company.`.
    pub fn check(&self) -> Result<EmailAddress, Refusal> {
        let mut faults = Faults::default();
        faults.line("name", &self.name, Required::Yes, 120);
        check_password(&mut faults, "password", &self.password);
        let email = check_email(&mut faults, "email", &self.email);
        self.company.check_into(&mut faults, "company.");
        faults.finish()?;
        email.ok_or(Refusal::Invalid(Vec::new()))
    }
}
