//! Words for what comes back.

use model::{BounceKind, BounceMatch, MailboxStage};

use super::{Locale, td_string};

/// What a report says.
pub fn kind(locale: Locale, kind: BounceKind) -> &'static str {
    match kind {
        BounceKind::Hard => td_string!(locale, returns.kind_hard),
        BounceKind::Soft => td_string!(locale, returns.kind_soft),
        BounceKind::Delayed => td_string!(locale, returns.kind_delayed),
        BounceKind::Complaint => td_string!(locale, returns.kind_complaint),
    }
}

/// What a report was recognised by.
pub fn matched_by(locale: Locale, by: BounceMatch) -> &'static str {
    match by {
        BounceMatch::ReturnPath => td_string!(locale, returns.note_by_return_path),
        BounceMatch::EnvelopeId => td_string!(locale, returns.note_by_envelope_id),
        BounceMatch::MessageId => td_string!(locale, returns.note_by_message_id),
    }
}

/// A step of opening a mailbox.
pub fn stage(locale: Locale, stage: MailboxStage) -> &'static str {
    match stage {
        MailboxStage::Connect => td_string!(locale, returns.stage_connect),
        MailboxStage::Secure => td_string!(locale, returns.stage_secure),
        MailboxStage::Login => td_string!(locale, returns.stage_login),
        MailboxStage::Open => td_string!(locale, returns.stage_open),
    }
}
