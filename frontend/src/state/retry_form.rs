//! The form of the retry rules: lists of minutes as they are typed.

use model::{Fault, Faults, Refusal, RetryClass, RetryRules};

/// The form as it is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryForm {
    /// Minutes, when the relay put it off.
    pub deferred: String,
    /// Minutes, when it could not be reached.
    pub unreachable: String,
    /// Hours.
    pub worth: String,
}

impl RetryForm {
    /// The form of stored rules.
    pub fn of(rules: &RetryRules) -> Self {
        let list = |it: &[u32]| it.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
        Self { deferred: list(&rules.deferred), unreachable: list(&rules.unreachable), worth: rules.worth_hours.to_string() }
    }

    /// What the call gets.
    ///
    /// # Errors
    /// Names each wrong field, all at once.
    pub fn rules(&self) -> Result<RetryRules, Refusal> {
        let mut unread = Faults::default();
        let mut list = |field: &str, text: &str| {
            let pieces = text.split([',', ';', ' ', '\n']).filter(|it| !it.trim().is_empty());
            let read: Result<Vec<u32>, _> = pieces.map(|it| it.trim().parse()).collect();
            read.unwrap_or_else(|_| {
                unread.add(field, Fault::NoNumber);
                vec![1]
            })
        };
        let (deferred, unreachable) = (list("deferred", &self.deferred), list("unreachable", &self.unreachable));
        let rules = RetryRules { deferred, unreachable, worth_hours: self.worth.trim().parse().unwrap_or_default() };
        if let Err(Refusal::Invalid(found)) = rules.check() {
            found.into_iter().for_each(|it| unread.add(it.field, it.fault));
        }
        unread.finish()?;
        Ok(rules)
    }
}

/// How often a relay is tried until a delivery is given up, the first time counted.
pub fn tries(rules: &RetryRules, class: RetryClass) -> u32 {
    let (mut tries, mut waited) = (1, 0);
    loop {
        waited += rules.pause(class, tries).max(1);
        if rules.worth() <= waited {
            return tries;
        }
        tries += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_read_however_they_are_separated() {
        let form = RetryForm { deferred: "1, 5;15  60".into(), unreachable: "10".into(), worth: "24".into() };
        let rules = form.rules().unwrap();
        assert_eq!((rules.deferred, rules.unreachable, rules.worth_hours), (vec![1, 5, 15, 60], vec![10], 24));
    }

    #[test]
    fn stored_rules_come_back_as_they_were_typed() {
        let rules = RetryRules::default();
        assert_eq!(RetryForm::of(&rules).rules(), Ok(rules));
    }

    #[test]
    fn what_is_no_number_is_named_with_all_other_faults() {
        let form = RetryForm { deferred: "a few".into(), unreachable: String::new(), worth: "999".into() };
        let Err(Refusal::Invalid(faults)) = form.rules() else { panic!("accepted") };
        assert_eq!(faults.iter().map(|it| it.field.as_str()).collect::<Vec<_>>(), ["deferred", "unreachable", "worth_hours"]);
    }

    #[test]
    fn the_number_of_tries_follows_from_pauses_and_worth() {
        let rules = RetryRules { deferred: vec![30, 60], unreachable: vec![60], worth_hours: 2 };
        assert_eq!(tries(&rules, RetryClass::Deferred), 3);
        assert_eq!(tries(&rules, RetryClass::Unreachable), 2);
    }
}
