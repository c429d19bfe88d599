//! Asking the server: answers that stay on screen while they are asked for again, lists that grow, acts that may be refused.

use std::future::Future;

use app::Problem;
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{Cursor, Page, Refusal};

use crate::parts::Pages;
use crate::session::Session;
use crate::state::rows::Rows;
use crate::toast::Toasts;

/// An answer of the server that is asked for again whenever what it depends on changes. The former one stays meanwhile.
pub struct Answer<T: Send + Sync + 'static> {
    value: RwSignal<Option<T>>,
    problem: RwSignal<Option<Problem>>,
    pending: RwSignal<bool>,
    again: RwSignal<u32>,
}

impl<T: Send + Sync + 'static> Clone for Answer<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Answer<T> {}

impl<T: Clone + Send + Sync + 'static> Answer<T> {
    /// The newest answer, subscribing to changes.
    pub fn get(self) -> Option<T> {
        self.value.get()
    }

    /// The newest answer at this moment.
    pub fn now(self) -> Option<T> {
        self.value.get_untracked()
    }

    /// Reads the newest answer in place, subscribing to changes.
    pub fn with<R>(self, read: impl FnOnce(Option<&T>) -> R) -> R {
        self.value.with(|it| read(it.as_ref()))
    }

    /// The signal that holds the newest answer, for changes made on screen before the server knows.
    pub fn value(self) -> RwSignal<Option<T>> {
        self.value
    }

    /// The problem with the last asking, subscribing to changes.
    pub fn problem(self) -> Option<Problem> {
        self.problem.get()
    }

    /// Whether it is being asked for, subscribing to changes.
    pub fn is_pending(self) -> bool {
        self.pending.get()
    }

    /// Asks again.
    pub fn ask_again(self) {
        self.again.update(|it| *it += 1);
    }
}

/// Asks the server for what the key says, and again whenever the key changes; a late answer to an earlier key is dropped. When the
/// session has ended the sign-in page follows.
pub fn ask<K, T, F>(key: impl Fn() -> K + Send + Sync + 'static, call: impl Fn(K) -> F + Send + Sync + 'static) -> Answer<T>
where
    K: Clone + PartialEq + Send + Sync + 'static,
    T: Clone + Send + Sync + 'static,
    F: Future<Output = Result<T, Problem>> + 'static,
{
    let answer = Answer {
        value: RwSignal::new(None),
        problem: RwSignal::new(None),
        pending: RwSignal::new(true),
        again: RwSignal::new(0),
    };
    let session = Session::find();
    let turn = StoredValue::new(0_u32);
    let key = Memo::new(move |_| key());
    Effect::new(move |_| {
        answer.again.track();
        let asked = call(key.get());
        let own = turn.get_value() + 1;
        turn.set_value(own);
        answer.pending.set(true);
        spawn_local(async move {
            let came = asked.await;
            if turn.try_get_value() != Some(own) {
                return;
            }
            answer.pending.set(false);
            match came {
                Ok(value) => {
                    answer.problem.set(None);
                    answer.value.set(Some(value));
                }
                Err(Problem::Refused(Refusal::SignedOut)) => session.end(),
                Err(problem) => answer.problem.set(Some(problem)),
            }
        });
    });
    answer
}

/// A list that comes page by page.
pub struct Listing<T: Send + Sync + 'static> {
    rows: RwSignal<Rows<T>>,
    problem: RwSignal<Option<Problem>>,
    pending: RwSignal<bool>,
    wanted: RwSignal<Option<Cursor>>,
    again: RwSignal<u32>,
}

impl<T: Send + Sync + 'static> Clone for Listing<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Listing<T> {}

impl<T: Clone + Send + Sync + 'static> From<Listing<T>> for Pages {
    fn from(listing: Listing<T>) -> Self {
        Self {
            ids: Signal::derive(move || listing.ids()),
            is_first: Signal::derive(move || listing.is_first()),
            pending: Signal::derive(move || listing.is_pending()),
            has_more: Signal::derive(move || listing.has_more()),
            on_more: Some(Callback::new(move |()| listing.more())),
        }
    }
}

impl<T: Clone + Send + Sync + 'static> Listing<T> {
    /// The rows that have come.
    pub fn rows(self) -> RwSignal<Rows<T>> {
        self.rows
    }

    /// The ids of the rows that have come, in their order, subscribing to changes.
    pub fn ids(self) -> Vec<i64> {
        self.rows.with(Rows::ids)
    }

    /// The row of that id, subscribing to changes.
    pub fn row(self, id: i64) -> Option<T> {
        self.rows.with(|it| it.by_id(id).cloned())
    }

    /// The problem with the last asking, subscribing to changes.
    pub fn problem(self) -> Option<Problem> {
        self.problem.get()
    }

    /// Whether rows are being asked for, subscribing to changes.
    pub fn is_pending(self) -> bool {
        self.pending.get()
    }

    /// Whether nothing came at all for the present key, subscribing to changes.
    pub fn is_first(self) -> bool {
        self.rows.with(Rows::is_new)
    }

    /// Whether no row has come, subscribing to changes.
    pub fn is_bare(self) -> bool {
        self.rows.with(|it| it.all().is_empty())
    }

    /// Whether there is no row at all, subscribing to changes. A page without rows may still say where to go on.
    pub fn is_nothing(self) -> bool {
        self.is_bare() && !self.is_first() && !self.is_pending() && !self.has_more()
    }

    /// Whether there are more rows to come, subscribing to changes.
    pub fn has_more(self) -> bool {
        self.rows.with(|it| it.next().is_some())
    }

    /// Asks for the next page, unless one is on its way.
    pub fn more(self) {
        if !self.pending.get_untracked() {
            let next = self.rows.with_untracked(|it| it.next().cloned());
            if next.is_some() {
                self.wanted.set(next);
            }
        }
    }

    /// Asks for the first page again and keeps what is below it.
    pub fn ask_again(self) {
        self.again.update(|it| *it += 1);
    }
}

/// Lists what the key says page by page, begins anew when the key changes, and asks again for the first page when `version` does.
pub fn list<K, T, F>(
    key: impl Fn() -> K + Send + Sync + 'static,
    version: impl Fn() -> u32 + Send + Sync + 'static,
    id: fn(&T) -> i64,
    call: impl Fn(K, Option<Cursor>) -> F + Send + Sync + 'static,
) -> Listing<T>
where
    K: Clone + PartialEq + Send + Sync + 'static,
    T: Clone + Send + Sync + 'static,
    F: Future<Output = Result<Page<T>, Problem>> + 'static,
{
    let listing = Listing {
        rows: RwSignal::new(Rows::new(id)),
        problem: RwSignal::new(None),
        pending: RwSignal::new(true),
        wanted: RwSignal::new(None),
        again: RwSignal::new(0),
    };
    let session = Session::find();
    let turn = StoredValue::new(0_u32);
    let key = Memo::new(move |_| key());
    let version = Memo::new(move |_| version());
    let seen = StoredValue::new(None::<(K, u32, u32)>);
    Effect::new(move |_| {
        let now = (key.get(), version.get(), listing.again.get());
        let wanted = listing.wanted.get();
        let kind = seen.with_value(|before| match before {
            Some(before) if before.0 != now.0 => Asking::Anew,
            Some(before) if *before != now => Asking::Refresh,
            Some(_) => Asking::More,
            None => Asking::Anew,
        });
        seen.set_value(Some(now.clone()));
        let after = if kind == Asking::More { wanted } else { None };
        let own = turn.get_value() + 1;
        turn.set_value(own);
        listing.pending.set(true);
        let asked = call(now.0, after);
        spawn_local(async move {
            let came = asked.await;
            if turn.try_get_value() != Some(own) {
                return;
            }
            listing.pending.set(false);
            match came {
                Ok(page) => {
                    listing.problem.set(None);
                    listing.rows.update(|rows| match kind {
                        Asking::Anew => rows.replace(page),
                        Asking::Refresh => rows.refresh(page),
                        Asking::More => rows.append(page),
                    });
                }
                Err(Problem::Refused(Refusal::SignedOut)) => session.end(),
                Err(problem) => listing.problem.set(Some(problem)),
            }
        });
    });
    listing
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Asking {
    Anew,
    Refresh,
    More,
}

/// Does something on the server that a button asks for; `busy` is set meanwhile. A problem is shown as a notice.
pub fn act<T: 'static>(
    busy: RwSignal<bool>,
    call: impl Future<Output = Result<T, Problem>> + 'static,
    done: impl FnOnce(T) + 'static,
) {
    let (session, toasts) = (Session::find(), Toasts::find());
    busy.set(true);
    spawn_local(async move {
        let came = call.await;
        let _ = busy.try_set(false);
        match came {
            Ok(value) => done(value),
            Err(Problem::Refused(Refusal::SignedOut)) => session.end(),
            Err(problem) => toasts.problem(&problem),
        }
    });
}
