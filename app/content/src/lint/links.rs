//! Whether the address of a link will do.

use std::ops::Range;

use super::mask::Masked;
use crate::html::entities::{Place, decode};
use crate::html::purify::address;

/// Why an address will not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinkFault {
    /// There is none, or only `#`.
    Empty,
    /// It leads to a place on a page, and a mail has no page around it.
    Relative,
    /// It is of a kind that does not leave: only web, mail and phone do.
    Scheme,
    /// It leads to a machine that readers cannot reach.
    Local,
    /// It is no whole address.
    Malformed,
    /// A `{{` or `}}` without its other half.
    HalfField,
    /// Blanks in it; Seznam.cz drops such links.
    Blanks,
    /// Letters with diacritics that are not encoded; Seznam.cz drops such links.
    NotEncoded,
    /// It is read along on its way: `http:` instead of `https:`.
    Insecure,
}

/// Judges the address of a link by its bytes; an address that a field gives is judged when it is filled.
pub(super) fn judge(value: &str, place: &Range<usize>, masked: &Masked) -> Option<LinkFault> {
    if masked.is_value(place.start) {
        return None;
    }
    let address = decode(value, Place::Attribute);
    let address = address.trim();
    if address.is_empty() || address == "#" {
        return Some(LinkFault::Empty);
    }
    if address::is_code(address) {
        return None;
    }
    if address.contains("{{") || address.contains("}}") {
        return Some(LinkFault::HalfField);
    }
    let Some(address) = address::link(address) else {
        return Some(if has_scheme(address) { LinkFault::Scheme } else { LinkFault::Relative });
    };
    let lower = address.to_ascii_lowercase();
    match lower.split_once(':') {
        Some(("http" | "https", rest)) => web(&lower, rest, masked.has_value(place)),
        Some(("mailto", rest)) => {
            let whom = rest.split('?').next().unwrap_or_default();
            if whom.is_empty() || whom.contains('@') || masked.has_value(place) {
                blanks(whom)
            } else {
                Some(LinkFault::Malformed)
            }
        }
        Some(("tel" | "sms", rest)) => {
            let is_number = rest.chars().any(|it| it.is_ascii_digit()) || masked.has_value(place);
            (!is_number).then_some(LinkFault::Malformed)
        }
        _ => None,
    }
}

fn web(address: &str, rest: &str, has_value: bool) -> Option<LinkFault> {
    let rest = rest.trim_start_matches('/');
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    let name = if host.starts_with('[') { host } else { host.split(':').next().unwrap_or_default() };
    if name.is_empty() || host.contains(|it: char| it.is_whitespace()) || matches!(name, "http" | "https") {
        return Some(LinkFault::Malformed);
    }
    if is_local(name) {
        return Some(LinkFault::Local);
    }
    if !name.contains('.') && !name.starts_with('[') && !has_value {
        return Some(LinkFault::Malformed);
    }
    if let Some(fault) = blanks(address) {
        return Some(fault);
    }
    if !rest[host.len().min(rest.len())..].is_ascii() {
        return Some(LinkFault::NotEncoded);
    }
    address.starts_with("http:").then_some(LinkFault::Insecure)
}

fn blanks(address: &str) -> Option<LinkFault> {
    address.contains(char::is_whitespace).then_some(LinkFault::Blanks)
}

/// Machines that only their own network reaches (RFC 1918, RFC 6761, RFC 6762).
fn is_local(name: &str) -> bool {
    let parts: Vec<Option<u8>> = name.split('.').map(|it| it.parse().ok()).collect();
    let is_private = matches!(
        parts.as_slice(),
        [Some(10 | 127), Some(_), Some(_), Some(_)]
            | [Some(172), Some(16..=31), Some(_), Some(_)]
            | [Some(192), Some(168), Some(_), Some(_)]
            | [Some(169), Some(254), Some(_), Some(_)]
    );
    is_private || name == "localhost" || name == "[::1]" || name.ends_with(".local") || name.ends_with(".localhost")
}

fn has_scheme(address: &str) -> bool {
    address.split_once(':').is_some_and(|(scheme, _)| {
        !scheme.is_empty() && scheme.chars().all(|it| it.is_ascii_alphanumeric() || matches!(it, '+' | '-' | '.'))
    })
}

#[cfg(test)]
mod tests {
    use super::super::mask::mask;
    use super::*;

    #[test]
    fn addresses_that_will_not_do_are_told_apart() {
        for (value, fault) in [
            ("https://firma.sk/a?b=1&amp;c=2#d", None),
            ("https://firma.sk:8443/", None),
            ("//firma.sk/a", None),
            ("mailto:a@firma.sk?subject=x", None),
            ("tel:+421 903 622 237", None),
            ("#dole", None),
            ("{{ company.web }}", None),
            ("https://firma.sk/{{ contact.name }}", None),
            ("https://{{ company.web }}/ponuka", None),
            ("mailto:{{ company.email }}", None),
            ("javascript:alert(1)", None),
            ("", Some(LinkFault::Empty)),
            (" # ", Some(LinkFault::Empty)),
            ("/kontakt", Some(LinkFault::Relative)),
            ("www.firma.sk", Some(LinkFault::Relative)),
            ("ftp://firma.sk/", Some(LinkFault::Scheme)),
            ("file:///C:/a.html", Some(LinkFault::Scheme)),
            ("http://localhost:8080/", Some(LinkFault::Local)),
            ("https://192.168.1.10/a", Some(LinkFault::Local)),
            ("https://sklad.local/a", Some(LinkFault::Local)),
            ("https://", Some(LinkFault::Malformed)),
            ("https://http://firma.sk", Some(LinkFault::Malformed)),
            ("https://firma", Some(LinkFault::Malformed)),
            ("mailto:firma.sk", Some(LinkFault::Malformed)),
            ("tel:", Some(LinkFault::Malformed)),
            ("https://firma.sk/{{ contact.name", Some(LinkFault::HalfField)),
            ("https://firma.sk/a b", Some(LinkFault::Blanks)),
            ("https://firma.sk/ponuka/židle", Some(LinkFault::NotEncoded)),
            ("http://firma.sk/", Some(LinkFault::Insecure)),
        ] {
            let masked = mask(value);
            assert_eq!(judge(&masked.html, &(0..value.len()), &masked), fault, "{value}");
        }
    }
}
