//! What is leased and waits for a connection.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use super::letter::Load;

/// A short queue between the claim and the connections.
#[derive(Default)]
pub(super) struct Lot {
    inner: Mutex<Inner>,
    filled: Notify,
    drained: Notify,
}

#[derive(Default)]
struct Inner {
    loads: VecDeque<Load>,
    /// At how few the claim is asked for more.
    low: usize,
    carrying: usize,
    closed: bool,
}

impl Lot {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many more fit under `goal`; none while more than half of that waits.
    pub fn room(&self, goal: usize) -> usize {
        let mut inner = self.inner();
        inner.low = goal / 2;
        if inner.loads.len() <= inner.low { goal - inner.loads.len() } else { 0 }
    }

    /// Puts loads in; urgent ones go before what waits already.
    pub fn put(&self, loads: Vec<Load>, urgent: bool) {
        let mut inner = self.inner();
        if urgent {
            loads.into_iter().rev().for_each(|it| inner.loads.push_front(it));
        } else {
            inner.loads.extend(loads);
        }
        drop(inner);
        self.filled.notify_waiters();
    }

    /// The next load; waits for one, and gives nothing once the lot is closed.
    pub async fn take(&self) -> Option<Load> {
        loop {
            let filled = self.filled.notified();
            tokio::pin!(filled);
            filled.as_mut().enable();
            {
                let mut inner = self.inner();
                if inner.closed {
                    return None;
                }
                if let Some(load) = self.pop(&mut inner) {
                    return Some(load);
                }
            }
            filled.await;
        }
    }

    /// Up to `n` more loads that are there.
    pub fn take_more(&self, n: usize) -> Vec<Load> {
        let mut inner = self.inner();
        (0..n).map_while(|_| self.pop(&mut inner)).collect()
    }

    fn pop(&self, inner: &mut Inner) -> Option<Load> {
        let load = inner.loads.pop_front()?;
        inner.carrying += 1;
        if inner.loads.len() == inner.low {
            self.drained.notify_one();
        }
        Some(load)
    }

    /// Notes that so many that were taken are done.
    pub fn done(&self, n: usize) {
        let mut inner = self.inner();
        inner.carrying -= n;
        if inner.carrying == 0 && inner.loads.is_empty() {
            self.drained.notify_one();
        }
    }

    /// Whether nothing waits and nothing is carried.
    pub fn is_idle(&self) -> bool {
        let inner = self.inner();
        inner.loads.is_empty() && inner.carrying == 0
    }

    /// Comes back when there may be room again, or nothing left.
    pub async fn drained(&self) {
        self.drained.notified().await;
    }

    /// Comes back when nothing is given out any more.
    pub async fn closed(&self) {
        loop {
            let filled = self.filled.notified();
            tokio::pin!(filled);
            filled.as_mut().enable();
            if self.inner().closed {
                return;
            }
            filled.await;
        }
    }

    /// Gives out nothing more.
    pub fn close(&self) {
        self.inner().closed = true;
        self.filled.notify_waiters();
        self.drained.notify_one();
    }

    /// What nobody took.
    pub fn left_over(&self) -> Vec<Load> {
        self.inner().loads.drain(..).collect()
    }
}
