//! Words and ways of writing that unwanted mail likes. One of them says nothing about a mail, many of them do to filters.

use std::collections::HashMap;
use std::ops::Range;

use super::body::Body;
use super::subject::is_shouting;
use super::{Finding, Flaw, Mail, Part};
use crate::lint::{Severity, mask, place_of};

/// A way of writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    /// `!!!`
    Exclamations,
    /// `€€€`, `$$$`
    Currencies,
    /// A longer piece of text in capital letters.
    Shouting,
}

/// Beginnings of words and phrases, without accents and in small letters.
const WORDS: [&str; 62] = [
    // Slovak
    "zadarmo",
    "uplne zdarma",
    "bez zavazkov",
    "garantovany zisk",
    "zarobte",
    "zarabajte",
    "vyhrali ste",
    "vyhrajte",
    "gratulujeme vam",
    "kliknite sem",
    "iba dnes",
    "len dnes",
    "posledna sanca",
    "neuveritelna ponuka",
    "exkluzivna ponuka",
    "100 % zaruka",
    "schudnite",
    "rychla pozicka",
    "pozicka bez registra",
    "milionar",
    "zazracny",
    "bezplatne ziskajte",
    // Czech
    "zcela zdarma",
    "bez zavazku",
    "garantovany vydelek",
    "vydelejte",
    "vydelavejte",
    "vyhrali jste",
    "vyhrajte",
    "gratulujeme vam",
    "kliknete zde",
    "pouze dnes",
    "jen dnes",
    "posledni sance",
    "neuveritelna nabidka",
    "exkluzivni nabidka",
    "100 % zaruka",
    "zhubnete",
    "rychla pujcka",
    "pujcka bez registru",
    "zazracny",
    // English
    "100% free",
    "act now",
    "apply now",
    "buy now",
    "cash bonus",
    "click here",
    "congratulations you",
    "double your",
    "earn money",
    "extra income",
    "free money",
    "guaranteed income",
    "limited time",
    "lose weight",
    "make money",
    "miracle",
    "no obligation",
    "once in a lifetime",
    "order now",
    "risk-free",
    "you have won",
];

/// A piece of text of so many letters may be a heading in capitals; more are shouted.
const SHOUTED: usize = 40;
/// How many places of one word are named.
const PLACES: usize = 5;

/// Judges the words of subject and body.
pub(super) fn check(mail: &Mail<'_>, body: &Body) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (flaw, _) in judged(mail.subject, 0) {
        if !findings.iter().any(|it: &Finding| it.flaw == flaw) && flaw != Flaw::SpamMark(Mark::Shouting) {
            findings.push(Finding::new(flaw, Severity::Warning, Part::Subject));
        }
    }
    let masked = mask::mask(mail.html);
    let mut known: HashMap<Flaw, usize> = HashMap::new();
    let mut in_body: Vec<Finding> = Vec::new();
    for range in &body.texts {
        for (flaw, place) in judged(&masked.html[range.clone()], range.start) {
            let at = *known.entry(flaw.clone()).or_insert_with(|| {
                in_body.push(Finding::new(flaw, Severity::Info, Part::Body));
                in_body.len() - 1
            });
            if in_body[at].places.len() < PLACES {
                in_body[at].places.extend(place_of(mail.html, place));
            }
        }
    }
    findings.extend(in_body);
    findings
}

/// What a piece of text is suspicious of, with the bytes.
fn judged(text: &str, start: usize) -> Vec<(Flaw, Range<usize>)> {
    let mut found = Vec::new();
    let folded = Folded::of(text);
    for word in WORDS {
        for (at, _) in folded.text.match_indices(word) {
            let begins_word = folded.text[..at].chars().next_back().is_none_or(|it| !it.is_alphanumeric());
            if begins_word {
                let place = folded.place(at, at + word.len(), text.len());
                found.push((Flaw::SpamWord(text[place.clone()].to_lowercase()), start + place.start..start + place.end));
            }
        }
    }
    for (mark, signs) in [(Mark::Exclamations, "!!!"), (Mark::Currencies, "€€€"), (Mark::Currencies, "$$$")] {
        if let Some(at) = text.find(signs) {
            found.push((Flaw::SpamMark(mark), start + at..start + at + signs.len()));
        }
    }
    if SHOUTED <= text.chars().filter(|it| it.is_alphabetic()).count() && is_shouting(text) {
        found.push((Flaw::SpamMark(Mark::Shouting), start..start + text.len()));
    }
    found
}

/// A text without case and accents, with the way back to its bytes.
struct Folded {
    text: String,
    /// The byte of the original for each byte.
    back: Vec<usize>,
}

impl Folded {
    fn of(original: &str) -> Self {
        let mut folded = Self { text: String::with_capacity(original.len()), back: Vec::with_capacity(original.len()) };
        let mut buffer = [0; 4];
        for (at, it) in original.char_indices() {
            // A no-break space parts words like any other.
            let plain = if it == '\u{a0}' { " ".to_owned() } else { model::fold::fold(it.encode_utf8(&mut buffer)) };
            folded.back.extend(std::iter::repeat_n(at, plain.len()));
            folded.text.push_str(&plain);
        }
        folded
    }

    fn place(&self, start: usize, end: usize, length: usize) -> Range<usize> {
        let of = |at: usize| self.back.get(at).copied().unwrap_or(length);
        of(start)..of(end)
    }
}
