//! Which rows of a long list are in sight, so that only they are drawn.

use std::ops::Range;

/// Rows drawn beyond each edge of the window, so that scrolling meets rows and not emptiness.
const BEYOND: usize = 12;
/// Rows drawn before the window was measured.
const FIRST: usize = 40;

/// Where the body of a list lies in the window, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sight {
    /// How far the body's upper edge is above that of the window; negative when it is below.
    pub above: f64,
    /// Height of the window.
    pub window: f64,
    /// Height of the body with all its rows.
    pub body: f64,
}

/// The rows to draw of so many; the first ones until the window was measured.
pub fn rows(sight: Option<Sight>, n: usize) -> Range<usize> {
    let Some(Sight { above, window, body }) = sight.filter(|it| 0.0 < it.body && 0 < n) else { return 0..n.min(FIRST) };
    let row = body / n as f64;
    let from = (above / row).floor().max(0.0) as usize;
    let to = ((above + window) / row).ceil().max(0.0) as usize;
    let to = to.saturating_add(BEYOND).min(n);
    from.saturating_sub(BEYOND).min(to)..to
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sight(above: f64) -> Option<Sight> {
        Some(Sight { above, window: 720.0, body: 36_000.0 })
    }

    #[test]
    fn the_first_rows_are_drawn_before_the_window_was_measured() {
        assert_eq!(rows(None, 1_000), 0..40);
        assert_eq!(rows(None, 7), 0..7);
    }

    #[test]
    fn only_rows_in_sight_and_a_few_beyond_are_drawn() {
        assert_eq!(rows(sight(0.0), 1_000), 0..32);
        assert_eq!(rows(sight(18_000.0), 1_000), 488..532);
        assert_eq!(rows(sight(35_280.0), 1_000), 968..1_000);
    }

    #[test]
    fn a_list_out_of_sight_draws_next_to_nothing() {
        assert!(rows(sight(-5_000.0), 1_000).len() <= BEYOND);
        assert!(rows(sight(90_000.0), 1_000).is_empty());
    }
}
