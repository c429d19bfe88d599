//! Words about those whom nobody may write to.

use model::{
    Channels, DomainMail, PhoneKind, SuppressedBy, SuppressionReason, SuppressionScope, SuppressionSource, SuppressionsAdded,
};

use super::{Locale, language, td_string};
use crate::format;

/// Why nobody may write.
pub fn reason(locale: Locale, reason: SuppressionReason) -> &'static str {
    match reason {
        SuppressionReason::Unsubscribed => td_string!(locale, suppressions.reason_unsubscribed),
        SuppressionReason::Bounced => td_string!(locale, suppressions.reason_bounced),
        SuppressionReason::Complained => td_string!(locale, suppressions.reason_complained),
        SuppressionReason::Requested => td_string!(locale, suppressions.reason_requested),
        SuppressionReason::ByHand => td_string!(locale, suppressions.reason_by_hand),
        SuppressionReason::Imported => td_string!(locale, suppressions.reason_imported),
    }
}

/// What wrote it down.
pub fn source(locale: Locale, source: SuppressionSource) -> &'static str {
    match source {
        SuppressionSource::Person => td_string!(locale, suppressions.source_person),
        SuppressionSource::Import => td_string!(locale, suppressions.source_import),
        SuppressionSource::Recipient => td_string!(locale, suppressions.source_recipient),
        SuppressionSource::Relay => td_string!(locale, suppressions.source_relay),
    }
}

/// Which channels are closed.
pub fn channels(locale: Locale, channels: Channels) -> &'static str {
    match channels {
        Channels::Email => td_string!(locale, suppressions.channels_email),
        Channels::Sms => td_string!(locale, suppressions.channels_sms),
        Channels::Both => td_string!(locale, suppressions.channels_both),
    }
}

/// Why an address must not be written to, in one line.
pub fn why(locale: Locale, cause: &SuppressedBy) -> String {
    let scope = match cause.scope {
        SuppressionScope::Address => td_string!(locale, suppressions.scope_address),
        SuppressionScope::Domain => td_string!(locale, suppressions.scope_domain),
        SuppressionScope::Contact => td_string!(locale, suppressions.scope_contact),
    };
    let (reason, date) = (reason(locale, cause.reason), format::day(language(locale), cause.since));
    td_string!(locale, suppressions.why, scope = scope, reason = reason.to_lowercase(), date = date)
}

/// What DNS said about a domain.
pub fn domain(locale: Locale, found: DomainMail) -> &'static str {
    match found {
        DomainMail::Takes => td_string!(locale, suppressions.domain_takes),
        DomainMail::TakesNone => td_string!(locale, suppressions.domain_takes_none),
        DomainMail::Missing => td_string!(locale, suppressions.domain_missing),
    }
}

/// What kind of line a number leads to, where that matters to who writes: text messages reach mobile phones.
pub fn phone_kind(locale: Locale, kind: PhoneKind) -> Option<&'static str> {
    match kind {
        PhoneKind::Mobile | PhoneKind::Other => None,
        PhoneKind::Fixed => Some(td_string!(locale, suppressions.phone_fixed)),
        PhoneKind::Free => Some(td_string!(locale, suppressions.phone_free)),
        PhoneKind::Premium => Some(td_string!(locale, suppressions.phone_premium)),
    }
}

/// How many there are.
pub fn count(locale: Locale, n: u64) -> String {
    let words = format::number(language(locale), n);
    td_string!(locale, suppressions.count, count = u32::try_from(n).unwrap_or(u32::MAX), n = words)
}

/// What came of adding.
pub fn added(locale: Locale, came: &SuppressionsAdded) -> String {
    let n = |n: u32| format::number(language(locale), u64::from(n));
    let mut words = vec![td_string!(locale, suppressions.added, count = came.added, n = n(came.added))];
    if 0 < came.already {
        words.push(td_string!(locale, suppressions.already, count = came.already, n = n(came.already)));
    }
    let bad = came.bad.len() as u32;
    if 0 < bad {
        words.push(td_string!(locale, suppressions.left_out, count = bad, n = n(bad)));
    }
    words.join(" ")
}
