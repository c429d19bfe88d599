//! The words that stand in files with the result of a campaign.

use model::campaign::export::WORDS;
use model::{DeliveryState, LeftOut};

use super::campaigns::left_out;
use super::words::delivery_state;
use super::{Locale, td_string};

/// All of them, in the order in which the server wants them.
pub fn words(locale: Locale) -> Vec<String> {
    WORDS.map(|it| word(locale, it)).to_vec()
}

fn word(locale: Locale, name: &str) -> String {
    if let Some(reason) = reason(name) {
        return match reason {
            LeftOut::Duplicate(_) => td_string!(locale, campaigns.group_duplicate).to_owned(),
            reason => left_out(locale, &reason),
        };
    }
    if let Some(state) = state(name) {
        return delivery_state(locale, state).to_owned();
    }
    let word = match name {
        "column.name" => td_string!(locale, campaigns.column_person),
        "column.address" => td_string!(locale, campaigns.column_address),
        "column.result" => td_string!(locale, campaigns.column_state),
        "column.reason" => td_string!(locale, campaigns.column_reason),
        "column.answer" => td_string!(locale, campaigns.column_reply),
        "column.tries" => td_string!(locale, campaigns.column_tries),
        "column.at" => td_string!(locale, campaigns.column_when),
        "column.unsubscribed" | "report.unsubscribed" => td_string!(locale, campaigns.figure_unsubscribed),
        "column.opened" | "report.opened" => td_string!(locale, reactions.opened),
        "column.clicked" | "report.clicked" => td_string!(locale, reactions.clicked),
        "result.left_out" => td_string!(locale, campaigns.result_left_out),
        "result.set_apart" => td_string!(locale, campaigns.group_apart),
        "result.waiting" => td_string!(locale, campaigns.share_waiting),
        "result.sending" => td_string!(locale, campaigns.share_sending),
        "yes" => td_string!(locale, campaigns.yes),
        "report.title" => td_string!(locale, campaigns.report_title),
        "report.figures" => td_string!(locale, campaigns.report_figures),
        "report.recipients" => td_string!(locale, campaigns.figure_recipients),
        "report.left_out" => td_string!(locale, campaigns.tab_people),
        "report.sent" => td_string!(locale, campaigns.figure_sent),
        "report.delivered" => td_string!(locale, campaigns.figure_delivered),
        "report.bounced" => td_string!(locale, campaigns.figure_bounced),
        "report.failed" => td_string!(locale, campaigns.figure_failed),
        "report.suppressed" => td_string!(locale, campaigns.figure_suppressed),
        "report.unknown" => td_string!(locale, campaigns.figure_unknown),
        "report.cancelled" => td_string!(locale, campaigns.figure_cancelled),
        "report.waiting" => td_string!(locale, campaigns.figure_waiting),
        "report.complained" => td_string!(locale, campaigns.figure_complained),
        "report.started" => td_string!(locale, campaigns.report_started),
        "report.ended" => td_string!(locale, campaigns.report_ended),
        "report.reasons" => td_string!(locale, campaigns.reasons),
        "report.count" => td_string!(locale, campaigns.report_count),
        "report.reactions" => td_string!(locale, reactions.title),
        "report.named" => td_string!(locale, reactions.word_named),
        "report.unreliable" => td_string!(locale, reactions.word_unreliable),
        "report.links" => td_string!(locale, reactions.links),
        // An empty word lets the server take the name.
        _ => "",
    };
    word.to_owned()
}

fn state(name: &str) -> Option<DeliveryState> {
    Some(match name {
        "result.sent" => DeliveryState::Accepted,
        "result.delivered" => DeliveryState::Delivered,
        "result.rejected" => DeliveryState::Rejected,
        "result.returned" => DeliveryState::Returned,
        "result.expired" => DeliveryState::Expired,
        "result.suppressed" => DeliveryState::Suppressed,
        "result.unknown" => DeliveryState::Unknown,
        "result.cancelled" => DeliveryState::Cancelled,
        _ => return None,
    })
}

fn reason(name: &str) -> Option<LeftOut> {
    Some(match name {
        "reason.no_address" => LeftOut::NoAddress,
        "reason.invalid" => LeftOut::Invalid,
        "reason.suppressed" => LeftOut::Suppressed(None),
        "reason.no_consent" => LeftOut::NoConsent,
        "reason.no_bulk" => LeftOut::NoBulk,
        "reason.excluded" => LeftOut::Excluded,
        "reason.duplicate" => LeftOut::Duplicate(String::new()),
        "reason.by_hand" => LeftOut::ByHand,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_known_in_each_language() {
        for locale in [Locale::sk, Locale::cs, Locale::en] {
            assert!(words(locale).iter().all(|it| !it.is_empty()), "{:?}", words(locale));
        }
    }
}
