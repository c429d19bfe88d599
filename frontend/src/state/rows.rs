//! The rows of a list that comes page by page.

use model::{Cursor, Page};

/// The rows that have come so far.
#[derive(Clone, Debug)]
pub struct Rows<T> {
    rows: Vec<T>,
    next: Option<Cursor>,
    id: fn(&T) -> i64,
    new: bool,
}

impl<T> Rows<T> {
    /// No rows yet; `id` tells rows apart.
    pub fn new(id: fn(&T) -> i64) -> Self {
        Self { rows: Vec::new(), next: None, id, new: true }
    }

    /// Takes a first page in place of everything.
    pub fn replace(&mut self, page: Page<T>) {
        self.rows = page.rows;
        self.next = page.next;
        self.new = false;
    }

    /// Puts a further page below; a row that moved down meanwhile is not shown twice.
    pub fn append(&mut self, page: Page<T>) {
        for row in page.rows {
            if self.by_id((self.id)(&row)).is_none() {
                self.rows.push(row);
            }
        }
        self.next = page.next;
        self.new = false;
    }

    /// Takes a newer first page on top and keeps what followed its last row, when that row is known.
    pub fn refresh(&mut self, page: Page<T>) {
        let last = page.rows.last().map(self.id);
        let place = last.and_then(|id| self.rows.iter().position(|it| (self.id)(it) == id));
        let keeps = page.next.is_some() && place.is_some();
        let below = match place {
            Some(place) if keeps => self.rows.split_off(place + 1),
            _ => Vec::new(),
        };
        let next = if below.is_empty() { page.next } else { self.next.take() };
        self.rows = page.rows;
        for row in below {
            if self.by_id((self.id)(&row)).is_none() {
                self.rows.push(row);
            }
        }
        self.next = next;
        self.new = false;
    }

    /// The rows in their order.
    pub fn all(&self) -> &[T] {
        &self.rows
    }

    /// The ids in their order.
    pub fn ids(&self) -> Vec<i64> {
        self.rows.iter().map(self.id).collect()
    }

    /// The row of that id.
    pub fn by_id(&self, id: i64) -> Option<&T> {
        self.rows.iter().find(|it| (self.id)(it) == id)
    }

    /// Where the next page begins.
    pub fn next(&self) -> Option<&Cursor> {
        self.next.as_ref()
    }

    /// Whether no page has come yet.
    pub fn is_new(&self) -> bool {
        self.new
    }
}

#[cfg(test)]
mod tests {
    use model::Key;

    use super::*;

    fn page(ids: &[i64], more: bool) -> Page<i64> {
        let next = ids.last().filter(|_| more).map(|id| Cursor { key: Key::Number(*id), id: *id });
        Page { rows: ids.to_vec(), next }
    }

    fn rows(ids: &[i64], more: bool) -> Rows<i64> {
        let mut rows = Rows::new(|it| *it);
        rows.replace(page(ids, more));
        rows
    }

    #[test]
    fn a_further_page_comes_below() {
        let mut rows = rows(&[9, 8, 7], true);
        rows.append(page(&[7, 6], false));
        assert_eq!(rows.ids(), [9, 8, 7, 6]);
        assert!(rows.next().is_none());
    }

    #[test]
    fn a_newer_first_page_keeps_what_is_below_it() {
        let mut rows = rows(&[9, 8, 7], true);
        rows.append(page(&[6, 5], true));
        rows.refresh(page(&[10, 9, 8], true));
        assert_eq!(rows.ids(), [10, 9, 8, 7, 6, 5]);
        assert_eq!(rows.next().map(|it| it.id), Some(5));
    }

    #[test]
    fn a_newer_first_page_without_a_common_row_begins_anew() {
        let mut rows = rows(&[3, 2, 1], true);
        rows.refresh(page(&[9, 8, 7], true));
        assert_eq!(rows.ids(), [9, 8, 7]);
        assert_eq!(rows.next().map(|it| it.id), Some(7));
    }

    #[test]
    fn a_newer_first_page_that_is_the_last_one_is_all() {
        let mut rows = rows(&[3, 2, 1], true);
        rows.refresh(page(&[3, 2], false));
        assert_eq!(rows.ids(), [3, 2]);
        assert!(rows.next().is_none());
    }
}
