//! The same text in fewer signs: letters without diacritics, quotes and dashes of the typewriter.

/// A base letter and the letters that are it with a diacritic sign: Slovak, Czech and the neighbours' Latin alphabets.
const LETTERS: [(char, &str); 46] = [
    ('A', "ÀÁÂÃÄÅĀĂĄ"),
    ('a', "àáâãäåāăą"),
    ('C', "ÇĆĈĊČ"),
    ('c', "çćĉċč"),
    ('D', "ĎĐ"),
    ('d', "ďđ"),
    ('E', "ÈÉÊËĒĔĖĘĚ"),
    ('e', "èéêëēĕėęě"),
    ('G', "ĜĞĠĢ"),
    ('g', "ĝğġģ"),
    ('H', "ĤĦ"),
    ('h', "ĥħ"),
    ('I', "ÌÍÎÏĨĪĬĮİ"),
    ('i', "ìíîïĩīĭįı"),
    ('J', "Ĵ"),
    ('j', "ĵ"),
    ('K', "Ķ"),
    ('k', "ķ"),
    ('L', "ĹĻĽĿŁ"),
    ('l', "ĺļľŀł"),
    ('N', "ÑŃŅŇ"),
    ('n', "ñńņň"),
    ('O', "ÒÓÔÕÖŌŎŐ"),
    ('o', "òóôõöōŏő"),
    ('R', "ŔŖŘ"),
    ('r', "ŕŗř"),
    ('S', "ŚŜŞŠȘ"),
    ('s', "śŝşšș"),
    ('T', "ŢŤŦȚ"),
    ('t', "ţťŧț"),
    ('U', "ÙÚÛÜŨŪŬŮŰŲ"),
    ('u', "ùúûüũūŭůűų"),
    ('W', "Ŵ"),
    ('w', "ŵ"),
    ('Y', "ÝŶŸ"),
    ('y', "ýŷÿ"),
    ('Z', "ŹŻŽ"),
    ('z', "źżž"),
    ('"', "„“”‟«»″"),
    ('\'', "‚‘’‛‹›′`´"),
    ('-', "‐‑‒–—―−"),
    ('*', "•·"),
    ('x', "×"),
    (' ', "\u{a0}\u{2002}\u{2003}\u{2007}\u{2009}\u{200a}\u{202f}"),
    ('\n', "\u{2028}\u{2029}"),
    ('/', "÷"),
];

/// Signs that become several.
const LONGER: [(char, &str); 7] =
    [('…', "..."), ('™', "(TM)"), ('©', "(c)"), ('®', "(R)"), ('№', "c."), ('½', "1/2"), ('¼', "1/4")];

/// Replaces letters with diacritics, typographic quotes, dashes and spaces by their plain likeness; what has none stays.
pub fn without_diacritics(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for it in text.chars() {
        if it.is_ascii() {
            plain.push(it);
        } else if let Some((letter, _)) = LETTERS.iter().find(|(_, likes)| likes.contains(it)) {
            plain.push(*letter);
        } else if let Some((_, signs)) = LONGER.iter().find(|(sign, _)| *sign == it) {
            plain.push_str(signs);
        } else if !is_invisible(it) {
            plain.push(it);
        }
    }
    plain
}

/// Combining diacritics of a decomposed text, soft hyphens and byte order marks.
fn is_invisible(it: char) -> bool {
    matches!(it, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}' | '\u{feff}')
}
