//! A contact in the list of contacts, and what the list shows of it.

use serde::{Deserialize, Serialize};

use super::{ContactFilter, ContactRow, ContactSort, ObtainedWay, OwnValue};
use crate::{Direction, Faults, FieldId, Moment, Refusal, Required, UserId, ViewId};

/// A contact in the list, with everything that columns can show.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ContactLine {
    /// The contact.
    pub row: ContactRow,
    /// Name of the user who looks after it; may be empty.
    pub owner: String,
    /// Names of its tags in the order of the alphabet.
    pub tags: Vec<String>,
    /// Values of own fields.
    pub values: Vec<OwnValue>,
    /// Registration number; may be empty.
    pub registration_number: String,
    /// How it came to us.
    pub obtained: Option<ObtainedWay>,
    /// Whether it gets no bulk messages.
    pub no_bulk: bool,
    /// When it was made.
    pub created_at: Moment,
}

/// A column of the list behind the name, which always stands first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ContactColumn {
    /// Default e-mail address.
    Email,
    /// Default phone number.
    Phone,
    /// What it is to us.
    Kind,
    /// Company where the person works.
    Company,
    /// Town.
    City,
    /// Tags.
    Tags,
    /// Who looks after it.
    Owner,
    /// Registration number.
    RegistrationNumber,
    /// How it came to us.
    Obtained,
    /// Whether it gets no bulk messages.
    NoBulk,
    /// When it was made.
    Created,
    /// When it was last changed.
    Updated,
    /// An own field.
    Own(FieldId),
}

impl ContactColumn {
    /// All columns that every company has, as the chooser offers them.
    pub const ALL: [Self; 12] = [
        Self::Email,
        Self::Phone,
        Self::Kind,
        Self::Company,
        Self::City,
        Self::Tags,
        Self::Owner,
        Self::RegistrationNumber,
        Self::Obtained,
        Self::NoBulk,
        Self::Created,
        Self::Updated,
    ];
}

/// Least and greatest width of a column.
pub const COLUMN_WIDTH: (u16, u16) = (64, 640);
/// Most columns of a list.
const COLUMNS_MAX: usize = 24;

/// A column that is shown, and how wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownColumn {
    /// Which one.
    pub column: ContactColumn,
    /// Its width against the others.
    pub width: u16,
}

/// The columns of the list and their widths.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactColumns {
    /// Width of the name.
    pub name_width: u16,
    /// The columns behind it, in their order.
    pub shown: Vec<ShownColumn>,
}

impl Default for ContactColumns {
    fn default() -> Self {
        let shown = [
            (ContactColumn::Email, 208),
            (ContactColumn::City, 128),
            (ContactColumn::Kind, 96),
            (ContactColumn::Phone, 144),
            (ContactColumn::Updated, 128),
        ];
        Self { name_width: 256, shown: shown.map(|(column, width)| ShownColumn { column, width }).to_vec() }
    }
}

impl ContactColumns {
    /// Whether a column is shown.
    pub fn shows(&self, column: ContactColumn) -> bool {
        self.shown.iter().any(|it| it.column == column)
    }

    /// Shows a column behind the others, or hides it.
    pub fn toggle(&mut self, column: ContactColumn) {
        match self.shown.iter().position(|it| it.column == column) {
            Some(place) => drop(self.shown.remove(place)),
            None if self.shown.len() < COLUMNS_MAX => self.shown.push(ShownColumn { column, width: 128 }),
            None => {}
        }
    }

    /// Moves a column so many places; it stops at the ends.
    pub fn shift(&mut self, column: ContactColumn, by: isize) {
        if let Some(place) = self.shown.iter().position(|it| it.column == column) {
            let to = place.saturating_add_signed(by).min(self.shown.len() - 1);
            let it = self.shown.remove(place);
            self.shown.insert(to, it);
        }
    }

    /// The same columns with widths within their limits, none of them twice and not too many.
    pub fn tidy(&self) -> Self {
        let (least, most) = COLUMN_WIDTH;
        let mut shown: Vec<ShownColumn> = Vec::new();
        for it in &self.shown {
            if shown.len() < COLUMNS_MAX && shown.iter().all(|other| other.column != it.column) {
                shown.push(ShownColumn { width: it.width.clamp(least, most), ..*it });
            }
        }
        Self { name_width: self.name_width.clamp(least, most), shown }
    }
}

/// What a saved view keeps: which contacts, in which order, in which columns.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ViewDraft {
    /// Its name.
    pub name: String,
    /// Whether everybody sees it.
    pub shared: bool,
    /// Which contacts.
    pub filter: ContactFilter,
    /// By what they are sorted.
    pub sort: ContactSort,
    /// Which way.
    pub direction: Direction,
    /// In which columns.
    pub columns: ContactColumns,
}

impl ViewDraft {
    /// Checks the name.
    ///
    /// # Errors
    /// Names the field `name`.
    pub fn check(&self) -> Result<(), Refusal> {
        let mut faults = Faults::default();
        faults.line("name", &self.name, Required::Yes, 80);
        faults.finish()
    }
}

/// A saved view as the menu of views shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactView {
    /// Which view.
    pub id: ViewId,
    /// What it keeps.
    pub draft: ViewDraft,
    /// Who made it.
    pub author: (UserId, String),
}

/// How the list of contacts looks for one user.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactListSettings {
    /// The columns when no view is open.
    pub columns: ContactColumns,
    /// The view that the list opens with.
    pub default_view: Option<ViewId>,
    /// One's own views and those shared by others, by name.
    pub views: Vec<ContactView>,
}

/// How many contacts a filter lets through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactCount {
    /// So many, or at least so many.
    pub n: u64,
    /// Whether it is the exact number.
    pub exact: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let wild = |column| ShownColumn { column, width: 9_999 };
        let columns =
            ContactColumns { name_width: 1, shown: (0..100).map(|n| wild(ContactColumn::Own(FieldId(n / 2)))).collect() };
        let tidy = columns.tidy();
        assert_eq!((tidy.name_width, tidy.shown.len(), tidy.shown[0].width), (64, 24, 640));
        assert_eq!(tidy.shown[1].column, ContactColumn::Own(FieldId(1)));
    }

    #[test]
    fn a_view_needs_a_name() {
        assert!(ViewDraft::default().check().is_err());
        assert!(ViewDraft { name: "VIP".into(), ..ViewDraft::default() }.check().is_ok());
    }
}
