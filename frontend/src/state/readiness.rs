//! How far looking at the chain of an account has come.

use model::readiness::missing_link;
use model::{Grade, Readiness, ReadinessCheck};

/// What was found so far, and what is being looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chain {
    /// What was found, in the order of the chain.
    pub found: Vec<Readiness>,
    /// What is being looked at now.
    pub running: Option<ReadinessCheck>,
}

/// How a link stands on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkState {
    /// It was not looked at yet.
    Waits,
    /// It is being looked at.
    Runs,
    /// It was found so.
    Found(Grade),
}

/// What is said above the chain once all was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Summary {
    /// Nothing is missing.
    Whole,
    /// This link is missing.
    Missing(Readiness),
    /// This one could be better.
    Weak(Readiness),
}

impl Chain {
    /// How a link stands.
    pub fn state(&self, check: ReadinessCheck) -> LinkState {
        match self.of(check) {
            Some(it) => LinkState::Found(it.finding.grade()),
            None if self.running == Some(check) => LinkState::Runs,
            None => LinkState::Waits,
        }
    }

    /// What was found about a link.
    pub fn of(&self, check: ReadinessCheck) -> Option<&Readiness> {
        self.found.iter().find(|it| it.check == check)
    }

    /// The share that was looked at, 0 … 1.
    pub fn share(&self) -> f64 {
        self.found.len() as f64 / ReadinessCheck::ALL.len() as f64
    }

    /// What to say above; nothing before all was looked at.
    pub fn summary(&self) -> Option<Summary> {
        if self.running.is_some() || self.found.len() < ReadinessCheck::ALL.len() {
            return None;
        }
        Some(match missing_link(&self.found) {
            None => Summary::Whole,
            Some(it) if it.finding.grade() == Grade::Bad => Summary::Missing(it.clone()),
            Some(it) => Summary::Weak(it.clone()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Finding;

    fn found(check: ReadinessCheck, finding: Finding) -> Readiness {
        Readiness { check, finding, about: String::new(), evidence: Vec::new(), record: None }
    }

    fn all(finding: impl Fn(ReadinessCheck) -> Finding) -> Chain {
        Chain { found: ReadinessCheck::ALL.map(|it| found(it, finding(it))).to_vec(), running: None }
    }

    #[test]
    fn a_link_waits_runs_and_is_found() {
        let chain =
            Chain { found: vec![found(ReadinessCheck::Account, Finding::AccountSends)], running: Some(ReadinessCheck::Sender) };
        assert_eq!(chain.state(ReadinessCheck::Account), LinkState::Found(Grade::Good));
        assert_eq!(chain.state(ReadinessCheck::Sender), LinkState::Runs);
        assert_eq!(chain.state(ReadinessCheck::Spf), LinkState::Waits);
        assert_eq!(chain.summary(), None);
    }

    #[test]
    fn the_summary_names_the_missing_link_or_the_weak_one() {
        assert_eq!(all(|_| Finding::AccountSends).summary(), Some(Summary::Whole));
        let weak = all(|it| if it == ReadinessCheck::Dmarc { Finding::DmarcMissing } else { Finding::AccountSends });
        assert!(matches!(weak.summary(), Some(Summary::Weak(it)) if it.check == ReadinessCheck::Dmarc));
        let bad = all(|it| match it {
            ReadinessCheck::Dmarc => Finding::DmarcMissing,
            ReadinessCheck::Spf => Finding::SpfMissing,
            _ => Finding::AccountSends,
        });
        assert!(matches!(bad.summary(), Some(Summary::Missing(it)) if it.check == ReadinessCheck::Spf));
    }
}
