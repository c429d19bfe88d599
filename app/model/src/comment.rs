//! Comments: what people say about a contact, a campaign or a message.

use serde::{Deserialize, Serialize};

use crate::{CampaignId, CommentId, ContactId, Fault, Faults, MessageId, Moment, Refusal, Subject, UserId};

/// Longest comment in characters.
pub const COMMENT_MAX: usize = 4_000;

/// What a comment is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CommentOn {
    /// A contact.
    Contact(ContactId),
    /// A campaign.
    Campaign(CampaignId),
    /// A message.
    Message(MessageId),
}

impl CommentOn {
    /// The same thing as the action log names it.
    pub fn subject(self) -> Subject {
        match self {
            Self::Contact(id) => Subject::Contact(id),
            Self::Campaign(id) => Subject::Campaign(id),
            Self::Message(id) => Subject::Message(id),
        }
    }
}

/// A comment. Only its author changes or deletes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// Which comment.
    pub id: CommentId,
    /// Who wrote it.
    pub author: (UserId, String),
    /// Plain text.
    pub text: String,
    /// When it was written.
    pub created_at: Moment,
    /// When it was last changed.
    pub edited_at: Option<Moment>,
}

/// The text as it is kept: without blank lines around it.
///
/// # Errors
/// Names the field `text` when there is nothing in it or too much.
pub fn check_comment(text: &str) -> Result<String, Refusal> {
    let text = text.replace("\r\n", "\n").trim().to_owned();
    let mut faults = Faults::default();
    if text.is_empty() {
        faults.add("text", Fault::Missing);
    } else if COMMENT_MAX < text.chars().count() {
        faults.add("text", Fault::TooLong { max: COMMENT_MAX as u32 });
    }
    faults.finish().map(|()| text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_says_something_and_not_too_much() {
        assert_eq!(check_comment(" Volal,\r\nčaká. \n").unwrap(), "Volal,\nčaká.");
        assert!(check_comment(" \n ").is_err());
        assert!(check_comment(&"ž".repeat(COMMENT_MAX)).is_ok());
        assert!(check_comment(&"ž".repeat(COMMENT_MAX + 1)).is_err());
    }
}
