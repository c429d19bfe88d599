//! Words about how long messages are kept.

use model::{RetentionDeed, RetentionEnd, RetentionKind, RetentionRun};

use super::messages::small;
use super::{Locale, language, td_string};
use crate::format;

/// The messages of a kind.
pub fn kind(locale: Locale, kind: RetentionKind) -> &'static str {
    match kind {
        RetentionKind::SingleMail => td_string!(locale, retention.kind_single_mail),
        RetentionKind::SingleSms => td_string!(locale, retention.kind_single_sms),
        RetentionKind::CampaignCommercial => td_string!(locale, retention.kind_campaign_commercial),
        RetentionKind::CampaignService => td_string!(locale, retention.kind_campaign_service),
        RetentionKind::Automatic => td_string!(locale, retention.kind_automatic),
        RetentionKind::Test => td_string!(locale, retention.kind_test),
        RetentionKind::OldArchive => td_string!(locale, retention.kind_old_archive),
        RetentionKind::Proof => td_string!(locale, retention.kind_proof),
    }
}

/// What belongs to a kind.
pub fn kind_hint(locale: Locale, kind: RetentionKind) -> &'static str {
    match kind {
        RetentionKind::SingleMail => td_string!(locale, retention.hint_single_mail),
        RetentionKind::SingleSms => td_string!(locale, retention.hint_single_sms),
        RetentionKind::CampaignCommercial => td_string!(locale, retention.hint_campaign_commercial),
        RetentionKind::CampaignService => td_string!(locale, retention.hint_campaign_service),
        RetentionKind::Automatic => td_string!(locale, retention.hint_automatic),
        RetentionKind::Test => td_string!(locale, retention.hint_test),
        RetentionKind::OldArchive => td_string!(locale, retention.hint_old_archive),
        RetentionKind::Proof => td_string!(locale, retention.hint_proof),
    }
}

/// What becomes of a message at its end.
pub fn end(locale: Locale, end: RetentionEnd) -> &'static str {
    match end {
        RetentionEnd::Anonymise => td_string!(locale, retention.end_anonymise),
        RetentionEnd::Delete => td_string!(locale, retention.end_delete),
    }
}

/// What was last done, before its time.
pub fn last(locale: Locale, run: &RetentionRun) -> String {
    let n = run.found.messages();
    td_string!(locale, retention.last, count = small(n), n = format::number(language(locale), n))
}

/// What was done about keeping messages, without who did it.
pub fn deed(locale: Locale, deed: RetentionDeed) -> String {
    let n = |count: u64| format::number(language(locale), count);
    let words = match deed {
        RetentionDeed::RulesChanged => td_string!(locale, retention.deed_rules_changed),
        RetentionDeed::Switched(true) => td_string!(locale, retention.deed_switched_on),
        RetentionDeed::Switched(false) => td_string!(locale, retention.deed_switched_off),
        RetentionDeed::Looked => td_string!(locale, retention.deed_looked),
        RetentionDeed::Begun => td_string!(locale, retention.deed_begun),
        RetentionDeed::Stopped => td_string!(locale, retention.deed_stopped),
        RetentionDeed::Ended(count) => return td_string!(locale, retention.deed_ended, count = small(count), n = n(count)),
        RetentionDeed::Binned(_) => td_string!(locale, retention.deed_binned),
        RetentionDeed::BinnedMany(count) => {
            return td_string!(locale, retention.deed_binned_many, count = count, n = n(u64::from(count)));
        }
        RetentionDeed::Restored(_) => td_string!(locale, retention.deed_restored),
        RetentionDeed::KeptAsProof(_, true) => td_string!(locale, retention.deed_kept_as_proof),
        RetentionDeed::KeptAsProof(_, false) => td_string!(locale, retention.deed_not_kept_as_proof),
        RetentionDeed::CampaignKeptAsProof(_, true, count) => {
            return td_string!(locale, retention.deed_campaign_kept, count = count, n = n(count.into()));
        }
        RetentionDeed::CampaignKeptAsProof(_, false, count) => {
            return td_string!(locale, retention.deed_campaign_not_kept, count = count, n = n(count.into()));
        }
        RetentionDeed::Emptied(count) => return td_string!(locale, retention.deed_emptied, count = small(count), n = n(count)),
        RetentionDeed::Anonymised(count) => {
            return td_string!(locale, retention.deed_anonymised, count = count, n = n(u64::from(count)));
        }
        RetentionDeed::Deleted(count) => {
            return td_string!(locale, retention.deed_deleted, count = count, n = n(u64::from(count)));
        }
        RetentionDeed::Forgotten(_, count) => {
            return td_string!(locale, retention.deed_forgotten, count = count, n = n(u64::from(count)));
        }
    };
    words.to_owned()
}
