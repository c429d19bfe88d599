//! Texts: letters, lengths, hard spaces, and the usual groups of postcodes, phone numbers and accounts.

use crate::merge::language::Language;

/// The space that does not break.
const HARD: char = '\u{a0}';

/// The first letter of each word in capitals, the others as they are; words begin behind blanks and hyphens.
pub(super) fn title(text: &str) -> String {
    let mut title = String::with_capacity(text.len());
    let mut is_start = true;
    for it in text.chars() {
        if is_start {
            title.extend(it.to_uppercase())
        } else {
            title.push(it)
        }
        is_start = it.is_whitespace() || it == '-';
    }
    title
}

/// At most so many characters, cut between words if there is a place for it, with `…` as the last.
pub(super) fn truncate(text: &str, n: usize) -> String {
    let text = text.trim();
    if text.chars().nth(n).is_none() {
        return text.to_owned();
    }
    let kept: String = text.chars().take(n.saturating_sub(1)).collect();
    let is_between_words = text[kept.len()..].starts_with(char::is_whitespace);
    let cut = match kept.rfind(char::is_whitespace) {
        Some(blank) if !is_between_words && kept.len() / 2 < blank => &kept[..blank],
        _ => &kept,
    };
    format!("{}…", cut.trim_end().trim_end_matches([',', ';', ':', '.']))
}

/// Hard spaces where a line must not end: behind one-letter words of Slovak and Czech (`k`, `s`, `v`, `z`, `o`, `u`, `a`, `i`),
/// between a number and what follows it, behind titles and other short words with a dot that belong to the next.
pub fn typography(text: &str, language: Language) -> String {
    let mut result = String::with_capacity(text.len() + 8);
    let mut word_start = 0;
    for (at, it) in text.char_indices() {
        if it != ' ' {
            if it.is_whitespace() || matches!(it, HARD | '(' | '„' | '"' | '«' | '‚') {
                word_start = at + it.len_utf8();
            }
            result.push(it);
            continue;
        }
        let (word, rest) = (&text[word_start..at], &text[at + 1..]);
        result.push(if binds(word, rest, language) { HARD } else { ' ' });
        word_start = at + 1;
    }
    result
}

/// Whether a word holds on to what follows.
fn binds(word: &str, rest: &str, language: Language) -> bool {
    let mut letters = word.chars();
    let is_short = match (letters.next(), letters.next()) {
        (Some(it), None) => match language {
            Language::English => matches!(it, 'a' | 'A' | 'I'),
            _ => "ksvzouaiKSVZOUAI".contains(it),
        },
        _ => false,
    };
    let is_digit = |it: char| it.is_ascii_digit();
    let is_ordinal = word.strip_suffix('.').is_some_and(|it| (1..=2).contains(&it.len()) && it.chars().all(is_digit));
    let is_number = word.ends_with(is_digit) && word.chars().all(|it| is_digit(it) || matches!(it, ',' | '.'));
    let follows = rest.chars().next();
    let is_counted =
        (is_number || is_ordinal) && follows.is_some_and(|it| it.is_alphanumeric() || matches!(it, '%' | '€' | '$' | '°' | '£'));
    let is_title = [
        "Ing.", "Mgr.", "Bc.", "JUDr.", "MUDr.", "PhDr.", "RNDr.", "Dr.", "doc.", "prof.", "č.", "čl.", "str.", "tel.", "p.",
        "sv.", "§",
    ];
    is_short && follows.is_some_and(|it| !it.is_whitespace()) || is_counted || is_title.contains(&word)
}

/// `821 09`; what is no postcode of five digits stays.
pub(super) fn postcode(text: &str) -> String {
    let digits: String = text.chars().filter(|it| !it.is_whitespace()).collect();
    if digits.len() == 5 && digits.bytes().all(|it| it.is_ascii_digit()) {
        format!("{}{HARD}{}", &digits[..3], &digits[3..])
    } else {
        text.trim().to_owned()
    }
}

/// `+421 903 622 237`, `+421 2 5555 1234`; what is no number in the form of ITU-T E.164 stays.
pub(super) fn phone(text: &str) -> String {
    let plain: String = text.chars().filter(|it| !it.is_whitespace() && !matches!(it, '-' | '/' | '(' | ')' | '.')).collect();
    let Some(digits) =
        plain.strip_prefix('+').filter(|it| (8..=15).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_digit()))
    else {
        return text.trim().to_owned();
    };
    let (code, groups): (usize, &[usize]) = match digits.as_bytes() {
        [b'4', b'2', b'1', b'2', ..] if digits.len() == 12 => (3, &[1, 4, 4]),
        [b'4', b'2', b'1', b'3' | b'4' | b'5', ..] if digits.len() == 12 => (3, &[2, 3, 4]),
        [b'4', b'2', b'0' | b'1', ..] => (3, &[3, 3, 3]),
        [b'4', b'0' | b'3' | b'4' | b'5' | b'8' | b'9', ..] | [b'3', b'0'..=b'4' | b'6' | b'9', ..] => (2, &[3, 3, 3]),
        [b'1' | b'7', ..] => (1, &[3, 3, 4]),
        _ => (3, &[3, 3, 3]),
    };
    let mut number = format!("+{}", &digits[..code]);
    let mut rest = &digits[code..];
    for n in groups {
        let (group, behind) = rest.split_at(if rest.len() < n + 2 { rest.len() } else { *n });
        if !group.is_empty() {
            number.push(HARD);
            number.push_str(group);
        }
        rest = behind;
    }
    number + rest
}

/// `SK31 1200 0000 1987 4263 7541`; what is no account of ISO 13616 by its form stays.
pub(super) fn iban(text: &str) -> String {
    let plain: String = text.chars().filter(|it| !it.is_whitespace()).map(|it| it.to_ascii_uppercase()).collect();
    let is_iban = (15..=34).contains(&plain.len())
        && plain.bytes().all(|it| it.is_ascii_alphanumeric())
        && plain.as_bytes()[..2].iter().all(u8::is_ascii_alphabetic)
        && plain.as_bytes()[2..4].iter().all(u8::is_ascii_digit);
    if !is_iban {
        return text.trim().to_owned();
    }
    let mut groups = String::with_capacity(plain.len() + 18);
    for (at, it) in plain.chars().enumerate() {
        if 0 < at && at % 4 == 0 {
            groups.push(HARD);
        }
        groups.push(it);
    }
    groups
}
