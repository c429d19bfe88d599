//! Templates in use: offered, filled for somebody, tried out.

use serde::{Deserialize, Serialize};

use super::{RecordKey, TemplateDraft, TemplatePlace, TemplateRef};
use crate::{Attachment, ContactId, Language, MergeField, MessageId, TemplateId, UnresolvedReason};

/// A template as it is offered while a message is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateOffer {
    /// Which template.
    pub id: TemplateId,
    /// Its name.
    pub name: String,
    /// When it is sent, in words; may be empty.
    pub hint: String,
    /// The record type it is about.
    pub record: Option<RecordKey>,
    /// The languages it speaks.
    pub languages: Vec<Language>,
}

/// A template filled for one contact, ready to be put into a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateApplied {
    /// What it was made from.
    pub template: TemplateRef,
    /// The language it speaks, chosen by the contact.
    pub language: Language,
    /// The subject; empty for text messages. What looks like merge code in it and in the next two is quoted, so that it stays as it is when
    /// the message is filled.
    pub subject: String,
    /// What mail programs show behind the subject in their lists; may be empty.
    pub preheader: String,
    /// The body as HTML; empty for text messages.
    pub html: String,
    /// The plain text, or the text message.
    pub text: String,
    /// The sender that the template names in place of the account's: its name and its address; each may be empty.
    pub sender: (String, String),
    /// Copies of the template's files, owned by the person who writes.
    pub attachments: Vec<Attachment>,
    /// The fields without a value. They stand in the texts as `⟦contact.name⟧`, and such a message does not leave.
    pub unresolved: Vec<UnresolvedField>,
}

/// A field that could not be shown for one recipient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnresolvedField {
    /// Where in the template.
    pub place: TemplatePlace,
    /// Its path; a field of a row with the path of its collection: `order.items.name`.
    pub path: String,
    /// The row of the collection, from 0.
    pub row: Option<u32>,
    /// Why it could not be shown.
    pub reason: UnresolvedReason,
    /// The line of the template, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
    /// The first byte in the template's text of that place.
    pub start: u32,
    /// The byte behind the last one.
    pub end: u32,
}

/// What a template may name, and what messages say about themselves, in the language of the asking screen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergeCatalogue {
    /// All fields, in the order the palette shows them.
    pub fields: Vec<MergeField>,
}

/// What is asked to try a template out on oneself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestOrder {
    /// The template it is a draft of, when it was saved already.
    pub template: Option<TemplateId>,
    /// The draft as it is on the screen, saved or not.
    pub draft: TemplateDraft,
    /// In which language.
    pub language: Language,
    /// Whose data fill the fields; nothing means the samples.
    pub contact: Option<ContactId>,
    /// Where it goes: addresses or phone numbers, separated by comma, semicolon or line break.
    pub to: String,
}

/// A test that was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestSent {
    /// The message.
    pub message: MessageId,
    /// To how many addresses it goes.
    pub recipients: u32,
}
