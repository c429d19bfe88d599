//! Suppressions: addresses, domains and contacts that we must not write to.

mod standing;
mod target;

use serde::{Deserialize, Serialize};

pub use standing::{AddressStanding, ContactStanding, DomainCheck, DomainMail, SuppressedBy};
pub use target::{ListedTarget, SuppressionScope, SuppressionTarget, parse_targets};

use crate::{Channel, Cursor, Fault, Faults, HomeCountry, MessageId, Moment, Refusal, Required, SuppressionId, UserId};

/// How many addresses and domains can be added at once, and how many can be asked about at once.
pub const SUPPRESSIONS_AT_ONCE: usize = 10_000;
/// The greatest length of a note or of the reason of lifting, in characters.
pub const NOTE_MAX: u32 = 500;

/// Why we must not write.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SuppressionReason {
    /// The recipient unsubscribed.
    Unsubscribed,
    /// Mails came back for good.
    Bounced,
    /// The recipient complained about a message as spam.
    Complained,
    /// The recipient asked for it, on the phone for example (Act 110/2019, GDPR Article 21).
    #[default]
    Requested,
    /// We decided so ourselves.
    ByHand,
    /// It stood so in data taken over from elsewhere.
    Imported,
}

impl SuppressionReason {
    /// All reasons, in the order the screens offer them.
    pub const ALL: [Self; 6] =
        [Self::Requested, Self::ByHand, Self::Unsubscribed, Self::Bounced, Self::Complained, Self::Imported];
}

/// What wrote a suppression down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SuppressionSource {
    /// A colleague.
    Person,
    /// An import.
    Import,
    /// The recipient, by the link in a message.
    Recipient,
    /// The program, because of what a relay answered or returned.
    Relay,
}

impl SuppressionSource {
    /// All sources, in the order the screens offer them.
    pub const ALL: [Self; 4] = [Self::Person, Self::Import, Self::Recipient, Self::Relay];
}

/// Which channels a suppression closes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Channels {
    /// E-mail alone.
    Email,
    /// Text messages alone.
    Sms,
    /// Both.
    #[default]
    Both,
}

impl Channels {
    /// All choices, in the order the screens offer them.
    pub const ALL: [Self; 3] = [Self::Both, Self::Email, Self::Sms];

    /// Whether this channel is closed.
    pub fn close(self, channel: Channel) -> bool {
        match self {
            Self::Both => true,
            Self::Email => channel == Channel::Email,
            Self::Sms => channel == Channel::Sms,
        }
    }
}

/// What is typed to suppress addresses.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SuppressionsDraft {
    /// Addresses, phone numbers and domains, separated by comma, semicolon or line break.
    pub targets: String,
    /// Why.
    pub reason: SuppressionReason,
    /// What is worth remembering; may be empty.
    pub note: String,
}

impl SuppressionsDraft {
    /// Checks the fields and reads the targets; bad pieces are kept, to be named.
    ///
    /// # Errors
    /// Names each wrong field.
    pub fn check(&self, home: HomeCountry) -> Result<Vec<ListedTarget>, Refusal> {
        let mut faults = Faults::default();
        let targets = parse_targets(&self.targets, home);
        if targets.is_empty() {
            faults.add("targets", Fault::Missing);
        } else if SUPPRESSIONS_AT_ONCE < targets.len() {
            faults.add("targets", Fault::OutOfRange { min: 1, max: SUPPRESSIONS_AT_ONCE as i64 });
        }
        faults.text("note", &self.note, Required::No, NOTE_MAX);
        faults.finish()?;
        Ok(targets)
    }
}

/// What was found in a file of addresses, numbers and domains.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuppressionFile {
    /// Each once, in the order of the file, written so that it is read as the same again.
    pub targets: Vec<String>,
    /// What cannot be read, by line of the file or row of the sheet; the first thousand.
    pub bad: Vec<(u64, Fault)>,
    /// How many cannot be read.
    pub bad_in_all: u64,
    /// How many rows say of somebody that the suppression was lifted; they are left out.
    pub lifted: u64,
}

/// Why contacts are suppressed and on which channels.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContactSuppressionDraft {
    /// Which channels are closed.
    pub channels: Channels,
    /// Why.
    pub reason: SuppressionReason,
    /// What is worth remembering; may be empty.
    pub note: String,
}

impl ContactSuppressionDraft {
    /// Checks the fields.
    ///
    /// # Errors
    /// Names each wrong field.
    pub fn check(&self) -> Result<(), Refusal> {
        let mut faults = Faults::default();
        faults.text("note", &self.note, Required::No, NOTE_MAX);
        faults.finish()
    }
}

/// What came of adding.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuppressionsAdded {
    /// How many are new.
    pub added: u32,
    /// How many were suppressed before.
    pub already: u32,
    /// The pieces that mean nothing; nothing was done about them.
    pub bad: Vec<Fault>,
}

/// Checks why a suppression is lifted: it must be said.
///
/// # Errors
/// Names the field `reason`.
pub fn check_lifting(reason: &str) -> Result<(), Refusal> {
    let mut faults = Faults::default();
    faults.text("reason", reason, Required::Yes, NOTE_MAX);
    faults.finish()
}

/// A suppression as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suppression {
    /// Which suppression.
    pub id: SuppressionId,
    /// Whom we must not write to.
    pub target: SuppressionTarget,
    /// On which channels.
    pub channels: Channels,
    /// Why.
    pub reason: SuppressionReason,
    /// What wrote it down.
    pub source: SuppressionSource,
    /// What is worth remembering; may be empty.
    pub note: String,
    /// The message it came from.
    pub message: Option<MessageId>,
    /// Who wrote it down.
    pub author: (UserId, String),
    /// Since when.
    pub created_at: Moment,
    /// How it was lifted, if it was.
    pub lifted: Option<Lifting>,
}

/// How a suppression ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lifting {
    /// When.
    pub at: Moment,
    /// By whom.
    pub by: (UserId, String),
    /// Why.
    pub reason: String,
}

/// Which suppressions a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Standing {
    /// Those that count.
    #[default]
    Active,
    /// Those that were lifted.
    Lifted,
}

/// Which suppressions a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SuppressionFilter {
    /// Beginnings of words of the address, the domain, the contact's name or the note.
    pub words: String,
    /// Only those that close this channel.
    pub channel: Option<Channel>,
    /// Only for this reason.
    pub reason: Option<SuppressionReason>,
    /// Only from this source.
    pub source: Option<SuppressionSource>,
    /// Those that count, or those that were lifted.
    pub standing: Standing,
}

/// A question for one page of suppressions, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SuppressionQuery {
    /// Which ones.
    pub filter: SuppressionFilter,
    /// Behind which row.
    pub after: Option<Cursor>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_to_add_and_too_long_a_note_are_refused() {
        let draft = SuppressionsDraft { targets: " ;\n".into(), note: "x".repeat(501), ..SuppressionsDraft::default() };
        let Err(Refusal::Invalid(faults)) = draft.check(HomeCountry::Slovakia) else { panic!("accepted") };
        assert_eq!(faults.iter().map(|it| it.field.as_str()).collect::<Vec<_>>(), ["targets", "note"]);
    }

    #[test]
    fn lifting_needs_a_reason() {
        assert_eq!(check_lifting("  "), Err(Refusal::field("reason", Fault::Missing)));
        assert_eq!(check_lifting("Písomný súhlas z 3. mája"), Ok(()));
    }

    #[test]
    fn a_suppression_closes_its_channels() {
        let closed = |it: Channels| [it.close(Channel::Email), it.close(Channel::Sms)];
        assert_eq!(Channels::ALL.map(closed), [[true, true], [true, false], [false, true]]);
    }
}
