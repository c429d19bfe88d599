//! A light stem of a Slovak, Czech or English word, taken after its diacritics are gone.
//!
//! The rules work on folded words on purpose: a word typed without diacritics has the same stem as the word written with them, which a
//! stemmer that looks at diacritics (Snowball's Czech one does) cannot promise. Each step is applied to every word alike, so that the forms
//! of one word meet even where the step guesses wrong. A stem is only for comparing; it is no word.

/// Endings of nouns and adjectives, longest first, with the least number of letters that must remain.
const ENDINGS: [(&str, usize); 40] = [
    ("iami", 3),
    ("emi", 3),
    ("ovia", 3),
    ("iach", 3),
    ("iemu", 3),
    ("ami", 3),
    ("imi", 3),
    ("ymi", 3),
    ("ovi", 3),
    ("iam", 3),
    ("iou", 3),
    ("eho", 3),
    ("iho", 3),
    ("emu", 3),
    ("imu", 3),
    ("ach", 3),
    ("ech", 3),
    ("ich", 3),
    ("och", 3),
    ("ych", 3),
    ("mi", 3),
    ("am", 3),
    ("em", 3),
    ("im", 3),
    ("om", 3),
    ("um", 3),
    ("ym", 3),
    ("ov", 3),
    ("ej", 3),
    ("ou", 3),
    ("ia", 3),
    ("ie", 3),
    ("ii", 3),
    ("iu", 3),
    ("a", 3),
    ("e", 3),
    ("i", 3),
    ("o", 3),
    ("u", 3),
    ("y", 3),
];

/// Gives the stem of a word in lower case without diacritics; words with other signs than letters stay as they are.
pub(crate) fn stem(word: &str) -> String {
    if !word.bytes().all(|it| it.is_ascii_lowercase()) {
        return word.to_owned();
    }
    // Looks like the ending -em, but is the genitive of a word that stands in every second business letter.
    let mut stem = if word == "firem" { "firm" } else { word };
    while let Some(shorter) = without_ending(stem) {
        stem = shorter;
    }
    let stem = without_loose_vowel(without_lengthening(without_loose_vowel(stem.to_owned())));
    softened(stem)
}

/// Takes one ending off, if enough of the word remains.
fn without_ending(word: &str) -> Option<&str> {
    if let Some(rest) = without_english_plural(word) {
        return Some(rest);
    }
    ENDINGS.iter().find_map(|(ending, least)| {
        let rest = word.strip_suffix(ending)?;
        let fits = *least <= rest.len() && (*ending != "mi" || rest.ends_with(is_consonant));
        fits.then_some(rest)
    })
}

/// Takes the -s of `orders` and `invoices`; `podpis`, `adries` and their like have a vowel before it and keep theirs.
fn without_english_plural(word: &str) -> Option<&str> {
    let rest = word.strip_suffix('s')?;
    let plural = rest.ends_with("ce") || rest.ends_with("ge") || (rest.ends_with(is_consonant) && !rest.ends_with('s'));
    (4 <= rest.len() && plural).then_some(rest)
}

/// Takes out the vowel that comes and goes before the last consonant: `objednavok`, `dodatek`, `ucet`.
fn without_loose_vowel(mut word: String) -> String {
    const LOOSE: [&str; 11] = ["ok", "ek", "eb", "el", "en", "er", "et", "em", "ec", "ol", "om"];
    let Some(at) = word.len().checked_sub(2) else { return word };
    let (start, end) = word.split_at(at);
    let least = if end == "et" { 2 } else { 3 };
    if least <= at && LOOSE.contains(&end) && start.ends_with(is_consonant) {
        word.remove(at);
    }
    word
}

/// Takes back the lengthening of the last vowel before an ending that is not there: `miest`, `platieb`, `zliav`, `smlouv`.
fn without_lengthening(mut word: String) -> String {
    if word.ends_with("ouv") {
        word.remove(word.len() - 3);
        return word;
    }
    let last = word.trim_end_matches(is_consonant);
    if last.len() < word.len() && (last.ends_with("ie") || last.ends_with("ia")) && 3 <= last.len() {
        word.remove(last.len() - 2);
    }
    word
}

/// Joins the consonants that change before soft endings: `zakaznici`, `objednavce`, `priloze`.
fn softened(word: String) -> String {
    let hard = match word.as_bytes() {
        [_, _, _, _, .., b'c'] => 'k',
        [_, _, _, _, .., b'z'] => 'h',
        _ => return word,
    };
    format!("{}{hard}", &word[..word.len() - 1])
}

fn is_consonant(it: char) -> bool {
    !matches!(it, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}
