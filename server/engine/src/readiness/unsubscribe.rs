//! Whether recipients can unsubscribe with one click: the page is reached from the internet, and the header is signed (RFC 8058 §4).

use model::{DomainName, Evidence, Finding, Readiness, ReadinessCheck};

/// Looks at the public address and at whether mails are signed.
pub(super) fn look(public_url: &str, signs: bool) -> Readiness {
    let finding = match (is_reached(public_url), signs) {
        (false, _) => Finding::UnsubscribeUnreachable,
        (true, false) => Finding::UnsubscribeUnsigned,
        (true, true) => Finding::UnsubscribeReady,
    };
    let evidence = vec![Evidence { asked: "List-Unsubscribe".to_owned(), answer: public_url.to_owned() }];
    Readiness { check: ReadinessCheck::Unsubscribe, finding, about: public_url.to_owned(), evidence, record: None }
}

/// Whether the address is one of the internet, with `https`. Names that are kept for local use lead nowhere from outside (RFC 6761,
/// RFC 6762).
fn is_reached(public_url: &str) -> bool {
    let Some(rest) = public_url.strip_prefix("https://") else { return false };
    let host = rest.split(['/', ':']).next().unwrap_or_default().to_ascii_lowercase();
    let local = [".local", ".localhost", ".internal", ".lan", ".home.arpa", ".test", ".invalid"];
    DomainName::parse(&host).is_ok() && !local.iter().any(|it| host.ends_with(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_click_needs_a_public_page_and_a_signature() {
        for (url, signs, finding) in [
            ("https://posel.firma.sk", true, Finding::UnsubscribeReady),
            ("https://posel.firma.sk:8443/x", true, Finding::UnsubscribeReady),
            ("https://posel.firma.sk", false, Finding::UnsubscribeUnsigned),
            ("http://posel.firma.sk", true, Finding::UnsubscribeUnreachable),
            ("http://localhost:8080", true, Finding::UnsubscribeUnreachable),
            ("https://posel.local", true, Finding::UnsubscribeUnreachable),
            ("https://10.0.0.7", true, Finding::UnsubscribeUnreachable),
        ] {
            assert_eq!(look(url, signs).finding, finding, "{url} {signs}");
        }
    }
}
