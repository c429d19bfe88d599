//! Why a contact is in a segment, or why not.

use serde::{Deserialize, Serialize};

use super::{ContactFacts, SegmentRule};
use crate::Moment;

/// A rule with what came out at each of its places.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explained {
    /// Whether it holds.
    pub holds: bool,
    /// The same of the rules inside, in their order; of *not*, the one it turns around.
    pub inside: Vec<Explained>,
}

impl SegmentRule {
    /// Evaluates every place of the rule, also those that do not decide any more.
    pub fn explain(&self, facts: &ContactFacts, now: Moment) -> Explained {
        let inside: Vec<Explained> = match self {
            Self::All(rules) | Self::Any(rules) => rules.iter().map(|it| it.explain(facts, now)).collect(),
            Self::Not(rule) => vec![rule.explain(facts, now)],
            Self::Is(_) => Vec::new(),
        };
        let holds = match self {
            Self::All(_) => inside.iter().all(|it| it.holds),
            Self::Any(_) => inside.iter().any(|it| it.holds),
            Self::Not(_) => inside.iter().all(|it| !it.holds),
            Self::Is(condition) => condition.holds(facts, now),
        };
        Explained { holds, inside }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Nature, segment::Condition};

    #[test]
    fn every_place_says_what_came_out_of_it() {
        let person = SegmentRule::Is(Condition::Nature(Nature::Person));
        let rule = SegmentRule::All(vec![person.clone(), SegmentRule::Not(Box::new(person)), SegmentRule::Any(Vec::new())]);
        let explained = rule.explain(&ContactFacts::default(), Moment(0));
        assert!(!explained.holds);
        assert_eq!(explained.inside.iter().map(|it| it.holds).collect::<Vec<_>>(), [true, false, false]);
        assert!(explained.inside[1].inside[0].holds);
    }
}
