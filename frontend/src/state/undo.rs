//! Messages whose sending can still be undone, and how long.

use model::message::UNDO_MS;
use model::{MessageId, Moment, Released};

/// What was let go and can be taken back. Keeps its own count of time: the clocks of server and machine may differ.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Undoable {
    list: Vec<Released>,
    /// How many milliseconds the server's clock is ahead of the machine's.
    ahead_ms: i64,
}

impl Undoable {
    /// Nothing yet; the difference of the clocks was seen at an earlier sending.
    pub fn new(ahead_ms: i64) -> Self {
        Self { list: Vec::new(), ahead_ms }
    }

    /// Takes in what was let go this very moment, and learns from it how the clocks differ.
    pub fn release(&mut self, released: &[Released], now: Moment) {
        if let Some(first) = released.first() {
            self.ahead_ms = first.undo_until.since(now.plus(UNDO_MS));
        }
        self.take(released);
    }

    /// Takes in what the server says can be undone. Of a message to nobody who may be written to nothing is on its way.
    pub fn take(&mut self, released: &[Released]) {
        for it in released.iter().filter(|it| it.suppressed < it.recipients) {
            self.forget(it.id);
            self.list.push(it.clone());
        }
    }

    /// Forgets one that was undone or is gone.
    pub fn forget(&mut self, id: MessageId) {
        self.list.retain(|it| it.id != id);
    }

    /// The newest one that can still be undone, and the milliseconds left for it, at most [`UNDO_MS`].
    pub fn newest(&self, now: Moment) -> Option<(&Released, i64)> {
        let left = |it: &Released| it.undo_until.since(now.plus(self.ahead_ms)).min(UNDO_MS);
        self.list.iter().map(|it| (it, left(it))).filter(|it| 0 < it.1).max_by_key(|it| it.1)
    }

    /// Forgets what can no longer be undone.
    pub fn expire(&mut self, now: Moment) {
        let server_now = now.plus(self.ahead_ms);
        self.list.retain(|it| server_now < it.undo_until);
    }

    /// Whether nothing can be undone.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many milliseconds the server's clock is ahead of the machine's.
    pub fn ahead_ms(&self) -> i64 {
        self.ahead_ms
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn released(id: i64, undo_until: i64) -> Released {
        Released { id: MessageId(id), recipients: 1, suppressed: 0, undo_until: Moment(undo_until) }
    }

    #[test]
    fn the_time_left_does_not_depend_on_the_clocks_agreeing() {
        let mut undoable = Undoable::default();
        let now = Moment(1_000_000);
        undoable.release(&[released(1, 7_000_000 + UNDO_MS)], now);
        assert_eq!(undoable.newest(now).map(|it| it.1), Some(UNDO_MS));
        assert_eq!(undoable.newest(now.plus(4_000)).map(|it| it.1), Some(UNDO_MS - 4_000));
        assert_eq!(undoable.ahead_ms(), 6_000_000);
    }

    #[test]
    fn what_the_server_remembers_survives_a_reload() {
        let mut undoable = Undoable::new(6_000_000);
        undoable.take(&[released(1, 7_003_000)]);
        assert_eq!(undoable.newest(Moment(1_000_000)).map(|it| it.1), Some(3_000));
    }

    #[test]
    fn the_one_with_the_most_time_left_comes_first() {
        let mut undoable = Undoable::default();
        undoable.take(&[released(1, 5_000), released(2, 9_000)]);
        assert_eq!(undoable.newest(Moment(0)).map(|it| it.0.id), Some(MessageId(2)));
        undoable.forget(MessageId(2));
        assert_eq!(undoable.newest(Moment(0)).map(|it| it.0.id), Some(MessageId(1)));
    }

    #[test]
    fn what_is_too_late_is_forgotten() {
        let mut undoable = Undoable::default();
        undoable.take(&[released(1, 5_000)]);
        undoable.expire(Moment(5_000));
        assert!(undoable.is_empty());
    }

    #[test]
    fn a_message_to_nobody_who_may_be_written_to_cannot_be_undone() {
        let mut list = Undoable::default();
        list.take(&[Released { suppressed: 1, ..released(1, 10_000) }]);
        assert!(list.is_empty());
    }
}
