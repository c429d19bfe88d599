//! Ticked rows.

use std::collections::BTreeSet;

/// The ids of the ticked rows, and the row from which a range begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    ids: BTreeSet<i64>,
    anchor: Option<i64>,
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
            (Some(from), Some(to)) => self.ids.extend(&order[from.min(to)..=from.max(to)]),
            _ => self.toggle(id),
        }
    }

    /// Ticks all these rows, or none when all of them are ticked.
    pub fn toggle_all(&mut self, order: &[i64]) {
        if self.covers(order) {
            self.ids.clear();
        } else {
            self.ids.extend(order);
        }
        self.anchor = None;
    }

    /// Takes all ticks away.
    pub fn clear(&mut self) {
        self.ids.clear();
        self.anchor = None;
    }

    /// Forgets rows that are not in the list any more.
    pub fn keep(&mut self, order: &[i64]) {
        self.ids.retain(|id| order.contains(id));
    }

    /// Whether a row is ticked.
    pub fn has(&self, id: i64) -> bool {
        self.ids.contains(&id)
    }

    /// Whether all these rows are ticked, and there are any.
    pub fn covers(&self, order: &[i64]) -> bool {
        !order.is_empty() && order.iter().all(|id| self.ids.contains(id))
    }

    /// How many rows are ticked.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether no row is ticked.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The ticked rows.
    pub fn ids(&self) -> impl Iterator<Item = i64> {
        self.ids.iter().copied()
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
}
