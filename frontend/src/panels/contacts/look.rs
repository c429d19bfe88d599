//! How the list of contacts looks: what it shows, in which columns, how many it finds.

use leptos::prelude::*;
use model::{
    Change, ContactColumn, ContactColumns, ContactCount, ContactFilter, ContactListSettings, ContactView, FieldDefinition,
    ViewDraft,
};

use crate::calls::{self, Answer};
use crate::live::Live;
use crate::state::contact_place::ContactPlace;

/// The look of one list.
#[derive(Clone, Copy)]
pub struct Look {
    place: Signal<ContactPlace>,
    filter: Memo<ContactFilter>,
    settings: Answer<ContactListSettings>,
    fields: Answer<Vec<FieldDefinition>>,
    columns: RwSignal<ContactColumns>,
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
            place,
            filter,
            settings: calls::ask(move || live.version(Change::Settings), |_| app::views::open_list_settings()),
            fields: calls::ask(move || live.version(Change::Settings), |_| app::fields::list_fields()),
            columns: RwSignal::new(ContactColumns::default()),
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
        // The columns of the view that is open, else one's own; what is changed meanwhile stands until either changes.
        let kept = Memo::new(move |_| look.kept_columns());
        Effect::new(move |_| look.columns.set(kept.get()));
        look
    }

    /// What it shows, subscribing to changes.
    pub fn place(self) -> ContactPlace {
        self.place.get()
    }

    /// The filter alone.
    pub fn filter(self) -> Signal<ContactFilter> {
        self.filter.into()
    }

    /// The columns, and what is changed about them before it is kept.
    pub fn columns(self) -> RwSignal<ContactColumns> {
        self.columns
    }

    /// The own fields, subscribing to changes.
    pub fn fields(self) -> Vec<FieldDefinition> {
        self.fields.get().unwrap_or_default()
    }

    /// The settings once they have come, subscribing to changes.
    pub fn settings(self) -> Option<ContactListSettings> {
        self.settings.get()
    }

    /// The view that is open, subscribing to changes.
    pub fn view(self) -> Option<ContactView> {
        let id = self.place.with(|it| it.view)?;
        self.settings.with(|it| it?.views.iter().find(|it| it.id == id).cloned())
    }

    /// What a view would keep now.
    pub fn draft(self, name: String, shared: bool) -> ViewDraft {
        let (place, columns) = (self.place.get(), self.columns.get());
        ViewDraft { name, shared, filter: place.filter(), sort: place.sort, direction: place.direction, columns }
    }

    /// Whether the list looks otherwise than the open view keeps it, subscribing to changes.
    pub fn is_changed(self) -> bool {
        self.view().is_some_and(|view| self.draft(view.draft.name.clone(), view.draft.shared) != view.draft)
    }

    /// Changes the columns; without a view they are kept at once.
    pub fn change_columns(self, change: impl FnOnce(&mut ContactColumns)) {
        self.columns.update(change);
        if self.place.with_untracked(|it| it.view.is_none()) {
            let columns = self.columns.get_untracked();
            self.settings.value().update(|it| it.iter_mut().for_each(|it| it.columns = columns.clone()));
            calls::act(RwSignal::new(false), app::views::save_columns(columns), |()| ());
        }
    }

    /// Makes a column, or the name, wider or narrower.
    pub fn set_width(self, column: Option<ContactColumn>, width: u16) {
        self.change_columns(|it| match column {
            Some(column) => it.shown.iter_mut().filter(|it| it.column == column).for_each(|it| it.width = width),
            None => it.name_width = width,
        });
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

    fn kept_columns(self) -> ContactColumns {
        match self.view() {
            Some(view) => view.draft.columns,
            None => self.settings.with(|it| it.map(|it| it.columns.clone()).unwrap_or_default()),
        }
    }
}
