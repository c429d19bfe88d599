//! What is known about one contact, and whether a condition holds of it.

use super::{Condition, DayTest, SegmentRule, TextTest};
use crate::fold::fold;
use crate::{
    Channel, ConsentState, ContactKind, Day, FieldId, FieldTest, FieldValue, Language, Moment, Nature, ObtainedWay,
    RecipientListId, TagId, UserId,
};

/// Everything about one contact that a rule can ask about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactFacts {
    /// Its kind.
    pub kind: ContactKind,
    /// Person or company.
    pub nature: Nature,
    /// Its tags.
    pub tags: Vec<TagId>,
    /// Who looks after it.
    pub owner: Option<UserId>,
    /// The language it is written to in.
    pub language: Language,
    /// Its town.
    pub town: String,
    /// Its postcode.
    pub postcode: String,
    /// The lists it is in.
    pub lists: Vec<RecipientListId>,
    /// The values of own fields.
    pub values: Vec<(FieldId, FieldValue)>,
    /// How it was obtained.
    pub obtained: Option<ObtainedWay>,
    /// When it was obtained.
    pub obtained_on: Option<Day>,
    /// When it was created here.
    pub created_at: Moment,
    /// When it was last changed.
    pub updated_at: Moment,
    /// The channels it has an address for.
    pub reachable: Vec<Channel>,
    /// Consent to e-mail.
    pub consent_email: ConsentState,
    /// Consent to text messages.
    pub consent_sms: ConsentState,
    /// Whether it gets no bulk messages.
    pub no_bulk: bool,
    /// The channels on which it must not be written to.
    pub suppressed: Vec<Channel>,
    /// When the latest message to it left.
    pub messaged_at: Option<Moment>,
}

impl SegmentRule {
    /// Whether the rule takes the contact in, as seen from now.
    pub fn holds(&self, facts: &ContactFacts, now: Moment) -> bool {
        match self {
            Self::All(rules) => rules.iter().all(|it| it.holds(facts, now)),
            Self::Any(rules) => rules.iter().any(|it| it.holds(facts, now)),
            Self::Not(rule) => !rule.holds(facts, now),
            Self::Is(condition) => condition.holds(facts, now),
        }
    }
}

impl Condition {
    /// Whether it is so of the contact, as seen from now.
    pub fn holds(&self, facts: &ContactFacts, now: Moment) -> bool {
        match self {
            Self::Kind(kinds) => kinds.contains(&facts.kind),
            Self::Nature(nature) => facts.nature == *nature,
            Self::Tag(tags) => tags.iter().any(|it| facts.tags.contains(it)),
            Self::Owner(owners) => facts.owner.is_some_and(|it| owners.contains(&it)),
            Self::NoOwner => facts.owner.is_none(),
            Self::Language(languages) => languages.contains(&facts.language),
            Self::Town(test) => test.passes(&facts.town, fold),
            Self::Postcode(test) => test.passes(&facts.postcode, postcode),
            Self::List(lists) => lists.iter().any(|it| facts.lists.contains(it)),
            Self::Field(field) => field_passes(&field.test, facts.values.iter().find(|it| it.0 == field.field).map(|it| &it.1)),
            Self::Obtained(ways) => facts.obtained.is_some_and(|it| ways.contains(&it)),
            Self::ObtainedOn(test) => facts.obtained_on.is_some_and(|it| {
                let (first, last) = test.day_bounds(now);
                first.is_none_or(|first| first <= it) && last.is_none_or(|last| it <= last)
            }),
            Self::Created(test) => passes(*test, Some(facts.created_at), now),
            Self::Changed(test) => passes(*test, Some(facts.updated_at), now),
            Self::Reachable(channel) => facts.reachable.contains(channel),
            Self::Consent { channel: Channel::Email, state } => state.covered().contains(&facts.consent_email),
            Self::Consent { channel: Channel::Sms, state } => state.covered().contains(&facts.consent_sms),
            Self::NoBulk => facts.no_bulk,
            Self::Suppressed(channel) => facts.suppressed.contains(channel),
            Self::Messaged(test) => passes(*test, facts.messaged_at, now),
            Self::NeverMessaged => facts.messaged_at.is_none(),
        }
    }
}

impl TextTest {
    /// Whether the text passes once both sides are brought to one form.
    pub fn passes(&self, text: &str, form: impl Fn(&str) -> String) -> bool {
        let own = form(text.trim());
        match self {
            Self::Is(wanted) => own == form(wanted.trim()),
            Self::Begins(wanted) => own.starts_with(&form(wanted.trim())),
            Self::Contains(wanted) => own.contains(&form(wanted.trim())),
            Self::Empty => own.is_empty(),
        }
    }
}

/// A postcode without the blanks in it.
pub fn postcode(text: &str) -> String {
    text.replace(' ', "").to_ascii_lowercase()
}

fn passes(test: DayTest, at: Option<Moment>, now: Moment) -> bool {
    let (from, before) = test.bounds(now);
    at.is_some_and(|at| from.is_none_or(|from| from <= at) && before.is_none_or(|before| at < before))
}

/// Whether the value of an own field passes; values of different kinds are never compared.
fn field_passes(test: &FieldTest, value: Option<&FieldValue>) -> bool {
    match (test, value) {
        (FieldTest::Empty, value) => value.is_none(),
        (FieldTest::Filled, value) => value.is_some(),
        (_, None) => false,
        (FieldTest::Is(FieldValue::Text(wanted)), Some(FieldValue::Text(text))) => fold(text.trim()) == fold(wanted.trim()),
        (FieldTest::Is(wanted), Some(value)) => value == wanted,
        (FieldTest::Contains(wanted), Some(FieldValue::Text(text))) => fold(text).contains(&fold(wanted.trim())),
        (FieldTest::AtLeast(FieldValue::Number(least)), Some(FieldValue::Number(value))) => least <= value,
        (FieldTest::AtLeast(FieldValue::Date(least)), Some(FieldValue::Date(value))) => least <= value,
        (FieldTest::AtMost(FieldValue::Number(most)), Some(FieldValue::Number(value))) => value <= most,
        (FieldTest::AtMost(FieldValue::Date(most)), Some(FieldValue::Date(value))) => value <= most,
        (FieldTest::Contains(_) | FieldTest::AtLeast(_) | FieldTest::AtMost(_), Some(_)) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::days;

    #[test]
    fn a_town_is_the_same_however_it_is_typed() {
        let facts = ContactFacts { town: "Ústí nad Labem".into(), postcode: "400 01".into(), ..ContactFacts::default() };
        let holds = |condition: Condition| condition.holds(&facts, Moment(0));
        assert!(holds(Condition::Town(TextTest::Is("usti NAD labem ".into()))));
        assert!(holds(Condition::Town(TextTest::Begins("Usti".into()))));
        assert!(holds(Condition::Postcode(TextTest::Is("40001".into()))));
        assert!(holds(Condition::Postcode(TextTest::Begins("4 0".into()))));
        assert!(!holds(Condition::Town(TextTest::Empty)));
    }

    #[test]
    fn what_never_happened_passes_no_test_of_time() {
        let facts = ContactFacts::default();
        let now = Moment(days(1_000));
        for test in [DayTest::LastDays(9), DayTest::LongerAgo(9), DayTest::From(Day(1)), DayTest::Until(Day(9_999))] {
            assert!(!Condition::Messaged(test).holds(&facts, now) && !Condition::ObtainedOn(test).holds(&facts, now));
        }
        assert!(Condition::NeverMessaged.holds(&facts, now));
    }

    #[test]
    fn the_last_days_and_longer_ago_part_all_time() {
        let now = Moment(days(1_000) + 5);
        for at in [now, now.plus(-days(30)), now.plus(-days(30) - 1), Moment(0)] {
            let facts = ContactFacts { created_at: at, ..ContactFacts::default() };
            let holds = |test| Condition::Created(test).holds(&facts, now);
            assert_ne!(holds(DayTest::LastDays(30)), holds(DayTest::LongerAgo(30)), "{at:?}");
        }
    }
}
