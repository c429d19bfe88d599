//! What makes a rule valid; a fault names its place as a path: `rule.1.0` is the first in the second group.

use super::{Condition, DEPTH_MAX, DayTest, NODES_MAX, SegmentDraft, SegmentRule, TextTest, VALUES_MAX};
use crate::{Fault, Faults, FieldTest, FieldValue, Refusal, Required};

/// Longest text of a condition in characters.
const TEXT_MAX: u32 = 200;
/// Longest time back in days: a hundred years.
const DAYS_MAX: u32 = 36_500;

impl SegmentDraft {
    /// Checks the fields.
    ///
    /// # Errors
    /// Names each wrong field; groups and conditions by their path from `rule`: `rule.1.0`.
    pub fn check(&self) -> Result<(), Refusal> {
        let mut faults = Faults::default();
        faults.line("name", &self.name, Required::Yes, 120);
        faults.text("description", &self.description, Required::No, 1_000);
        if matches!(&self.rule, SegmentRule::All(rules) if rules.is_empty()) {
            faults.add("rule", Fault::Missing);
        }
        self.rule.look(&mut faults);
        faults.finish()
    }
}

impl SegmentRule {
    /// Checks the tree alone, as it is while it is being built: without any condition it takes in everybody.
    ///
    /// # Errors
    /// Names groups and conditions by their path from `rule`: `rule.1.0`.
    pub fn check(&self) -> Result<(), Refusal> {
        let mut faults = Faults::default();
        self.look(&mut faults);
        faults.finish()
    }

    fn look(&self, faults: &mut Faults) {
        if NODES_MAX < self.nodes() {
            faults.add("rule", Fault::TooMany { max: NODES_MAX });
        }
        self.walk("rule", 0, faults);
    }

    fn walk(&self, path: &str, depth: u32, faults: &mut Faults) {
        if DEPTH_MAX < depth {
            faults.add(path, Fault::TooDeep { max: DEPTH_MAX });
            return;
        }
        match self {
            Self::All(rules) | Self::Any(rules) => {
                if rules.is_empty() && 0 < depth {
                    faults.add(path, Fault::Missing);
                }
                for (n, rule) in rules.iter().enumerate() {
                    let deeper = depth + u32::from(!matches!(rule, Self::Is(_)));
                    rule.walk(&format!("{path}.{n}"), deeper, faults);
                }
            }
            // *Not* only turns its group around; it is no level of its own.
            Self::Not(rule) => match rule.as_ref() {
                Self::Not(_) => faults.add(path, Fault::TooDeep { max: 1 }),
                rule => rule.walk(path, depth, faults),
            },
            Self::Is(condition) => condition.look(path, faults),
        }
    }
}

impl Condition {
    fn look(&self, path: &str, faults: &mut Faults) {
        match self {
            Self::Kind(values) => some(values.len(), path, faults),
            Self::Tag(values) => some(values.len(), path, faults),
            Self::Owner(values) => some(values.len(), path, faults),
            Self::Language(values) => some(values.len(), path, faults),
            Self::List(values) => some(values.len(), path, faults),
            Self::Obtained(values) => some(values.len(), path, faults),
            Self::Town(test) | Self::Postcode(test) => match test {
                TextTest::Is(text) | TextTest::Begins(text) | TextTest::Contains(text) => {
                    faults.line(path, text, Required::Yes, TEXT_MAX);
                }
                TextTest::Empty => {}
            },
            Self::Field(field) => match &field.test {
                FieldTest::Contains(text) | FieldTest::Is(FieldValue::Text(text)) => {
                    faults.line(path, text, Required::Yes, TEXT_MAX);
                }
                FieldTest::AtLeast(value) | FieldTest::AtMost(value) => {
                    if !matches!(value, FieldValue::Number(_) | FieldValue::Date(_)) {
                        faults.add(path, Fault::Missing);
                    }
                }
                FieldTest::Filled | FieldTest::Empty | FieldTest::Is(_) => {}
            },
            Self::ObtainedOn(test) | Self::Created(test) | Self::Changed(test) | Self::Messaged(test) => {
                if let DayTest::LastDays(days) | DayTest::LongerAgo(days) = test
                    && !(1..=DAYS_MAX).contains(days)
                {
                    faults.add(path, Fault::OutOfRange { min: 1, max: i64::from(DAYS_MAX) });
                }
            }
            Self::Nature(_)
            | Self::NoOwner
            | Self::Reachable(_)
            | Self::Consent { .. }
            | Self::NoBulk
            | Self::Suppressed(_)
            | Self::NeverMessaged => {}
        }
    }
}

/// A choice of several needs at least one.
fn some(n: usize, path: &str, faults: &mut Faults) {
    if n == 0 {
        faults.add(path, Fault::Missing);
    } else if (VALUES_MAX as usize) < n {
        faults.add(path, Fault::TooMany { max: VALUES_MAX });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ContactKind, Nature};

    fn faults(rule: &SegmentRule) -> Vec<(String, Fault)> {
        match rule.check() {
            Ok(()) => Vec::new(),
            Err(Refusal::Invalid(faults)) => faults.into_iter().map(|it| (it.field, it.fault)).collect(),
            Err(refusal) => panic!("{refusal:?}"),
        }
    }

    fn is(condition: Condition) -> SegmentRule {
        SegmentRule::Is(condition)
    }

    #[test]
    fn a_fault_names_its_place_in_the_tree() {
        let rule = SegmentRule::All(vec![
            is(Condition::Nature(Nature::Person)),
            SegmentRule::Not(Box::new(SegmentRule::Any(vec![
                is(Condition::Kind(Vec::new())),
                is(Condition::Town(TextTest::Begins(" ".into()))),
                is(Condition::Messaged(DayTest::LastDays(0))),
            ]))),
            SegmentRule::Any(Vec::new()),
        ]);
        let range = Fault::OutOfRange { min: 1, max: i64::from(DAYS_MAX) };
        let expected =
            [("rule.1.0", Fault::Missing), ("rule.1.1", Fault::Missing), ("rule.1.2", range), ("rule.2", Fault::Missing)];
        assert_eq!(faults(&rule), expected.map(|(path, fault)| (path.to_owned(), fault)));
    }

    #[test]
    fn groups_lie_at_most_so_deep() {
        let nested =
            |depth: u32| (0..depth).fold(is(Condition::Kind(vec![ContactKind::Client])), |rule, _| SegmentRule::All(vec![rule]));
        assert_eq!(faults(&nested(DEPTH_MAX + 1)), []);
        let deep = faults(&nested(DEPTH_MAX + 2));
        assert_eq!(deep, [("rule.0.0.0.0.0.0".to_owned(), Fault::TooDeep { max: DEPTH_MAX })]);
    }

    #[test]
    fn a_rule_has_an_end() {
        let long = SegmentRule::Any(vec![is(Condition::NoBulk); 100]);
        assert_eq!(faults(&long), [("rule".to_owned(), Fault::TooMany { max: NODES_MAX })]);
        assert_eq!(faults(&SegmentRule::Any(vec![is(Condition::NoBulk); 99])), []);
    }

    #[test]
    fn everybody_is_no_segment_to_be_kept() {
        let draft = SegmentDraft { name: "Všetci".into(), ..SegmentDraft::default() };
        assert_eq!(draft.check(), Err(Refusal::field("rule", Fault::Missing)));
        assert_eq!(draft.rule.check(), Ok(()));
    }
}
