//! A light stem of a Slovak, Czech or English word, taken after its diacritics are gone.
//!
//! The rules work on folded words on purpose: a word typed without diacritics has the same stem as the word written with them, which a
//! stemmer that looks at diacritics (Snowball's Czech one does) cannot promise. Each step is applied to every word alike, so that the forms
//! of one word meet even where the step guesses wrong. A stem is only for comparing; it is no word.

/// Endings of nouns and adjectives, longest first. What reads like one of them in front of another goes with it, as in `firm-ov-ych`.
const ENDINGS: [&str; 28] = [
    "ovho", "ovmu", "ach", "ami", "ech", "eho", "ich", "iho", "och", "ych", "ymi", "am", "ej", "em", "im", "mi", "om", "ou",
    "ov", "um", "uv", "ym", "a", "e", "i", "o", "u", "y",
];

/// What verbs have before the endings above, longest first: `objednav-al`, `objedn-ovat`, `pripraven-y`.
const VERB_ENDINGS: [&str; 41] = [
    "ajuc", "alas", "alos", "avaj", "ejuc", "elas", "elos", "ilas", "ilos", "nout", "oval", "ovan", "ovat", "ujes", "ujet",
    "ujuc", "ulas", "ulos", "ajm", "ajt", "ejm", "ejt", "ujm", "ujt", "aj", "al", "an", "as", "at", "el", "en", "es", "et", "il",
    "is", "it", "os", "uc", "uj", "ul", "ut",
];

/// Gives the stem of a word in lower case without diacritics; words with other signs than letters stay as they are.
pub(crate) fn stem(word: &str) -> String {
    if !word.bytes().all(|it| it.is_ascii_lowercase()) {
        return word.to_owned();
    }
    // Looks like the ending -em, but is the genitive of a word that stands in every second business letter.
    let word = if word == "firem" { "firm".to_owned() } else { before_endings(word) };
    let (mut stem, mut least) = (word.as_str(), 3);
    while let Some(shorter) = without_ending(stem, least) {
        // A second ending may be part of the word itself, so that more of it has to remain.
        (stem, least) = (shorter, 4);
    }
    let stem = without_verb_ending(stem).to_owned();
    let stem = softened(without_loose_vowel(without_lengthening(without_loose_vowel(stem))));
    match stem.strip_suffix("izm") {
        Some(rest) => format!("{rest}ism"),
        None => stem,
    }
}

/// Brings together what would part already before its endings: `-izmus` and `-ismus`, `elektrickí` and `električtí`, `ženskí` and `ženští`.
fn before_endings(word: &str) -> String {
    if let Some(rest) = word.strip_suffix("izmus").or_else(|| word.strip_suffix("ismus")) {
        return format!("{rest}ism");
    }
    match word.strip_suffix("ti") {
        Some(rest) if 4 < rest.len() && rest.ends_with('c') => format!("{rest}k"),
        Some(rest) if 4 < rest.len() && rest.strip_suffix('s').is_some_and(|it| it.ends_with(is_consonant)) => format!("{rest}k"),
        _ => word.to_owned(),
    }
}

/// Takes one ending off, if at least so many letters remain.
fn without_ending(word: &str, least: usize) -> Option<&str> {
    if let Some(rest) = without_english_plural(word) {
        return Some(rest);
    }
    ENDINGS.iter().find_map(|ending| {
        let rest = word.strip_suffix(ending)?;
        let fits = match *ending {
            "mi" => least <= rest.len() && rest.ends_with(is_consonant),
            // Contracts have it without any ending: `smluv`, `smlouv-a`.
            "uv" => 4 <= rest.len() && !rest.ends_with('o'),
            _ => least <= rest.len(),
        };
        fits.then_some(rest)
    })
}

/// Takes the ending of a verb off once; short ones are also ends of other words and want more to remain.
fn without_verb_ending(word: &str) -> &str {
    let fitting = VERB_ENDINGS.iter().find_map(|ending| {
        let rest = word.strip_suffix(ending)?;
        let least = if ending.len() < 3 { 5 } else { 4 };
        (least <= rest.len()).then_some(rest)
    });
    fitting.unwrap_or(word)
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
