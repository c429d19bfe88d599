//! A bulk act on its way: how far it is, and how it ended.

use app::Problem;
use model::BulkStep;

/// How an act stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Steps follow each other.
    Running,
    /// The step on its way is the last one, because the person wants it to stop.
    Stopping,
    /// All was taken.
    Done,
    /// The person stopped it.
    Stopped,
    /// A step was refused or failed; the steps before it stay done.
    Broken(Problem),
}

/// One act over many contacts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BulkRun {
    /// What is done, in words.
    pub title: String,
    /// How many contacts were chosen.
    pub total: u64,
    /// What the steps so far did.
    pub sum: BulkStep,
    /// How it stands.
    pub standing: Standing,
}

impl BulkRun {
    /// Begins.
    pub fn begin(title: String, total: u64) -> Self {
        Self { title, total, sum: BulkStep::default(), standing: Standing::Running }
    }

    /// Takes in what a step came back with and tells whether the next one may begin.
    pub fn note(&mut self, came: Result<BulkStep, Problem>) -> bool {
        match came {
            Ok(step) => {
                self.sum = self.sum.and(step);
                self.standing = match (&self.standing, step.next) {
                    (_, None) => Standing::Done,
                    (Standing::Stopping, Some(_)) => Standing::Stopped,
                    (_, Some(_)) => Standing::Running,
                };
            }
            Err(problem) => self.standing = Standing::Broken(problem),
        }
        self.standing == Standing::Running
    }

    /// Wants it to stop after the step on its way.
    pub fn stop(&mut self) {
        if self.standing == Standing::Running {
            self.standing = Standing::Stopping;
        }
    }

    /// How many contacts were taken so far.
    pub fn taken(&self) -> u64 {
        u64::from(self.sum.done) + u64::from(self.sum.left)
    }

    /// The share that is done, 0 … 1.
    pub fn share(&self) -> f64 {
        if self.total == 0 { 0.0 } else { (self.taken() as f64 / self.total as f64).min(1.0) }
    }

    /// Whether steps still follow.
    pub fn is_running(&self) -> bool {
        matches!(self.standing, Standing::Running | Standing::Stopping)
    }
}

#[cfg(test)]
mod tests {
    use model::{ContactId, Permission, Refusal};

    use super::*;

    fn step(done: u32, next: Option<i64>) -> Result<BulkStep, Problem> {
        Ok(BulkStep { done, left: 1, next: next.map(ContactId) })
    }

    #[test]
    fn steps_follow_until_none_is_left() {
        let mut run = BulkRun::begin("x".into(), 2_000);
        assert!(run.note(step(999, Some(1_000))));
        assert_eq!((run.taken(), run.share()), (1_000, 0.5));
        assert!(!run.note(step(999, None)));
        assert_eq!((run.standing.clone(), run.sum.done, run.sum.left), (Standing::Done, 1_998, 2));
    }

    #[test]
    fn a_wish_to_stop_lets_the_step_on_its_way_end() {
        let mut run = BulkRun::begin("x".into(), 2_000);
        run.stop();
        assert!(run.is_running());
        assert!(!run.note(step(999, Some(1_000))));
        assert_eq!((run.standing.clone(), run.sum.done), (Standing::Stopped, 999));
        let mut last = BulkRun::begin("x".into(), 10);
        last.stop();
        assert!(!last.note(step(9, None)));
        assert_eq!(last.standing, Standing::Done);
    }

    #[test]
    fn what_was_done_before_a_refusal_stays_done() {
        let mut run = BulkRun::begin("x".into(), 2_000);
        run.note(step(999, Some(1_000)));
        let refused = Problem::Refused(Refusal::NotPermitted(Permission::ContactsEdit));
        assert!(!run.note(Err(refused.clone())));
        assert_eq!((run.standing.clone(), run.sum.done), (Standing::Broken(refused), 999));
    }
}
