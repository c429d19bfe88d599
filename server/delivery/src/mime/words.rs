//! Text in headers: plain where that is safe, encoded words (RFC 2047) elsewhere, folded below 78 columns.

use base64::{Engine, prelude::BASE64_STANDARD};

/// The longest line we write (RFC 5322 §2.1.1).
const WIDTH: usize = 76;
/// Bytes in one encoded word of at most 72 columns.
const BYTES: usize = 45;

/// Writes unstructured text of a header that begins at `column`; the text holds no control characters.
pub(super) fn unstructured(text: &str, column: usize) -> String {
    if is_plain(text) { folded(text, column) } else { encoded(text, column) }
}

/// Whether text may stand as it is: ASCII, single spaces inside, short words, nothing that looks encoded already.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|it| matches!(it, b' '..=b'~'))
        && !text.contains("=?")
        && (text.is_empty() || text.split(' ').all(|word| (1..=60).contains(&word.len())))
}

/// Breaks lines at spaces.
pub(super) fn folded(text: &str, column: usize) -> String {
    let mut out = String::new();
    let mut column = column;
    for (i, word) in text.split(' ').enumerate() {
        if 0 < i {
            if WIDTH < column + 1 + word.len() {
                out.push_str("\r\n");
                column = 0;
            }
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += word.len();
    }
    out
}

/// Writes base64 encoded words, none splitting a character.
pub(super) fn encoded(text: &str, column: usize) -> String {
    let mut words = Vec::new();
    let mut word = String::new();
    // The first line also holds the name of the header.
    let mut room = BYTES.saturating_sub(column * 3 / 4 + 3).max(12);
    for it in text.chars() {
        if room < word.len() + it.len_utf8() {
            words.push(std::mem::take(&mut word));
            room = BYTES;
        }
        word.push(it);
    }
    words.push(word);
    let encoded: Vec<String> = words.iter().map(|it| format!("=?utf-8?B?{}?=", BASE64_STANDARD.encode(it))).collect();
    encoded.join("\r\n ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn plain_text_stays_plain() {
        assert_eq!(unstructured("Faktura 2024/1 za leden", 9), "Faktura 2024/1 za leden");
    }

    #[test]
    fn letters_and_things_that_look_encoded_are_encoded() {
        assert_eq!(unstructured("Faktúra", 9), "=?utf-8?B?RmFrdMO6cmE=?=");
        for text in ["=?utf-8?B?AAAA?=", " a", "a ", "a  b", &"a".repeat(61)] {
            assert!(unstructured(text, 9).starts_with("=?utf-8?B?"), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_line_is_short_and_every_word_whole(text in "\\PC{0,200}", column in 0_usize..30) {
            let value = unstructured(&text, column);
            let first = value.split("\r\n").next().unwrap_or_default();
            prop_assert!(column + first.len() <= 78, "{}", value);
            prop_assert!(value.split("\r\n").all(|line| line.len() <= 78 && line.is_ascii()), "{}", value);
        }
    }
}
