//! Templates: reusable content with merge fields, in several languages.
//!
//! A template is edited as a whole: a [`TemplateDraft`] with one [`TemplateText`] per language is saved over a revision. Each save that
//! changes the draft makes a new version; versions stay, because messages say from which one they were made.

mod body_fault;
mod check;
mod listing;
mod survey;
mod using;

use serde::{Deserialize, Serialize};

pub use body_fault::{BlockFault, BlockField, MjmlFault, PaymentFault};
pub use check::{
    ATTACHMENTS_MAX, BODY_MAX, DESCRIPTION_MAX, NAME_MAX, PREHEADER_MAX, SMS_MAX, TEXTS_MAX, TemplateFault, TemplatePlace,
};
pub use listing::{RecordFilter, TemplateFilter, TemplateQuery, TemplateRow, TemplateSort};
pub use survey::{LongestText, SurveyOrder, TextSurvey};
pub use using::{MergeCatalogue, TemplateApplied, TemplateOffer, TestOrder, TestSent, UnresolvedField};

use crate::{
    Attachment, AttachmentId, CampaignId, CampaignState, Channel, Language, MessageId, MessageState, Moment, TemplateId, UserId,
};

/// The key of a record type: small letters of ASCII, digits and `_`, as `order`. Record types are data, so any key may come.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RecordKey(pub String);

/// A record type that templates may be about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordType {
    /// Its key.
    pub key: RecordKey,
    /// Its name on screen, in the language it was asked for.
    pub label: String,
}

/// The body of a text, in the form in which it is edited. Merge code stands in it as it was typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TemplateBody {
    /// HTML, kept byte for byte: written in the view *Text*, or pasted.
    Html(String),
    /// MJML, from which the HTML is made.
    Mjml(String),
    /// The document of the view *Blocks* as JSON, from which MJML and then HTML are made.
    Blocks(String),
    /// A text message. The only form for [`Channel::Sms`], and only for it.
    Sms(String),
}

/// The plain text alternative of a mail.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum PlainText {
    /// Made of the HTML.
    #[default]
    Made,
    /// Written by hand, with merge code.
    Own(String),
}

/// What a template says in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateText {
    /// The language.
    pub language: Language,
    /// Subject, with merge code; empty for text messages.
    pub subject: String,
    /// What mail programs show behind the subject in their lists, with merge code; may be empty.
    pub preheader: String,
    /// The body.
    pub body: TemplateBody,
    /// The plain text alternative; [`PlainText::Made`] for text messages.
    pub plain: PlainText,
}

/// Something that a message made from the template carries.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TemplateAttachment {
    /// A file that was uploaded for the template.
    File(AttachmentId),
    /// The document of this kind of the record, such as `invoice`, made or found when the message is made.
    Document(String),
}

/// Everything that is typed into a template; it is saved as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TemplateDraft {
    /// What it travels by; kept from its making on.
    pub channel: Channel,
    /// The record type it is about, whose fields it may name; nothing means a general one.
    pub record: Option<RecordKey>,
    /// Its name among colleagues, told apart without case and diacritics.
    pub name: String,
    /// What it is for; may be empty.
    pub description: String,
    /// When it is sent, in words; may be empty.
    pub hint: String,
    /// Whether it is commercial, so that unsubscribing and who sends it must stand in it (Act 480/2004 §7, Act 452/2021 §116).
    pub is_commercial: bool,
    /// Name that recipients see instead of the account's; for text messages the sender, at most 11 letters and digits or a number.
    /// Empty leaves it to the account.
    pub sender_name: String,
    /// Address that recipients see instead of the account's; empty leaves it to the account, always empty for text messages.
    pub sender_address: String,
    /// What messages made from it carry, in this order; nothing for text messages.
    pub attachments: Vec<TemplateAttachment>,
    /// The users it is offered to; none means all.
    pub offered_to: Vec<UserId>,
    /// Whether it is offered when a message is written.
    pub is_active: bool,
    /// Whether a text message keeps its diacritics, at the price of more parts.
    pub keeps_diacritics: bool,
    /// What it says, at most once per language; the first is what others fall back to last.
    pub texts: Vec<TemplateText>,
}

/// Which version of which template a message was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TemplateRef {
    /// Which template.
    pub id: TemplateId,
    /// Which of its versions, from 1.
    pub version: u32,
}

/// A template as its page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// Which template.
    pub id: TemplateId,
    /// What is typed.
    pub draft: TemplateDraft,
    /// The files among the attachments, with names and sizes.
    pub files: Vec<Attachment>,
    /// Counts every change; a save over an older revision is refused as stale.
    pub revision: i64,
    /// The newest version.
    pub version: u32,
    /// What it was delivered as. A delivered one can be edited, never deleted.
    pub delivered: Option<Delivered>,
    /// What it is used by, so that it cannot be deleted; at most a hundred.
    pub uses: Vec<TemplateUse>,
    /// How many messages were made from it.
    pub messages: u64,
    /// When it was made.
    pub created_at: Moment,
    /// Who changed it last.
    pub changed_by: String,
    /// When it was last changed.
    pub updated_at: Moment,
}

/// What a template was delivered as.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivered {
    /// The key of the delivered text, such as `order_received`.
    pub key: String,
    /// Whether its texts are still those that were delivered.
    pub is_untouched: bool,
}

/// Something that uses a template and would miss it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TemplateUse {
    /// A message that has not been let go yet.
    Message {
        /// Which message.
        id: MessageId,
        /// How far it has come.
        state: MessageState,
        /// Who writes it.
        author: String,
    },
    /// A campaign that has not been released yet.
    Campaign {
        /// Which campaign.
        id: CampaignId,
        /// Its name.
        name: String,
        /// How far it has come.
        state: CampaignState,
        /// Who made it.
        author: String,
    },
}

/// One version of a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateVersion {
    /// Its number, from 1.
    pub version: u32,
    /// How it came to be.
    pub how: VersionHow,
    /// When.
    pub at: Moment,
    /// Who made it; empty for the system.
    pub by: String,
    /// How many messages were made from it.
    pub messages: u64,
}

/// How a version came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum VersionHow {
    /// It was delivered with the program.
    Delivered,
    /// Somebody saved it.
    Saved,
    /// It is an earlier version taken up again.
    Restored(u32),
    /// The delivered texts were restored.
    Reset,
}

/// A person who has a template open for editing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateEditor {
    /// Who it is.
    pub user: UserId,
    /// Their name.
    pub name: String,
    /// Since when.
    pub since: Moment,
}

impl TemplateBody {
    /// What was typed, in whatever form.
    pub fn source(&self) -> &str {
        match self {
            Self::Html(source) | Self::Mjml(source) | Self::Blocks(source) | Self::Sms(source) => source,
        }
    }
}

impl TemplateText {
    /// An empty text for a channel.
    pub fn empty(language: Language, channel: Channel) -> Self {
        let body = match channel {
            Channel::Email => TemplateBody::Html(String::new()),
            Channel::Sms => TemplateBody::Sms(String::new()),
        };
        Self { language, subject: String::new(), preheader: String::new(), body, plain: PlainText::Made }
    }
}

impl TemplateDraft {
    /// The text for somebody who is written to in `wanted`: in that language, else in the company's, else the first.
    pub fn text_for(&self, wanted: Language, company: Language) -> Option<&TemplateText> {
        let of = |language: Language| self.texts.iter().find(|it| it.language == language);
        of(wanted).or_else(|| of(company)).or_else(|| self.texts.first())
    }

    /// The languages it speaks, in the order of its texts.
    pub fn languages(&self) -> Vec<Language> {
        self.texts.iter().map(|it| it.language).collect()
    }
}
