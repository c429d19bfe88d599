//! A message while it is written.

use serde::{Deserialize, Serialize};

use super::{Attachment, MessageBody, Recipient, Role};
use crate::address::parse_list;
use crate::template::PREHEADER_MAX;
use crate::user::check_email;
use crate::{
    AccountId, AttachmentId, Channel, ContactId, Fault, Faults, HomeCountry, Language, MergeValues, MessageId, Moment, Refusal,
    Required, TemplateRef,
};

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
    /// What it travels by.
    #[serde(default)]
    pub channel: Channel,
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
    /// Subject, with merge code.
    pub subject: String,
    /// What mail programs show behind the subject in their lists, with merge code; may be empty.
    #[serde(default)]
    pub preheader: String,
    /// The body.
    pub body: MessageBody,
    /// Whether the author's signature is put under it.
    pub with_signature: bool,
    /// Files carried, in this order.
    pub attachments: Vec<AttachmentId>,
    /// What it was made from, when it was made from a template.
    #[serde(default)]
    pub template: Option<TemplateRef>,
    /// Whether the sender that the template names stands in place of the account's.
    #[serde(default)]
    pub template_sender: bool,
    /// Whether a text message keeps its diacritics, which make it dearer.
    #[serde(default)]
    pub keeps_diacritics: bool,
    /// Where answers to an e-mail go in place of what the account says; empty leaves it to the account.
    #[serde(default)]
    pub reply_to: String,
    /// Who a text message comes from, in place of the template and the account: what [`crate::sms::is_sender`] takes. Empty leaves it to
    /// them.
    #[serde(default)]
    pub sms_sender: String,
}

impl MessageDraft {
    /// Checks what can be checked without the database and parses the recipients; an address named twice counts once, in its
    /// first role.
    ///
    /// # Errors
    /// Names each wrong field; each bad address of a field by its text.
    pub fn check(&self) -> Result<Vec<Recipient>, Refusal> {
        if self.channel == Channel::Sms {
            return self.check_sms(HomeCountry::default());
        }
        let mut faults = Faults::default();
        let mut recipients: Vec<Recipient> = Vec::new();
        for (field, role, text) in [("to", Role::To, &self.to), ("cc", Role::Cc, &self.cc), ("bcc", Role::Bcc, &self.bcc)] {
            for piece in parse_list(text) {
                let name = piece.name();
                match piece.address {
                    Err(fault) => faults.add(field, Fault::Address { text: piece.text, fault }),
                    Ok(address) if recipients.iter().any(|it| it.address.normalized() == address.normalized()) => {}
                    Ok(address) => {
                        recipients.push(Recipient { role, name, address: address.into(), contact: None });
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
        if !self.reply_to.trim().is_empty() {
            check_email(&mut faults, "reply_to", self.reply_to.trim());
        }
        faults.line("subject", &self.subject, Required::Yes, SUBJECT_MAX);
        faults.line("preheader", &self.preheader, Required::No, PREHEADER_MAX);
        faults.text("body", self.body.source(), Required::Yes, BODY_MAX);
        for (field, text) in [("subject", self.subject.as_str()), ("preheader", &self.preheader), ("body", self.body.source())] {
            if let Some(path) = unfilled(text) {
                faults.add(field, Fault::Unfilled(path.to_owned()));
            }
        }
        faults.finish()?;
        Ok(recipients)
    }

    /// Whether nothing worth keeping was typed.
    pub fn is_empty(&self) -> bool {
        [&self.to, &self.cc, &self.bcc, &self.subject].iter().all(|it| it.trim().is_empty())
            && self.body.is_blank()
            && self.attachments.is_empty()
    }
}

/// The field of the first mark `⟦contact.name⟧` in a text: what a template had no value for and nobody has replaced yet.
pub(super) fn unfilled(text: &str) -> Option<&str> {
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
    /// The sender that its template names, when that stands in place of the account's: name and address, each may be empty.
    pub sender: Option<(String, String)>,
}

/// What stands in the fields of a message that is being written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageValues {
    /// The language it will be filled in.
    pub language: Language,
    /// The values.
    pub values: MergeValues,
}

/// The draft that a save goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftKey {
    /// Which message.
    pub id: MessageId,
    /// The revision the screen last saw.
    pub revision: i64,
}

/// For whom a message is written once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Copying {
    /// For the same people, as it was typed.
    Again,
    /// For somebody else, as it left.
    Forward,
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
