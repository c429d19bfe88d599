//! Whose data a preview shows: the samples, or one of the contacts that were found, paged through one by one.

use model::{ContactId, Cursor, Page};

/// A contact whose data may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Which contact.
    pub id: ContactId,
    /// Its name.
    pub name: String,
}

/// The contacts that were found, and which of them is shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct People {
    found: Vec<Person>,
    next: Option<Cursor>,
    at: Option<usize>,
}

impl People {
    /// Takes in what was found for new words; the samples are shown until somebody is chosen.
    pub fn found(&mut self, page: Page<Person>) {
        let shown = self.shown().cloned();
        self.found = page.rows;
        self.next = page.next;
        self.at = shown.and_then(|shown| self.found.iter().position(|it| *it == shown));
    }

    /// Takes in the next page and shows its first contact.
    pub fn more(&mut self, page: Page<Person>) {
        let behind = self.found.len();
        self.found.extend(page.rows);
        self.next = page.next;
        if behind < self.found.len() {
            self.at = Some(behind);
        }
    }

    /// All that were found so far.
    pub fn all(&self) -> &[Person] {
        &self.found
    }

    /// The one whose data are shown; nothing for the samples.
    pub fn shown(&self) -> Option<&Person> {
        self.found.get(self.at?)
    }

    /// Shows the contact of that id, or the samples.
    pub fn choose(&mut self, id: Option<ContactId>) {
        self.at = id.and_then(|id| self.found.iter().position(|it| it.id == id));
    }

    /// Shows the one before; the samples stand before the first.
    pub fn back(&mut self) {
        self.at = self.at.and_then(|it| it.checked_sub(1));
    }

    /// Shows the next one. Where the found ones end it answers from where to ask for more.
    pub fn forward(&mut self) -> Option<Cursor> {
        let next = self.at.map_or(0, |it| it + 1);
        if next < self.found.len() {
            self.at = Some(next);
            return None;
        }
        self.next.clone()
    }

    /// Whether there is somebody behind the one that is shown.
    pub fn has_next(&self) -> bool {
        self.next.is_some() || self.at.map_or(0, |it| it + 1) < self.found.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(ids: &[i64], next: bool) -> Page<Person> {
        let rows = ids.iter().map(|id| Person { id: ContactId(*id), name: format!("n{id}") }).collect();
        Page { rows, next: next.then(|| Cursor { key: model::Key::Text("n".into()), id: 9 }) }
    }

    fn shown(people: &People) -> Option<i64> {
        people.shown().map(|it| it.id.0)
    }

    #[test]
    fn one_pages_from_the_samples_through_all_contacts() {
        let mut people = People::default();
        people.found(page(&[1, 2], true));
        assert_eq!(shown(&people), None);
        assert_eq!(people.forward(), None);
        assert_eq!(people.forward(), None);
        assert_eq!(shown(&people), Some(2));
        assert!(people.forward().is_some());
        people.more(page(&[3], false));
        assert_eq!((shown(&people), people.has_next()), (Some(3), false));
        assert_eq!(people.forward(), None);
        assert_eq!(shown(&people), Some(3));
        for _ in 0..3 {
            people.back();
        }
        assert_eq!(shown(&people), None);
    }

    #[test]
    fn who_is_shown_stays_when_other_words_find_them_too() {
        let mut people = People::default();
        people.found(page(&[1, 2], false));
        people.choose(Some(ContactId(2)));
        people.found(page(&[2, 5], false));
        assert_eq!(shown(&people), Some(2));
        people.found(page(&[7], false));
        assert_eq!(shown(&people), None);
    }
}
