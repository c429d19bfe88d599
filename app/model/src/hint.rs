//! Hints about addresses that are well formed and probably still wrong. They are offered, never applied by themselves.

use serde::{Deserialize, Serialize};

use crate::{EmailAddress, domain};

/// What looks suspicious about an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AddressHint {
    /// The domain is one slip of a finger away from a well-known one: this was probably meant.
    Meant(EmailAddress),
    /// The domain mixes alphabets or is made of letters that pass for others.
    LooksLikeAnother,
}

impl AddressHint {
    /// What looks suspicious about the address, if anything does.
    pub fn about(address: &EmailAddress) -> Option<Self> {
        let name = address.domain();
        if domain::looks_like_another(name) {
            return Some(Self::LooksLikeAnother);
        }
        let meant = meant(name)?;
        EmailAddress::parse(&format!("{}@{meant}", address.local())).ok().map(Self::Meant)
    }
}

/// Providers of mailboxes that people in Slovakia and Czechia write from, the commonest first.
const PROVIDERS: [&str; 53] = [
    "gmail.com",
    "seznam.cz",
    "azet.sk",
    "zoznam.sk",
    "centrum.sk",
    "centrum.cz",
    "outlook.com",
    "hotmail.com",
    "yahoo.com",
    "icloud.com",
    "email.cz",
    "post.cz",
    "post.sk",
    "pobox.sk",
    "atlas.cz",
    "atlas.sk",
    "volny.cz",
    "tiscali.cz",
    "quick.cz",
    "iol.cz",
    "orangemail.sk",
    "stonline.sk",
    "upcmail.sk",
    "upcmail.cz",
    "chello.sk",
    "chello.cz",
    "inmail.sk",
    "inmail.cz",
    "szm.sk",
    "googlemail.com",
    "live.com",
    "msn.com",
    "me.com",
    "mac.com",
    "mail.com",
    "email.com",
    "ymail.com",
    "aol.com",
    "outlook.sk",
    "outlook.cz",
    "yahoo.co.uk",
    "yahoo.de",
    "gmx.com",
    "gmx.de",
    "gmx.at",
    "gmx.net",
    "web.de",
    "t-online.de",
    "proton.me",
    "protonmail.com",
    "freemail.hu",
    "citromail.hu",
    "o2.pl",
];

/// Domains that are taken for another so often that no rule of distance is needed.
const MISTAKEN: [(&str, &str); 5] = [
    ("gmail.sk", "gmail.com"),
    ("gmail.cz", "gmail.com"),
    ("gmail.co", "gmail.com"),
    ("hotmail.co", "hotmail.com"),
    ("outlook.co", "outlook.com"),
];

/// Endings that do not exist and are one slip away from one that does.
const ENDINGS: [(&str, &[&str]); 6] = [
    ("com", &["con", "cmo", "ocm", "comm", "coom", "ccom", "vom", "xom", "cpm", "cim", "ckm", "cok"]),
    ("sk", &["ks", "skk", "ssk", "slk", "sik"]),
    ("cz", &["zc", "czz", "ccz", "xz", "cxz", "czx"]),
    ("net", &["nte", "ent", "nett", "ner"]),
    ("org", &["ogr", "rog", "orgg", "orh"]),
    ("eu", &["ue", "euu", "eeu", "wu"]),
];

/// The domain that was probably meant.
fn meant(name: &str) -> Option<String> {
    if PROVIDERS.contains(&name) {
        return None;
    }
    if let Some((_, meant)) = MISTAKEN.iter().find(|it| it.0 == name) {
        return Some((*meant).to_owned());
    }
    if let Some(provider) = PROVIDERS.iter().find(|it| is_slip(name, it)) {
        return Some((*provider).to_owned());
    }
    let (rest, ending) = name.rsplit_once('.')?;
    let (right, _) = ENDINGS.iter().find(|it| it.1.contains(&ending))?;
    let righted = format!("{rest}.{right}");
    meant(&righted).or(Some(righted))
}

/// Whether one slip turns a provider's domain into this one. In a short name only swapped letters count: `host.sk` is no `post.sk`.
fn is_slip(name: &str, provider: &str) -> bool {
    let long = provider.split('.').next().is_some_and(|it| 5 <= it.len());
    let sorted = |text: &str| {
        let mut letters = text.as_bytes().to_vec();
        letters.sort_unstable();
        letters
    };
    (long || sorted(name) == sorted(provider)) && distance(name, provider) == 1
}

/// How many slips lie between two words: a letter left out, put in, exchanged for another, or two neighbours swapped
/// (Damerau-Levenshtein, optimal string alignment).
fn distance(a: &str, b: &str) -> usize {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if 1 < a.len().abs_diff(b.len()) {
        return 2;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut best = (row[j] + usize::from(x != y)).min(row[j + 1] + 1).min(next[j] + 1);
            if 0 < i && 0 < j && *x == b[j - 1] && a[i - 1] == *y {
                best = best.min(before[j - 1] + 1);
            }
            next.push(best);
        }
        before = std::mem::replace(&mut row, next);
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn hint(text: &str) -> Option<AddressHint> {
        AddressHint::about(&EmailAddress::parse(text).unwrap())
    }

    #[test]
    fn a_slip_of_the_finger_is_corrected() {
        for (typed, meant) in [
            ("eva@gmial.com", "eva@gmail.com"),
            ("eva@gmai.com", "eva@gmail.com"),
            ("eva@gmaill.com", "eva@gmail.com"),
            ("eva@gmail.con", "eva@gmail.com"),
            ("eva@gmail.cz", "eva@gmail.com"),
            ("eva@seznma.cz", "eva@seznam.cz"),
            ("eva@sezanm.cz", "eva@seznam.cz"),
            ("eva@zoznam.ks", "eva@zoznam.sk"),
            ("eva@aezt.sk", "eva@azet.sk"),
            ("eva@azet.ks", "eva@azet.sk"),
            ("eva@outlok.com", "eva@outlook.com"),
            ("Eva.Nova+x@firma.con", "Eva.Nova+x@firma.com"),
            ("eva@nasa-firma.ks", "eva@nasa-firma.sk"),
        ] {
            assert_eq!(hint(typed), Some(AddressHint::Meant(EmailAddress::parse(meant).unwrap())), "{typed}");
        }
    }

    #[test]
    fn what_exists_is_left_alone() {
        for address in [
            "eva@gmail.com",
            "eva@email.cz",
            "eva@mail.com",
            "eva@host.sk",
            "eva@most.sk",
            "eva@firma.sk",
            "eva@firma.co",
            "eva@posel.example",
            "eva@post.sk",
            "eva@gmx.at",
            "eva@kôň.sk",
        ] {
            assert_eq!(hint(address), None, "{address}");
        }
    }

    #[test]
    fn letters_that_pass_for_others_are_named() {
        assert_eq!(hint("eva@bаnka.sk"), Some(AddressHint::LooksLikeAnother));
    }

    #[test]
    fn no_provider_is_taken_for_another() {
        for provider in PROVIDERS {
            assert_eq!(meant(provider), None, "{provider}");
        }
    }

    proptest! {
        #[test]
        fn what_was_meant_needs_no_further_hint(local in "[a-z]{1,8}", name in "[a-z]{1,9}", ending in "[a-z]{2,4}") {
            if let Some(AddressHint::Meant(meant)) = hint(&format!("{local}@{name}.{ending}")) {
                prop_assert_eq!(AddressHint::about(&meant), None);
            }
        }

        #[test]
        fn the_distance_is_the_same_both_ways(a in "[a-c]{0,6}", b in "[a-c]{0,6}") {
            prop_assert_eq!(distance(&a, &b), distance(&b, &a));
        }
    }
}
