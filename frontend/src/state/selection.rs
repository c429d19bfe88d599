//! Ticked rows.

use std::collections::BTreeSet;

/// The ids of the ticked rows, and the row from which a range begins; or everything that the list finds, less some.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// The ticked rows; of everything, those that are not ticked.
    ids: BTreeSet<i64>,
    anchor: Option<i64>,
    everything: bool,
}

impl Selection {
    /// Ticks a row or takes its tick away.
    pub fn toggle(&mut self, id: i64) {
        if !self.ids.remove(&id) {
            self.ids.insert(id);
        }
        self.anchor = Some(id);
    }

    /// Ticks everything between the row ticked last and this one, in the order of the list; without one, only this row.
    pub fn extend(&mut self, id: i64, order: &[i64]) {
        let place = |id: i64| order.iter().position(|it| *it == id);
        match (self.anchor.and_then(place), place(id)) {
            (Some(from), Some(to)) => self.tick(&order[from.min(to)..=from.max(to)]),
            _ => self.toggle(id),
        }
    }

    /// Ticks all these rows, or none when all of them are ticked.
    pub fn toggle_all(&mut self, order: &[i64]) {
        if self.covers(order) {
            self.clear();
        } else {
            self.tick(order);
        }
        self.anchor = None;
    }

    /// Ticks everything that the list finds, also what has not come yet.
    pub fn take_everything(&mut self) {
        *self = Self { everything: true, ..Self::default() };
    }

    /// Takes all ticks away.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Forgets rows that are not in the list any more.
    pub fn keep(&mut self, order: &[i64]) {
        self.ids.retain(|id| order.contains(id));
    }

    /// Whether a row is ticked.
    pub fn has(&self, id: i64) -> bool {
        self.everything != self.ids.contains(&id)
    }

    /// Whether all these rows are ticked, and there are any.
    pub fn covers(&self, order: &[i64]) -> bool {
        !order.is_empty() && order.iter().all(|id| self.has(*id))
    }

    /// How many rows are ticked one by one; of everything, how many are not.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// How many rows are ticked of a list that finds so many.
    pub fn count(&self, found: u64) -> u64 {
        if self.everything { found.saturating_sub(self.ids.len() as u64) } else { self.ids.len() as u64 }
    }

    /// Whether no row is ticked.
    pub fn is_empty(&self) -> bool {
        !self.everything && self.ids.is_empty()
    }

    /// Whether everything is ticked that the list finds, less some.
    pub fn is_everything(&self) -> bool {
        self.everything
    }

    /// The rows ticked one by one; of everything, those that are not.
    pub fn ids(&self) -> impl Iterator<Item = i64> {
        self.ids.iter().copied()
    }

    fn tick(&mut self, rows: &[i64]) {
        if self.everything {
            for id in rows {
                self.ids.remove(id);
            }
        } else {
            self.ids.extend(rows);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORDER: [i64; 5] = [50, 40, 30, 20, 10];

    fn ticked(selection: &Selection) -> Vec<i64> {
        selection.ids().collect()
    }

    #[test]
    fn a_range_runs_from_the_row_ticked_last_in_the_order_of_the_list() {
        let mut selection = Selection::default();
        selection.toggle(20);
        selection.extend(40, &ORDER);
        assert_eq!(ticked(&selection), [20, 30, 40]);
    }

    #[test]
    fn a_range_without_a_begin_is_one_row() {
        let mut selection = Selection::default();
        selection.extend(30, &ORDER);
        assert_eq!(ticked(&selection), [30]);
    }

    #[test]
    fn ticking_all_twice_ticks_none() {
        let mut selection = Selection::default();
        selection.toggle(10);
        selection.toggle_all(&ORDER);
        assert!(selection.covers(&ORDER));
        selection.toggle_all(&ORDER);
        assert!(selection.is_empty());
    }

    #[test]
    fn rows_that_left_the_list_lose_their_tick() {
        let mut selection = Selection::default();
        selection.toggle_all(&ORDER);
        selection.keep(&[40, 20]);
        assert_eq!(ticked(&selection), [20, 40]);
    }

    #[test]
    fn everything_can_be_taken_less_some() {
        let mut selection = Selection::default();
        selection.toggle(10);
        selection.take_everything();
        assert!(selection.has(10) && selection.has(999_999) && selection.is_everything());
        selection.toggle(20);
        selection.toggle(40);
        selection.extend(20, &ORDER);
        assert_eq!((ticked(&selection), selection.count(1_000)), (vec![], 1_000));
        selection.toggle(30);
        assert_eq!((ticked(&selection), selection.count(1_000)), (vec![30], 999));
        assert!(!selection.covers(&ORDER));
        selection.clear();
        assert!(selection.is_empty() && !selection.has(10));
    }
}
