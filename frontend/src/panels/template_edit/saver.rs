//! Saves the template, keeps a copy of what is not saved yet in the browser, and overwrites nobody.

use app::Problem;
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{Refusal, Template, TemplateId};

use super::asks;
use super::check::Check;
use super::desk::Desk;
use crate::browser::{focus, storage, tab_storage, timer};
use crate::i18n::{I18n, t_string, use_i18n};
use crate::session::Session;
use crate::state::files::Files;
use crate::state::template_edit::{TemplateCopy, TemplateKey, TemplateSaving};
use crate::toast::Toasts;

/// How often what is not saved is copied into the browser, in milliseconds.
const COPY_MS: u32 = 2_000;

/// Saves one template.
#[derive(Clone, Copy)]
pub(super) struct Saver {
    desk: Desk,
    check: Check,
    saving: RwSignal<TemplateSaving>,
    busy: RwSignal<bool>,
    i18n: I18n,
    session: Session,
    toasts: Toasts,
    on_made: Callback<(TemplateId,)>,
}

impl Saver {
    /// Saves what lies on the desk over what the server has; `on_made` is called when a new template is there.
    pub fn new(desk: Desk, check: Check, laid: Option<&Template>, on_made: Callback<(TemplateId,)>) -> Self {
        let key = laid.map(|it| TemplateKey { id: it.id, revision: it.revision });
        let known = laid.map_or_else(|| untrack(|| desk.draft()), |it| it.draft.clone());
        let saver = Self {
            desk,
            check,
            saving: RwSignal::new(TemplateSaving { key, known, is_stale: false }),
            busy: RwSignal::new(false),
            i18n: use_i18n(),
            session: Session::find(),
            toasts: Toasts::find(),
            on_made,
        };
        timer::every(COPY_MS, move || saver.copy());
        tab_storage::on_hide(move || saver.copy());
        on_cleanup(move || saver.copy());
        saver
    }

    /// Whether a save is on its way.
    pub fn busy(self) -> Signal<bool> {
        self.busy.into()
    }

    /// The template on the server, subscribing to changes.
    pub fn id(self) -> Option<TemplateId> {
        self.saving.with(|it| it.key.map(|it| it.id))
    }

    /// Whether the server has no such template yet, subscribing to changes.
    pub fn is_new(self) -> bool {
        self.id().is_none()
    }

    /// Whether somebody else saved meanwhile, subscribing to changes.
    pub fn is_stale(self) -> bool {
        self.saving.with(|it| it.is_stale)
    }

    /// Whether something is not saved, subscribing to changes.
    pub fn is_open(self) -> bool {
        let draft = self.desk.draft();
        self.saving.with(|it| it.key.is_none() || it.is_open(&draft))
    }

    /// Whether a file is still on its way up, subscribing to changes.
    pub fn is_rising(self) -> bool {
        self.desk.files.with(Files::is_rising)
    }

    /// Notes which revision the server has now.
    pub fn overtaken(self, newest: i64) {
        // The news of one's own save may come before its answer.
        if self.busy.try_get_untracked() == Some(false) {
            self.saving.try_update(|it| it.overtaken(newest));
        }
    }

    /// Saves, unless something is wrong: then the places are shown.
    pub fn save(self) {
        if self.busy.get_untracked() || self.desk.files.with_untracked(Files::is_rising) {
            return;
        }
        self.desk.settle();
        let draft = untrack(|| self.desk.draft());
        self.check.draft.set(draft.clone());
        if self.check.faults.with_untracked(|it| !it.is_empty()) {
            self.refused();
            return;
        }
        let key = self.saving.with_untracked(|it| it.key);
        self.desk.form.clear_all();
        self.busy.set(true);
        spawn_local(async move {
            let came = asks::save(key, draft.clone()).await;
            let _ = self.busy.try_set(false);
            let was_new = key.is_none();
            self.saving.try_update(|it| it.end(draft, &came));
            match came {
                Ok(key) => {
                    self.forget(was_new);
                    self.toasts.done(untrack(|| t_string!(self.i18n, template_edit.save_done)));
                    if was_new {
                        let _ = self.on_made.try_run((key.id,));
                    }
                }
                Err(Problem::Refused(Refusal::SignedOut)) => {
                    self.copy();
                    self.session.end();
                }
                Err(Problem::Refused(Refusal::Stale(_))) => {}
                Err(problem) => self.desk.form.refuse(problem),
            }
        });
    }

    /// Saves over whatever the server has by now; the version there stays among the versions.
    pub fn insist(self) {
        let Some(id) = self.saving.with_untracked(|it| it.key.map(|it| it.id)) else { return };
        let desk = self;
        crate::calls::act(self.busy, asks::open(id), move |theirs| {
            desk.saving.update(|it| it.insist(theirs.revision));
            desk.save();
        });
    }

    /// Takes what the server has in place of what is on the screen.
    pub fn take(self, theirs: &Template) {
        self.desk.lay(theirs);
        self.saving.set(TemplateSaving {
            key: Some(TemplateKey { id: theirs.id, revision: theirs.revision }),
            known: theirs.draft.clone(),
            is_stale: false,
        });
        self.forget(false);
    }

    /// Goes back to what the server has, as far as the screen knows.
    pub fn take_back(self) {
        let Some(id) = self.saving.with_untracked(|it| it.key.map(|it| it.id)) else { return };
        crate::calls::act(self.busy, asks::open(id), move |theirs| self.take(&theirs));
    }

    /// Forgets the copy in the browser; of a template that was new the copy stands under another name.
    pub fn forget(self, was_new: bool) {
        let id = if was_new { None } else { self.saving.with_untracked(|it| it.key.map(|it| it.id)) };
        storage::remove(&TemplateCopy::name(id));
    }

    /// The copy that the browser keeps of what was not saved the last time, if it says something else than the screen.
    pub fn kept(self) -> Option<TemplateCopy> {
        let (user, key) = (untrack(|| self.session.me())?.id, self.saving.with_untracked(|it| it.key));
        let id = key.map(|it| it.id);
        let text = storage::get(&TemplateCopy::name(id))?;
        let copy: TemplateCopy = serde_json::from_slice(text.as_bytes()).ok()?;
        copy.fits(user, id, &untrack(|| self.desk.draft())).then_some(copy)
    }

    /// Goes on with a kept copy, from the revision it was typed over, so that a newer one is noticed.
    pub fn go_on(self, copy: &TemplateCopy) {
        self.desk.lay_draft(&copy.draft, &copy.files);
        self.saving.update(|it| {
            let newest = it.key.map(|it| it.revision);
            it.key = copy.key.or(it.key);
            if let Some(newest) = newest {
                it.overtaken(newest);
            }
        });
    }

    fn refused(self) {
        self.toasts.warn(untrack(|| t_string!(self.i18n, template_edit.save_wrong)));
        timer::after(0, || {
            focus::set_by_id("template-problems");
        });
    }

    /// Keeps what is not saved in the browser.
    fn copy(self) {
        let Some(user) = untrack(|| self.session.me()).map(|it| it.id) else { return };
        let Some(draft) = self.saving.try_get_untracked().and_then(|it| {
            let draft = untrack(|| self.desk.draft());
            it.is_open(&draft).then_some(draft)
        }) else {
            return;
        };
        let key = self.saving.with_untracked(|it| it.key);
        let files = self.desk.files.with_untracked(Files::stored);
        let name = TemplateCopy::name(key.map(|it| it.id));
        let copy = TemplateCopy { user, key, draft, files, at: timer::now() };
        if let Ok(text) = serde_json::to_string(&copy) {
            storage::set(&name, &text);
        }
    }
}
