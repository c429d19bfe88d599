//! How one list looks: which view is open, in which columns, and what is changed about them.

use std::future::Future;

use app::Problem;
use leptos::prelude::*;
use model::{Change, Columns, ListSettings, ListView, ListViewDraft, ViewId, Viewed};

use crate::calls::{self, Answer};
use crate::live::Live;

/// A list of the screens that has columns and saved views.
pub trait Looked: Viewed {
    /// What its address says.
    type Place: Clone + Default + PartialEq + Send + Sync + 'static;

    /// Asks how it looks for oneself.
    fn ask() -> impl Future<Output = Result<ListSettings<Self, Self::Column>, Problem>> + 'static;

    /// Keeps one's columns.
    fn keep_columns(columns: Columns<Self::Column>) -> impl Future<Output = Result<(), Problem>> + 'static;

    /// Keeps a view.
    fn keep_view(
        id: Option<ViewId>,
        draft: ListViewDraft<Self, Self::Column>,
    ) -> impl Future<Output = Result<ViewId, Problem>> + 'static;

    /// What a view would keep of this place.
    fn of_place(place: &Self::Place) -> Self;

    /// The view that is open at this place.
    fn view_of(place: &Self::Place) -> Option<ViewId>;

    /// Where a view leads.
    fn place_of(&self, id: ViewId) -> Self::Place;
}

/// The look of one list.
pub struct ListLook<W: Looked> {
    place: Signal<W::Place>,
    settings: Answer<ListSettings<W, W::Column>>,
    columns: RwSignal<Columns<W::Column>>,
    keeping: RwSignal<bool>,
    /// What was changed while a former change was on its way.
    newest: RwSignal<Option<Columns<W::Column>>>,
}

impl<W: Looked> Clone for ListLook<W> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<W: Looked> Copy for ListLook<W> {}

impl<W: Looked> ListLook<W> {
    /// Asks how the list at this place looks.
    pub fn new(place: Signal<W::Place>) -> Self {
        let live = Live::find();
        let look = Self {
            place,
            settings: calls::ask(move || live.version(Change::Settings), |_| W::ask()),
            columns: RwSignal::new(Columns::default()),
            keeping: RwSignal::new(false),
            newest: RwSignal::new(None),
        };
        // The columns of the view that is open, else one's own; what is changed meanwhile stands until either changes.
        let kept = Memo::new(move |_| look.kept_columns());
        Effect::new(move |_| look.columns.set(kept.get()));
        look
    }

    /// A list opened without saying what it shows begins with the person's default view.
    pub fn begin_with_default(self, on_go: Callback<(W::Place,)>) {
        let is_bare = move || self.place.with_untracked(|it| *it == W::Place::default());
        let begun = StoredValue::new(!is_bare());
        Effect::new(move |_| {
            let Some(settings) = self.settings() else { return };
            if begun.get_value() {
                return;
            }
            begun.set_value(true);
            let view = settings.default_view.and_then(|id| settings.views.into_iter().find(|it| it.id == id));
            if let Some(view) = view.filter(|_| is_bare()) {
                on_go.run((view.draft.what.place_of(view.id),));
            }
        });
    }

    /// What it shows, subscribing to changes.
    pub fn place(self) -> W::Place {
        self.place.get()
    }

    /// The columns, and what is changed about them before it is kept.
    pub fn columns(self) -> RwSignal<Columns<W::Column>> {
        self.columns
    }

    /// Which columns are shown, in their order.
    pub fn shown(self) -> Memo<Vec<W::Column>> {
        Memo::new(move |_| self.columns.with(|it| it.shown.iter().map(|it| it.column).collect()))
    }

    /// The settings once they have come, subscribing to changes.
    pub fn settings(self) -> Option<ListSettings<W, W::Column>> {
        self.settings.get()
    }

    /// The view that is open, subscribing to changes.
    pub fn view(self) -> Option<ListView<W, W::Column>> {
        let id = self.place.with(W::view_of)?;
        self.settings.with(|it| it?.views.iter().find(|it| it.id == id).cloned())
    }

    /// What a view would keep now.
    pub fn draft(self, name: String, shared: bool) -> ListViewDraft<W, W::Column> {
        ListViewDraft { name, shared, what: self.place.with(W::of_place), columns: self.columns.get() }
    }

    /// Whether the list looks otherwise than the open view keeps it, subscribing to changes.
    pub fn is_changed(self) -> bool {
        self.view().is_some_and(|view| self.draft(view.draft.name.clone(), view.draft.shared) != view.draft)
    }

    /// Changes the columns; without a view they are kept at once.
    pub fn change_columns(self, change: impl FnOnce(&mut Columns<W::Column>)) {
        self.columns.update(change);
        if self.place.with_untracked(|it| W::view_of(it).is_none()) {
            let columns = self.columns.get_untracked();
            self.settings.value().update(|it| it.iter_mut().for_each(|it| it.columns = columns.clone()));
            self.keep(columns);
        }
    }

    /// Keeps one's columns, one call after another, so that the newest are kept last.
    fn keep(self, columns: Columns<W::Column>) {
        if self.keeping.get_untracked() {
            return self.newest.set(Some(columns));
        }
        let newest = ArcRwSignal::from(self.newest);
        let call = async move {
            let mut came = W::keep_columns(columns).await;
            while let Some(columns) = newest.try_update(Option::take).flatten() {
                came = W::keep_columns(columns).await;
            }
            came
        };
        calls::act(self.keeping, call, |()| ());
    }

    /// Makes a column, or the first one, wider or narrower.
    pub fn set_width(self, column: Option<W::Column>, width: u16) {
        self.change_columns(|it| it.set_width(column, width));
    }

    fn kept_columns(self) -> Columns<W::Column> {
        match self.view() {
            Some(view) => view.draft.columns,
            None => self.settings.with(|it| it.map(|it| it.columns.clone()).unwrap_or_default()),
        }
    }
}
