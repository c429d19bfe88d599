//! Character references of HTML (Living Standard §13.2.5.72 and after).

use std::borrow::Cow;

use html_escape::NAMED_ENTITIES;

/// Where a reference stands: in an attribute a name without `;` before `=` or a letter is no reference (`?a=1&copy=2`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Between tags.
    Text,
    /// In the value of an attribute.
    Attribute,
}

/// Replaces the character references in a text by their characters.
pub fn decode(text: &str, place: Place) -> Cow<'_, str> {
    let Some(first) = text.find('&') else { return Cow::Borrowed(text) };
    let mut plain = String::with_capacity(text.len());
    plain.push_str(&text[..first]);
    let mut rest = &text[first..];
    while let Some(after) = rest.strip_prefix('&') {
        let taken = match after.strip_prefix('#') {
            Some(number) => numeric(number, &mut plain).map(|n| n + 2),
            None => named(after, place, &mut plain).map(|n| n + 1),
        };
        if taken.is_none() {
            plain.push('&');
        }
        rest = &rest[taken.unwrap_or(1)..];
        let next = rest.find('&').unwrap_or(rest.len());
        plain.push_str(&rest[..next]);
        rest = &rest[next..];
    }
    Cow::Owned(plain)
}

/// Reads what follows `&#`, writes the character and says how many bytes that took.
fn numeric(text: &str, plain: &mut String) -> Option<usize> {
    let (radix, from) = if text.starts_with(['x', 'X']) { (16, 1) } else { (10, 0) };
    let digits = text[from..].bytes().take_while(|it| char::from(*it).is_digit(radix)).count();
    if digits == 0 {
        return None;
    }
    let end = from + digits;
    // More than seven significant digits are beyond Unicode in both radixes.
    let number = text[from..end].trim_start_matches('0');
    let code = if 7 < number.len() { u32::MAX } else { u32::from_str_radix(number, radix).unwrap_or(0) };
    plain.push(character(code));
    Some(end + usize::from(text[end..].starts_with(';')))
}

/// The character of a code; the codes 0x80 to 0x9F mean those of Windows-1252, what is no character becomes U+FFFD.
fn character(code: u32) -> char {
    const WINDOWS: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    match code {
        0 => char::REPLACEMENT_CHARACTER,
        0x80..=0x9f => WINDOWS.chars().nth((code - 0x80) as usize).unwrap_or(char::REPLACEMENT_CHARACTER),
        _ => char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}

/// Reads what follows `&`, writes the characters of the name and says how many bytes that took.
fn named(text: &str, place: Place, plain: &mut String) -> Option<usize> {
    let length = text.bytes().take_while(u8::is_ascii_alphanumeric).take(32).count();
    if text[length..].starts_with(';')
        && let Some(characters) = look_up(&text[..length])
    {
        plain.push_str(characters);
        return Some(length + 1);
    }
    for n in (2..=length.min(6)).rev() {
        let Some(characters) = look_up(&text[..n]).filter(|it| is_old(it)) else { continue };
        let follows = text.as_bytes().get(n);
        if place == Place::Attribute && follows.is_some_and(|it| *it == b'=' || it.is_ascii_alphanumeric()) {
            return None;
        }
        plain.push_str(characters);
        return Some(n);
    }
    None
}

fn look_up(name: &str) -> Option<&'static str> {
    let at = NAMED_ENTITIES.binary_search_by(|(known, _)| (*known).cmp(name.as_bytes())).ok()?;
    Some(NAMED_ENTITIES[at].1)
}

/// The references that browsers read without `;`: those of Latin-1 and of the signs of markup.
fn is_old(characters: &str) -> bool {
    let mut all = characters.chars();
    matches!((all.next(), all.next()), (Some('&' | '<' | '>' | '"' | '\u{a0}'..='\u{ff}'), None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_become_characters() {
        for (text, plain) in [
            ("a &amp; b &lt;c&gt; &quot;", "a & b <c> \""),
            ("&#269;&#x10D;&#X10d &#150;", "ččč –"),
            ("&nbsp&copy 2026", "\u{a0}© 2026"),
            ("&Tab;&NewLine;&colon;", "\t\n:"),
            ("&notit; &nonsense; & &; &#; &#x; &#xz", "¬it; &nonsense; & &; &#; &#x; &#xz"),
            ("&#0;&#xD800;&#x110000;&#99999999999;", "\u{fffd}\u{fffd}\u{fffd}\u{fffd}"),
        ] {
            assert_eq!(decode(text, Place::Text), plain);
        }
    }

    #[test]
    fn a_parameter_of_an_address_is_no_reference() {
        assert_eq!(decode("?a=1&copy=2&reg2&lt;", Place::Attribute), "?a=1&copy=2&reg2<");
    }
}
