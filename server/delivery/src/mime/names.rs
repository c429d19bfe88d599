//! Addresses with the names shown for them.

use super::{
    Mailbox,
    fault::{Field, MimeFault, Reason, is_control},
    words,
};
use crate::visible::is_invisible;

/// The longest name, in characters.
const LONGEST: usize = 200;

/// Writes a list of mailboxes, each on a line of its own.
pub(super) fn list(boxes: &[Mailbox], column: usize, field: impl Fn(usize) -> Field) -> Result<String, MimeFault> {
    let mut written = Vec::new();
    for (i, it) in boxes.iter().enumerate() {
        written.push(one(it, if i == 0 { column } else { 1 }, || field(i))?);
    }
    Ok(written.join(",\r\n "))
}

/// Writes `"name" <address>`, or the address alone.
pub(super) fn one(it: &Mailbox, column: usize, field: impl FnOnce() -> Field) -> Result<String, MimeFault> {
    let name = match &it.name {
        Some(name) => shown(name).map_err(|reason| field().because(reason))?,
        None => None,
    };
    let address = it.address.as_str();
    let Some(name) = name else {
        return Ok(address.to_owned());
    };
    let phrase = if is_quotable(&name) { quoted(&name) } else { words::encoded(&name, column) };
    let last = phrase.rsplit("\r\n").next().unwrap_or_default().len();
    let gap = if 76 < column + last + address.len() + 3 { "\r\n " } else { " " };
    Ok(format!("{phrase}{gap}<{address}>"))
}

/// The name that may be shown: without invisible characters, and none at all if it looks like an address.
pub(super) fn shown(name: &str) -> Result<Option<String>, Reason> {
    if name.chars().any(is_control) {
        return Err(Reason::ControlCharacter);
    }
    let seen: String = name.chars().filter(|&it| !is_invisible(it)).collect();
    let seen = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    if LONGEST < seen.chars().count() {
        return Err(Reason::TooLong);
    }
    Ok(if seen.is_empty() || looks_like_address(&seen) { None } else { Some(seen) })
}

/// Whether an at sign, or a letter that looks like one, stands between two characters.
fn looks_like_address(name: &str) -> bool {
    name.split(' ').any(|word| {
        let mut parts = word.split(['@', '\u{ff20}', '\u{fe6b}']);
        parts.next().is_some_and(|it| !it.is_empty()) && parts.next().is_some_and(|it| !it.is_empty())
    })
}

fn is_quotable(name: &str) -> bool {
    name.len() <= 60 && name.bytes().all(|it| matches!(it, b' '..=b'~')) && !name.contains("=?")
}

/// A quoted string of RFC 5322 §3.2.4.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use model::EmailAddress;

    use super::*;

    fn written(name: &str) -> Result<String, Reason> {
        let it = Mailbox { name: Some(name.to_owned()), address: EmailAddress::parse("x@evil.sk").unwrap() };
        one(&it, 6, || Field::From).map_err(|it| it.reason)
    }

    #[test]
    fn names_are_quoted_or_encoded() {
        assert_eq!(written("Eva Nova, s.r.o. \"x\\y\"").unwrap(), r#""Eva Nova, s.r.o. \"x\\y\"" <x@evil.sk>"#);
        assert_eq!(written("Eva Nová").unwrap(), "=?utf-8?B?RXZhIE5vdsOh?= <x@evil.sk>");
    }

    #[test]
    fn a_name_that_looks_like_an_address_is_left_out() {
        for name in ["ceo@bank.sk", "\"ceo@bank.sk\"", "Bank <ceo@bank.sk>", "ceo＠bank.sk", "", " \u{200b} "] {
            assert_eq!(written(name).unwrap(), "x@evil.sk", "{name}");
        }
        assert!(written("Firma @ doma").unwrap().starts_with("\"Firma @ doma\""));
    }

    #[test]
    fn a_name_cannot_turn_the_direction_of_writing() {
        assert_eq!(written("Eva\u{202e} av\u{200b}oN").unwrap(), "\"Eva avoN\" <x@evil.sk>");
    }

    #[test]
    fn a_name_with_a_line_break_is_refused() {
        for name in ["a\r\nBcc: b@c.sk", "a\nb", "a\rb", "a\0b", "a\u{85}b", "a\u{2028}b"] {
            assert_eq!(written(name), Err(Reason::ControlCharacter), "{name:?}");
        }
        assert_eq!(written(&"a".repeat(201)), Err(Reason::TooLong));
    }
}
