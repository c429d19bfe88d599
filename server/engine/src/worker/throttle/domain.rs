//! What one domain of recipients takes.

use model::time::hours;
use model::{Lane, Moment, SendingWindow};

use super::window::Window;

/// A domain with its limit. Those over it stand in a line, each with a slot of its own.
#[derive(Clone, Debug)]
pub(super) struct Domain {
    window: Window,
    pending: u32,
    gap: i64,
    next_slot: Moment,
}

impl Domain {
    /// A domain that takes so many an hour; slots before `next_slot` are given out.
    pub fn new(per_hour: u32, next_slot: Moment, left: impl IntoIterator<Item = Moment>) -> Self {
        // Slots lie a little further apart than the limit asks, so that those who come late do not push others over it.
        let gap = hours(1) * 101 / 100 / i64::from(per_hour.max(1)) + 1;
        Self { window: Window::new(hours(1), per_hour, left), pending: 0, gap, next_slot }
    }

    /// Lets one through, or says when its turn comes. Who has a slot comes before who has none; a single message does not wait while the
    /// limit lets it.
    pub fn admit(&mut self, lane: Lane, has_slot: bool, open: SendingWindow, now: Moment) -> Result<(), Moment> {
        let free = 0 < self.window.free(now, self.pending);
        if has_slot && !free {
            return Err(self.window.free_at(now, self.pending).max(now.plus(1)));
        }
        let in_line = lane == Lane::Campaign && !has_slot;
        if free && (!in_line || self.next_slot <= now) {
            if in_line {
                self.next_slot = now.plus(self.gap);
            }
            self.pending += 1;
            return Ok(());
        }
        let mut slot = self.next_slot.max(self.window.free_at(now, self.pending)).max(now.plus(1));
        if lane == Lane::Campaign {
            slot = open.next_open(slot);
        }
        self.next_slot = slot.plus(self.gap);
        Err(slot)
    }

    /// Before when every slot is given out.
    pub fn next_slot(&self) -> Moment {
        self.next_slot
    }

    /// Gives slots out anew from `next` on; the limit is kept whatever they are.
    pub fn wind_back(&mut self, next: Moment) {
        self.next_slot = self.next_slot.min(next);
    }

    /// Notes that one that was let through leaves.
    pub fn handed(&mut self, at: Moment) {
        self.pending = self.pending.saturating_sub(1);
        self.window.note(at);
    }

    /// Notes that one that was let through does not leave.
    pub fn released(&mut self) {
        self.pending = self.pending.saturating_sub(1);
    }
}
