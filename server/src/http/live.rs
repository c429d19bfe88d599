//! News for open screens: server-sent events that say what changed, so that a screen asks again.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::response::Sse;
use axum::response::sse::Event;
use engine::Ctx;
use futures::Stream;
use model::{Change, Pulse, Trouble};
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::sync::{broadcast, watch};
use tokio::time::{Interval, MissedTickBehavior, interval, sleep};

use super::Shared;
use super::session::SignedIn;

/// How often the session is looked at again; it is also what keeps proxies from closing a silent line.
const LOOK: Duration = Duration::from_secs(20);

/// Changes that come within this time are told once: a running campaign changes hundreds of things a second.
const GATHER: Duration = Duration::from_millis(250);

/// Opens a line; it ends with the session or with the server.
pub async fn live(State(shared): State<Shared>, SignedIn(ctx): SignedIn) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let mut look = interval(LOOK);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let (changes, trouble) = (ctx.engine.changes(), ctx.engine.trouble());
    let line = Line { changes, ctx, stop: shared.stop, look, ready: VecDeque::new(), told: None, trouble };
    Sse::new(futures::stream::unfold(line, Line::next))
}

struct Line {
    ctx: Ctx,
    changes: broadcast::Receiver<Change>,
    stop: watch::Receiver<bool>,
    look: Interval,
    ready: VecDeque<Event>,
    /// What was told last.
    told: Option<Pulse>,
    trouble: watch::Receiver<Option<Trouble>>,
}

impl Line {
    async fn next(mut self) -> Option<(Result<Event, Infallible>, Self)> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some((Ok(event), self));
            }
            let told = tokio::select! {
                _ = self.stop.wait_for(|it| *it) => return None,
                _ = self.look.tick() => None,
                Ok(()) = self.trouble.changed() => None,
                change = self.changes.recv() => Some(change),
            };
            let changed = match told {
                None => Vec::new(),
                Some(Ok(change)) => self.gather(vec![change]).await,
                Some(Err(RecvError::Lagged(_))) => self.gather(Change::ALL.to_vec()).await,
                Some(Err(RecvError::Closed)) => return None,
            };
            if !self.session_lives().await {
                return None;
            }
            self.tell(&changed);
        }
    }

    /// To listen is not to use the session, so it is asked for without being prolonged.
    async fn session_lives(&self) -> bool {
        let sessions = engine::profile::sessions(&self.ctx).await;
        sessions.is_ok_and(|it| it.iter().any(|session| session.current))
    }

    /// Waits a moment and takes in what else changed.
    async fn gather(&mut self, mut changed: Vec<Change>) -> Vec<Change> {
        sleep(GATHER).await;
        loop {
            match self.changes.try_recv() {
                Ok(change) if changed.contains(&change) => {}
                Ok(change) => changed.push(change),
                Err(TryRecvError::Lagged(_)) => changed = Change::ALL.to_vec(),
                Err(TryRecvError::Empty | TryRecvError::Closed) => return changed,
            }
        }
    }

    /// Tells what changed, and how much waits and whether the disk is full, if that is otherwise than before.
    fn tell(&mut self, changed: &[Change]) {
        let events = changed.iter().filter_map(|it| Event::default().event("change").json_data(it).ok());
        self.ready.extend(events);
        let pulse = Pulse { waiting: self.ctx.engine.waiting(), trouble: *self.trouble.borrow() };
        if self.told.replace(pulse) != Some(pulse) {
            self.ready.extend(Event::default().event("pulse").json_data(pulse).ok());
        }
        if self.ready.is_empty() {
            self.ready.push_back(Event::default().comment("still here"));
        }
    }
}
