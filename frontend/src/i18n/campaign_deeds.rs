//! Words for what the action log notes about campaigns.

use model::CampaignDeed;

use super::{Locale, language, td_string};
use crate::format;

/// What was done to a campaign, without who did it.
pub fn campaign_deed(locale: Locale, deed: CampaignDeed) -> String {
    let count = |n: u32| format::number(language(locale), u64::from(n));
    let words = match deed {
        CampaignDeed::Created => td_string!(locale, log.deed_campaign_created),
        CampaignDeed::Changed => td_string!(locale, log.deed_campaign_changed),
        CampaignDeed::Deleted => td_string!(locale, log.deed_campaign_deleted),
        CampaignDeed::Prepared(n) => return td_string!(locale, log.deed_campaign_prepared, n = count(n)),
        CampaignDeed::PreparationStopped => td_string!(locale, log.deed_campaign_preparation_stopped),
        CampaignDeed::Discarded(n) => return td_string!(locale, log.deed_campaign_discarded, n = count(n)),
        CampaignDeed::Regenerated(n) => return td_string!(locale, log.deed_campaign_regenerated, n = count(n)),
        CampaignDeed::FilesUpdated(n) => return td_string!(locale, log.deed_campaign_files_updated, n = count(n)),
        CampaignDeed::Filled(n) => return td_string!(locale, log.deed_campaign_filled, n = count(n)),
        CampaignDeed::MessageEdited(_) => td_string!(locale, log.deed_campaign_message_edited),
        CampaignDeed::Excluded(true, n) => return td_string!(locale, log.deed_campaign_excluded, n = count(n)),
        CampaignDeed::Excluded(false, n) => return td_string!(locale, log.deed_campaign_put_back, n = count(n)),
        CampaignDeed::NoBulkOverridden => td_string!(locale, log.deed_campaign_no_bulk_overridden),
        CampaignDeed::Measured(measure) => match (measure.opens, measure.clicks) {
            (true, true) => td_string!(locale, log.deed_campaign_measured_both),
            (true, false) => td_string!(locale, log.deed_campaign_measured_opens),
            (false, true) => td_string!(locale, log.deed_campaign_measured_clicks),
            (false, false) => td_string!(locale, log.deed_campaign_measured_none),
        },
        CampaignDeed::ApprovalRequested => td_string!(locale, log.deed_campaign_approval_requested),
        CampaignDeed::Approved => td_string!(locale, log.deed_campaign_approved),
        CampaignDeed::Returned => td_string!(locale, log.deed_campaign_returned),
        CampaignDeed::Scheduled(_, n) => return td_string!(locale, log.deed_campaign_scheduled, n = count(n)),
        CampaignDeed::Unscheduled => td_string!(locale, log.deed_campaign_unscheduled),
        CampaignDeed::Released(n) => return td_string!(locale, log.deed_campaign_released, n = count(n)),
        CampaignDeed::Begun => td_string!(locale, log.deed_campaign_begun),
        CampaignDeed::Paused => td_string!(locale, log.deed_campaign_paused),
        CampaignDeed::Resumed => td_string!(locale, log.deed_campaign_resumed),
        CampaignDeed::Paced => td_string!(locale, log.deed_campaign_paced),
        CampaignDeed::Cancelled(n) => return td_string!(locale, log.deed_campaign_cancelled, n = count(n)),
        CampaignDeed::Imported => td_string!(locale, log.deed_campaign_imported),
        CampaignDeed::TakenOut => td_string!(locale, log.deed_campaign_taken_out),
        CampaignDeed::Finished => td_string!(locale, log.deed_campaign_finished),
        CampaignDeed::Exported(n) => return td_string!(locale, log.deed_campaign_exported, n = count(n)),
        CampaignDeed::Retried(n) => return td_string!(locale, log.deed_campaign_retried, n = count(n)),
    };
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_released_campaign_says_how_many_messages_it_has() {
        let words = |locale| campaign_deed(locale, CampaignDeed::Released(12));
        assert_eq!(words(Locale::sk), "Uvoľnenie správ: 12");
        assert_eq!(words(Locale::en), "Released messages: 12");
    }
}
