//! Whether an address is bad or a mail only came back, by codes and words.

use std::sync::OnceLock;

use model::BounceKind;
use regex::Regex;

use crate::EnhancedCode;

/// Codes that say that the address is bad (RFC 3463 and what large providers make of it).
const ADDRESS_BAD: [(u16, u16); 9] = [(1, 0), (1, 1), (1, 2), (1, 3), (1, 6), (1, 10), (2, 1), (4, 1), (4, 310)];

/// Words by which servers say the same, folded to small letters without diacritics.
const ADDRESS_BAD_WORDS: [&str; 26] = [
    "user unknown",
    "unknown user",
    "unknown or illegal alias",
    "no such user",
    "no such recipient",
    "no mailbox here",
    "no such mailbox",
    "unknown recipient",
    "recipient unknown",
    "recipient address rejected: access denied",
    "recipient not found",
    "recipientnotfound",
    "invalid recipient",
    "invalid mailbox",
    "does not exist",
    "doesn't exist",
    "doesn't have a",
    "mailbox not found",
    "mailbox unavailable",
    "mailbox is disabled",
    "account is disabled",
    "unrouteable address",
    "host or domain name not found",
    "neexistuje",
    "neznamy prijemce",
    "neznamy prijemca",
];

/// Words of a mailbox that is there and takes nothing now.
const FULL_WORDS: [&str; 9] = [
    "mailbox full",
    "mailbox is full",
    "over quota",
    "overquota",
    "quota exceeded",
    "out of storage",
    "schranka je plna",
    "schranka je preplnena",
    "schranka prijemce je plna",
];

/// What a failure means for the address.
pub(super) fn kind(code: Option<EnhancedCode>, words: &str) -> BounceKind {
    let words = model::fold::fold(words);
    let full = FULL_WORDS.iter().any(|it| words.contains(it));
    let named = ADDRESS_BAD_WORDS.iter().any(|it| words.contains(it));
    match code {
        // After days of trying nothing is proven about the address.
        Some(it) if it.class == 4 => BounceKind::Soft,
        Some(it) if ADDRESS_BAD.contains(&(it.subject, it.detail)) && !full => BounceKind::Hard,
        // x.0.0 and x.5.0 say nothing; the words may.
        Some(it) if matches!((it.subject, it.detail), (0 | 5, 0)) && named && !full => BounceKind::Hard,
        None if named && !full => BounceKind::Hard,
        _ => BounceKind::Soft,
    }
}

/// The stated code, or the one in the words where the stated one says nothing.
pub(super) fn clearest(stated: Option<EnhancedCode>, words: &str) -> Option<EnhancedCode> {
    match (stated, enhanced(words)) {
        (None, found) => found.or_else(|| plain_code(words)),
        (Some(it), Some(found)) if it.subject == 0 && it.class == found.class => Some(found),
        (stated, _) => stated,
    }
}

/// The first code of RFC 3463 in a text.
pub(super) fn enhanced(text: &str) -> Option<EnhancedCode> {
    static PATTERN: OnceLock<Option<Regex>> = OnceLock::new();
    let pattern = PATTERN.get_or_init(|| Regex::new(r"(?:^|[^0-9.])([45]\.[0-9]{1,3}\.[0-9]{1,3})(?:$|[^0-9.])").ok());
    let found = pattern.as_ref()?.captures(text)?;
    EnhancedCode::leading(found.get(1)?.as_str().as_bytes())
}

/// A reply of SMTP without such a code, as the code that says no more than its class.
fn plain_code(text: &str) -> Option<EnhancedCode> {
    static PATTERN: OnceLock<Option<Regex>> = OnceLock::new();
    let pattern = PATTERN.get_or_init(|| Regex::new(r"(?:^|[^0-9.])([45])[0-5][0-9](?:[ -]|$)").ok());
    let class = pattern.as_ref()?.captures(text)?.get(1)?.as_str().parse().ok()?;
    Some(EnhancedCode { class, subject: 0, detail: 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(stated: &str, words: &str) -> BounceKind {
        kind(clearest(EnhancedCode::leading(stated.as_bytes()), words), words)
    }

    #[test]
    fn only_a_bad_address_is_hard() {
        for (stated, words, expected) in [
            ("5.1.1", "550 5.1.1 User unknown", BounceKind::Hard),
            ("5.0.0", "550 5.1.1 User unknown", BounceKind::Hard),
            ("5.0.0", "550 Requested action not taken: mailbox unavailable", BounceKind::Hard),
            ("5.0.0", "550 blocked", BounceKind::Soft),
            ("", "550 No such user here", BounceKind::Hard),
            ("", "Adresát neexistuje", BounceKind::Hard),
            ("", "Schránka je plná", BounceKind::Soft),
            ("5.2.2", "552 5.2.2 mailbox full", BounceKind::Soft),
            ("5.1.1", "550 5.1.1 over quota", BounceKind::Soft),
            ("5.7.1", "550 5.7.1 blocked: user unknown", BounceKind::Soft),
            ("4.4.7", "delivery time expired", BounceKind::Soft),
            ("5.4.1", "550 5.4.1 Recipient address rejected: Access denied", BounceKind::Hard),
        ] {
            assert_eq!(judged(stated, words), expected, "{stated} {words}");
        }
    }

    #[test]
    fn codes_are_found_among_words_and_addresses_are_not_codes() {
        assert_eq!(enhanced("said: 550-5.1.1 gone").map(|it| it.to_string()).as_deref(), Some("5.1.1"));
        assert_eq!(enhanced("host 5.1.1.7 said nothing"), None);
        assert_eq!(enhanced("version 15.1.1 of"), None);
    }
}
