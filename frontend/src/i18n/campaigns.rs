//! Words about campaigns.

use model::{
    ApprovalState, CampaignKind, CampaignState, FailureKind, FieldDoubt, Hindrance, LeftOut, RecipientGroup, ReviewGroup,
    ReviewGroupKind, ReviewSort, WorkKind,
};

use super::messages::small;
use super::{Locale, language, suppressions, td_string, words};
use crate::format;
use crate::state::campaign_run::Share;
use crate::state::campaign_steps::Step;

/// A number as people read it.
pub fn number(locale: Locale, n: u64) -> String {
    format::number(language(locale), n)
}

/// So many messages.
pub fn messages(locale: Locale, n: u64) -> String {
    td_string!(locale, campaigns.messages, count = small(n), n = number(locale, n))
}

/// So many people.
pub fn people(locale: Locale, n: u64) -> String {
    td_string!(locale, campaigns.people, count = small(n), n = number(locale, n))
}

/// So many parts of text messages.
pub fn parts(locale: Locale, n: u64) -> String {
    td_string!(locale, campaigns.parts, count = small(n), n = number(locale, n))
}

/// How far a campaign has come.
pub fn state(locale: Locale, state: CampaignState) -> &'static str {
    match state {
        CampaignState::Draft => td_string!(locale, campaigns.state_draft),
        CampaignState::Preparing => td_string!(locale, campaigns.state_preparing),
        CampaignState::Prepared => td_string!(locale, campaigns.state_prepared),
        CampaignState::Scheduled => td_string!(locale, campaigns.state_scheduled),
        CampaignState::Running => td_string!(locale, campaigns.state_running),
        CampaignState::Paused => td_string!(locale, campaigns.state_paused),
        CampaignState::Finished => td_string!(locale, campaigns.state_finished),
        CampaignState::Cancelled => td_string!(locale, campaigns.state_cancelled),
    }
}

/// Whether a campaign advertises.
pub fn kind(locale: Locale, kind: CampaignKind) -> &'static str {
    match kind {
        CampaignKind::Commercial => td_string!(locale, campaigns.kind_commercial),
        CampaignKind::Service => td_string!(locale, campaigns.kind_service),
    }
}

/// A step of the wizard.
pub fn step(locale: Locale, step: Step) -> &'static str {
    match step {
        Step::Audience => td_string!(locale, campaigns.step_audience),
        Step::Content => td_string!(locale, campaigns.step_content),
        Step::Check => td_string!(locale, campaigns.step_check),
        Step::When => td_string!(locale, campaigns.step_when),
        Step::Summary => td_string!(locale, campaigns.step_summary),
    }
}

/// What the background does.
pub fn work(locale: Locale, kind: WorkKind) -> &'static str {
    match kind {
        WorkKind::Check => td_string!(locale, campaigns.work_check),
        WorkKind::Prepare => td_string!(locale, campaigns.work_prepare),
        WorkKind::Regenerate => td_string!(locale, campaigns.work_regenerate),
        WorkKind::Fill => td_string!(locale, campaigns.work_fill),
    }
}

/// A group of the audience.
pub fn group(locale: Locale, group: RecipientGroup) -> &'static str {
    match group {
        RecipientGroup::Getting => td_string!(locale, campaigns.group_getting),
        RecipientGroup::SetApart => td_string!(locale, campaigns.group_apart),
        RecipientGroup::Invalid => td_string!(locale, campaigns.group_invalid),
        RecipientGroup::Suppressed => td_string!(locale, campaigns.group_suppressed),
        RecipientGroup::Duplicate => td_string!(locale, campaigns.group_duplicate),
        RecipientGroup::Excluded => td_string!(locale, campaigns.group_excluded),
    }
}

/// Why somebody gets no message.
pub fn left_out(locale: Locale, why: &LeftOut) -> String {
    match why {
        LeftOut::NoAddress => td_string!(locale, campaigns.left_no_address).to_owned(),
        LeftOut::Invalid => td_string!(locale, campaigns.left_invalid).to_owned(),
        LeftOut::Suppressed(Some(cause)) => {
            td_string!(locale, campaigns.left_suppressed_because, reason = suppressions::reason(locale, cause.reason))
        }
        LeftOut::Suppressed(None) => td_string!(locale, campaigns.left_suppressed).to_owned(),
        LeftOut::NoConsent => td_string!(locale, campaigns.left_no_consent).to_owned(),
        LeftOut::NoBulk => td_string!(locale, campaigns.left_no_bulk).to_owned(),
        LeftOut::Excluded => td_string!(locale, campaigns.left_excluded).to_owned(),
        LeftOut::Duplicate(name) => td_string!(locale, campaigns.left_duplicate, name = name.clone()),
        LeftOut::ByHand => td_string!(locale, campaigns.left_by_hand).to_owned(),
    }
}

/// Why a value cannot be trusted.
pub fn doubt(locale: Locale, doubt: FieldDoubt) -> String {
    match doubt {
        FieldDoubt::Unresolved(_) => td_string!(locale, campaigns.doubt_missing).to_owned(),
        FieldDoubt::Placeholder => td_string!(locale, campaigns.doubt_placeholder).to_owned(),
        FieldDoubt::OddDate => td_string!(locale, campaigns.doubt_odd_date).to_owned(),
        FieldDoubt::Negative => td_string!(locale, campaigns.doubt_negative).to_owned(),
        FieldDoubt::TooManyParts(max) => td_string!(locale, campaigns.doubt_too_many_parts, max = max),
    }
}

/// A group of prepared messages.
pub fn review_group(locale: Locale, group: &ReviewGroup) -> String {
    let fixed = match group.kind {
        ReviewGroupKind::SetApart => td_string!(locale, campaigns.review_apart),
        ReviewGroupKind::Edited => td_string!(locale, campaigns.review_edited),
        ReviewGroupKind::Changed => td_string!(locale, campaigns.review_changed),
        ReviewGroupKind::All => td_string!(locale, campaigns.review_all),
        ReviewGroupKind::Unreviewed => td_string!(locale, campaigns.review_unreviewed),
        ReviewGroupKind::Excluded => td_string!(locale, campaigns.review_excluded),
        ReviewGroupKind::Alike(_) => match group.language {
            Some(it) => return td_string!(locale, campaigns.review_alike_in, language = words::language(it)),
            None => td_string!(locale, campaigns.review_alike),
        },
    };
    fixed.to_owned()
}

/// An order of prepared messages.
pub fn review_sort(locale: Locale, sort: ReviewSort) -> &'static str {
    match sort {
        ReviewSort::Place => td_string!(locale, campaigns.order_place),
        ReviewSort::Longest => td_string!(locale, campaigns.order_longest),
        ReviewSort::Shortest => td_string!(locale, campaigns.order_shortest),
    }
}

/// How far an approval is.
pub fn approval(locale: Locale, state: ApprovalState) -> &'static str {
    match state {
        ApprovalState::Open => td_string!(locale, campaigns.approval_open),
        ApprovalState::Requested => td_string!(locale, campaigns.approval_requested),
        ApprovalState::Approved => td_string!(locale, campaigns.approval_approved),
        ApprovalState::Broken => td_string!(locale, campaigns.approval_broken),
        ApprovalState::Returned => td_string!(locale, campaigns.approval_returned),
    }
}

/// What stands in the way of a release.
pub fn hindrance(locale: Locale, it: Hindrance) -> String {
    match it {
        Hindrance::NothingPrepared => td_string!(locale, campaigns.hindrance_nothing).to_owned(),
        Hindrance::Unprepared(n) => td_string!(locale, campaigns.hindrance_unprepared, count = small(n), n = number(locale, n)),
        Hindrance::SetApart(n) => td_string!(locale, campaigns.hindrance_apart, count = small(n), n = number(locale, n)),
        Hindrance::NotApproved => td_string!(locale, campaigns.hindrance_not_approved).to_owned(),
        Hindrance::ApprovalBroken => td_string!(locale, campaigns.hindrance_broken).to_owned(),
        Hindrance::AccountGone => td_string!(locale, campaigns.hindrance_account).to_owned(),
        Hindrance::StartPassed => td_string!(locale, campaigns.hindrance_passed).to_owned(),
    }
}

/// A piece of the wide bar.
pub fn share(locale: Locale, share: Share) -> &'static str {
    match share {
        Share::Sent => td_string!(locale, campaigns.share_sent),
        Share::Failed => td_string!(locale, campaigns.share_failed),
        Share::Unknown => td_string!(locale, campaigns.share_unknown),
        Share::Suppressed => td_string!(locale, campaigns.share_suppressed),
        Share::Cancelled => td_string!(locale, campaigns.share_cancelled),
        Share::Sending => td_string!(locale, campaigns.share_sending),
        Share::Waiting => td_string!(locale, campaigns.share_waiting),
        Share::Prepared => td_string!(locale, campaigns.share_prepared),
    }
}

/// Of which kind a failure is.
pub fn failure(locale: Locale, kind: FailureKind) -> &'static str {
    match kind {
        FailureKind::Rejected => td_string!(locale, campaigns.failure_rejected),
        FailureKind::Returned => td_string!(locale, campaigns.failure_returned),
        FailureKind::Expired => td_string!(locale, campaigns.failure_expired),
        FailureKind::Suppressed => td_string!(locale, campaigns.failure_suppressed),
        FailureKind::Unknown => td_string!(locale, campaigns.failure_unknown),
        FailureKind::Cancelled => td_string!(locale, campaigns.failure_cancelled),
    }
}
