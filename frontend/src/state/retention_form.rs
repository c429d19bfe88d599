//! The form of the periods for which messages are kept, as it is typed.

use model::retention::MONTHS_MAX;
use model::{Fault, Faults, Refusal, RetentionEnd, RetentionKind, RetentionRule, RetentionRules, RetentionRun, RetentionState};

/// The form as it is typed; lists stand in the order of [`RetentionKind::ALL`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetentionForm {
    /// Days in the bin.
    pub bin_days: String,
    /// Months; empty means for ever.
    pub months: Vec<String>,
    /// What becomes of them, by [`end_code`].
    pub ends: Vec<String>,
}

/// How an end is called in a list of choices.
pub fn end_code(end: RetentionEnd) -> &'static str {
    match end {
        RetentionEnd::Anonymise => "anonymise",
        RetentionEnd::Delete => "delete",
    }
}

impl RetentionForm {
    /// The form of stored rules.
    pub fn of(rules: &RetentionRules) -> Self {
        let rule = |it: RetentionKind| rules.rule(it);
        Self {
            bin_days: rules.bin_days.to_string(),
            months: RetentionKind::ALL.map(|it| rule(it).months.map_or_else(String::new, |it| it.to_string())).to_vec(),
            ends: RetentionKind::ALL.map(|it| end_code(rule(it).end).to_owned()).to_vec(),
        }
    }

    /// What the call gets.
    ///
    /// # Errors
    /// Names each wrong field, all at once.
    pub fn rules(&self) -> Result<RetentionRules, Refusal> {
        let mut faults = Faults::default();
        let mut rules =
            RetentionRules { bin_days: self.bin_days.trim().parse().unwrap_or_default(), ..RetentionRules::default() };
        for (place, kind) in RetentionKind::ALL.into_iter().enumerate() {
            let typed = self.months.get(place).map_or("", |it| it.trim());
            let months = match typed.parse::<u32>() {
                Ok(months) => Some(months),
                Err(_) if typed.is_empty() => None,
                Err(_) => {
                    faults.add(format!("months.{place}"), Fault::OutOfRange { min: 1, max: i64::from(MONTHS_MAX) });
                    None
                }
            };
            let end = match self.ends.get(place).map(String::as_str) {
                Some("delete") if kind.may_vanish() => RetentionEnd::Delete,
                _ => RetentionEnd::Anonymise,
            };
            rules.kinds.insert(kind, RetentionRule { months, end });
        }
        if let Err(Refusal::Invalid(found)) = rules.check() {
            found.into_iter().for_each(|it| faults.add(it.field, it.fault));
        }
        faults.finish()?;
        Ok(rules)
    }
}

/// How far a walk through the messages is, 0 … 1.
pub fn share(run: &RetentionRun) -> f64 {
    match (run.state, run.of) {
        (RetentionState::Ended, _) | (_, 0) => 1.0,
        (_, of) => (run.done as f64 / of as f64).min(1.0),
    }
}

/// Whether a walk goes on.
pub fn is_running(run: Option<&RetentionRun>) -> bool {
    run.is_some_and(|it| it.state == RetentionState::Running)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_period_is_for_ever_and_stored_rules_come_back_as_typed() {
        let mut form = RetentionForm::of(&RetentionRules::default());
        assert!(form.months.iter().all(String::is_empty));
        form.months[0] = " 36 ".into();
        form.ends[5] = "delete".into();
        let rules = form.rules().unwrap();
        assert_eq!(rules.rule(RetentionKind::SingleMail).months, Some(36));
        assert_eq!(rules.rule(RetentionKind::Test), RetentionRule { months: None, end: RetentionEnd::Delete });
        assert_eq!(RetentionForm::of(&rules).rules(), Ok(rules));
    }

    #[test]
    fn what_is_no_number_is_named_with_all_other_faults() {
        let mut form = RetentionForm::of(&RetentionRules::default());
        form.months[1] = "two years".into();
        form.bin_days = "0".into();
        let Err(Refusal::Invalid(faults)) = form.rules() else { panic!("accepted") };
        assert_eq!(faults.iter().map(|it| it.field.as_str()).collect::<Vec<_>>(), ["months.1", "bin_days"]);
    }
}
