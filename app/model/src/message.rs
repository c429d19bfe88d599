//! Messages: content plus recipients, and the states they move through.

use serde::{Deserialize, Serialize};

use crate::address::parse_list;
use crate::{
    AccountId, AttachmentId, ContactId, Cursor, DeliveryDetail, DeliveryState, EmailAddress, Fault, Faults, MessageId, Moment,
    Noun, Refusal, Required, UserId,
};

/// What a message travels by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Channel {
    /// E-mail.
    #[default]
    Email,
    /// Text message to a phone.
    Sms,
}

/// Why a message exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Origin {
    /// A person wrote it.
    Manual,
    /// A campaign made it.
    Campaign,
    /// A notification rule made it.
    Notification,
    /// It repeats an earlier message.
    Resend,
    /// It tries something out.
    Test,
    /// Another program asked for it.
    Api,
}

impl Origin {
    /// All origins, in the order the filters offer them.
    pub const ALL: [Self; 6] = [Self::Manual, Self::Campaign, Self::Notification, Self::Resend, Self::Test, Self::Api];
}

/// How far a message has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MessageState {
    /// Is being written.
    Draft,
    /// Is complete and waits for release.
    Prepared,
    /// Leaves now or when it is due; also while the end of a delivery is unknown.
    Queued,
    /// Every delivery was accepted.
    Sent,
    /// Some deliveries were accepted, others not.
    PartlySent,
    /// No delivery was accepted.
    Failed,
    /// A person stopped it before anything left.
    Cancelled,
}

/// What can be done to a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MessageStep {
    /// Completes it and lets it wait.
    Prepare,
    /// Opens a prepared one for writing again.
    Reopen,
    /// Lets it go.
    Release,
    /// Takes it back within the time for undo.
    Undo,
    /// Stops what still waits.
    Cancel,
    /// Settles it by the ends of its deliveries.
    Settle(MessageEnd),
}

/// How the deliveries of a message ended together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MessageEnd {
    /// All accepted.
    All,
    /// Some accepted.
    Some,
    /// None accepted.
    None,
    /// None accepted because all were stopped.
    Stopped,
}

impl MessageState {
    /// All states, in the order the filters offer them.
    pub const ALL: [Self; 7] =
        [Self::Draft, Self::Prepared, Self::Queued, Self::Sent, Self::PartlySent, Self::Failed, Self::Cancelled];

    /// The state after a step.
    ///
    /// # Errors
    /// Refuses a step that this state does not allow.
    pub fn step(self, step: MessageStep) -> Result<Self, Refusal> {
        use MessageStep as Step;
        match (self, step) {
            (Self::Draft, Step::Prepare) => Ok(Self::Prepared),
            (Self::Prepared, Step::Reopen) | (Self::Queued, Step::Undo) => Ok(Self::Draft),
            (Self::Prepared, Step::Release) => Ok(Self::Queued),
            (Self::Prepared, Step::Cancel) => Ok(Self::Cancelled),
            (Self::Queued, Step::Cancel) => Ok(Self::Queued),
            (Self::Queued, Step::Settle(end)) => Ok(match end {
                MessageEnd::All => Self::Sent,
                MessageEnd::Some => Self::PartlySent,
                MessageEnd::None => Self::Failed,
                MessageEnd::Stopped => Self::Cancelled,
            }),
            (
                Self::Draft | Self::Prepared | Self::Queued | Self::Sent | Self::PartlySent | Self::Failed | Self::Cancelled,
                Step::Prepare | Step::Reopen | Step::Release | Step::Undo | Step::Cancel | Step::Settle(_),
            ) => Err(Refusal::IllegalStep(Noun::Message)),
        }
    }

    /// Whether anything of it may have left, so that it can only be repeated, never changed.
    pub fn is_history(self) -> bool {
        matches!(self, Self::Sent | Self::PartlySent | Self::Failed | Self::Cancelled)
    }
}

impl MessageEnd {
    /// How these deliveries ended together, or nothing while one still moves or is unknown.
    pub fn of(states: &[DeliveryState]) -> Option<Self> {
        if states.iter().any(|it| !it.is_settled()) {
            return None;
        }
        let accepted = states.iter().filter(|it| it.is_accepted()).count();
        let stopped = states.iter().filter(|it| **it == DeliveryState::Cancelled).count();
        Some(match accepted {
            0 if 0 < stopped && stopped == states.len() => Self::Stopped,
            0 => Self::None,
            n if n == states.len() => Self::All,
            _ => Self::Some,
        })
    }
}

/// Whether a recipient sees the others and is seen by them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    /// The message is for them.
    To,
    /// Gets a copy that all see.
    Cc,
    /// Gets a copy that nobody else sees.
    Bcc,
}

/// An address one message goes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipient {
    /// In which role.
    pub role: Role,
    /// Name before the address; may be empty.
    pub name: String,
    /// The address.
    pub address: EmailAddress,
    /// Whose address it is, when known.
    pub contact: Option<ContactId>,
}

/// The greatest number of recipients of one message written by hand; more is a campaign.
pub const RECIPIENTS_MAX: usize = 100;
/// The greatest length of a subject in characters.
pub const SUBJECT_MAX: u32 = 250;
/// The greatest length of a body in characters.
pub const BODY_MAX: u32 = 500_000;
/// How long sending can be undone, in milliseconds.
pub const UNDO_MS: i64 = 10_000;

/// What is typed into a message, kept as typed even while it is not complete.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageDraft {
    /// The contact it is written from, when it is.
    pub contact: Option<ContactId>,
    /// The account it leaves by; nothing means the default one.
    pub account: Option<AccountId>,
    /// Recipients, separated by comma, semicolon or line break.
    pub to: String,
    /// Recipients of copies.
    pub cc: String,
    /// Recipients of blind copies.
    pub bcc: String,
    /// Subject.
    pub subject: String,
    /// Text.
    pub body: String,
    /// Whether the author's signature is put under it.
    pub with_signature: bool,
    /// Files carried, in this order.
    pub attachments: Vec<AttachmentId>,
}

impl MessageDraft {
    /// Checks what can be checked without the database and parses the recipients; an address named twice counts once, in its
    /// first role.
    ///
    /// # Errors
    /// Names each wrong field; each bad address of a field by its text.
    pub fn check(&self) -> Result<Vec<Recipient>, Refusal> {
        let mut faults = Faults::default();
        let mut recipients: Vec<Recipient> = Vec::new();
        for (field, role, text) in [("to", Role::To, &self.to), ("cc", Role::Cc, &self.cc), ("bcc", Role::Bcc, &self.bcc)] {
            for piece in parse_list(text) {
                let name = piece.name();
                match piece.address {
                    Err(fault) => faults.add(field, Fault::Address { text: piece.text, fault }),
                    Ok(address) if recipients.iter().any(|it| it.address.normalized() == address.normalized()) => {}
                    Ok(address) => {
                        recipients.push(Recipient { role, name, address, contact: None });
                    }
                }
            }
        }
        if recipients.is_empty() && faults.list().is_empty() {
            faults.add("to", Fault::Missing);
        }
        if RECIPIENTS_MAX < recipients.len() {
            faults.add("to", Fault::OutOfRange { min: 1, max: RECIPIENTS_MAX as i64 });
        }
        faults.line("subject", &self.subject, Required::Yes, SUBJECT_MAX);
        faults.text("body", &self.body, Required::Yes, BODY_MAX);
        faults.finish()?;
        Ok(recipients)
    }

    /// Whether nothing worth keeping was typed.
    pub fn is_empty(&self) -> bool {
        [&self.to, &self.cc, &self.bcc, &self.subject, &self.body].iter().all(|it| it.trim().is_empty())
            && self.attachments.is_empty()
    }
}

/// A draft as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredDraft {
    /// Which message.
    pub id: MessageId,
    /// Counts every save; a save over a newer revision is refused as stale.
    pub revision: i64,
    /// What was typed.
    pub draft: MessageDraft,
    /// The files, with names and sizes.
    pub attachments: Vec<Attachment>,
}

/// The draft that a save goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftKey {
    /// Which message.
    pub id: MessageId,
    /// The revision the screen last saw.
    pub revision: i64,
}

/// A message that was let go and can still be taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Released {
    /// Which message.
    pub id: MessageId,
    /// To how many addresses it goes.
    pub recipients: u32,
    /// How many of them get nothing, because they must not be written to.
    pub suppressed: u32,
    /// Until when it can be taken back.
    pub undo_until: Moment,
}

/// A file carried by a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Which file.
    pub id: AttachmentId,
    /// Name with ending.
    pub name: String,
    /// Media type (RFC 6838).
    pub media_type: String,
    /// Size in bytes.
    pub size: u64,
}

/// A message in the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MessageRow {
    /// Which message.
    pub id: MessageId,
    /// Channel.
    pub channel: Channel,
    /// Why it exists.
    pub origin: Origin,
    /// How far it has come.
    pub state: MessageState,
    /// Subject; may be empty in a draft.
    pub subject: String,
    /// Name or address of the first recipient; may be empty in a draft.
    pub recipient: String,
    /// How many recipients there are besides the first.
    pub others: u32,
    /// Who wrote it.
    pub author: String,
    /// When it was created.
    pub created_at: Moment,
    /// When the last delivery was handed over.
    pub sent_at: Option<Moment>,
    /// How many files it carries.
    pub attachments: u32,
    /// How many deliveries were put off and are tried again.
    pub deferred: u32,
    /// How many deliveries have an unknown end.
    pub unknown: u32,
    /// The place of the search's words in the text, if there were any.
    pub snippet: Vec<SnippetPiece>,
    /// Whether subject, text and files were erased with the only recipient.
    pub is_erased: bool,
}

/// A piece of text around a found word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnippetPiece {
    /// The text.
    pub text: String,
    /// Whether it is what was looked for.
    pub hit: bool,
}

/// A message as its page shows it: what really left.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MessageDetail {
    /// Which message.
    pub id: MessageId,
    /// Channel.
    pub channel: Channel,
    /// Why it exists.
    pub origin: Origin,
    /// How far it has come.
    pub state: MessageState,
    /// Name of the account it leaves by, once one is chosen; Capture's is empty.
    pub account: Option<String>,
    /// Sender as recipients see it: `Name <address>`.
    pub from: String,
    /// Where answers go, when not to the sender; may be empty.
    pub reply_to: String,
    /// Recipients in all roles.
    pub recipients: Vec<Recipient>,
    /// Subject.
    pub subject: String,
    /// Plain text alternative.
    pub text: String,
    /// Files carried.
    pub attachments: Vec<Attachment>,
    /// One per address.
    pub deliveries: Vec<DeliveryDetail>,
    /// The contact it was written from.
    pub contact: Option<(ContactId, String)>,
    /// The message this one repeats.
    pub resend_of: Option<MessageId>,
    /// Messages that repeat this one.
    pub resent_as: Vec<MessageId>,
    /// Who wrote it.
    pub author: (UserId, String),
    /// When it was created.
    pub created_at: Moment,
    /// Not before then it leaves.
    pub due_at: Option<Moment>,
    /// Until when sending can be undone.
    pub undo_until: Option<Moment>,
    /// The Message-ID header (RFC 5322 §3.6.4), without angle brackets; empty in a draft.
    pub header_id: String,
    /// When subject, text and files were erased with the only recipient; they are empty since then.
    pub erased_at: Option<Moment>,
    /// Entries of the action log about it, newest first.
    pub log: Vec<crate::AuditEntry>,
}

/// The contact that alone gets a message, when all its recipients are addresses of this one.
pub fn only_contact(recipients: &[Recipient]) -> Option<ContactId> {
    let first = recipients.first()?.contact?;
    recipients.iter().all(|it| it.contact == Some(first)).then_some(first)
}

/// Which messages a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageFilter {
    /// Words to find in subject, text, recipients and names of files.
    pub words: String,
    /// Only these states; none means all.
    pub states: Vec<MessageState>,
    /// Only this origin.
    pub origin: Option<Origin>,
    /// Only what left by this account.
    pub account: Option<AccountId>,
    /// Only what went to this contact.
    pub contact: Option<ContactId>,
    /// Only what this user wrote.
    pub author: Option<UserId>,
    /// Only with a delivery whose end is unknown.
    pub unknown: bool,
    /// Only created at or after.
    pub since: Option<Moment>,
    /// Only created before.
    pub until: Option<Moment>,
}

/// A question for one page of messages, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageQuery {
    /// Which ones.
    pub filter: MessageFilter,
    /// Behind which row.
    pub after: Option<Cursor>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_moves_only_along_its_way() {
        use MessageState as S;
        use MessageStep as T;
        let allowed = [
            (S::Draft, T::Prepare, S::Prepared),
            (S::Prepared, T::Reopen, S::Draft),
            (S::Prepared, T::Release, S::Queued),
            (S::Prepared, T::Cancel, S::Cancelled),
            (S::Queued, T::Undo, S::Draft),
            (S::Queued, T::Cancel, S::Queued),
            (S::Queued, T::Settle(MessageEnd::All), S::Sent),
            (S::Queued, T::Settle(MessageEnd::Some), S::PartlySent),
            (S::Queued, T::Settle(MessageEnd::None), S::Failed),
            (S::Queued, T::Settle(MessageEnd::Stopped), S::Cancelled),
        ];
        let steps = [T::Prepare, T::Reopen, T::Release, T::Undo, T::Cancel, T::Settle(MessageEnd::All)];
        for state in S::ALL {
            for step in steps {
                let expected = allowed.iter().find(|it| it.0 == state && it.1 == step).map(|it| it.2);
                assert_eq!(state.step(step).ok(), expected, "{state:?} {step:?}");
            }
        }
        for (from, step, to) in allowed {
            assert_eq!(from.step(step), Ok(to));
        }
    }

    #[test]
    fn the_end_of_a_message_follows_from_its_deliveries() {
        use DeliveryState as D;
        assert_eq!(MessageEnd::of(&[D::Accepted, D::Waiting]), None);
        assert_eq!(MessageEnd::of(&[D::Accepted, D::Unknown]), None);
        assert_eq!(MessageEnd::of(&[D::Accepted, D::Delivered]), Some(MessageEnd::All));
        assert_eq!(MessageEnd::of(&[D::Accepted, D::Rejected]), Some(MessageEnd::Some));
        assert_eq!(MessageEnd::of(&[D::Suppressed, D::Rejected]), Some(MessageEnd::None));
        assert_eq!(MessageEnd::of(&[D::Cancelled, D::Cancelled]), Some(MessageEnd::Stopped));
    }

    #[test]
    fn a_draft_names_every_bad_address_and_counts_an_address_once() {
        let draft = MessageDraft {
            to: "Eva <eva@x.sk>; zle, EVA@x.sk".into(),
            bcc: "eva@x.sk".into(),
            subject: "Dobrý deň".into(),
            body: "Text".into(),
            ..MessageDraft::default()
        };
        let Err(Refusal::Invalid(faults)) = draft.check() else { panic!("accepted") };
        assert_eq!(faults.len(), 1);
        let fixed = MessageDraft { to: "Eva <eva@x.sk>; EVA@x.sk".into(), ..draft };
        let recipients = fixed.check().unwrap();
        assert_eq!(recipients.len(), 1);
        assert_eq!((recipients[0].name.as_str(), recipients[0].role), ("Eva", Role::To));
    }

    #[test]
    fn a_subject_never_has_a_second_line() {
        let draft =
            MessageDraft { to: "a@x.sk".into(), subject: "a\r\nBcc: b@x.sk".into(), body: "t".into(), ..MessageDraft::default() };
        assert_eq!(draft.check(), Err(Refusal::field("subject", Fault::Character)));
    }
}
