//! People who sign in, their roles, sessions and one-time links.

use serde::{Deserialize, Serialize};

use crate::{Faults, Moment, PermissionSet, Refusal, Required, RoleId, SessionId, UserId};

/// A language of the screens and of messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Language {
    /// Slovak.
    #[default]
    Sk,
    /// Czech.
    Cs,
    /// English.
    En,
}

impl Language {
    /// All languages, in the order the screens offer them.
    pub const ALL: [Self; 3] = [Self::Sk, Self::Cs, Self::En];

    /// The language's code of ISO 639-1.
    pub fn code(self) -> &'static str {
        match self {
            Self::Sk => "sk",
            Self::Cs => "cs",
            Self::En => "en",
        }
    }

    /// The language of that code of ISO 639-1.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

/// How bright the screens are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Theme {
    /// As the machine says.
    #[default]
    System,
    /// Dark ink on light paper.
    Light,
    /// Light ink on dark paper.
    Dark,
}

/// How high the rows of tables are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Density {
    /// 30 px.
    Compact,
    /// 36 px.
    #[default]
    Normal,
    /// 44 px.
    Comfortable,
}

/// What a user chose for themself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preferences {
    /// Language of the screens.
    pub language: Language,
    /// Brightness of the screens.
    pub theme: Theme,
    /// Height of rows.
    pub density: Density,
}

/// The signed-in person as the screens need them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Me {
    /// Who it is.
    pub id: UserId,
    /// Full name.
    pub name: String,
    /// Address that one signs in with.
    pub email: String,
    /// What they may do.
    pub permissions: PermissionSet,
    /// What they chose.
    pub preferences: Preferences,
    /// Text put under their messages; may be empty.
    pub signature: String,
    /// Name of the company.
    pub company: String,
    /// Whether everything goes to Capture because no real account is set up.
    pub capture_only: bool,
    /// Whether nothing leaves because the database is a copy that was put back and nobody has decided about it.
    pub put_back: bool,
    /// Total size in bytes that the attachments of one message may have.
    pub attachments_max: u64,
    /// Whether DNS may be asked about the domains of addresses.
    pub domain_checks: bool,
}

/// What state a user is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum UserState {
    /// Was invited and has not chosen a password yet.
    Invited,
    /// May sign in.
    Active,
    /// May not sign in; what they did stays.
    Disabled,
    /// Is the system itself and can never sign in.
    System,
}

/// A user in the list of users.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UserRow {
    /// Who it is.
    pub id: UserId,
    /// Full name.
    pub name: String,
    /// Address that one signs in with; empty for the system.
    pub email: String,
    /// State.
    pub state: UserState,
    /// Roles held.
    pub roles: Vec<RoleId>,
    /// When they last did something.
    pub seen_at: Option<Moment>,
}

/// What is typed to invite a user or to change one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserDraft {
    /// Full name.
    pub name: String,
    /// Address that one signs in with.
    pub email: String,
    /// Roles to hold.
    pub roles: Vec<RoleId>,
    /// Language of the first screens.
    pub language: Language,
}

impl UserDraft {
    /// Checks the fields.
    ///
    /// # Errors
    /// Names each wrong field.
    pub fn check(&self) -> Result<crate::EmailAddress, Refusal> {
        let mut faults = Faults::default();
        faults.line("name", &self.name, Required::Yes, 120);
        if self.roles.is_empty() {
            faults.add("roles", crate::Fault::Missing);
        }
        let email = check_email(&mut faults, "email", &self.email);
        faults.finish()?;
        email.ok_or(Refusal::Invalid(Vec::new()))
    }
}

/// Parses an address field and notes its fault.
pub(crate) fn check_email(faults: &mut Faults, field: &str, text: &str) -> Option<crate::EmailAddress> {
    match crate::EmailAddress::parse(text) {
        Ok(it) => Some(it),
        Err(crate::AddressFault::Empty) => {
            faults.add(field, crate::Fault::Missing);
            None
        }
        Err(fault) => {
            faults.add(field, crate::Fault::Address { text: text.trim().to_owned(), fault });
            None
        }
    }
}

/// A named set of rights.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Role {
    /// Which role.
    pub id: RoleId,
    /// Its name. The delivered roles have a code instead, see [`Role::delivered`].
    pub name: String,
    /// Rights in it.
    pub permissions: PermissionSet,
    /// The delivered role this is, whose name the screen translates; the administrator's rights cannot be changed.
    pub delivered: Option<DeliveredRole>,
    /// How many users hold it.
    pub holders: u32,
}

/// Roles that every installation begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum DeliveredRole {
    /// May do everything.
    Administrator,
    /// Runs campaigns, lists and templates.
    Manager,
    /// Writes to clients.
    Writer,
    /// Only looks.
    Reader,
}

/// What is typed to make or change a role.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleDraft {
    /// Name.
    pub name: String,
    /// Rights.
    pub permissions: PermissionSet,
}

impl RoleDraft {
    /// Checks the fields.
    ///
    /// # Errors
    /// Names each wrong field.
    pub fn check(&self) -> Result<(), Refusal> {
        let mut faults = Faults::default();
        faults.line("name", &self.name, Required::Yes, 60);
        if self.permissions.is_empty() {
            faults.add("permissions", crate::Fault::Missing);
        }
        faults.finish()
    }
}

/// A one-time link, shown once to the person who made it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OneTimeLink {
    /// Full address to open.
    pub url: String,
    /// Until when it works.
    pub until: Moment,
}

/// What an opened invitation says before the password is chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// Name of the invited.
    pub name: String,
    /// Address to sign in with.
    pub email: String,
    /// Company that invites.
    pub company: String,
    /// Language of the invited.
    pub language: Language,
}

/// A sign-in in the list of one's own sessions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SessionRow {
    /// Which session.
    pub id: SessionId,
    /// Browser and system, as the browser names itself.
    pub device: String,
    /// Network address it was last used from.
    pub from: String,
    /// When it began.
    pub created_at: Moment,
    /// When it was last used.
    pub seen_at: Moment,
    /// Whether it is the one that asks.
    pub current: bool,
}

/// What a user may change about themself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Full name.
    pub name: String,
    /// Text put under one's messages.
    pub signature: String,
    /// Language, theme, density.
    pub preferences: Preferences,
}

impl Profile {
    /// Checks the fields.
    ///
    /// # Errors
    /// Names each wrong field.
    pub fn check(&self) -> Result<(), Refusal> {
        let mut faults = Faults::default();
        faults.line("name", &self.name, Required::Yes, 120);
        faults.text("signature", &self.signature, Required::No, 2_000);
        faults.finish()
    }
}

/// The least length of a password, in characters (NIST SP 800-63B-4 §3.1.1.2 asks for 15 where it is the only factor and
/// allows 8; we take the middle and throttle).
pub const PASSWORD_MIN: u32 = 10;
/// The greatest length of a password, in characters.
pub const PASSWORD_MAX: u32 = 200;

/// Checks a new password's length.
pub fn check_password(faults: &mut Faults, field: &str, password: &str) {
    let n = password.chars().count() as u32;
    if n < PASSWORD_MIN {
        faults.add(field, crate::Fault::TooShort { min: PASSWORD_MIN });
    } else if PASSWORD_MAX < n {
        faults.add(field, crate::Fault::TooLong { max: PASSWORD_MAX });
    }
}
