//! A bar chart by the hour: heights, scale and labels.

use model::Moment;
use model::time::hours;

/// One hour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// When the hour begins.
    pub begin: Moment,
    /// How many there were.
    pub count: u32,
    /// Its height, 0 … 1 of the scale; what is not nothing never looks like nothing.
    pub height: f64,
}

/// Lays out counts of the last hours, oldest first; the last one is the hour that runs.
pub fn lay_out(counts: &[u32], now: Moment) -> Vec<Bar> {
    let top = f64::from(scale(counts));
    let this_hour = Moment(now.0 - now.0.rem_euclid(hours(1)));
    counts
        .iter()
        .enumerate()
        .map(|(n, count)| {
            let before = hours((counts.len() - 1 - n) as i64);
            let height = if *count == 0 { 0.0 } else { (f64::from(*count) / top).max(0.03) };
            Bar { begin: this_hour.plus(-before), count: *count, height }
        })
        .collect()
}

/// The count at the top of the chart: the next round number that has a whole half (2, 4, 6, 8 × a power of ten), at least 4.
pub fn scale(counts: &[u32]) -> u32 {
    let max = counts.iter().copied().max().unwrap_or(0).max(4);
    let mut power = 1_u32;
    loop {
        for step in [2, 4, 6, 8] {
            let top = power.saturating_mul(step);
            if max <= top {
                return top;
            }
        }
        power = power.saturating_mul(10);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_ends_at_a_round_number() {
        for (max, top) in [(0, 4), (4, 4), (5, 6), (9, 20), (37, 40), (401, 600), (u32::MAX, u32::MAX)] {
            assert_eq!(scale(&[max]), top);
        }
    }

    #[test]
    fn the_last_bar_is_the_hour_that_runs() {
        let now = Moment(hours(100) + 5);
        let bars = lay_out(&[1, 0, 4], now);
        assert_eq!(bars.iter().map(|it| it.begin).collect::<Vec<_>>(), [98, 99, 100].map(|n| Moment(hours(n))));
        assert_eq!(bars.iter().map(|it| it.height).collect::<Vec<_>>(), [0.25, 0.0, 1.0]);
    }

    #[test]
    fn a_single_one_among_thousands_is_still_seen() {
        assert_eq!(lay_out(&[1, 5_000], Moment(0))[0].height, 0.03);
    }
}
