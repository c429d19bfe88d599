//! What becomes of the end of a word: how many letters are cut off, and what is put in their place. Nothing when the word stays.

type End = Option<(usize, String)>;

/// Words that follow no rule.
const IRREGULAR: [(&str, usize, &str); 5] =
    [("lev", 2, "ve"), ("švec", 3, "evče"), ("žnec", 3, "enče"), ("titus", 2, "e"), ("augustus", 2, "e")];

/// Words on *-el* whose *e* is lost.
const FLEETING_EL: [&str; 10] = ["havel", "karel", "kozel", "kotel", "orel", "osel", "pavel", "posel", "vrzel", "uzel"];

/// A word of a woman's name: *a* becomes *o*, everything else stays.
pub(super) fn woman(word: &str) -> End {
    replaced(word, "a", "o")
}

/// A word of a man's name, or of one whose bearer is not known.
pub(super) fn man(word: &str) -> End {
    if let Some((_, cut, end)) = IRREGULAR.iter().find(|it| it.0 == word) {
        return Some((*cut, (*end).to_owned()));
    }
    replaced(word, "a", "o")
        .or_else(|| on_ek(word))
        .or_else(|| on_ec(word))
        .or_else(|| on_el(word))
        .or_else(|| on_s(word))
        .or_else(|| on_r(word))
        .or_else(|| by_consonant(word))
}

/// *Marek* → *Marku*, *Zdeněk* → *Zdeňku*; the *e* stays where no vowel would be left.
fn on_ek(word: &str) -> End {
    let hardened = [("něk", "ňku"), ("děk", "ďku"), ("těk", "ťku")];
    if let Some(it) = hardened.into_iter().find_map(|(end, other)| replaced(word, end, other)) {
        return Some(it);
    }
    let stem = word.strip_suffix("ek").or_else(|| word.strip_suffix("ěk"))?;
    has_vowel(stem).then(|| (2, "ku".to_owned()))
}

/// *Němec* → *Němče*; between three consonants the *e* stays: *Kadlec* → *Kadleče*.
fn on_ec(word: &str) -> End {
    let stem = word.strip_suffix("ec")?;
    let crowded = stem.chars().rev().take(2).filter(|it| !is_vowel(*it)).count() == 2;
    if crowded || !has_vowel(stem) { Some((1, "če".to_owned())) } else { Some((2, "če".to_owned())) }
}

/// *Pavel* → *Pavle*, *Daniel* → *Danieli*, *Král* → *Králi*, *Přítel* → *Příteli*.
fn on_el(word: &str) -> End {
    if FLEETING_EL.contains(&word) {
        return Some((2, "le".to_owned()));
    }
    let soft = ["iel", "ael", "uel", "oel", "tel", "děl", "král"];
    soft.iter().any(|it| word.ends_with(it)).then(|| (0, "i".to_owned()))
}

/// *Julius* → *Julie*, *Boris* → *Borisi*, *Felix* → *Felixi*.
fn on_s(word: &str) -> End {
    if word.ends_with("ius") {
        return Some((2, "e".to_owned()));
    }
    word.ends_with(['s', 'x', 'z']).then(|| (0, "i".to_owned()))
}

/// *Petr* → *Petře*, *Viktor* → *Viktore*.
fn on_r(word: &str) -> End {
    let before = word.strip_suffix('r')?.chars().next_back()?;
    if is_vowel(before) { Some((0, "e".to_owned())) } else { Some((1, "ře".to_owned())) }
}

fn by_consonant(word: &str) -> End {
    match word.chars().next_back()? {
        // The hook goes over to the vowel: *Kuň* → *Kuni*.
        'ň' => Some((1, "ni".to_owned())),
        'ť' => Some((1, "ti".to_owned())),
        'ď' | 'ľ' => Some((1, if word.ends_with('ď') { "di" } else { "li" }.to_owned())),
        'š' | 'ž' | 'č' | 'ř' | 'j' | 'c' => Some((0, "i".to_owned())),
        'k' | 'h' | 'g' | 'q' => Some((0, "u".to_owned())),
        'b' | 'd' | 'f' | 'l' | 'm' | 'n' | 'p' | 't' | 'v' | 'w' => Some((0, "e".to_owned())),
        _ => None,
    }
}

fn replaced(word: &str, end: &str, other: &str) -> End {
    let stem = word.strip_suffix(end)?;
    (!stem.is_empty()).then(|| (end.chars().count(), other.to_owned()))
}

fn is_vowel(it: char) -> bool {
    "aáeéěiíoóuúůyýäöü".contains(it)
}

/// Whether something in it can be sung: a vowel, or *r* and *l* behind a consonant, as in *Vlček*.
fn has_vowel(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    letters.iter().any(|it| is_vowel(*it)) || letters.iter().skip(1).any(|it| matches!(it, 'r' | 'l'))
}
