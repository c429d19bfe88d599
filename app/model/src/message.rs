//! Messages: content plus recipients, and the states they move through.

mod body;
mod column;
mod draft;
mod found;
mod sms;
mod state;

use serde::{Deserialize, Serialize};

use crate::{
    AccountId, Address, AttachmentId, CampaignId, ContactId, Cursor, DeliveryDetail, MessageId, Moment, TemplateId, TemplateRef,
    UserId,
};

pub use body::MessageBody;
pub use column::{MessageChoice, MessageColumn, MessageColumns, MessageListSettings, MessageView, MessageViewDraft};
pub use draft::{
    BODY_MAX, Copying, DraftKey, MessageDraft, MessageValues, RECIPIENTS_MAX, Released, SUBJECT_MAX, StoredDraft, UNDO_MS,
};
pub use found::{MessageFacets, MessageOrder, MessageSource, MessageSurvey, MessageTally, QueryFault, QueryFaultKind};
pub use sms::{SMS_MAX, sms_title};
pub use state::{MessageEnd, MessageState, MessageStep};

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
    /// It came from an old archive and was never sent from here.
    Archive,
}

impl Origin {
    /// All origins, in the order the filters offer them.
    pub const ALL: [Self; 7] =
        [Self::Manual, Self::Campaign, Self::Notification, Self::Resend, Self::Test, Self::Api, Self::Archive];
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
    pub address: Address,
    /// Whose address it is, when known.
    pub contact: Option<ContactId>,
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

/// How a file of that name is called inside the HTML of its message: `cid:` and this (RFC 2392). A file that the HTML calls so stands in
/// the text; every other one is attached.
pub fn content_id(name: &str) -> String {
    let mut id = String::new();
    for byte in name.bytes() {
        match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'.' | b'-' => id.push(char::from(byte)),
            _ => id.push_str(&format!("_{byte:02x}")),
        }
    }
    id.push_str("@posel");
    id
}

/// Somebody as mails name them: `Name <address>`, or what there is of both.
pub fn named_address(name: &str, address: &str) -> String {
    match (name, address) {
        ("", address) => address.to_owned(),
        (name, "") => name.to_owned(),
        (name, address) => format!("{name} <{address}>"),
    }
}

/// Whether HTML, or a document that holds HTML, calls a file by this content id.
pub fn is_called(html: &str, content_id: &str) -> bool {
    html.match_indices("cid:").any(|(at, _)| {
        let name = &html[at + 4..];
        name.starts_with(content_id) && name[content_id.len()..].starts_with(['"', '\'', ')', '&', ' ', '\\'])
    })
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
    /// Name of the account it leaves by, once one is chosen; Capture's is empty.
    pub account: Option<String>,
    /// Name of the campaign it belongs to.
    pub campaign: Option<String>,
    /// Name of the template it was made from.
    pub template: Option<String>,
    /// How many files it carries.
    pub attachments: u32,
    /// How many deliveries were put off and are tried again.
    pub deferred: u32,
    /// How many deliveries have an unknown end.
    pub unknown: u32,
    /// The place of the search's words in the text, if there were any.
    pub snippet: Vec<SnippetPiece>,
    /// The file that the place is in, when it is not the text.
    #[serde(default)]
    pub snippet_file: Option<String>,
    /// Whether subject, text and files were erased, with the only recipient or because their time was over.
    pub is_erased: bool,
    /// Whether the subject is damaged and cannot be read.
    #[serde(default)]
    pub is_damaged: bool,
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
    /// What it was made from, and the name that the template has or last had.
    pub template: Option<(TemplateRef, String)>,
    /// The campaign it belongs to, and its name.
    pub campaign: Option<(CampaignId, String)>,
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
    /// When subject, text and files were erased, with the only recipient or because their time was over; they are empty since then.
    pub erased_at: Option<Moment>,
    /// Since when it lies in the bin.
    pub binned_at: Option<Moment>,
    /// Whether it is kept as proof, so that nobody deletes it.
    pub is_proof: bool,
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
    /// Only what belongs to this campaign.
    pub campaign: Option<CampaignId>,
    /// Only what this user wrote.
    pub author: Option<UserId>,
    /// Only by this channel.
    pub channel: Option<Channel>,
    /// Only what was made from this template.
    pub template: Option<TemplateId>,
    /// Only with files, or only without.
    pub files: Option<bool>,
    /// Only with a delivery whose end is unknown.
    pub unknown: bool,
    /// Only created at or after.
    pub since: Option<Moment>,
    /// Only created before.
    pub until: Option<Moment>,
}

/// A question for one page of messages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageQuery {
    /// Which ones.
    pub filter: MessageFilter,
    /// In which order.
    #[serde(default)]
    pub order: MessageOrder,
    /// Behind which row.
    pub after: Option<Cursor>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_called_by_its_name_in_ascii() {
        assert_eq!(content_id("logo-2.png"), "logo-2.png@posel");
        assert_eq!(content_id("ž a.png"), "_c5_be_20a.png@posel");
        assert_ne!(content_id("a_20.png"), content_id("a .png"));
    }

    #[test]
    fn a_file_is_called_by_its_whole_name() {
        assert!(is_called("<img src=\"cid:a.png@posel\">", "a.png@posel"));
        assert!(is_called(r#"{"html":"<img src=\"cid:a.png@posel\">"}"#, "a.png@posel"));
        assert!(!is_called("<img src=\"cid:ba.png@posel\">", "a.png@posel"));
        assert!(!is_called("<img src=\"cid:a.png@poselx\">", "a.png@posel"));
    }
}
