//! Walks through messages: looking what has had its time, putting it into the bin, emptying the bin.

use serde::{Deserialize, Serialize};

use super::{RetentionKind, SAMPLE_ROWS};
use crate::{LocalTime, MessageId, Moment};

/// What is done with what has had its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RetentionMode {
    /// It is only counted.
    Look,
    /// It goes into the bin.
    Apply,
    /// What lies in the bin loses its content at once.
    Empty,
}

/// How far a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RetentionState {
    /// It goes on.
    Running,
    /// Somebody stopped it.
    Stopped,
    /// It came to its end.
    Ended,
}

/// How many messages of a kind and a year have had their time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetentionCount {
    /// Of which kind.
    pub kind: RetentionKind,
    /// The year in which they were made.
    pub year: i64,
    /// How many.
    pub messages: u64,
}

/// What a run found so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RetentionFound {
    /// What has had its time, the oldest year first.
    pub due: Vec<RetentionCount>,
    /// How many are older than the shortest period and kept as proof.
    pub protected: u64,
    /// How many are older than the shortest period and still wait, move or belong to a campaign that goes on.
    pub open: u64,
    /// How many comments stand on those that have had their time, and go with their texts.
    pub comments: u64,
    /// The first few of those that have had their time.
    pub sample: Vec<MessageId>,
}

/// One walk through the messages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RetentionRun {
    /// What it does.
    pub mode: RetentionMode,
    /// How far it is.
    pub state: RetentionState,
    /// How many messages it has walked through.
    pub done: u64,
    /// How many there are to walk through, as counted at the beginning.
    pub of: u64,
    /// What it found.
    pub found: RetentionFound,
    /// Who began it; the system has no name.
    pub by: String,
    /// When it began.
    pub began_at: Moment,
    /// When it ended or was stopped.
    pub ended_at: Option<Moment>,
}

impl RetentionFound {
    /// Counts a message that has had its time.
    pub fn add(&mut self, kind: RetentionKind, created_at: Moment, id: MessageId) {
        let year = LocalTime::of(created_at).day.parts().0;
        match self.due.iter_mut().find(|it| it.kind == kind && it.year == year) {
            Some(known) => known.messages += 1,
            None => {
                self.due.push(RetentionCount { kind, year, messages: 1 });
                self.due.sort_unstable_by_key(|it| (it.year, it.kind));
            }
        }
        if self.sample.len() < SAMPLE_ROWS {
            self.sample.push(id);
        }
    }

    /// How many have had their time.
    pub fn messages(&self) -> u64 {
        self.due.iter().map(|it| it.messages).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_found_is_counted_by_year_and_kind() {
        let mut found = RetentionFound::default();
        for (kind, day) in
            [(RetentionKind::Test, "2025-03-01"), (RetentionKind::SingleMail, "2024-12-31"), (RetentionKind::Test, "2025-07-01")]
        {
            found.add(kind, LocalTime { day: day.parse().unwrap(), minute: 600 }.moment(), MessageId(1));
        }
        let counts: Vec<_> = found.due.iter().map(|it| (it.year, it.kind, it.messages)).collect();
        assert_eq!(counts, [(2024, RetentionKind::SingleMail, 1), (2025, RetentionKind::Test, 2)]);
        assert_eq!((found.messages(), found.sample.len()), (3, 3));
    }
}
