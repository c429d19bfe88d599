//! Words for values that only the screens of messages show.

use model::{AttemptOutcome, Channel, MessageColumn, Origin};

use super::{Locale, language, td_string};
use crate::browser::calendar::Date;
use crate::browser::intl::{self, DateStyle};
use crate::format;
use crate::state::message_place::Period;

/// Why a message exists.
pub fn origin(locale: Locale, origin: Origin) -> &'static str {
    match origin {
        Origin::Manual => td_string!(locale, messages.origin_manual),
        Origin::Campaign => td_string!(locale, messages.origin_campaign),
        Origin::Notification => td_string!(locale, messages.origin_notification),
        Origin::Resend => td_string!(locale, messages.origin_resend),
        Origin::Test => td_string!(locale, messages.origin_test),
        Origin::Api => td_string!(locale, messages.origin_api),
        Origin::Archive => td_string!(locale, messages.origin_archive),
    }
}

/// What a message travels by.
pub fn channel(locale: Locale, channel: Channel) -> &'static str {
    match channel {
        Channel::Email => td_string!(locale, messages.channel_email),
        Channel::Sms => td_string!(locale, sms_write.sms),
    }
}

/// The head of a column.
pub fn column(locale: Locale, column: MessageColumn) -> String {
    let words = match column {
        MessageColumn::Subject => td_string!(locale, messages.column_subject),
        MessageColumn::State => td_string!(locale, messages.column_state),
        MessageColumn::Author => td_string!(locale, messages.column_author),
        MessageColumn::When => td_string!(locale, messages.column_when),
        MessageColumn::Channel => td_string!(locale, messages.column_channel),
        MessageColumn::Origin => td_string!(locale, messages.filter_origin),
        MessageColumn::Account => td_string!(locale, messages.filter_account),
        MessageColumn::Campaign => td_string!(locale, messages.filter_campaign),
        MessageColumn::Template => td_string!(locale, messages.column_template),
        MessageColumn::Files => td_string!(locale, messages.attachments),
        MessageColumn::Recipients => td_string!(locale, messages.column_recipients),
        MessageColumn::Created => td_string!(locale, messages.created),
    };
    words.to_owned()
}

/// How a try ended.
pub fn outcome(locale: Locale, outcome: AttemptOutcome) -> &'static str {
    match outcome {
        AttemptOutcome::Accepted => td_string!(locale, messages.outcome_accepted),
        AttemptOutcome::Deferred => td_string!(locale, messages.outcome_deferred),
        AttemptOutcome::Rejected => td_string!(locale, messages.outcome_rejected),
        AttemptOutcome::Unknown => td_string!(locale, messages.outcome_unknown),
    }
}

/// When messages were created.
pub fn period(locale: Locale, period: Period) -> String {
    let day = |it: Date| intl::date(language(locale), DateStyle::Date, it.begin());
    match period {
        Period::Today => td_string!(locale, messages.period_today).to_owned(),
        Period::Week => td_string!(locale, messages.period_week).to_owned(),
        Period::Month => td_string!(locale, messages.period_month).to_owned(),
        Period::Year => td_string!(locale, messages.period_year).to_owned(),
        Period::Between(Some(from), Some(to)) => td_string!(locale, messages.period_span, from = day(from), to = day(to)),
        Period::Between(Some(from), None) => td_string!(locale, messages.period_since, day = day(from)),
        Period::Between(None, Some(to)) => td_string!(locale, messages.period_until, day = day(to)),
        Period::Between(None, None) => String::new(),
    }
}

/// So many messages; more than the server counts are *at least* so many.
pub fn count(locale: Locale, n: u64, at_least: bool) -> String {
    let words = format::number(language(locale), n);
    let words = if at_least { format!("{words}+") } else { words };
    td_string!(locale, messages.count, count = small(n), n = words)
}

/// *to 3 people*.
pub fn to_people(locale: Locale, n: u64) -> String {
    td_string!(locale, messages.to_people, count = small(n), n = format::number(language(locale), n))
}

/// A number for the choice of the plural.
pub fn small(n: u64) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_counted_in_each_language() {
        assert_eq!([1, 3, 5].map(|n| to_people(Locale::sk, n)), ["1 príjemcovi", "3 príjemcom", "5 príjemcom"]);
        assert_eq!([1, 3, 5].map(|n| to_people(Locale::cs, n)), ["1 příjemci", "3 příjemcům", "5 příjemcům"]);
        assert_eq!([1, 3].map(|n| to_people(Locale::en, n)), ["to 1 person", "to 3 people"]);
    }

    #[test]
    fn messages_are_counted_in_each_language() {
        assert_eq!([1, 3, 5].map(|n| count(Locale::sk, n, false)), ["1 správa", "3 správy", "5 správ"]);
        assert_eq!([1, 3, 5].map(|n| count(Locale::cs, n, false)), ["1 zpráva", "3 zprávy", "5 zpráv"]);
        assert_eq!(count(Locale::en, 10_000, true), "10000+ messages");
    }
}
