//! A message while it is written.

use serde::{Deserialize, Serialize};

use super::{Attachment, Recipient, Role};
use crate::address::parse_list;
use crate::{AccountId, AttachmentId, ContactId, Fault, Faults, MessageId, Moment, Refusal, Required, TemplateRef};

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
    /// What it was made from, when it was made from a template.
    #[serde(default)]
    pub template: Option<TemplateRef>,
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
        for (field, text) in [("subject", &self.subject), ("body", &self.body)] {
            if let Some(path) = unfilled(text) {
                faults.add(field, Fault::Unfilled(path.to_owned()));
            }
        }
        faults.finish()?;
        Ok(recipients)
    }

    /// Whether nothing worth keeping was typed.
    pub fn is_empty(&self) -> bool {
        [&self.to, &self.cc, &self.bcc, &self.subject, &self.body].iter().all(|it| it.trim().is_empty())
            && self.attachments.is_empty()
    }
}

/// The field of the first mark `⟦contact.name⟧` in a text: what a template had no value for and nobody has replaced yet.
fn unfilled(text: &str) -> Option<&str> {
    let is_path = |it: &str| it.contains('.') && it.chars().all(|it| it.is_ascii_alphanumeric() || matches!(it, '.' | '_'));
    let mut marks = text.split('⟦').skip(1).filter_map(|it| it.split_once('⟧'));
    marks.find_map(|(path, _)| is_path(path).then_some(path))
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

#[cfg(test)]
mod tests {
    use super::*;

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
