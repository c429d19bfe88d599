//! How a list looks for one user: its columns, and saved views. The same for every list that has them.

use std::fmt::Debug;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::{Faults, Refusal, Required, UserId, ViewId};

/// A list that has columns and saved views.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ViewedList {
    /// The list of contacts.
    Contacts,
    /// The list of messages.
    Messages,
}

/// A column of such a list behind the first one, which always stands.
pub trait ListColumn: Copy + Eq + Debug + Serialize + DeserializeOwned + Send + Sync + 'static {
    /// Whose column it is.
    const LIST: ViewedList;

    /// The columns that a list begins with.
    fn usual() -> Columns<Self>;
}

/// What a saved view of a list keeps besides its columns.
pub trait Viewed: Clone + Default + PartialEq + Debug + Serialize + DeserializeOwned + Send + Sync + 'static {
    /// The columns of the list.
    type Column: ListColumn;

    /// Looks for faults in it.
    fn check(&self, faults: &mut Faults);
}

/// Least and greatest width of a column.
pub const COLUMN_WIDTH: (u16, u16) = (64, 640);
/// Width of a column that was never made wider or narrower.
pub const USUAL_WIDTH: u16 = 128;
/// Most columns of a list.
const COLUMNS_MAX: usize = 24;

/// A column that is shown, and how wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownColumn<C> {
    /// Which one.
    pub column: C,
    /// Its width against the others.
    pub width: u16,
}

/// The columns of a list and their widths.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Columns<C> {
    /// Width of the first column.
    pub name_width: u16,
    /// The columns behind it, in their order.
    pub shown: Vec<ShownColumn<C>>,
}

impl<C: ListColumn> Default for Columns<C> {
    fn default() -> Self {
        C::usual()
    }
}

impl<C: ListColumn> Columns<C> {
    /// These columns in this order.
    pub fn of(name_width: u16, shown: &[(C, u16)]) -> Self {
        Self { name_width, shown: shown.iter().map(|(column, width)| ShownColumn { column: *column, width: *width }).collect() }
    }

    /// Whether a column is shown.
    pub fn shows(&self, column: C) -> bool {
        self.shown.iter().any(|it| it.column == column)
    }

    /// The width of a column, or of the first one.
    pub fn width(&self, column: Option<C>) -> u16 {
        match column {
            Some(column) => self.shown.iter().find(|it| it.column == column).map_or(USUAL_WIDTH, |it| it.width),
            None => self.name_width,
        }
    }

    /// Makes a column, or the first one, so wide.
    pub fn set_width(&mut self, column: Option<C>, width: u16) {
        match column {
            Some(column) => self.shown.iter_mut().filter(|it| it.column == column).for_each(|it| it.width = width),
            None => self.name_width = width,
        }
    }

    /// Shows a column behind the others, or hides it.
    pub fn toggle(&mut self, column: C) {
        match self.shown.iter().position(|it| it.column == column) {
            Some(place) => drop(self.shown.remove(place)),
            None if self.shown.len() < COLUMNS_MAX => self.shown.push(ShownColumn { column, width: USUAL_WIDTH }),
            None => {}
        }
    }

    /// Moves a column so many places; it stops at the ends.
    pub fn shift(&mut self, column: C, by: isize) {
        if let Some(place) = self.shown.iter().position(|it| it.column == column) {
            let to = place.saturating_add_signed(by).min(self.shown.len() - 1);
            let it = self.shown.remove(place);
            self.shown.insert(to, it);
        }
    }

    /// The same columns with widths within their limits, none of them twice and not too many.
    pub fn tidy(&self) -> Self {
        let (least, most) = COLUMN_WIDTH;
        let mut shown: Vec<ShownColumn<C>> = Vec::new();
        for it in &self.shown {
            if shown.len() < COLUMNS_MAX && shown.iter().all(|other| other.column != it.column) {
                shown.push(ShownColumn { width: it.width.clamp(least, most), ..*it });
            }
        }
        Self { name_width: self.name_width.clamp(least, most), shown }
    }
}

/// What a saved view keeps: which rows, in which order, in which columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, bound = "W: Viewed<Column = C>, C: ListColumn")]
pub struct ListViewDraft<W, C> {
    /// Its name.
    pub name: String,
    /// Whether everybody sees it.
    pub shared: bool,
    /// Which rows, in which order.
    #[serde(flatten)]
    pub what: W,
    /// In which columns.
    pub columns: Columns<C>,
}

impl<W: Viewed<Column = C>, C: ListColumn> Default for ListViewDraft<W, C> {
    fn default() -> Self {
        Self { name: String::new(), shared: false, what: W::default(), columns: Columns::default() }
    }
}

impl<W: Viewed<Column = C>, C: ListColumn> ListViewDraft<W, C> {
    /// Checks the name and what is kept.
    ///
    /// # Errors
    /// Names the field `name`, or what is at fault in what is kept.
    pub fn check(&self) -> Result<(), Refusal> {
        let mut faults = Faults::default();
        faults.line("name", &self.name, Required::Yes, 80);
        self.what.check(&mut faults);
        faults.finish()
    }
}

/// A saved view as the menu of views shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound = "W: Viewed<Column = C>, C: ListColumn")]
pub struct ListView<W, C> {
    /// Which view.
    pub id: ViewId,
    /// What it keeps.
    pub draft: ListViewDraft<W, C>,
    /// Who made it.
    pub author: (UserId, String),
}

/// How a list looks for one user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound = "W: Viewed<Column = C>, C: ListColumn")]
pub struct ListSettings<W, C> {
    /// The columns when no view is open.
    pub columns: Columns<C>,
    /// The view that the list opens with.
    pub default_view: Option<ViewId>,
    /// One's own views and those shared by others, by name.
    pub views: Vec<ListView<W, C>>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ContactColumn, ContactColumns, ContactViewDraft, FieldId, MessageChoice, MessageViewDraft};

    #[test]
    fn columns_are_shown_moved_and_hidden() {
        let mut columns = ContactColumns::default();
        columns.toggle(ContactColumn::Tags);
        columns.shift(ContactColumn::Tags, -100);
        assert_eq!(columns.shown[0].column, ContactColumn::Tags);
        columns.shift(ContactColumn::Tags, 1);
        assert_eq!(columns.shown[1].column, ContactColumn::Tags);
        columns.toggle(ContactColumn::Tags);
        assert!(!columns.shows(ContactColumn::Tags) && columns == ContactColumns::default());
    }

    #[test]
    fn what_a_browser_sends_is_brought_within_limits() {
        let wild: Vec<_> = (0..100).map(|n| (ContactColumn::Own(FieldId(n / 2)), 9_999)).collect();
        let tidy = Columns::of(1, &wild).tidy();
        assert_eq!((tidy.name_width, tidy.shown.len(), tidy.shown[0].width), (64, 24, 640));
        assert_eq!(tidy.shown[1].column, ContactColumn::Own(FieldId(1)));
    }

    #[test]
    fn a_view_needs_a_name_and_a_place_of_sensible_length() {
        assert!(ContactViewDraft::default().check().is_err());
        assert!(ContactViewDraft { name: "VIP".into(), ..ContactViewDraft::default() }.check().is_ok());
        let what = MessageChoice { address: "x".repeat(3_000) };
        assert!(MessageViewDraft { name: "VIP".into(), what, ..MessageViewDraft::default() }.check().is_err());
    }

    #[test]
    fn a_view_kept_before_still_reads() {
        let kept = r#"{"name":"VIP","shared":true,"filter":{"words":"nova"},"sort":"City","direction":"Down",
            "columns":{"name_width":200,"shown":[{"column":"Email","width":99}]}}"#;
        let draft: ContactViewDraft = serde_json::from_str(kept).unwrap();
        assert_eq!((draft.what.filter.words.as_str(), draft.what.sort), ("nova", crate::ContactSort::City));
        assert_eq!((draft.what.direction, draft.columns.width(Some(ContactColumn::Email))), (crate::Direction::Down, 99));
    }
}
