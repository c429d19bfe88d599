//! The TXT record that makes a key known (RFC 6376 §3.6.1).

use base64::{Engine, prelude::BASE64_STANDARD};
use model::{DkimAlgorithm, DkimFound, DnsRecord, DomainName};

/// The record of a key.
pub fn record(domain: &DomainName, selector: &str, algorithm: DkimAlgorithm, public: &[u8]) -> DnsRecord {
    let kind = match algorithm {
        DkimAlgorithm::Rsa => "rsa",
        DkimAlgorithm::Ed25519 => "ed25519",
    };
    let key = BASE64_STANDARD.encode(public);
    DnsRecord { name: format!("{selector}._domainkey.{domain}"), value: format!("v=DKIM1; k={kind}; p={key}") }
}

/// What the texts found at the name say about the key that should be there.
pub fn found(texts: &[String], public: &[u8]) -> DkimFound {
    let keys: Vec<String> = texts.iter().filter_map(|it| key_of(it)).collect();
    let wanted = BASE64_STANDARD.encode(public);
    match keys.first() {
        None => DkimFound::Missing,
        // With several records receivers may take any of them, so all must be the same.
        Some(_) if keys.iter().all(|it| *it == wanted) => DkimFound::Matches,
        Some(first) if keys.len() == 1 && first.is_empty() => DkimFound::Revoked,
        Some(_) => DkimFound::Differs,
    }
}

/// The value of `p=` without blanks; nothing when the text is no record of a key.
fn key_of(text: &str) -> Option<String> {
    let tags: Vec<(&str, &str)> = text.split(';').filter_map(|it| it.split_once('=')).map(|(k, v)| (k.trim(), v)).collect();
    let version = tags.iter().find(|it| it.0 == "v").is_none_or(|it| it.1.trim() == "DKIM1");
    let key = tags.iter().find(|it| it.0 == "p").filter(|_| version)?;
    Some(key.1.chars().filter(|it| !it.is_whitespace()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_read_back_however_it_was_typed() {
        let domain = DomainName::parse("firma.sk").unwrap();
        let made = record(&domain, "p1", DkimAlgorithm::Ed25519, b"public");
        assert_eq!((made.name.as_str(), made.value.as_str()), ("p1._domainkey.firma.sk", "v=DKIM1; k=ed25519; p=cHVibGlj"));
        for (texts, expected) in [
            (vec![made.value.clone()], DkimFound::Matches),
            (vec!["p=cHVi bGlj ;k=ed25519;".to_owned()], DkimFound::Matches),
            (vec![made.value.clone(), "v=spf1 -all".to_owned()], DkimFound::Matches),
            (vec![], DkimFound::Missing),
            (vec!["v=spf1 -all".to_owned()], DkimFound::Missing),
            (vec!["v=DKIM1; p=".to_owned()], DkimFound::Revoked),
            (vec!["v=DKIM1; p=AAAA".to_owned()], DkimFound::Differs),
            (vec![made.value, "v=DKIM1; p=AAAA".to_owned()], DkimFound::Differs),
        ] {
            assert_eq!(found(&texts, b"public"), expected, "{texts:?}");
        }
    }
}
