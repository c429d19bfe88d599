//! Links that make filters and readers suspicious.

use super::body::{Body, Link};
use super::{Finding, Flaw, LINKS_MAX, Part};
use crate::lint::{Severity, place_of};

/// Services that hide where a link leads.
const SHORTENERS: [&str; 22] = [
    "1url.cz",
    "bit.do",
    "bit.ly",
    "buff.ly",
    "cutt.ly",
    "goo.gl",
    "is.gd",
    "jdem.cz",
    "lnkd.in",
    "ow.ly",
    "rb.gy",
    "rebrand.ly",
    "s.id",
    "shorturl.at",
    "t.co",
    "t.ly",
    "tiny.cc",
    "tiny.cz",
    "tinyurl.com",
    "url.cz",
    "v.gd",
    "zkr.cz",
];

/// Judges the links of a body.
pub(super) fn check(body: &Body, html: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    if LINKS_MAX < body.links.len() {
        findings.push(Finding::new(Flaw::ManyLinks(body.links.len()), Severity::Info, Part::Body));
    }
    for link in &body.links {
        if let Some((flaw, severity)) = judge(link)
            && findings.iter().filter(|it| it.flaw == flaw).count() == 0
        {
            let mut finding = Finding::new(flaw, severity, Part::Body);
            finding.places.extend(place_of(html, link.range.clone()));
            findings.push(finding);
        }
        // A mail of thousands of bad links is bad enough.
        if 50 < findings.len() {
            break;
        }
    }
    findings
}

fn judge(link: &Link) -> Option<(Flaw, Severity)> {
    let host = host(&link.address)?;
    if SHORTENERS.contains(&host.as_str()) {
        return Some((Flaw::Shortener(host), Severity::Warning));
    }
    if host.starts_with('[') || host.chars().all(|it| it.is_ascii_digit() || it == '.') {
        return Some((Flaw::NumericHost(host), Severity::Warning));
    }
    if link.has_field {
        return None;
    }
    let shown = shown_host(&link.shown)?;
    (family(&shown) != family(&host)).then_some((Flaw::Disguised { shown, leads: host }, Severity::Warning))
}

/// The host of an address of the web, in lower case.
fn host(address: &str) -> Option<String> {
    let lower = address.to_ascii_lowercase();
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://")).or_else(|| lower.strip_prefix("//"))?;
    let name = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?;
    let name = if name.starts_with('[') { name } else { name.split(':').next()? };
    (!name.is_empty()).then(|| name.to_owned())
}

/// The host that a text shows, when the whole text is an address.
fn shown_host(shown: &str) -> Option<String> {
    let text = shown.trim().trim_end_matches(['.', ',', ')']);
    if text.is_empty() || text.contains(char::is_whitespace) || text.contains('@') {
        return None;
    }
    if let Some(host) = host(text) {
        return Some(host);
    }
    let name = text.to_ascii_lowercase();
    let name = name.split(['/', '?', '#']).next()?;
    let labels: Vec<&str> = name.split('.').collect();
    let is_label = |it: &&str| !it.is_empty() && it.chars().all(|it| it.is_ascii_alphanumeric() || it == '-');
    let ending = labels.last()?;
    let is_name = 2 <= labels.len() && labels.iter().all(is_label) && COUNTRIES.contains(ending);
    is_name.then(|| name.to_owned())
}

/// Endings by which a word without `www` is taken for a host; `ponuka.pdf` is none.
const COUNTRIES: [&str; 12] = ["at", "com", "cz", "de", "eu", "hu", "info", "io", "net", "org", "pl", "sk"];

/// The last two labels, which belong to one holder in nearly all countries.
fn family(host: &str) -> String {
    let mut labels: Vec<&str> = host.rsplit('.').take(2).collect();
    labels.reverse();
    labels.join(".")
}
