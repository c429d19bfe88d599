//! Segments: saved filters over contacts, a tree of typed conditions that is evaluated whenever the segment is used.

mod check;
mod explain;
mod facts;

use serde::{Deserialize, Serialize};

pub use explain::Explained;
pub use facts::{ContactFacts, postcode};

use crate::{
    Channel, ConsentState, ContactKind, Day, FieldCondition, Language, LocalTime, Moment, Nature, ObtainedWay, RecipientListId,
    SegmentId, TagId, UserId,
};

/// Greatest number of groups inside one another.
pub const DEPTH_MAX: u32 = 5;
/// Greatest number of groups and conditions in one rule.
pub const NODES_MAX: u32 = 100;
/// Greatest number of values that one condition names.
pub const VALUES_MAX: u32 = 200;

/// Whom a segment takes in: a tree of groups with conditions at its ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SegmentRule {
    /// All of these hold; without any, everybody is taken in.
    All(Vec<SegmentRule>),
    /// At least one of these holds; without any, nobody is taken in.
    Any(Vec<SegmentRule>),
    /// This does not hold.
    Not(Box<SegmentRule>),
    /// This is so.
    Is(Condition),
}

impl Default for SegmentRule {
    fn default() -> Self {
        Self::All(Vec::new())
    }
}

/// What is asked about one contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Condition {
    /// It is of one of these kinds.
    Kind(Vec<ContactKind>),
    /// It is a person, or a company.
    Nature(Nature),
    /// It bears one of these tags.
    Tag(Vec<TagId>),
    /// One of these users looks after it.
    Owner(Vec<UserId>),
    /// Nobody looks after it.
    NoOwner,
    /// It is written to in one of these languages; where none is set, in the company's.
    Language(Vec<Language>),
    /// Its town.
    Town(TextTest),
    /// Its postcode; blanks in it do not count.
    Postcode(TextTest),
    /// It is in one of these recipient lists.
    List(Vec<RecipientListId>),
    /// The value of an own field.
    Field(FieldCondition),
    /// It was obtained in one of these ways.
    Obtained(Vec<ObtainedWay>),
    /// When it was obtained.
    ObtainedOn(DayTest),
    /// When it was created here.
    Created(DayTest),
    /// When it was last changed.
    Changed(DayTest),
    /// It has an address for the channel.
    Reachable(Channel),
    /// What is known about its consent on a channel.
    Consent {
        /// The channel.
        channel: Channel,
        /// What is known.
        state: ConsentState,
    },
    /// It gets no bulk messages.
    NoBulk,
    /// It must not be written to on the channel.
    Suppressed(Channel),
    /// When the latest message to it left.
    Messaged(DayTest),
    /// No message to it has ever left.
    NeverMessaged,
}

/// What a text must be; case and accents do not matter.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TextTest {
    /// Exactly this.
    Is(String),
    /// Begins with this.
    Begins(String),
    /// Has this inside.
    Contains(String),
    /// Nothing is filled in.
    Empty,
}

/// When something must have happened; what never happened passes no test. Days begin at midnight in Bratislava and Prague.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum DayTest {
    /// In the last so many days of 24 hours.
    LastDays(u32),
    /// Longer ago than so many days of 24 hours.
    LongerAgo(u32),
    /// On this day or later.
    From(Day),
    /// On this day or earlier.
    Until(Day),
}

/// A rule with what it takes from elsewhere looked up, so that it can be asked of the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResolvedRule {
    /// The rule.
    pub rule: SegmentRule,
    /// The moment as seen from which its times are meant.
    pub now: Moment,
    /// The company's language, in which those are written to who have none of their own.
    pub language: Language,
    /// The towns that each test of towns lets through, as they are spelled.
    pub towns: Vec<(TextTest, Vec<String>)>,
    /// Whether it takes in so many that walking along all contacts soon finds some.
    pub is_dense: bool,
}

/// What is typed to make or change a segment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SegmentDraft {
    /// Its name, told apart without case and diacritics.
    pub name: String,
    /// What it is for; may be empty.
    pub description: String,
    /// Whom it takes in.
    pub rule: SegmentRule,
}

/// A segment as its page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// Which segment.
    pub id: SegmentId,
    /// Its fields.
    pub fields: SegmentDraft,
    /// Counts every change; an edit of an older revision is refused as stale.
    pub revision: i64,
    /// Who made it.
    pub author: String,
    /// When it was made.
    pub created_at: Moment,
    /// When it was last changed.
    pub updated_at: Moment,
}

impl SegmentRule {
    /// How many groups and conditions it has.
    pub fn nodes(&self) -> u32 {
        1 + match self {
            Self::All(rules) | Self::Any(rules) => rules.iter().map(Self::nodes).sum(),
            Self::Not(rule) => rule.nodes(),
            Self::Is(_) => 0,
        }
    }

    /// Calls `see` with each condition in it.
    pub fn each_condition<'a>(&'a self, see: &mut impl FnMut(&'a Condition)) {
        match self {
            Self::All(rules) | Self::Any(rules) => rules.iter().for_each(|it| it.each_condition(see)),
            Self::Not(rule) => rule.each_condition(see),
            Self::Is(condition) => see(condition),
        }
    }

    /// The recipient lists that it asks about, each once.
    pub fn lists(&self) -> Vec<RecipientListId> {
        let mut lists = Vec::new();
        self.each_condition(&mut |it| {
            if let Condition::List(ids) = it {
                lists.extend(ids);
            }
        });
        lists.sort_unstable();
        lists.dedup();
        lists
    }
}

impl DayTest {
    /// The moments between which it passes, as seen from now: from the first, before the second.
    pub fn bounds(self, now: Moment) -> (Option<Moment>, Option<Moment>) {
        let ago = |days: u32| now.plus(-crate::time::days(i64::from(days)));
        match self {
            Self::LastDays(days) => (Some(ago(days)), None),
            Self::LongerAgo(days) => (None, Some(ago(days))),
            Self::From(day) => (Some(begin(day)), None),
            Self::Until(day) => (None, Some(begin(Day(day.0.saturating_add(1))))),
        }
    }

    /// The days between which it passes, as seen from now: the first and the last one.
    pub fn day_bounds(self, now: Moment) -> (Option<Day>, Option<Day>) {
        let today = LocalTime::of(now).day.0;
        match self {
            Self::LastDays(days) => (Some(Day(today - i64::from(days))), None),
            Self::LongerAgo(days) => (None, Some(Day(today - i64::from(days) - 1))),
            Self::From(day) => (Some(day), None),
            Self::Until(day) => (None, Some(day)),
        }
    }
}

fn begin(day: Day) -> Moment {
    // Years beyond the calendar have no clock changes to look for.
    match (-719_162..2_932_896).contains(&day.0) {
        true => LocalTime { day, minute: 0 }.moment(),
        false => Moment(day.0.saturating_mul(crate::time::days(1))),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Decimal, FieldId, FieldTest, FieldValue};

    fn day_test() -> impl Strategy<Value = DayTest> {
        prop_oneof![
            any::<u32>().prop_map(DayTest::LastDays),
            any::<u32>().prop_map(DayTest::LongerAgo),
            any::<i32>().prop_map(|it| DayTest::From(Day(it.into()))),
            any::<i32>().prop_map(|it| DayTest::Until(Day(it.into()))),
        ]
    }

    fn condition() -> impl Strategy<Value = Condition> {
        let field = |test| Condition::Field(FieldCondition { field: FieldId(3), test });
        prop_oneof![
            Just(Condition::Kind(ContactKind::ALL.to_vec())),
            Just(Condition::Nature(Nature::Company)),
            proptest::collection::vec(any::<i64>().prop_map(TagId), 0..4).prop_map(Condition::Tag),
            proptest::collection::vec(any::<i64>().prop_map(RecipientListId), 0..4).prop_map(Condition::List),
            Just(Condition::NoOwner),
            "\\PC{0,9}".prop_map(|it| Condition::Town(TextTest::Contains(it))),
            day_test().prop_map(Condition::Messaged),
            day_test().prop_map(Condition::ObtainedOn),
            any::<i64>().prop_map(move |it| field(FieldTest::AtLeast(FieldValue::Number(Decimal(it))))),
            Just(Condition::Consent { channel: Channel::Sms, state: ConsentState::Withdrawn }),
        ]
    }

    fn rule() -> impl Strategy<Value = SegmentRule> {
        condition().prop_map(SegmentRule::Is).prop_recursive(4, 40, 6, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..6).prop_map(SegmentRule::All),
                proptest::collection::vec(inner.clone(), 0..6).prop_map(SegmentRule::Any),
                inner.prop_map(|it| SegmentRule::Not(Box::new(it))),
            ]
        })
    }

    proptest! {
        #[test]
        fn a_rule_written_as_json_is_read_back(rule in rule()) {
            let text = serde_json::to_string(&rule).unwrap();
            prop_assert_eq!(serde_json::from_str::<SegmentRule>(&text).unwrap(), rule);
        }

        #[test]
        fn no_rule_takes_a_moment_apart(rule in rule(), now in any::<i64>()) {
            let facts = ContactFacts::default();
            prop_assert_eq!(rule.holds(&facts, Moment(now)), rule.explain(&facts, Moment(now)).holds);
        }
    }

    #[test]
    fn days_begin_when_clocks_on_the_wall_show_midnight() {
        let day = |month, day| Day::new(2026, month, day).unwrap();
        let before = |it: Day, hours: i64| Some(Moment(crate::time::days(it.0) - crate::time::hours(hours)));
        let now = Moment(0);
        assert_eq!(DayTest::From(day(1, 15)).bounds(now), (before(day(1, 15), 1), None));
        assert_eq!(DayTest::From(day(7, 1)).bounds(now), (before(day(7, 1), 2), None));
        // The day on which clocks are put forward begins in winter and ends in summer.
        assert_eq!(DayTest::From(day(3, 29)).bounds(now), (before(day(3, 29), 1), None));
        assert_eq!(DayTest::Until(day(3, 29)).bounds(now), (None, before(day(3, 30), 2)));
        // Half an hour past midnight in Bratislava it is still yesterday by UTC.
        let late = Moment(crate::time::days(day(7, 1).0) - crate::time::minutes(90));
        assert_eq!(DayTest::LastDays(1).day_bounds(late).0, Some(day(6, 30)));
    }

    #[test]
    fn what_a_rule_does_not_know_is_refused() {
        for hostile in [
            r#"{"Is":{"Sql":"1=1"}}"#,
            r#"{"Is":{"Consent":{"channel":"Email","state":"Given","or":"1=1"}}}"#,
            r#"{"All":[],"Any":[]}"#,
            r#"{"Is":{"Town":{"Is":["Brno"]}}}"#,
        ] {
            assert!(serde_json::from_str::<SegmentRule>(hostile).is_err(), "{hostile}");
        }
        let bottomless = "{\"Not\":".repeat(100_000);
        assert!(serde_json::from_str::<SegmentRule>(&bottomless).is_err());
        let draft = r#"{"name":"x","description":"","rule":{"All":[]},"id":7}"#;
        assert!(serde_json::from_str::<SegmentDraft>(draft).is_err());
    }

    #[test]
    fn lists_are_named_once_wherever_they_are_asked_about() {
        let list = |ids: &[i64]| SegmentRule::Is(Condition::List(ids.iter().map(|it| RecipientListId(*it)).collect()));
        let rule = SegmentRule::Any(vec![list(&[5, 3]), SegmentRule::Not(Box::new(list(&[3])))]);
        assert_eq!((rule.lists(), rule.nodes()), (vec![RecipientListId(3), RecipientListId(5)], 4));
    }
}
