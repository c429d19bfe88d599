//! What was typed and could not be kept on the server: a copy in the tab of the browser, for the next time the page stands.

use model::{Attachment, DraftKey, MessageDraft};
use serde::{Deserialize, Serialize};

/// A copy of what is on the screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptCopy {
    /// The address at which a new message was begun.
    pub begun_at: String,
    /// The draft it belongs to, when the server has one.
    pub key: Option<DraftKey>,
    /// What was typed.
    pub draft: MessageDraft,
    /// What was on its way to the server at that moment.
    pub on_way: Option<MessageDraft>,
    /// The files, with names and sizes.
    pub files: Vec<Attachment>,
}

impl KeptCopy {
    /// Whether it belongs on a page that shows this: a new message begun at the same address, or the same draft with another text.
    pub fn fits(&self, begun_at: &str, shown: Option<(DraftKey, &MessageDraft)>) -> bool {
        match (self.key, shown) {
            (None, None) => self.begun_at == begun_at && !self.draft.is_empty(),
            (Some(own), Some((key, draft))) => own.id == key.id && self.draft != *draft,
            (None, Some(_)) | (Some(_), None) => false,
        }
    }

    /// The revision it goes on from: the one it was typed over, so that a newer one of somebody else is noticed; or the shown one, when
    /// that is only what was on its way.
    pub fn goes_on_from(&self, shown: Option<(DraftKey, &MessageDraft)>) -> Option<DraftKey> {
        match shown {
            Some((key, draft)) if self.on_way.as_ref() == Some(draft) => Some(key),
            _ => self.key,
        }
    }
}

#[cfg(test)]
mod tests {
    use model::MessageId;

    use super::*;

    fn copy(key: Option<DraftKey>, body: &str) -> KeptCopy {
        let draft = MessageDraft { body: body.into(), ..MessageDraft::default() };
        KeptCopy { begun_at: "/write?contact=3".into(), key, draft, on_way: None, files: Vec::new() }
    }

    const KEY: DraftKey = DraftKey { id: MessageId(1), revision: 2 };

    #[test]
    fn a_new_message_comes_back_where_it_was_begun() {
        assert!(copy(None, "text").fits("/write?contact=3", None));
        assert!(!copy(None, "text").fits("/write", None));
        assert!(!copy(None, " ").fits("/write?contact=3", None));
    }

    #[test]
    fn a_draft_comes_back_only_when_the_server_has_another_text() {
        let server = copy(None, "old").draft;
        assert!(copy(Some(KEY), "new").fits("/write?draft=1", Some((KEY, &server))));
        assert!(!copy(Some(KEY), "old").fits("/write?draft=1", Some((KEY, &server))));
        let other = DraftKey { id: MessageId(9), revision: 2 };
        assert!(!copy(Some(KEY), "new").fits("/write?draft=9", Some((other, &server))));
    }

    #[test]
    fn what_was_on_its_way_is_no_change_of_somebody_else() {
        let begun = copy(None, "begun").draft;
        let newer = DraftKey { revision: 3, ..KEY };
        let own = KeptCopy { on_way: Some(begun.clone()), ..copy(Some(KEY), "begun and on") };
        assert_eq!(own.goes_on_from(Some((newer, &begun))), Some(newer));
        assert_eq!(own.goes_on_from(Some((newer, &copy(None, "other").draft))), Some(KEY));
        assert_eq!(copy(Some(KEY), "new").goes_on_from(Some((newer, &begun))), Some(KEY));
    }
}
