//! Lines and columns as the browser's editor counts them.

use std::ops::Range;

/// Longer places are cut to this many bytes.
const LONGEST: usize = 400;

/// A place in the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in UTF-16 units.
    pub column: usize,
    /// The length in UTF-16 units.
    pub length: usize,
    /// The bytes.
    pub range: Range<usize>,
}

/// The places of byte ranges that are sorted by their starts, in one walk over the text.
pub(super) fn places(text: &str, ranges: &[Range<usize>]) -> Vec<Place> {
    let mut places = Vec::with_capacity(ranges.len());
    let (mut at, mut line, mut column) = (0, 1, 1);
    for range in ranges {
        let start = text.floor_char_boundary(range.start);
        let end = text.ceil_char_boundary(range.end.clamp(start, start.saturating_add(LONGEST)));
        for it in text[at..start].chars() {
            (line, column) = if it == '\n' { (line + 1, 1) } else { (line, column + it.len_utf16()) };
        }
        at = start;
        places.push(Place { line, column, length: units(&text[start..end]), range: start..end });
    }
    places
}

fn units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_in_units_of_utf_16() {
        let text = "a\nč😀b\nc";
        let place = |line, column, length, range| Place { line, column, length, range };
        assert_eq!(
            places(text, &[0..1, 2..8, 8..9, 10..11, 50..60]),
            [place(1, 1, 1, 0..1), place(2, 1, 3, 2..8), place(2, 4, 1, 8..9), place(3, 1, 1, 10..11), place(3, 2, 0, 11..11)]
        );
    }
}
