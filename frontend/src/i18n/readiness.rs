//! Words for the chain from an account to a mailbox.

use model::{Finding, Grade, ProbeHint, Readiness, ReadinessCheck};

use super::{Locale, probe, returns, senders, td_string};
use crate::state::readiness::LinkState;

/// The name of a link.
pub fn check(locale: Locale, check: ReadinessCheck) -> &'static str {
    match check {
        ReadinessCheck::Account => td_string!(locale, readiness.check_account),
        ReadinessCheck::Sender => td_string!(locale, readiness.check_sender),
        ReadinessCheck::Relay => td_string!(locale, readiness.check_relay),
        ReadinessCheck::Spf => td_string!(locale, readiness.check_spf),
        ReadinessCheck::Dkim => td_string!(locale, readiness.check_dkim),
        ReadinessCheck::Dmarc => td_string!(locale, readiness.check_dmarc),
        ReadinessCheck::ReverseName => td_string!(locale, readiness.check_reverse_name),
        ReadinessCheck::Mailbox => td_string!(locale, readiness.check_mailbox),
        ReadinessCheck::Unsubscribe => td_string!(locale, readiness.check_unsubscribe),
    }
}

/// How a link stands, in a word or two.
pub fn state(locale: Locale, state: LinkState) -> &'static str {
    match state {
        LinkState::Waits => td_string!(locale, readiness.grade_waits),
        LinkState::Runs => td_string!(locale, readiness.grade_runs),
        LinkState::Found(Grade::Good) => td_string!(locale, readiness.grade_good),
        LinkState::Found(Grade::Unknown) => td_string!(locale, readiness.grade_unknown),
        LinkState::Found(Grade::Warning) => td_string!(locale, readiness.grade_warning),
        LinkState::Found(Grade::Bad) => td_string!(locale, readiness.grade_bad),
    }
}

/// What was found, and what to do about it.
pub fn finding(locale: Locale, it: &Readiness) -> String {
    let about = it.about.clone();
    match it.finding {
        Finding::AccountSends => td_string!(locale, readiness.account_sends, about = about),
        Finding::AccountPaused => td_string!(locale, readiness.account_paused, about = about),
        Finding::AccountInTrouble => td_string!(locale, readiness.account_in_trouble, about = about),
        Finding::EverythingHeld => td_string!(locale, readiness.everything_held).to_owned(),
        Finding::SenderUsable => td_string!(locale, readiness.sender_usable, about = about),
        Finding::SenderUnusable => td_string!(locale, readiness.sender_unusable, about = about),
        Finding::RelayTakes => td_string!(locale, readiness.relay_takes, about = about),
        Finding::RelayWarns(hint) => td_string!(locale, readiness.relay_warns, about = about, hint = probe::hint(locale, hint)),
        Finding::RelayFails(stage, hint) => {
            let stage = probe::stage(locale, stage);
            td_string!(locale, readiness.relay_fails, about = about, stage = stage, hint = hinted(locale, hint))
        }
        Finding::SpfCovers => td_string!(locale, readiness.spf_covers, about = about),
        Finding::SpfMissing => td_string!(locale, readiness.spf_missing, about = about),
        Finding::SpfElsewhere => td_string!(locale, readiness.spf_elsewhere, about = about),
        Finding::SpfBroken => td_string!(locale, readiness.spf_broken, about = about),
        Finding::DkimSigns => td_string!(locale, readiness.dkim_signs, about = about),
        Finding::DkimNone => td_string!(locale, readiness.dkim_none, about = about),
        Finding::DkimUnused => td_string!(locale, readiness.dkim_unused, about = about),
        Finding::DkimRecord(found) => {
            td_string!(locale, readiness.dkim_record, about = about, found = senders::found(locale, found))
        }
        Finding::DmarcProtects => td_string!(locale, readiness.dmarc_protects, about = about),
        Finding::DmarcWatches => td_string!(locale, readiness.dmarc_watches, about = about),
        Finding::DmarcMissing => td_string!(locale, readiness.dmarc_missing, about = about),
        Finding::DmarcBroken => td_string!(locale, readiness.dmarc_broken, about = about),
        Finding::DmarcUnaligned => td_string!(locale, readiness.dmarc_unaligned, about = about),
        Finding::NameMatches => td_string!(locale, readiness.name_matches, about = about),
        Finding::NameMissing => td_string!(locale, readiness.name_missing, about = about),
        Finding::NameDiffers => td_string!(locale, readiness.name_differs, about = about),
        Finding::NamePrivate => td_string!(locale, readiness.name_private, about = about),
        Finding::MailboxOpens => td_string!(locale, readiness.mailbox_opens, about = about),
        Finding::MailboxMissing => td_string!(locale, readiness.mailbox_missing, about = about),
        Finding::MailboxFails(stage) => {
            td_string!(locale, readiness.mailbox_fails, about = about, stage = returns::stage(locale, stage))
        }
        Finding::UnsubscribeReady => td_string!(locale, readiness.unsubscribe_ready, about = about),
        Finding::UnsubscribeUnreachable => td_string!(locale, readiness.unsubscribe_unreachable, about = about),
        Finding::UnsubscribeUnsigned => td_string!(locale, readiness.unsubscribe_unsigned).to_owned(),
        Finding::NoAnswer => td_string!(locale, readiness.no_answer, about = about),
    }
}

fn hinted(locale: Locale, hint: Option<ProbeHint>) -> &'static str {
    hint.map_or("", |it| probe::hint(locale, it))
}
