//! Texts that spreadsheet programs would take for formulas.

use std::borrow::Cow;

/// Puts an apostrophe before a text that a spreadsheet program might compute.
///
/// It looks at the first character that is not a space or invisible, because such are cut off before the program decides.
pub fn neutral(text: &str) -> Cow<'_, str> {
    if is_formula(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// Takes away the apostrophe that [`neutral`] put there.
pub fn plain(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_formula(rest) => rest,
        _ => text,
    }
}

/// Whether a spreadsheet program might take the text for a formula.
pub fn is_formula(text: &str) -> bool {
    if text.starts_with(['\t', '\r', '\n']) {
        return true;
    }
    let rest = text.trim_start_matches(|it: char| it.is_whitespace() || it.is_control() || is_invisible(it));
    match rest.chars().next() {
        Some('+' | '＋') => !is_phone(rest),
        Some('=' | '-' | '@' | '|' | '＝' | '－' | '＠' | '｜' | '−') => true,
        _ => false,
    }
}

/// A plus with digits in groups stays a text for these programs, and there is nothing in it to compute.
fn is_phone(text: &str) -> bool {
    let Some(digits) = text.strip_prefix('+') else { return false };
    let mut groups = digits.split(' ');
    digits.len() < 24 && groups.all(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()))
}

fn is_invisible(it: char) -> bool {
    matches!(it, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// Groups the digits of an E.164 number, so that a spreadsheet program keeps it as a text: `+421 903 622 237`.
pub fn grouped(phone: &str) -> String {
    let Some(digits) = phone.strip_prefix('+').filter(|it| it.bytes().all(|it| it.is_ascii_digit())) else {
        return phone.to_owned();
    };
    // The last nine in threes; what is before them is the country's code.
    let head = digits.len().saturating_sub(9);
    let mut text = String::from("+");
    text.push_str(&digits[..head]);
    for group in digits.as_bytes()[head..].chunks(3) {
        if 1 < text.len() {
            text.push(' ');
        }
        text.extend(group.iter().map(|it| char::from(*it)));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_program_might_compute_gets_an_apostrophe() {
        for text in [
            "=1+1",
            "+1+cmd|' /C calc'!A0",
            "-2+3",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "|x",
            "  =1",
            "\u{a0}=1",
            "\u{200b}=1",
            "\u{feff}@x",
            "＝1",
            "＋1",
            "－1",
            "＠x",
            "+",
            "+421 (0)903",
            "+1 A1",
            "-5",
            "\u{1}=1",
        ] {
            assert!(neutral(text).starts_with('\''), "{text:?}");
            assert_eq!(plain(&neutral(text)), text);
        }
    }

    #[test]
    fn phones_and_ordinary_texts_stay_as_they_are() {
        for text in ["+421 903 622 237", "+421903622237", "Nová, s.r.o.", "a=b", "d'Artagnan", "'s-Hertogenbosch", "", "O'Neil"]
        {
            assert_eq!(neutral(text), text);
            assert_eq!(plain(text), text);
        }
    }

    #[test]
    fn phones_are_written_in_groups() {
        for (phone, text) in [("+421903622237", "+421 903 622 237"), ("+4205", "+420 5"), ("0903", "0903")] {
            assert_eq!(grouped(phone), text);
        }
    }
}
