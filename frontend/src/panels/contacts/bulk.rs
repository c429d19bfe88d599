//! What can be done to the contacts chosen in the list: one registry, one entry for each act.
//!
//! An act is a constant [`BulkAct`] in a file of its own under `bulk/`, and one line in [`ACTS`]. The bar draws its button (or its line
//! in the menu *More*) for those who have its right, and what it asks before it begins stands in a dialog that the act draws itself:
//!
//! ```text
//! pub const ADD_TO_LIST: BulkAct = BulkAct {
//!     name: "add-to-list",
//!     right: Permission::ListsManage,
//!     glyph: Glyph::PLUS,
//!     shelf: Shelf::Bar,
//!     label: |i18n| t_string!(i18n, lists.add_ticked).to_owned(),
//!     press: Press::Ask(|bulk, open| view! { <AddToList bulk=bulk open=open /> }.into_any()),
//! };
//! ```
//!
//! The dialog shows [`Bulk::count`] and, once it is wanted, runs steps: `bulk.run(title, move |chosen, after|
//! app::recipient_lists::add_chosen(list, chosen, after))`. A step is one call that takes at most [`model::BULK_ROWS`] contacts behind
//! `after` and answers a [`BulkStep`]; its use case asks `store::chosen::step` which ones those are, changes them in one transaction and
//! writes one entry of the log. The bar shows how far it is, lets it be stopped, and says how it ended.

mod bar;
mod campaign;
mod delete;
mod export;
mod kind;
mod lists;
mod mark;
mod owner;
mod suppress;
mod tags;
mod write;
mod write_sms;

use std::future::Future;

use app::Problem;
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{BulkStep, Change, Chosen, ContactFilter, ContactId, Permission, Refusal};

pub use self::bar::BulkBar;
use crate::i18n::{I18n, use_i18n};
use crate::live::Live;
use crate::parts::Glyph;
use crate::session::Session;
use crate::state::bulk_run::{BulkRun, Standing};
use crate::state::selection::Selection;

/// All acts, in the order of the bar and of the menu.
pub const ACTS: &[BulkAct] = &[
    write::WRITE,
    write_sms::WRITE_SMS,
    campaign::CAMPAIGN,
    lists::ADD_TO_LIST,
    tags::TAG,
    tags::UNTAG,
    owner::OWNER,
    kind::KIND,
    mark::NO_BULK,
    mark::BULK_AGAIN,
    suppress::SUPPRESS,
    lists::REMOVE_FROM_LIST,
    export::EXPORT,
    delete::DELETE,
];

/// Where an act stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// As a button in the bar.
    Bar,
    /// As a line of the menu behind the buttons.
    Menu,
}

/// What follows when an act is pressed.
#[derive(Clone, Copy)]
pub enum Press {
    /// It begins at once.
    Do(fn(Bulk)),
    /// It asks first; the view is a dialog that opens by the signal.
    Ask(fn(Bulk, RwSignal<bool>) -> AnyView),
}

/// One act over the chosen contacts.
#[derive(Clone, Copy)]
pub struct BulkAct {
    /// A word that tells acts apart.
    pub name: &'static str,
    /// Who may do it.
    pub right: Permission,
    /// Its icon.
    pub glyph: Glyph,
    /// Where it stands.
    pub shelf: Shelf,
    /// What it does, in words.
    pub label: fn(I18n) -> String,
    /// What follows when it is pressed.
    pub press: Press,
}

/// The contacts chosen in a list, and the act over them that is on its way.
#[derive(Clone, Copy)]
pub struct Bulk {
    filter: Signal<ContactFilter>,
    selection: RwSignal<Selection>,
    found: Signal<Option<u64>>,
    run: RwSignal<Option<BulkRun>>,
    on_go: Callback<(String,)>,
    live: Live,
    session: Session,
    /// The language of the screens.
    pub i18n: I18n,
}

impl Bulk {
    /// The bulk acts of one list: its filter, its ticks, and how many contacts it finds when that is known exactly. `on_go` leads
    /// elsewhere.
    pub fn new(
        filter: Signal<ContactFilter>,
        selection: RwSignal<Selection>,
        found: Signal<Option<u64>>,
        on_go: Callback<(String,)>,
    ) -> Self {
        Self {
            filter,
            selection,
            found,
            run: RwSignal::new(None),
            on_go,
            live: Live::find(),
            session: Session::find(),
            i18n: use_i18n(),
        }
    }

    /// The chosen contacts at this moment.
    pub fn chosen(self) -> Chosen {
        self.selection.with_untracked(|it| {
            let ids = it.ids().map(ContactId).collect();
            match it.is_everything() {
                true => Chosen::Matching { filter: self.filter.get_untracked(), except: ids },
                false => Chosen::Ticked(ids),
            }
        })
    }

    /// How many contacts are chosen, subscribing to changes.
    pub fn count(self) -> u64 {
        let found = self.found.get().unwrap_or_default();
        self.selection.with(|it| it.count(found))
    }

    /// Takes all ticks away.
    pub fn clear(self) {
        self.selection.update(Selection::clear);
    }

    /// Leads elsewhere.
    pub fn go(self, address: String) {
        self.on_go.run((address,));
    }

    /// Runs steps over the chosen contacts until none is left, one is refused or the person stops. The ticks go when all was done.
    pub fn run<F>(self, title: String, step: impl Fn(Chosen, Option<ContactId>) -> F + 'static)
    where
        F: Future<Output = Result<BulkStep, Problem>> + 'static,
    {
        let chosen = self.chosen();
        self.run.set(Some(BulkRun::begin(title, untrack(|| self.count()))));
        spawn_local(async move {
            let mut after = None;
            loop {
                let came = step(chosen.clone(), after).await;
                if came == Err(Problem::Refused(Refusal::SignedOut)) {
                    return self.session.end();
                }
                after = came.as_ref().ok().and_then(|it| it.next);
                let goes_on = self.run.try_update(|run| run.as_mut().is_some_and(|it| it.note(came)));
                if goes_on != Some(true) {
                    break;
                }
            }
            let is_done = self.run.try_with_untracked(|run| run.as_ref().is_some_and(|it| it.standing == Standing::Done));
            if is_done == Some(true) {
                self.clear();
            }
            self.live.note(Change::Contacts);
        });
    }
}
