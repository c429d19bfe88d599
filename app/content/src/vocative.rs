//! The Czech vocative of first and last names, by rules over endings.
//!
//! Knows: hard and soft consonants, velars, the fleeting *e* of *Marek*, *Němec* and *Pavel*, softening (*Zdeněk* → *Zdeňku*,
//! *Petr* → *Petře*), names that decline like adjectives and therefore stay, and women's names that end with a consonant when the
//! bearer is known to be a woman or the name is a common one.
//!
//! Does not know: how a foreign name is pronounced (*George*, *Charles*), names whose bearers decline them against the rules, variants
//! that are both right (*Aloisi* and *Aloise*; one is chosen), and other irregular words than the few listed here. What it suggests is
//! meant to be seen and changed by a person. Slovak uses the nominative for addressing and needs none of this.

mod endings;

use endings::{man, woman};

/// How a person is addressed, as far as it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Bearer {
    /// Not known.
    #[default]
    Unknown,
    /// As a woman.
    Woman,
    /// As a man.
    Man,
}

/// Common names of women that end with a consonant and stay as they are.
const WOMEN: [&str; 32] = [
    "abigail", "carmen", "dagmar", "doris", "edit", "elen", "elizabet", "ellen", "ester", "gertrud", "helen", "ingrid", "iris",
    "jasmin", "judit", "karin", "karmen", "katrin", "kim", "kristin", "lilian", "margit", "maribel", "mercedes", "miriam",
    "nikol", "noemi", "rachel", "ráchel", "rut", "ruth", "vivien",
];

/// Words between names that are not declined.
const PARTICLES: [&str; 10] = ["da", "de", "den", "der", "di", "la", "van", "von", "z", "ze"];

/// A first name in the vocative: `Petr` → `Petře`, `Jana` → `Jano`. Several names are taken one by one.
pub fn first_name(name: &str, bearer: Bearer) -> String {
    each(name, |word| match bearer {
        Bearer::Woman => woman(word),
        Bearer::Unknown if WOMEN.contains(&word) => woman(word),
        _ => man(word),
    })
}

/// A last name in the vocative: `Novák` → `Nováku`, `Nováková` stays. Double names are taken one by one.
pub fn last_name(name: &str, bearer: Bearer) -> String {
    each(name, |word| if bearer == Bearer::Woman { woman(word) } else { man(word) })
}

/// Whom a name most likely belongs to. Only what the language makes clear is told: a last name of women, or a first name and a last
/// name that both end as men's do.
pub fn guess(first: &str, last: &str) -> Bearer {
    let (first, last) = (first.trim().to_lowercase(), last.trim().to_lowercase());
    if last.ends_with('á') || WOMEN.contains(&first.as_str()) {
        return Bearer::Woman;
    }
    let is_mans = !first.is_empty() && !first.ends_with(['a', 'e', 'i', 'y', 'á', 'o', 'u']);
    if is_mans && !last.is_empty() { Bearer::Man } else { Bearer::Unknown }
}

/// Puts each word of a name into the vocative; what stands between the words stays.
fn each(name: &str, rule: impl Fn(&str) -> Option<(usize, String)>) -> String {
    let mut answer = String::with_capacity(name.len() + 4);
    for piece in name.trim().split_inclusive([' ', '-', '\u{2011}']) {
        let word = piece.trim_end_matches([' ', '-', '\u{2011}']);
        answer.push_str(&called(word, &rule));
        answer.push_str(&piece[word.len()..]);
    }
    answer
}

/// One word in the vocative; capitals stay capitals.
fn called(word: &str, rule: &impl Fn(&str) -> Option<(usize, String)>) -> String {
    let small = word.to_lowercase();
    // Lower case must be letter by letter, or the end cannot be cut off the word as it was typed.
    if PARTICLES.contains(&small.as_str()) || small.chars().count() != word.chars().count() {
        return word.to_owned();
    }
    let Some((cut, end)) = rule(&small) else { return word.to_owned() };
    let kept = word.chars().count() - cut;
    let is_capitals = 1 < word.chars().count() && word.chars().all(|it| !it.is_lowercase());
    let mut answer: String = word.chars().take(kept).collect();
    answer.push_str(&if is_capitals { end.to_uppercase() } else { end });
    answer
}

#[cfg(test)]
mod tests;
