//! Keeps what is typed: on the server a moment after the typing rests, in the tab of the browser when the server cannot.

use std::cell::RefCell;
use std::rc::Rc;

use app::Problem;
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{Attachment, DraftKey, MessageDraft, MessageId, Refusal};
use send_wrapper::SendWrapper;

use crate::browser::tab_storage;
use crate::browser::timer::Pause;
use crate::session::Session;
use crate::state::kept_copy::KeptCopy;
use crate::state::saving::{Kept, Saving};

/// How long typing must rest before it is kept, in milliseconds.
const REST_MS: u32 = 1_500;
/// The name of the copy in the tab.
const COPY: &str = "draft";

/// Keeps one draft. It outlives the page, so that what was typed last is kept even when the page is gone.
#[derive(Clone)]
pub(super) struct Keeper {
    inner: SendWrapper<Rc<RefCell<Inner>>>,
    shown: RwSignal<Kept>,
    session: Session,
    pause: Pause,
    /// Called when the draft is made on the server.
    on_made: Callback<(MessageId,)>,
}

struct Inner {
    saving: Saving,
    begun_at: String,
    newest: MessageDraft,
    files: Vec<Attachment>,
    /// What the server has, as far as the screen knows.
    known: MessageDraft,
    /// What is on its way to the server.
    on_way: Option<MessageDraft>,
    /// Nothing is saved while the message is being sent, or after it was.
    held: bool,
    /// What waits until no save is on its way.
    next: Option<Box<dyn FnOnce()>>,
}

impl Keeper {
    /// A keeper of a draft that the server has, or of a new one.
    pub fn new(begun_at: String, known: MessageDraft, key: Option<DraftKey>, on_made: Callback<(MessageId,)>) -> Self {
        let saving = key.map_or_else(Saving::default, Saving::of);
        let shown = RwSignal::new(saving.status());
        let newest = known.clone();
        let inner = Inner { saving, begun_at, newest, files: Vec::new(), known, on_way: None, held: false, next: None };
        Self {
            inner: SendWrapper::new(Rc::new(RefCell::new(inner))),
            shown,
            session: Session::find(),
            pause: Pause::new(REST_MS),
            on_made,
        }
    }

    /// How it stands, for the screen.
    pub fn status(&self) -> Signal<Kept> {
        self.shown.into()
    }

    /// The draft on the server, if there is one.
    pub fn key(&self) -> Option<DraftKey> {
        self.inner.borrow().saving.key()
    }

    /// Takes in what is on the screen now; it is kept when the typing rests.
    pub fn note(&self, draft: MessageDraft, files: Vec<Attachment>) {
        {
            let mut inner = self.inner.borrow_mut();
            inner.files = files;
            if inner.newest == draft {
                return;
            }
            inner.newest = draft;
            if inner.newest == inner.known && !inner.saving.is_open() {
                return;
            }
            inner.saving.edit();
        }
        self.show();
        let own = self.clone();
        self.pause.then(move || own.save());
    }

    /// Begins anew with what the server has.
    pub fn reset(&self, known: MessageDraft, key: DraftKey) {
        {
            let mut inner = self.inner.borrow_mut();
            inner.saving = Saving::of(key);
            inner.newest = known.clone();
            inner.known = known;
        }
        tab_storage::remove(COPY);
        self.show();
    }

    /// Keeps the screen's text over that revision, or as a new draft.
    pub fn insist(&self, key: Option<DraftKey>) {
        self.inner.borrow_mut().saving.insist(key);
        self.save();
    }

    /// Saves at once what is not kept yet.
    pub fn save(&self) {
        let (key, draft) = {
            let mut inner = self.inner.borrow_mut();
            let is_nothing = inner.saving.key().is_none() && inner.newest.is_empty();
            if inner.held || is_nothing || !inner.saving.begin() {
                return;
            }
            inner.on_way = Some(inner.newest.clone());
            (inner.saving.key(), inner.newest.clone())
        };
        self.show();
        let own = self.clone();
        spawn_local(async move {
            let came = app::messages::save_draft(key, draft.clone()).await;
            own.end(key.is_none(), draft, came);
        });
    }

    /// Does something when no save is on its way, and saves nothing from then on until [`Keeper::release`].
    pub fn hold(&self, act: impl FnOnce() + 'static) {
        self.pause.forget();
        let on_way = {
            let mut inner = self.inner.borrow_mut();
            inner.held = true;
            inner.saving.is_on_way()
        };
        if on_way {
            self.inner.borrow_mut().next = Some(Box::new(act));
        } else {
            act();
        }
    }

    /// Saves again as before.
    pub fn release(&self) {
        self.inner.borrow_mut().held = false;
        self.save();
    }

    /// Forgets the copy in the tab, because the message is sent or gone.
    pub fn forget(&self) {
        tab_storage::remove(COPY);
    }

    /// Puts what is not kept yet into the tab.
    pub fn copy(&self) {
        let inner = self.inner.borrow();
        if inner.held || !inner.saving.is_open() {
            return;
        }
        let copy = KeptCopy {
            begun_at: inner.begun_at.clone(),
            key: inner.saving.key(),
            draft: inner.newest.clone(),
            on_way: inner.on_way.clone(),
            files: inner.files.clone(),
        };
        if let Ok(text) = serde_json::to_string(&copy) {
            tab_storage::set(COPY, &text);
        }
    }

    fn end(&self, was_new: bool, draft: MessageDraft, came: Result<DraftKey, Problem>) {
        let ended = matches!(came, Err(Problem::Refused(Refusal::SignedOut)));
        let made = came.as_ref().ok().filter(|_| was_new).map(|it| it.id);
        let kept = came.is_ok();
        let (again, next) = {
            let mut inner = self.inner.borrow_mut();
            inner.on_way = None;
            if kept {
                inner.known = draft;
            }
            (inner.saving.end(came), inner.next.take())
        };
        self.show();
        if kept {
            tab_storage::remove(COPY);
        } else {
            self.copy();
        }
        if let Some(id) = made {
            let _ = self.on_made.try_run((id,));
        }
        if ended {
            self.session.end();
        }
        match next {
            Some(next) => next(),
            None if again => self.save(),
            None => {}
        }
    }

    fn show(&self) {
        let status = self.inner.borrow().saving.status();
        let _ = self.shown.try_update(|it| *it = status);
    }
}

/// The copy that the tab keeps, if there is one.
pub(super) fn kept_copy() -> Option<KeptCopy> {
    serde_json::from_slice(tab_storage::get(COPY)?.as_bytes()).ok()
}
