//! How long messages are kept, what becomes of them afterwards, and the bin that they go through.

mod bin;
mod deed;
mod run;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use bin::{BinFilter, BinRow, BinnedHow};
pub use deed::RetentionDeed;
pub use run::{RetentionCount, RetentionFound, RetentionMode, RetentionRun, RetentionState};

use crate::time::days;
use crate::{CampaignKind, Channel, Day, Fault, Faults, LocalTime, MessageRow, Moment, Origin, Refusal};

/// The longest period in months: a hundred years.
pub const MONTHS_MAX: u32 = 1_200;
/// How long something lies in the bin at most, in days.
pub const BIN_DAYS_MAX: u32 = 365;
/// How many messages one act by hand takes at most.
pub const BIN_ROWS: usize = 1_000;
/// How many messages a look shows.
pub const SAMPLE_ROWS: usize = 20;

/// Messages that are kept equally long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum RetentionKind {
    /// E-mails that a person wrote or repeated.
    SingleMail,
    /// Text messages that a person wrote or repeated.
    SingleSms,
    /// Messages of commercial campaigns.
    CampaignCommercial,
    /// Messages of service campaigns.
    CampaignService,
    /// What notification rules and other programs sent.
    Automatic,
    /// What tried something out.
    Test,
    /// What was taken in from an old archive.
    OldArchive,
    /// Whatever is kept as proof, such as handed-over payslips.
    Proof,
}

/// What becomes of a message when its time in the bin is over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RetentionEnd {
    /// Subject, texts, files and whom it went to are destroyed; that there was a message stays.
    #[default]
    Anonymise,
    /// Nothing of it stays.
    Delete,
}

/// How long messages of a kind are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetentionRule {
    /// For so many months; nothing means for ever.
    pub months: Option<u32>,
    /// What becomes of them then.
    pub end: RetentionEnd,
}

/// How long all messages are kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RetentionRules {
    /// How many days something lies in the bin.
    pub bin_days: u32,
    /// By kind; what is not named is kept for ever.
    pub kinds: BTreeMap<RetentionKind, RetentionRule>,
}

/// How long messages are kept, and what is done about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Retention {
    /// The periods.
    pub rules: RetentionRules,
    /// Counts every change of the periods; a save over an older revision is refused as stale.
    pub revision: i64,
    /// Whether it is done each night by itself.
    pub nightly: bool,
    /// Whether somebody has looked to the end what these periods do, so that it may be done.
    pub is_looked: bool,
    /// The last look.
    pub look: Option<RetentionRun>,
    /// Some of what the last look found.
    pub sample: Vec<MessageRow>,
    /// The last time it was done.
    pub run: Option<RetentionRun>,
    /// The last time that the bin was emptied by hand.
    pub emptying: Option<RetentionRun>,
    /// How many messages lie in the bin.
    pub in_bin: u64,
}

impl RetentionKind {
    /// All kinds, in the order of the screen.
    pub const ALL: [Self; 8] = [
        Self::SingleMail,
        Self::SingleSms,
        Self::CampaignCommercial,
        Self::CampaignService,
        Self::Automatic,
        Self::Test,
        Self::OldArchive,
        Self::Proof,
    ];

    /// The kind of a message that is not kept as proof. What belongs to a campaign, sent again or not, is kept as long as the rest of it.
    pub fn of(channel: Channel, origin: Origin, campaign: Option<CampaignKind>) -> Self {
        match (origin, campaign, channel) {
            (_, Some(CampaignKind::Commercial), _) => Self::CampaignCommercial,
            (_, Some(CampaignKind::Service), _) | (Origin::Campaign, None, _) => Self::CampaignService,
            (Origin::Test, None, _) => Self::Test,
            (Origin::Archive, None, _) => Self::OldArchive,
            (Origin::Notification | Origin::Api, None, _) => Self::Automatic,
            (Origin::Manual | Origin::Resend, None, Channel::Sms) => Self::SingleSms,
            (Origin::Manual | Origin::Resend, None, Channel::Email) => Self::SingleMail,
        }
    }

    /// Whether messages of the kind may be deleted without a trace. The figures of a campaign are made of its messages, and what was a
    /// proof must have been there.
    pub fn may_vanish(self) -> bool {
        !matches!(self, Self::CampaignCommercial | Self::CampaignService | Self::Proof)
    }
}

impl Default for RetentionRules {
    fn default() -> Self {
        Self { bin_days: 30, kinds: BTreeMap::new() }
    }
}

impl RetentionRules {
    /// The rule of a kind.
    pub fn rule(&self, kind: RetentionKind) -> RetentionRule {
        self.kinds.get(&kind).copied().unwrap_or_default()
    }

    /// Whether nothing of a message of the kind stays when its time in the bin is over.
    pub fn vanishes(&self, kind: RetentionKind) -> bool {
        kind.may_vanish() && self.rule(kind).end == RetentionEnd::Delete
    }

    /// Checks the fields; a period is named `months.` and the place of its kind in [`RetentionKind::ALL`].
    ///
    /// # Errors
    /// Names each wrong field.
    pub fn check(&self) -> Result<(), Refusal> {
        let mut faults = Faults::default();
        if !(1..=BIN_DAYS_MAX).contains(&self.bin_days) {
            faults.add("bin_days", Fault::OutOfRange { min: 1, max: i64::from(BIN_DAYS_MAX) });
        }
        for (place, kind) in RetentionKind::ALL.into_iter().enumerate() {
            let rule = self.rule(kind);
            if rule.months.is_some_and(|it| !(1..=MONTHS_MAX).contains(&it)) {
                faults.add(format!("months.{place}"), Fault::OutOfRange { min: 1, max: i64::from(MONTHS_MAX) });
            }
            if rule.end == RetentionEnd::Delete && !kind.may_vanish() {
                faults.add(format!("end.{place}"), Fault::Character);
            }
        }
        faults.finish()
    }

    /// Messages of the kind made before this moment have had their time; nothing when they are kept for ever.
    pub fn cutoff(&self, kind: RetentionKind, now: Moment) -> Option<Moment> {
        self.rule(kind).months.map(|months| months_before(now, months))
    }

    /// Messages made at or after this moment are young whatever their kind; nothing when all are kept for ever.
    pub fn last_cutoff(&self, now: Moment) -> Option<Moment> {
        RetentionKind::ALL.into_iter().filter_map(|it| self.cutoff(it, now)).max()
    }

    /// When the content of something that went into the bin is destroyed.
    pub fn bin_until(&self, binned_at: Moment) -> Moment {
        binned_at.plus(days(i64::from(self.bin_days)))
    }
}

/// The same time of day so many months before; where the month is shorter, on its last day.
fn months_before(now: Moment, months: u32) -> Moment {
    let local = LocalTime::of(now);
    let (year, month, day) = local.day.parts();
    let counted = year * 12 + month - 1 - i64::from(months);
    let (year, month) = (counted.div_euclid(12), counted.rem_euclid(12) + 1);
    let found = (1..=day).rev().find_map(|day| Day::new(year, month, day));
    found.map_or(Moment(0), |day| LocalTime { day, ..local }.moment())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        LocalTime { day: text.parse().unwrap(), minute: 600 }.moment()
    }

    fn keeping(kind: RetentionKind, months: u32, end: RetentionEnd) -> RetentionRules {
        RetentionRules {
            kinds: BTreeMap::from([(kind, RetentionRule { months: Some(months), end })]),
            ..RetentionRules::default()
        }
    }

    #[test]
    fn nothing_has_had_its_time_until_somebody_says_so() {
        let rules = RetentionRules::default();
        assert_eq!(rules.check(), Ok(()));
        assert_eq!(rules.last_cutoff(at("2026-05-28")), None);
    }

    #[test]
    fn months_are_those_of_the_calendar() {
        let cutoff = |now, months| {
            keeping(RetentionKind::Test, months, RetentionEnd::Delete).cutoff(RetentionKind::Test, at(now)).unwrap()
        };
        assert_eq!(cutoff("2026-05-31", 1), at("2026-04-30"));
        assert_eq!(cutoff("2028-02-29", 12), at("2027-02-28"));
        assert_eq!(cutoff("2026-01-15", 36), at("2023-01-15"));
    }

    #[test]
    fn each_message_has_one_kind() {
        use RetentionKind as K;
        let of = |channel, origin, campaign| K::of(channel, origin, campaign);
        assert_eq!(of(Channel::Email, Origin::Manual, None), K::SingleMail);
        assert_eq!(of(Channel::Sms, Origin::Resend, None), K::SingleSms);
        assert_eq!(of(Channel::Sms, Origin::Campaign, Some(CampaignKind::Commercial)), K::CampaignCommercial);
        assert_eq!(of(Channel::Email, Origin::Campaign, Some(CampaignKind::Service)), K::CampaignService);
        assert_eq!(of(Channel::Email, Origin::Resend, Some(CampaignKind::Service)), K::CampaignService);
        assert_eq!(of(Channel::Sms, Origin::Resend, Some(CampaignKind::Commercial)), K::CampaignCommercial);
        assert_eq!(of(Channel::Email, Origin::Api, None), K::Automatic);
        assert_eq!(of(Channel::Email, Origin::Test, None), K::Test);
        assert_eq!(of(Channel::Sms, Origin::Archive, None), K::OldArchive);
    }

    #[test]
    fn what_figures_and_proofs_are_made_of_never_vanishes() {
        for kind in RetentionKind::ALL {
            assert_eq!(keeping(kind, 12, RetentionEnd::Delete).check().is_ok(), kind.may_vanish(), "{kind:?}");
            assert_eq!(keeping(kind, 12, RetentionEnd::Anonymise).check(), Ok(()));
        }
    }

    #[test]
    fn each_wrong_field_is_named_by_its_place() {
        let rules = RetentionRules { bin_days: 0, ..keeping(RetentionKind::Test, 0, RetentionEnd::Delete) };
        let Err(Refusal::Invalid(faults)) = rules.check() else { panic!("accepted") };
        assert_eq!(faults.iter().map(|it| it.field.as_str()).collect::<Vec<_>>(), ["bin_days", "months.5"]);
    }

    #[test]
    fn rules_are_read_as_they_were_stored_and_from_nothing() {
        let rules = keeping(RetentionKind::CampaignService, 60, RetentionEnd::Anonymise);
        let stored = serde_json::to_string(&rules).unwrap();
        assert_eq!(serde_json::from_str::<RetentionRules>(&stored).unwrap(), rules);
        assert_eq!(serde_json::from_str::<RetentionRules>("{}").unwrap(), RetentionRules::default());
    }
}
