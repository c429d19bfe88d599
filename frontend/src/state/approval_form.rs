//! The form of the rule by which campaigns need somebody else's approval.

use model::{ApprovalRule, Fault, Refusal};

/// The form as it is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApprovalForm {
    /// Which rule: one of [`WAYS`].
    pub way: String,
    /// Above how many recipients, as typed.
    pub above: String,
}

/// The rules by their names in the form.
pub const WAYS: [&str; 3] = ["never", "above", "always"];

/// What the number stands at before anybody typed one.
const ABOVE: u32 = 100;

impl ApprovalForm {
    /// The form of a rule.
    pub fn of(rule: ApprovalRule) -> Self {
        let (way, above) = match rule {
            ApprovalRule::Never => (WAYS[0], ABOVE),
            ApprovalRule::Above(n) => (WAYS[1], n),
            ApprovalRule::Always => (WAYS[2], ABOVE),
        };
        Self { way: way.to_owned(), above: above.to_string() }
    }

    /// The rule.
    ///
    /// # Errors
    /// Names the field `above` when it is no number from 1.
    pub fn rule(&self) -> Result<ApprovalRule, Refusal> {
        match self.way.as_str() {
            "always" => Ok(ApprovalRule::Always),
            "above" => match self.above.trim().parse() {
                Ok(n) if 0 < n => Ok(ApprovalRule::Above(n)),
                _ => Err(Refusal::field("above", Fault::OutOfRange { min: 1, max: i64::from(u32::MAX) })),
            },
            _ => Ok(ApprovalRule::Never),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_comes_back_as_it_was() {
        for rule in [ApprovalRule::Never, ApprovalRule::Above(250), ApprovalRule::Always] {
            assert_eq!(ApprovalForm::of(rule).rule(), Ok(rule));
        }
    }

    #[test]
    fn above_what_is_no_number_is_named() {
        for above in ["", "0", "veľa", "-3"] {
            let form = ApprovalForm { way: "above".into(), above: above.into() };
            assert!(matches!(form.rule(), Err(Refusal::Invalid(faults)) if faults[0].field == "above"), "{above}");
        }
    }
}
