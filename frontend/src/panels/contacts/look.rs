//! How the list of contacts looks: what it shows, in which columns, how many it finds.

use app::Problem;
use leptos::prelude::*;
use model::{
    Change, ContactChoice, ContactColumns, ContactCount, ContactFilter, ContactListSettings, ContactViewDraft, FieldDefinition,
    ViewId,
};

use crate::calls::{self, Answer};
use crate::live::Live;
use crate::panels::views::look::{ListLook, Looked};
use crate::state::contact_place::ContactPlace;

impl Looked for ContactChoice {
    type Place = ContactPlace;

    async fn ask() -> Result<ContactListSettings, Problem> {
        app::views::open_list_settings().await
    }

    async fn keep_columns(columns: ContactColumns) -> Result<(), Problem> {
        app::views::save_columns(columns).await
    }

    async fn keep_view(id: Option<ViewId>, draft: ContactViewDraft) -> Result<ViewId, Problem> {
        app::views::save_view(id, draft).await
    }

    fn of_place(place: &ContactPlace) -> Self {
        Self { filter: place.filter(), sort: place.sort, direction: place.direction }
    }

    fn view_of(place: &ContactPlace) -> Option<ViewId> {
        place.view
    }

    fn place_of(&self, id: ViewId) -> ContactPlace {
        ContactPlace { filter: self.filter.clone(), sort: self.sort, direction: self.direction, view: Some(id) }
    }
}

/// The look of one list.
#[derive(Clone, Copy)]
pub struct Look {
    list: ListLook<ContactChoice>,
    filter: Memo<ContactFilter>,
    fields: Answer<Vec<FieldDefinition>>,
    count: Answer<ContactCount>,
    exact: RwSignal<Option<ContactCount>>,
    counting: RwSignal<bool>,
}

impl Look {
    /// Asks for everything that the list at this place looks like.
    pub fn new(place: Signal<ContactPlace>) -> Self {
        let live = Live::find();
        let filter = Memo::new(move |_| place.with(ContactPlace::filter));
        let look = Self {
            list: ListLook::new(place),
            filter,
            fields: calls::ask(move || live.version(Change::Settings), |_| app::fields::list_fields()),
            count: calls::ask(
                move || (filter.get(), live.version(Change::Contacts)),
                |(filter, _)| app::contacts::count_contacts(filter),
            ),
            exact: RwSignal::new(None),
            counting: RwSignal::new(false),
        };
        // What was counted exactly counts for its filter only.
        Effect::new(move |_| {
            filter.track();
            look.exact.set(None);
        });
        look
    }

    /// Its columns and its view.
    pub fn list(self) -> ListLook<ContactChoice> {
        self.list
    }

    /// What it shows, subscribing to changes.
    pub fn place(self) -> ContactPlace {
        self.list.place()
    }

    /// The filter alone.
    pub fn filter(self) -> Signal<ContactFilter> {
        self.filter.into()
    }

    /// The own fields, subscribing to changes.
    pub fn fields(self) -> Vec<FieldDefinition> {
        self.fields.get().unwrap_or_default()
    }

    /// How many contacts the list finds, as exactly as is known, subscribing to changes.
    pub fn count(self) -> Option<ContactCount> {
        self.exact.get().or_else(|| self.count.get())
    }

    /// How many contacts the list finds when that is known exactly.
    pub fn found(self) -> Signal<Option<u64>> {
        Signal::derive(move || self.count().filter(|it| it.exact).map(|it| it.n))
    }

    /// Whether it is being counted exactly.
    pub fn is_counting(self) -> Signal<bool> {
        self.counting.into()
    }

    /// Counts exactly, unless that is known.
    pub fn count_exactly(self) {
        if untrack(|| self.count()).is_some_and(|it| it.exact) {
            return;
        }
        let filter = self.filter.get_untracked();
        calls::act(self.counting, app::contacts::count_contacts_exactly(filter.clone()), move |count| {
            if self.filter.try_get_untracked() == Some(filter) {
                self.exact.set(Some(count));
            }
        });
    }
}
