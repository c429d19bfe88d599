//! How many may leave within any span of time of a fixed length.

use std::collections::VecDeque;

use model::Moment;

/// A limit over a sliding span. Something that left at `t` counts until `t + span`, that moment excluded.
#[derive(Clone, Debug)]
pub(super) struct Window {
    span: i64,
    limit: usize,
    times: VecDeque<Moment>,
}

impl Window {
    /// A limit over `span` milliseconds, with what left before, earliest first.
    pub fn new(span: i64, limit: u32, left: impl IntoIterator<Item = Moment>) -> Self {
        Self { span, limit: limit as usize, times: left.into_iter().collect() }
    }

    /// How many more may leave now, while `pending` others are about to.
    pub fn free(&mut self, now: Moment, pending: u32) -> u32 {
        while self.times.front().is_some_and(|it| it.plus(self.span) <= now) {
            self.times.pop_front();
        }
        self.limit.saturating_sub(self.times.len() + pending as usize) as u32
    }

    /// Notes that one leaves. Times never go back: a clock that does makes the limit stricter, not looser.
    pub fn note(&mut self, at: Moment) {
        let at = self.times.back().map_or(at, |it| at.max(*it));
        self.times.push_back(at);
    }

    /// When one more may leave, at `now` or later, if those pending leave at `now`.
    pub fn free_at(&self, now: Moment, pending: u32) -> Moment {
        let live = self.times.len() - self.times.partition_point(|it| it.plus(self.span) <= now);
        let taken = live + pending as usize;
        if taken < self.limit {
            return now;
        }
        let blocking = self.times.len() - live + taken - self.limit;
        self.times.get(blocking).map_or(now.plus(self.span), |it| it.plus(self.span))
    }
}
