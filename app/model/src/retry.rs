//! How long what could not leave waits, and how often it is tried.

use serde::{Deserialize, Serialize};

use crate::time::{hours, minutes};
use crate::{Fault, Faults, Refusal};

/// Why a try has to be repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RetryClass {
    /// The relay put it off, as with a full mailbox or greylisting (RFC 5321 §4.2.1, 4yz).
    Deferred,
    /// The relay could not be reached or did not answer.
    Unreachable,
}

/// The longest list of pauses.
const PAUSES_MAX: usize = 20;
/// The longest pause: one day, in minutes.
const PAUSE_MAX: u32 = 24 * 60;
/// The longest time that a delivery is tried: a week, in hours.
const WORTH_MAX: u32 = 7 * 24;

/// The pauses after the first, second, … try, by class; the last one repeats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetryRules {
    /// In minutes, when the relay put it off.
    pub deferred: Vec<u32>,
    /// In minutes, when the relay could not be reached.
    pub unreachable: Vec<u32>,
    /// After so many hours a delivery is not tried any more.
    pub worth_hours: u32,
}

impl Default for RetryRules {
    fn default() -> Self {
        let pauses = vec![1, 5, 15, 30, 60, 120, 240];
        Self { deferred: pauses.clone(), unreachable: pauses, worth_hours: 72 }
    }
}

impl RetryRules {
    /// Checks the fields.
    ///
    /// # Errors
    /// Names each wrong field.
    pub fn check(&self) -> Result<(), Refusal> {
        let mut faults = Faults::default();
        for (field, pauses) in [("deferred", &self.deferred), ("unreachable", &self.unreachable)] {
            if pauses.is_empty() {
                faults.add(field, Fault::Missing);
            } else if PAUSES_MAX < pauses.len() {
                faults.add(field, Fault::TooMany { max: PAUSES_MAX as u32 });
            } else if pauses.iter().any(|it| !(1..=PAUSE_MAX).contains(it)) {
                faults.add(field, Fault::OutOfRange { min: 1, max: i64::from(PAUSE_MAX) });
            }
        }
        if !(1..=WORTH_MAX).contains(&self.worth_hours) {
            faults.add("worth_hours", Fault::OutOfRange { min: 1, max: i64::from(WORTH_MAX) });
        }
        faults.finish()
    }

    /// How long a delivery waits after so many tries, in milliseconds.
    pub fn pause(&self, class: RetryClass, tries: u32) -> i64 {
        let pauses = match class {
            RetryClass::Deferred => &self.deferred,
            RetryClass::Unreachable => &self.unreachable,
        };
        let nth = pauses.get((tries as usize).saturating_sub(1)).or(pauses.last());
        minutes(i64::from(nth.copied().unwrap_or(1)))
    }

    /// How long a delivery is worth trying, in milliseconds.
    pub fn worth(&self) -> i64 {
        hours(i64::from(self.worth_hours))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_pause_repeats() {
        let rules = RetryRules { deferred: vec![2, 10], unreachable: vec![1], worth_hours: 24 };
        let pauses: Vec<i64> = (0..5).map(|tries| rules.pause(RetryClass::Deferred, tries)).collect();
        assert_eq!(pauses, [2, 2, 10, 10, 10].map(minutes));
        assert_eq!(rules.pause(RetryClass::Unreachable, 9), minutes(1));
        assert_eq!(rules.worth(), hours(24));
    }

    #[test]
    fn each_wrong_field_is_named() {
        let rules = RetryRules { deferred: Vec::new(), unreachable: vec![5, 0], worth_hours: 0 };
        let Err(Refusal::Invalid(faults)) = rules.check() else { panic!("accepted") };
        assert_eq!(faults.iter().map(|it| it.field.as_str()).collect::<Vec<_>>(), ["deferred", "unreachable", "worth_hours"]);
        assert_eq!(RetryRules::default().check(), Ok(()));
        assert!(RetryRules { deferred: vec![1; 21], ..RetryRules::default() }.check().is_err());
    }
}
