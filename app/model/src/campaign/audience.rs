//! Whom a campaign goes to, and who is left out and why.

use serde::{Deserialize, Serialize};

use super::{CampaignKind, Reaction};
use crate::{
    CampaignId, Chosen, ContactFilter, ContactId, Cursor, Fault, Faults, Language, MergeValue, MessageId, RecipientListId,
    SegmentId, SuppressedBy, UnresolvedReason,
};

/// How many sets an audience is put together from at most, and how many are excluded at most.
pub const PARTS_MAX: usize = 50;
/// How many contacts can be ticked one by one; more are chosen by a filter, a list or a segment.
pub const CONTACTS_MAX: usize = 10_000;
/// The greatest length of the typed addresses in characters.
pub const TYPED_MAX: u32 = 500_000;

/// A set of people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AudiencePart {
    /// The members of a recipient list.
    List(RecipientListId),
    /// Those whom a segment takes in when the audience is resolved.
    Segment(SegmentId),
    /// Contacts chosen in the list of contacts.
    Contacts(Chosen),
    /// Those to whom a message of another campaign was sent.
    Got(CampaignId),
    /// Those to whom the messages were sent that were made from one version of another campaign's content.
    GotVersion(CampaignId, u32),
    /// Those who got a mail of another campaign that measured reactions, are known by name, and reacted like this.
    Reacted(CampaignId, Reaction),
}

/// Those to whom a message of a campaign was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Got {
    /// Which campaign.
    pub campaign: CampaignId,
    /// Only that version of its content.
    pub version: Option<u32>,
    /// Only those who reacted like this.
    pub reaction: Option<Reaction>,
}

impl AudiencePart {
    /// The set as contacts chosen in a list; nothing for those who got another campaign, who need not be contacts.
    pub fn chosen(&self) -> Option<Chosen> {
        let filter = match self {
            Self::List(id) => ContactFilter { list: Some(*id), ..ContactFilter::default() },
            Self::Segment(id) => ContactFilter { segment: Some(*id), ..ContactFilter::default() },
            Self::Contacts(chosen) => return Some(chosen.clone()),
            Self::Got(_) | Self::GotVersion(..) | Self::Reacted(..) => return None,
        };
        Some(Chosen::Matching { filter, except: Vec::new() })
    }

    /// The recipients of a campaign that are meant; nothing for sets of contacts.
    pub fn got(&self) -> Option<Got> {
        match self {
            Self::Got(id) => Some(Got { campaign: *id, version: None, reaction: None }),
            Self::GotVersion(id, version) => Some(Got { campaign: *id, version: Some(*version), reaction: None }),
            Self::Reacted(id, reaction) => Some(Got { campaign: *id, version: None, reaction: Some(*reaction) }),
            Self::List(_) | Self::Segment(_) | Self::Contacts(_) => None,
        }
    }
}

/// Which consents a commercial campaign needs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ConsentRule {
    /// Who did not withdraw it: customers may be offered what is like what they bought (Act 480/2004 §7 para. 3, Act 452/2021 §116 para. 15).
    #[default]
    NotWithdrawn,
    /// Only who gave it.
    Given,
}

/// Whom a campaign goes to: everybody in one of the sets and all typed addresses, less everybody in one of the excluded sets. Each address
/// gets one message, however often it occurs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CampaignAudience {
    /// The sets.
    pub include: Vec<AudiencePart>,
    /// Who of them is left out.
    pub exclude: Vec<AudiencePart>,
    /// Further addresses or phone numbers, separated by comma, semicolon or line break.
    pub typed: String,
    /// Which consents a commercial one needs.
    pub consent: ConsentRule,
    /// Whether an important notice goes to those too who want no bulk messages; needs a right, never for a commercial one.
    pub overrides_no_bulk: bool,
}

/// Why somebody of the audience gets no message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LeftOut {
    /// The contact has no address for this channel.
    NoAddress,
    /// What was typed, or what the contact has, is no address.
    Invalid,
    /// The address must not be written to.
    Suppressed(Option<SuppressedBy>),
    /// The consent that the campaign needs was not given, or was withdrawn.
    NoConsent,
    /// The contact wants no bulk messages.
    NoBulk,
    /// It is in an excluded set.
    Excluded,
    /// Somebody else in the audience has the same address and gets the message; their name.
    Duplicate(String),
    /// A person took it out of what was prepared.
    ByHand,
}

/// What becomes of somebody in the audience.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RecipientFate {
    /// Gets a message that is not made yet.
    Gathered,
    /// Gets a message that is made.
    Prepared,
    /// Values are missing or doubtful: the message waits apart.
    SetApart(Vec<MissingField>),
    /// Gets none.
    LeftOut(LeftOut),
}

/// A field that is missing or doubtful for one recipient.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MissingField {
    /// Its path, as `contact.salutation`.
    pub path: String,
    /// Why.
    pub doubt: FieldDoubt,
}

/// Why a value cannot be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum FieldDoubt {
    /// It could not be shown.
    Unresolved(UnresolvedReason),
    /// It says that there is nothing: `N/A`, `-`, `null`.
    Placeholder,
    /// It is a day that no calendar of people has, as 01.01.0001.
    OddDate,
    /// It is an amount below zero.
    Negative,
    /// The text message has more parts than its account allows, so many.
    TooManyParts(u32),
}

/// Which part of the audience is listed, as the tabs of the check.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RecipientGroup {
    /// Those who get a message.
    #[default]
    Getting,
    /// Those whose message waits for values.
    SetApart,
    /// Those without an address, or with an invalid one.
    Invalid,
    /// Those who must not, do not want to, or did not agree to be written to.
    Suppressed,
    /// Those whose address somebody else in the audience has.
    Duplicate,
    /// Those who were excluded by a set or by hand.
    Excluded,
}

impl RecipientGroup {
    /// All groups in the order of the tabs.
    pub const ALL: [Self; 6] = [Self::Getting, Self::SetApart, Self::Invalid, Self::Suppressed, Self::Duplicate, Self::Excluded];
}

/// A question for one page of an audience, in the order in which it was gathered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AudienceQuery {
    /// Whose.
    pub campaign: CampaignId,
    /// Which part.
    pub group: RecipientGroup,
    /// Behind which row.
    pub after: Option<Cursor>,
}

/// Somebody in the audience.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AudienceRow {
    /// The place in the audience; the same for as long as the campaign is there.
    pub place: i64,
    /// The contact, unless the address was typed and belongs to nobody.
    pub contact: Option<ContactId>,
    /// The name; may be empty.
    pub name: String,
    /// The address or number as it is or was typed; empty when there is none.
    pub address: String,
    /// The language they are written to in.
    pub language: Language,
    /// What becomes of them.
    pub fate: RecipientFate,
    /// The message, once there is one.
    pub message: Option<MessageId>,
}

impl CampaignAudience {
    /// Whether it names nobody.
    pub fn is_empty(&self) -> bool {
        self.include.is_empty() && self.typed.trim().is_empty()
    }

    /// Checks the fields; their names begin with `audience.`.
    pub fn check(&self, faults: &mut Faults, kind: CampaignKind) {
        for (name, parts) in [("audience.include", &self.include), ("audience.exclude", &self.exclude)] {
            if PARTS_MAX < parts.len() {
                faults.add(name, Fault::TooMany { max: PARTS_MAX as u32 });
            }
            let is_long = |it: &AudiencePart| match it {
                AudiencePart::Contacts(Chosen::Ticked(ids)) => CONTACTS_MAX < ids.len(),
                AudiencePart::Contacts(Chosen::Matching { except, .. }) => CONTACTS_MAX < except.len(),
                _ => false,
            };
            for (n, _) in parts.iter().enumerate().filter(|(_, it)| is_long(it)) {
                faults.add(format!("{name}.{n}"), Fault::TooMany { max: CONTACTS_MAX as u32 });
            }
        }
        if (TYPED_MAX as usize) < self.typed.chars().count() {
            faults.add("audience.typed", Fault::TooLong { max: TYPED_MAX });
        }
        if self.overrides_no_bulk && kind == CampaignKind::Commercial {
            faults.add("audience.overrides_no_bulk", Fault::Suppressed);
        }
    }
}

/// What is doubtful about a value that stands in a text, if anything is. A missing one is found when the text is filled.
pub fn doubt(value: &MergeValue) -> Option<FieldDoubt> {
    match value {
        MergeValue::Text(text) => is_placeholder(text).then_some(FieldDoubt::Placeholder),
        MergeValue::Money { minor, .. } => (*minor < 0).then_some(FieldDoubt::Negative),
        MergeValue::Date(day) | MergeValue::DateTime { day, .. } => {
            (!(1850..=2200).contains(&day.parts().0)).then_some(FieldDoubt::OddDate)
        }
        MergeValue::Number(_) | MergeValue::Bool(_) | MergeValue::List(_) | MergeValue::Missing => None,
    }
}

/// Whether words stand for nothing.
fn is_placeholder(text: &str) -> bool {
    const NOTHING: [&str; 14] = [
        "n/a",
        "na",
        "n.a.",
        "null",
        "nil",
        "none",
        "undefined",
        "nan",
        "#n/a",
        "tbd",
        "xxx",
        "nezadané",
        "neuvedené",
        "neuvedeno",
    ];
    let text = text.trim().to_lowercase();
    let is_signs = !text.is_empty() && text.chars().all(|it| matches!(it, '-' | '–' | '—' | '.' | '?' | '_' | '/'));
    is_signs || NOTHING.contains(&text.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Day, Decimal};

    #[test]
    fn words_that_stand_for_nothing_are_doubtful() {
        for text in ["N/A", " - ", "null", "—", "???", "Nezadané", "#N/A"] {
            assert_eq!(doubt(&MergeValue::Text(text.into())), Some(FieldDoubt::Placeholder), "{text}");
        }
        for text in ["Nová", "A-Z", "NA Servis s. r. o.", "0"] {
            assert_eq!(doubt(&MergeValue::Text(text.into())), None, "{text}");
        }
    }

    #[test]
    fn days_outside_calendars_and_amounts_below_zero_are_doubtful() {
        let first = Day::new(1, 1, 1).unwrap();
        assert_eq!(doubt(&MergeValue::Date(first)), Some(FieldDoubt::OddDate));
        assert_eq!(doubt(&MergeValue::Date(Day::new(2026, 5, 28).unwrap())), None);
        assert_eq!(doubt(&MergeValue::Money { minor: -1, currency: "EUR".into() }), Some(FieldDoubt::Negative));
        assert_eq!(doubt(&MergeValue::Money { minor: 0, currency: "EUR".into() }), None);
        assert_eq!(doubt(&MergeValue::Number(Decimal(-5))), None);
    }

    #[test]
    fn a_commercial_campaign_never_goes_to_those_who_want_none() {
        let audience = CampaignAudience { overrides_no_bulk: true, ..CampaignAudience::default() };
        let mut faults = Faults::default();
        audience.check(&mut faults, CampaignKind::Service);
        assert!(faults.list().is_empty());
        audience.check(&mut faults, CampaignKind::Commercial);
        assert_eq!(faults.list()[0].field, "audience.overrides_no_bulk");
    }
}
