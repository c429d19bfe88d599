//! What *Test connection* found, laid out: the steps that were taken and those that were not reached.

use model::{AccountDraft, ProbeHint, ProbeStage, ProbeStep, Security};

/// How a test ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Everything went well.
    Passed,
    /// Everything went well, with a warning.
    Warned,
    /// It stopped at a step.
    Failed(ProbeStage),
}

/// One line of the result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The step.
    pub stage: ProbeStage,
    /// Whether it went well; nothing when it was not reached.
    pub passed: Option<bool>,
    /// What a person can do.
    pub hint: Option<ProbeHint>,
    /// The literal answer; may be empty.
    pub answer: String,
}

/// How the steps ended; nothing when there are none.
pub fn verdict(steps: &[ProbeStep]) -> Option<Verdict> {
    let last = steps.last()?;
    Some(match steps.iter().find(|it| !it.passed) {
        Some(failed) => Verdict::Failed(failed.stage),
        // The last step that every test ends with is the offer of the sender.
        None if last.stage != ProbeStage::Sender => Verdict::Failed(last.stage),
        None if steps.iter().any(|it| it.hint.is_some()) => Verdict::Warned,
        None => Verdict::Passed,
    })
}

/// The steps that were taken, and after them those that the settings ask for and that were not reached.
pub fn lines(steps: &[ProbeStep], draft: &AccountDraft) -> Vec<Line> {
    let taken =
        steps.iter().map(|it| Line { stage: it.stage, passed: Some(it.passed), hint: it.hint, answer: it.answer.clone() });
    let planned = plan(draft.smtp.security, !draft.smtp.user_name.is_empty());
    let missed = planned.into_iter().filter(|stage| steps.iter().all(|it| it.stage != *stage)).map(|stage| Line {
        stage,
        passed: None,
        hint: None,
        answer: String::new(),
    });
    taken.chain(missed).collect()
}

/// The steps of a connection in their order.
fn plan(security: Security, signs_in: bool) -> Vec<ProbeStage> {
    use ProbeStage as Stage;
    let mut plan = vec![Stage::Resolve, Stage::Connect];
    if security == Security::Tls {
        plan.push(Stage::Certificate);
    }
    plan.extend([Stage::Greeting, Stage::Hello]);
    if security == Security::StartTls {
        plan.extend([Stage::StartTls, Stage::Certificate]);
    }
    if signs_in {
        plan.push(Stage::Login);
    }
    plan.push(Stage::Sender);
    plan
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(stage: ProbeStage, passed: bool, hint: Option<ProbeHint>) -> ProbeStep {
        ProbeStep { stage, passed, hint, answer: String::new() }
    }

    fn draft(security: Security, user_name: &str) -> AccountDraft {
        let mut draft = AccountDraft::default();
        draft.smtp.security = security;
        draft.smtp.user_name = user_name.to_owned();
        draft
    }

    #[test]
    fn what_was_not_reached_stands_below() {
        let steps = [step(ProbeStage::Resolve, true, None), step(ProbeStage::Connect, false, Some(ProbeHint::Refused))];
        let lines = lines(&steps, &draft(Security::Tls, "obchod"));
        let passed: Vec<_> = lines.iter().map(|it| (it.stage, it.passed)).collect();
        use ProbeStage as Stage;
        let expected = [
            (Stage::Resolve, Some(true)),
            (Stage::Connect, Some(false)),
            (Stage::Certificate, None),
            (Stage::Greeting, None),
            (Stage::Hello, None),
            (Stage::Login, None),
            (Stage::Sender, None),
        ];
        assert_eq!(passed, expected);
    }

    #[test]
    fn without_a_user_name_nobody_signs_in() {
        let stages: Vec<_> = lines(&[], &draft(Security::StartTls, "")).iter().map(|it| it.stage).collect();
        assert!(!stages.contains(&ProbeStage::Login));
        assert!(stages.contains(&ProbeStage::StartTls));
    }

    #[test]
    fn a_test_passes_only_when_the_sender_was_taken() {
        let fine = step(ProbeStage::Sender, true, None);
        assert_eq!(verdict(std::slice::from_ref(&fine)), Some(Verdict::Passed));
        assert_eq!(verdict(&[step(ProbeStage::Hello, true, None)]), Some(Verdict::Failed(ProbeStage::Hello)));
        let warning = step(ProbeStage::Login, true, Some(ProbeHint::PasswordInClear));
        assert_eq!(verdict(&[warning, fine]), Some(Verdict::Warned));
        let refused = step(ProbeStage::Login, false, Some(ProbeHint::WrongPassword));
        assert_eq!(verdict(&[refused]), Some(Verdict::Failed(ProbeStage::Login)));
        assert_eq!(verdict(&[]), None);
    }
}
