//! SMS: which alphabet a text needs and how many segments it takes (GSM 03.38, today 3GPP TS 23.038; segments: 3GPP TS 23.040).

mod plainer;
mod replace;

pub use plainer::without_diacritics;
pub use replace::{Dear, dear, dear_as, replaced};

/// The alphabet a text is sent in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Alphabet {
    /// The seven-bit alphabet of GSM 03.38 with its extension table: 160 septets alone, 153 per segment of a longer text.
    Gsm7,
    /// UCS-2, in practice UTF-16: 70 units alone, 67 per segment of a longer text.
    Unicode,
}

/// How long a text is as an SMS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// The alphabet the text needs.
    pub alphabet: Alphabet,
    /// The length in units of the alphabet: septets (`€` and its like take two) or UTF-16 units.
    pub n_units: usize,
    /// The number of segments; 0 for an empty text.
    pub n_segments: usize,
    /// How many units still fit before one more segment is needed.
    pub n_left: usize,
    /// The different characters that force Unicode, in the order of their first appearance.
    pub forcing: Vec<char>,
}

/// The 127 printable characters and line ends of the basic table, in the order of their codes, without the escape 0x1B.
const BASIC: &str = concat!(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?",
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);

/// The characters of the extension table; each is sent as an escape and a second septet.
const EXTENSION: &str = "\u{c}^{}\\[~]|€";

impl Alphabet {
    /// The alphabet a text needs.
    pub fn of(text: &str) -> Self {
        if text.chars().all(|it| Self::Gsm7.width(it).is_some()) { Self::Gsm7 } else { Self::Unicode }
    }

    /// The alphabet a text leaves in by a gateway that writes plain ones in Latin 1 (`in_latin1`): that has no sign for some characters of
    /// the seven-bit alphabet, such as `€` and `Δ`.
    pub fn as_written(text: &str, in_latin1: bool) -> Self {
        match Self::of(text) {
            Self::Gsm7 if in_latin1 && text.chars().any(is_beyond_latin1) => Self::Unicode,
            alphabet => alphabet,
        }
    }

    /// How many units fit into a text of one segment.
    pub fn alone(self) -> usize {
        match self {
            Self::Gsm7 => 160,
            Self::Unicode => 70,
        }
    }

    /// How many units fit into each segment of a longer text, beside the six octets that number it.
    pub fn joined(self) -> usize {
        match self {
            Self::Gsm7 => 153,
            Self::Unicode => 67,
        }
    }

    /// How many units a character takes, or none when the alphabet lacks it.
    pub fn width(self, it: char) -> Option<usize> {
        match self {
            Self::Gsm7 if it.is_ascii_alphanumeric() || it == ' ' => Some(1),
            Self::Gsm7 if BASIC.contains(it) => Some(1),
            Self::Gsm7 if EXTENSION.contains(it) => Some(2),
            Self::Gsm7 => None,
            Self::Unicode => Some(it.len_utf16()),
        }
    }
}

/// Counts the units and the segments of a text and says which characters make it dear.
pub fn count(text: &str) -> Count {
    count_as(text, false)
}

/// The same by a gateway that writes plain texts in Latin 1, if it does; see [`Alphabet::as_written`].
pub fn count_as(text: &str, in_latin1: bool) -> Count {
    let alphabet = Alphabet::as_written(text, in_latin1);
    let pieces = cut(text, alphabet);
    let room = if 1 < pieces.len() { alphabet.joined() } else { alphabet.alone() };
    Count {
        alphabet,
        n_units: pieces.iter().map(|it| it.n_units).sum(),
        n_segments: pieces.len(),
        n_left: room - pieces.last().map_or(0, |it| it.n_units),
        forcing: forcing(text, in_latin1),
    }
}

/// Splits a text into the segments it is sent in; no segment cuts a surrogate pair or an escape sequence.
pub fn segments(text: &str) -> Vec<&str> {
    segments_in(text, Alphabet::of(text))
}

/// Like [`segments`], in an alphabet that may be roomier than the text needs.
pub fn segments_in(text: &str, alphabet: Alphabet) -> Vec<&str> {
    cut(text, alphabet).into_iter().map(|it| it.text).collect()
}

/// One segment and its length.
struct Segment<'a> {
    text: &'a str,
    n_units: usize,
}

fn cut(text: &str, alphabet: Alphabet) -> Vec<Segment<'_>> {
    let n_units = text.chars().filter_map(|it| alphabet.width(it)).sum();
    if text.is_empty() {
        return Vec::new();
    }
    if n_units <= alphabet.alone() {
        return vec![Segment { text, n_units }];
    }
    let mut pieces = Vec::new();
    let (mut start, mut used) = (0, 0);
    for (at, it) in text.char_indices() {
        let width = alphabet.width(it).unwrap_or(0);
        if alphabet.joined() < used + width {
            pieces.push(Segment { text: &text[start..at], n_units: used });
            (start, used) = (at, 0);
        }
        used += width;
    }
    pieces.push(Segment { text: &text[start..], n_units: used });
    pieces
}

fn is_beyond_latin1(it: char) -> bool {
    '\u{ff}' < it
}

fn forcing(text: &str, in_latin1: bool) -> Vec<char> {
    let mut found = Vec::new();
    for it in text.chars() {
        let forces = Alphabet::Gsm7.width(it).is_none() || in_latin1 && is_beyond_latin1(it);
        if forces && !found.contains(&it) {
            found.push(it);
        }
    }
    found
}

#[cfg(test)]
mod tests;
