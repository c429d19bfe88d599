//! Looking through what is prepared, and mending it.

use serde::{Deserialize, Serialize};

use super::{LeftOut, MissingField};
use crate::{
    Attachment, CampaignId, ContactId, Cursor, Decimal, DeliveryState, Fault, Faults, Language, MessageId, MessageState, Moment,
    Refusal, Required,
};

/// The greatest length of the body of a prepared message edited by hand, in bytes of HTML.
pub const PREPARED_BODY_MAX: u32 = super::super::template::BODY_MAX;

/// What prepared messages are grouped by. Odd ones come first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ReviewGroupKind {
    /// Values are missing or doubtful: they wait apart.
    SetApart,
    /// Edited by hand.
    Edited,
    /// The contact was changed since they were made.
    Changed,
    /// Built alike: in the same language, with the same fields filled; the number names the build within the campaign.
    Alike(i64),
    /// All that are to be sent.
    #[default]
    All,
    /// Those that who asks has not looked at.
    Unreviewed,
    /// Taken out by hand.
    Excluded,
}

/// A group of prepared messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewGroup {
    /// What they have in common.
    pub kind: ReviewGroupKind,
    /// How many there are.
    pub count: u64,
    /// The language of messages that are built alike.
    pub language: Option<Language>,
    /// The shortest, an ordinary and the longest one, as far as they differ.
    pub examples: Vec<MessageId>,
}

/// What prepared messages are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ReviewSort {
    /// In the order of the audience.
    #[default]
    Place,
    /// The longest first.
    Longest,
    /// The shortest first.
    Shortest,
}

/// Where one is while looking through prepared messages: the arrows stay within it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewPlace {
    /// The campaign.
    pub campaign: CampaignId,
    /// Which messages.
    pub group: ReviewGroupKind,
    /// In which order.
    pub sort: ReviewSort,
}

/// A question for one page of prepared messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewQuery {
    /// Where.
    pub place: ReviewPlace,
    /// Words to find in name, address, subject and text, without regard to case and diacritics; may be empty. With words, a page ends
    /// after so many messages were looked through, whatever was found: `looked_through` says how far.
    pub words: String,
    /// Behind which row.
    pub after: Option<Cursor>,
}

/// A page of prepared messages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReviewPage {
    /// The rows.
    pub rows: Vec<PreparedMessage>,
    /// Where the next page begins, or nothing after the last one.
    pub next: Option<Cursor>,
    /// How many messages were looked through for this page.
    pub looked_through: u32,
}

/// A prepared message in the list of the review.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PreparedMessage {
    /// Which message.
    pub message: MessageId,
    /// Place in the audience.
    pub place: i64,
    /// The contact, unless the address was typed and belongs to nobody.
    pub contact: Option<ContactId>,
    /// Name of the recipient; may be empty.
    pub name: String,
    /// Address or number.
    pub address: String,
    /// Subject; empty for text messages and for erased ones.
    pub subject: String,
    /// The language it speaks.
    pub language: Language,
    /// The build it is alike to, see [`ReviewGroupKind::Alike`].
    pub build: i64,
    /// Length of subject and text in characters.
    pub length: u32,
    /// In how many parts a text message leaves; zero for mails.
    pub parts: u32,
    /// Fields that are missing or doubtful; such a message waits apart.
    pub missing: Vec<MissingField>,
    /// Why it is not sent, if it is not.
    pub left_out: Option<LeftOut>,
    /// Whether it was edited by hand.
    pub is_edited: bool,
    /// Whether the contact was changed since it was made, or is gone.
    pub is_changed: bool,
    /// Whether who asks has looked at it.
    pub is_reviewed: bool,
    /// How far it has come.
    pub state: MessageState,
    /// How far its delivery is, once it has one.
    pub delivery: Option<DeliveryState>,
}

/// A piece of a text that is compared with the common one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewText {
    /// The words.
    pub text: String,
    /// Whether the common text says something else here.
    pub differs: bool,
}

/// A prepared message as the review shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReviewedMessage {
    /// What the list shows.
    pub row: PreparedMessage,
    /// Number within the group and order, from 1, and how many there are.
    pub number: (u64, u64),
    /// The one before.
    pub previous: Option<MessageId>,
    /// The one behind.
    pub next: Option<MessageId>,
    /// Sender as recipients see it: `Name <address>`.
    pub from: String,
    /// The subject, compared with the common one.
    pub subject: Vec<ReviewText>,
    /// The plain text or text message, compared with the common one; compared with what it was made as, when it was edited by hand.
    pub text: Vec<ReviewText>,
    /// The HTML as it will leave, its measured links leading where they lead in the end; empty for text messages. To be shown in a
    /// sandbox only.
    pub html: String,
    /// The same with the words that differ in `<ins>`, for a sandbox that underlines them.
    pub marked_html: String,
    /// SHA-256 over subject, text and HTML in hexadecimal digits: the same when it leaves.
    pub hash: String,
    /// What it measures; nothing when it measures nothing.
    pub measured: Option<super::Measured>,
    /// Files carried.
    pub attachments: Vec<Attachment>,
    /// What a text message costs, in the gateway's unit; nothing when that is not known.
    pub price: Option<Decimal>,
    /// The revision that an edit is based on.
    pub revision: i64,
    /// Who edited it by hand and when.
    pub edited: Option<(String, Moment)>,
    /// How many of how many messages who asks has looked at.
    pub reviewed: (u64, u64),
}

/// One prepared message edited by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreparedDraft {
    /// Subject; empty for text messages.
    pub subject: String,
    /// HTML of the body; empty for text messages.
    pub html: String,
    /// The text message; for e-mail nothing, since it is made of the HTML.
    pub text: String,
}

impl PreparedDraft {
    /// Checks the fields.
    ///
    /// # Errors
    /// Names each wrong field.
    pub fn check(&self) -> Result<(), Refusal> {
        let mut faults = Faults::default();
        faults.line("subject", &self.subject, Required::Yes, super::super::message::SUBJECT_MAX);
        if (PREPARED_BODY_MAX as usize) < self.html.len() {
            faults.add("html", Fault::TooLong { max: PREPARED_BODY_MAX });
        }
        if self.html.trim().is_empty() && self.text.trim().is_empty() {
            faults.add("html", Fault::Missing);
        }
        faults.finish()
    }
}

/// For whom a value is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum FillScope {
    /// For one message.
    One(MessageId),
    /// For everybody for whom this field is missing or doubtful.
    Everybody,
}

/// A value that is filled in for a missing or doubtful field, as it is to stand in the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fill {
    /// For whom.
    pub scope: FillScope,
    /// The path of the field.
    pub path: String,
    /// The words; nothing lets a doubtful value stand as it is.
    pub value: Option<String>,
}

/// What making the unsent messages anew would change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Regeneration {
    /// How many messages have not been sent.
    pub unsent: u64,
    /// How many of them were looked at for this answer.
    pub looked_at: u64,
    /// How many of those would be another one.
    pub would_change: u64,
    /// How many of the unsent were edited by hand; they are kept as they are.
    pub kept: u64,
    /// Some that would change: message, recipient, subject now and then.
    pub examples: Vec<(MessageId, String, String, String)>,
}
