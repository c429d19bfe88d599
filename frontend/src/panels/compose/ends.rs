//! How writing ends: sent, made ready, or discarded.

use leptos::prelude::*;
use model::message::RECIPIENTS_MAX;
use model::{Change, Channel, ContactId, HomeCountry, MessageId, Permission, Refusal};

use super::desk::Desk;
use super::keeper::Keeper;
use super::uploads::Uploads;
use crate::i18n::messages::small;
use crate::i18n::{I18n, refusals, t_string, use_i18n};
use crate::live::Live;
use crate::panels::undo::UndoList;
use crate::session::Session;
use crate::state::files::Files;
use crate::state::phones::PhoneField;
use crate::state::recipients::{Reach, reach};
use crate::state::saving::{Kept, Trouble};
use crate::toast::Toasts;

/// Where one goes after writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// The message is on its way.
    Sent(Option<ContactId>),
    /// The message is ready and waits for release.
    Prepared(MessageId, Option<ContactId>),
    /// The draft is gone.
    Discarded(Option<ContactId>),
}

/// The ends of one desk.
#[derive(Clone, Copy)]
pub(super) struct Ends {
    desk: Desk,
    keeper: StoredValue<Keeper>,
    uploads: Uploads,
    session: Session,
    live: Live,
    undo: UndoList,
    toasts: Toasts,
    i18n: I18n,
    on_left: Callback<(Left,)>,
    /// Whether *Save only* runs; the form knows about *Send*.
    pub preparing: RwSignal<bool>,
}

impl Ends {
    /// The ends of a desk; `on_left` is called with the one that came.
    pub fn new(desk: Desk, keeper: StoredValue<Keeper>, uploads: Uploads, on_left: Callback<(Left,)>) -> Self {
        Self {
            desk,
            keeper,
            uploads,
            session: Session::find(),
            live: Live::find(),
            undo: UndoList::find(),
            toasts: Toasts::find(),
            i18n: use_i18n(),
            on_left,
            preparing: RwSignal::new(false),
        }
    }

    /// To how many people it goes, subscribing to changes.
    pub fn people(self) -> usize {
        self.reach().people
    }

    /// Why it cannot be completed yet, subscribing to changes. Missing words are told at their fields instead.
    pub fn obstacle(self) -> Option<String> {
        let i18n = self.i18n;
        let reach = self.reach();
        if 0 < reach.faulty {
            let n = small(reach.faulty as u64);
            return Some(t_string!(i18n, messages.why_faulty, count = n, n = n));
        }
        let words = if reach.people == 0 {
            t_string!(i18n, messages.why_nobody).to_owned()
        } else if RECIPIENTS_MAX < reach.people {
            t_string!(i18n, messages.why_crowd, n = RECIPIENTS_MAX)
        } else if self.desk.sms.is_on.get() && self.desk.sms.is_too_long() {
            t_string!(i18n, sms_write.why_long).to_owned()
        } else if self.desk.files.with(Files::is_rising) {
            t_string!(i18n, messages.why_rising).to_owned()
        } else if self.desk.files.with(|it| it.excess(self.uploads.max()).is_some()) {
            t_string!(i18n, messages.why_excess).to_owned()
        } else if self.desk.files.with(Files::has_refused) {
            t_string!(i18n, messages.why_refused).to_owned()
        } else if self.keeper.with_value(Keeper::status).with(|it| *it == Kept::Trouble(Trouble::Stale)) {
            t_string!(i18n, messages.why_stale).to_owned()
        } else {
            return None;
        };
        Some(words)
    }

    /// Why it cannot be sent, subscribing to changes.
    pub fn send_obstacle(self) -> Option<String> {
        if self.session.can(Permission::MessageSend) {
            return self.obstacle();
        }
        Some(refusals::refusal(self.i18n.get_locale(), &Refusal::NotPermitted(Permission::MessageSend)))
    }

    /// Lets it go.
    pub fn send(self) {
        if untrack(|| self.send_obstacle()).is_some() || !self.is_complete() {
            return;
        }
        self.keeper.with_value(Keeper::clone).hold(move || {
            let keeper = self.keeper.with_value(Keeper::clone);
            let (key, draft) = (keeper.key(), untrack(|| self.desk.draft()));
            let contact = draft.contact;
            let call = async move { self.or_release(app::messages::send_message(key, draft).await) };
            self.desk.form.submit(call, move |released| {
                self.undo.note(&[released]);
                self.leave(Left::Sent(contact));
            });
        });
    }

    /// Makes it ready.
    pub fn prepare(self) {
        if untrack(|| self.obstacle()).is_some() || !self.is_complete() {
            return;
        }
        self.preparing.set(true);
        self.keeper.with_value(Keeper::clone).hold(move || {
            let keeper = self.keeper.with_value(Keeper::clone);
            let (key, draft) = (keeper.key(), untrack(|| self.desk.draft()));
            let contact = draft.contact;
            let call = async move {
                let came = app::messages::prepare_message(key, draft).await;
                let _ = self.preparing.try_set(false);
                self.or_release(came)
            };
            self.desk.form.submit(call, move |id| {
                self.toasts.done(untrack(|| t_string!(self.i18n, messages.prepared)));
                self.leave(Left::Prepared(id, contact));
            });
        });
    }

    /// Deletes the draft, on the server too when it is there.
    pub fn discard(self, busy: RwSignal<bool>) {
        self.keeper.with_value(Keeper::clone).hold(move || {
            let contact = self.desk.contact.get_untracked();
            let key = self.keeper.with_value(Keeper::key);
            let call = async move {
                match key {
                    Some(key) => self.or_release(app::messages::delete_draft(key.id).await),
                    None => Ok(()),
                }
            };
            crate::calls::act(busy, call, move |()| {
                self.toasts.done(untrack(|| t_string!(self.i18n, messages.discarded)));
                self.leave(Left::Discarded(contact));
            });
        });
    }

    fn reach(self) -> Reach {
        if self.desk.sms.is_on.get() {
            let (people, faulty) = self.desk.sms.phones.with(PhoneField::reach);
            return Reach { people, faulty };
        }
        let Desk { to, cc, bcc, .. } = self.desk;
        to.with(|to| cc.with(|cc| bcc.with(|bcc| reach([to, cc, bcc]))))
    }

    /// Checks what the browser can check; faults stand at their fields.
    fn is_complete(self) -> bool {
        self.desk.settle();
        for field in [self.desk.to, self.desk.cc, self.desk.bcc] {
            field.update(|it| {
                it.commit();
            });
        }
        self.desk.sms.phones.update(|it| {
            it.commit();
        });
        let home = self.desk.sms.settings.with_untracked(|it| it.as_ref().map_or_else(HomeCountry::default, |it| it.home));
        let draft = untrack(|| self.desk.draft());
        match if draft.channel == Channel::Sms { draft.check_sms(home) } else { draft.check() } {
            Ok(_) => true,
            Err(refusal) => {
                self.desk.form.refuse(refusal.into());
                false
            }
        }
    }

    /// After a refusal the text is kept on as before.
    fn or_release<T>(self, came: Result<T, app::Problem>) -> Result<T, app::Problem> {
        if came.is_err() {
            self.keeper.try_with_value(|it| it.release());
        }
        came
    }

    fn leave(self, left: Left) {
        self.keeper.with_value(Keeper::forget);
        self.live.note(Change::Messages);
        self.on_left.run((left,));
    }
}
