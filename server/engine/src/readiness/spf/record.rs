//! The words of a record (RFC 7208 §4.6 and §5).

use std::net::IpAddr;

/// What a record says about an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// It may send.
    Pass,
    /// It may not.
    Fail,
    /// It probably may not.
    SoftFail,
    /// Nothing is said.
    Neutral,
}

/// What an address is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mechanism {
    /// Any address.
    All,
    /// The addresses for which another domain's record says yes.
    Include(String),
    /// The addresses of a host, with so many leading bits of either kind.
    Host(String, (u8, u8)),
    /// The addresses of the hosts that take a domain's mail.
    MailHosts(String, (u8, u8)),
    /// A network.
    Network(Network),
    /// What is known only when a mail comes: names of the sending host, macros.
    Unknowable,
}

/// An address and how many of its leading bits count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Network {
    pub address: IpAddr,
    pub bits: u8,
}

impl Network {
    /// Whether an address lies in it.
    pub fn holds(self, other: IpAddr) -> bool {
        match (self.address, other) {
            (IpAddr::V4(a), IpAddr::V4(b)) => {
                let mask = u32::MAX.checked_shl(32 - u32::from(self.bits.min(32))).unwrap_or(0);
                u32::from(a) & mask == u32::from(b) & mask
            }
            (IpAddr::V6(a), IpAddr::V6(b)) => {
                let mask = u128::MAX.checked_shl(128 - u32::from(self.bits.min(128))).unwrap_or(0);
                u128::from(a) & mask == u128::from(b) & mask
            }
            _ => false,
        }
    }
}

/// A record as it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Record {
    pub terms: Vec<(Meaning, Mechanism)>,
    pub redirect: Option<String>,
}

/// Whether a text is such a record.
pub(super) fn is_record(text: &str) -> bool {
    let first = text.split_ascii_whitespace().next().unwrap_or_default();
    first.eq_ignore_ascii_case("v=spf1")
}

/// The record with one more mechanism, before what it says about all others.
pub(super) fn mended(text: &str, mechanism: &str) -> String {
    let mut words: Vec<&str> = text.split_ascii_whitespace().collect();
    let last = |it: &&str| {
        let it = it.to_ascii_lowercase();
        it.trim_start_matches(['+', '-', '~', '?']) == "all" || it.starts_with("redirect=")
    };
    let place = words.iter().position(last).unwrap_or(words.len());
    words.insert(place, mechanism);
    words.join(" ")
}

impl Record {
    /// Reads the record of a domain; nothing when a word of it is wrong.
    pub fn parse(text: &str, domain: &str) -> Option<Self> {
        let mut record = Self { terms: Vec::new(), redirect: None };
        for word in text.split_ascii_whitespace().skip(1) {
            let modifier =
                word.split_once('=').filter(|it| it.0.chars().all(|it| it.is_ascii_alphanumeric() || "-_.".contains(it)));
            if let Some((name, value)) = modifier {
                if name.eq_ignore_ascii_case("redirect") {
                    record.redirect = Some(value.to_ascii_lowercase());
                }
                continue;
            }
            record.terms.push(term(word, domain)?);
        }
        // What stands behind `all` is never reached, and `redirect` neither (§5.1, §6.1).
        if record.terms.iter().any(|it| it.1 == Mechanism::All) {
            record.redirect = None;
        }
        Some(record)
    }

    /// Whether it includes the record of that domain.
    pub fn includes(&self, domain: &str) -> bool {
        let include = |it: &(Meaning, Mechanism)| it.0 == Meaning::Pass && it.1 == Mechanism::Include(domain.to_owned());
        self.terms.iter().any(include) || self.redirect.as_deref() == Some(domain)
    }
}

fn term(word: &str, domain: &str) -> Option<(Meaning, Mechanism)> {
    let (meaning, rest) = match word.as_bytes().first()? {
        b'+' => (Meaning::Pass, &word[1..]),
        b'-' => (Meaning::Fail, &word[1..]),
        b'~' => (Meaning::SoftFail, &word[1..]),
        b'?' => (Meaning::Neutral, &word[1..]),
        _ => (Meaning::Pass, word),
    };
    let end = rest.find([':', '/']).unwrap_or(rest.len());
    let (name, argument) = (rest[..end].to_ascii_lowercase(), &rest[end..]);
    let value = argument.strip_prefix(':');
    if value.is_some_and(|it| it.contains('%')) && matches!(name.as_str(), "a" | "mx" | "include" | "exists" | "ptr") {
        return Some((meaning, Mechanism::Unknowable));
    }
    let mechanism = match (name.as_str(), value) {
        ("all", None) if argument.is_empty() => Mechanism::All,
        ("include", Some(it)) if !it.is_empty() => Mechanism::Include(it.to_ascii_lowercase()),
        ("exists", Some(it)) if !it.is_empty() => Mechanism::Unknowable,
        ("ptr", _) => Mechanism::Unknowable,
        ("a" | "mx", _) => {
            let (host, sizes) = value.unwrap_or(argument).split_once('/').unwrap_or((value.unwrap_or_default(), ""));
            let sizes = sizes_of(sizes)?;
            let host = if host.is_empty() { domain.to_owned() } else { host.to_ascii_lowercase() };
            if name == "a" { Mechanism::Host(host, sizes) } else { Mechanism::MailHosts(host, sizes) }
        }
        ("ip4" | "ip6", Some(it)) => Mechanism::Network(network(&name, it)?),
        _ => return None,
    };
    Some((meaning, mechanism))
}

/// The leading bits behind `a` and `mx`: `24`, `24//64` or `/64`.
fn sizes_of(text: &str) -> Option<(u8, u8)> {
    let (v4, v6) = match (text.strip_prefix('/'), text.split_once("//")) {
        _ if text.is_empty() => return Some((32, 128)),
        (Some(v6), _) => ("32", v6),
        (None, Some((v4, v6))) => (v4, v6),
        (None, None) => (text, "128"),
    };
    let (v4, v6) = (v4.parse().ok()?, v6.parse().ok()?);
    (v4 <= 32 && v6 <= 128).then_some((v4, v6))
}

fn network(name: &str, text: &str) -> Option<Network> {
    let (address, bits) = text.split_once('/').map_or((text, None), |(a, b)| (a, Some(b)));
    let address: IpAddr = address.parse().ok()?;
    let most = if address.is_ipv4() { 32 } else { 128 };
    let bits = bits.map_or(Some(most), |it| it.parse().ok())?;
    (address.is_ipv4() == (name == "ip4") && bits <= most).then_some(Network { address, bits })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_record_are_read() {
        let record =
            Record::parse("v=spf1 +a mx:posta.sk/24//64 ip4:192.0.2.0/24 ?include:SPF.Example ~all", "firma.sk").unwrap();
        let network = Network { address: "192.0.2.0".parse().unwrap(), bits: 24 };
        let expected = [
            (Meaning::Pass, Mechanism::Host("firma.sk".to_owned(), (32, 128))),
            (Meaning::Pass, Mechanism::MailHosts("posta.sk".to_owned(), (24, 64))),
            (Meaning::Pass, Mechanism::Network(network)),
            (Meaning::Neutral, Mechanism::Include("spf.example".to_owned())),
            (Meaning::SoftFail, Mechanism::All),
        ];
        assert_eq!(record.terms, expected);
    }

    #[test]
    fn a_wrong_word_makes_the_record_useless() {
        for text in
            ["v=spf1 ip4:192.0.2.0/33 -all", "v=spf1 ip4:::1 -all", "v=spf1 include: -all", "v=spf1 mx/99", "v=spf1 anything"]
        {
            assert_eq!(Record::parse(text, "firma.sk"), None, "{text}");
        }
        assert!(Record::parse("v=spf1 exp=words.firma.sk a/24 -all", "firma.sk").is_some());
    }

    #[test]
    fn a_network_holds_what_begins_like_it() {
        let holds =
            |network: &str, bits, other: &str| Network { address: network.parse().unwrap(), bits }.holds(other.parse().unwrap());
        assert!(holds("192.0.2.0", 24, "192.0.2.77") && !holds("192.0.2.0", 24, "192.0.3.1"));
        assert!(holds("0.0.0.0", 0, "203.0.113.5") && !holds("192.0.2.0", 0, "::1"));
        assert!(holds("2001:db8::", 32, "2001:db8:1::5") && !holds("2001:db8::", 128, "2001:db8::1"));
    }

    #[test]
    fn a_mechanism_is_put_before_what_is_said_about_all_others() {
        assert_eq!(mended("v=spf1 mx  -all", "a:relay.sk"), "v=spf1 mx a:relay.sk -all");
        assert_eq!(mended("v=spf1 redirect=_spf.sk", "a:relay.sk"), "v=spf1 a:relay.sk redirect=_spf.sk");
        assert_eq!(mended("v=spf1 mx", "a:relay.sk"), "v=spf1 mx a:relay.sk");
    }
}
