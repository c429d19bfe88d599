//! Lists of addresses as they are typed and pasted, taken apart.

use model::EmailAddress;
use model::address::separators;

/// What parts one address from the next.
pub(super) const SEPARATORS: [char; 4] = [',', ';', '\n', '\r'];

/// Where the last piece that is complete ends; a separator between quotes parts nothing, also while the quote is still open.
pub(super) fn last_separator(text: &str) -> Option<usize> {
    let last = separators(text).last().copied()?;
    // A quote that begins a piece and is not closed yet is being typed.
    let open = text
        .match_indices('"')
        .map(|it| it.0)
        .filter(|at| text[..*at].trim_end().ends_with(SEPARATORS) || text[..*at].trim().is_empty());
    let unclosed = open.filter(|at| !text[at + 1..].contains('"')).last();
    match unclosed {
        Some(at) if at < last => separators(&text[..at]).last().copied(),
        _ => Some(last),
    }
}

/// The pieces of a list as programs write it: `"Nová, Eva" <eva@x.sk>; b@x.sk c@x.sk`.
pub(super) fn pieces(text: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut begin = 0;
    for end in separators(text) {
        pieces.push(&text[begin..end]);
        begin = end + 1;
    }
    pieces.push(&text[begin..]);
    pieces.into_iter().flat_map(split_blanks).filter(|it| !it.is_empty()).collect()
}

/// Addresses with nothing but blanks between them are several; anything else is one piece.
fn split_blanks(piece: &str) -> Vec<String> {
    let words: Vec<&str> = piece.split_whitespace().collect();
    if 1 < words.len() && words.iter().all(|it| EmailAddress::parse(it).is_ok()) {
        return words.into_iter().map(str::to_owned).collect();
    }
    vec![words.join(" ")]
}
