//! Bounces written for people only: Exim, qmail, older Exchange and the portals of this country.

use std::sync::OnceLock;

use mail_parser::Message;
use model::EmailAddress;
use regex::Regex;

use super::{Finding, judge, parts};
use crate::visible::visible;

/// How many addresses of one bounce are looked at.
const MOST: usize = 20;
/// How much of a bounce's words is kept, in bytes.
const LONGEST_WORDS: usize = 1024;

/// The left part of addresses that servers write from.
const SERVERS: [&str; 6] = ["mailer-daemon", "maildaemon", "postmaster", "mail-daemon", "mdaemon", "microsoftexchange"];

/// What their subjects say, folded.
const SUBJECTS: [&str; 17] = [
    "undeliver",
    "undelivered",
    "delivery status notification",
    "delivery failure",
    "delivery failed",
    "delivery has failed",
    "mail delivery",
    "failure notice",
    "returned mail",
    "returned to sender",
    "could not be delivered",
    "non remis",
    "nedoruc",
    "vracen",
    "vratena",
    "nelze dorucit",
    "nepodarilo",
];

/// Where the report ends and the returned mail begins.
const COPIES: [&str; 7] = [
    "--- below this line is a copy of the message",
    "------ this is a copy of the message",
    "----- original message -----",
    "-----original message-----",
    "original message headers:",
    "puvodni zprava:",
    "povodna sprava:",
];

/// What a mail says if a server wrote it because something did not arrive; nothing when it was written by anybody else.
pub(super) fn findings(head: &Message<'_>, text: &str) -> Option<Vec<Finding>> {
    let failed: Vec<EmailAddress> =
        parts::values(head, "X-Failed-Recipients").iter().flat_map(|it| it.split(',')).filter_map(one).take(MOST).collect();
    if failed.is_empty() && !is_from_server(head) {
        return None;
    }
    let report = before_copy(text);
    let named = if failed.is_empty() { addresses(report, &ours(head)) } else { failed };
    if named.is_empty() {
        return Some(vec![finding(None, report)]);
    }
    Some(named.iter().map(|it| finding(Some(it.clone()), about(report, it, &named))).collect())
}

fn finding(address: Option<EmailAddress>, words: &str) -> Finding {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let code = judge::clearest(judge::enhanced(&line), &line);
    Finding { address, kind: judge::kind(code, &line), code, words: visible(line.as_bytes(), LONGEST_WORDS) }
}

/// From a server's own address, or with the empty return path, and with a subject that says so.
fn is_from_server(head: &Message<'_>) -> bool {
    let from = head.from().and_then(|it| it.first()).and_then(|it| it.address()).unwrap_or_default().to_ascii_lowercase();
    let server = SERVERS.iter().any(|it| from.starts_with(it));
    let nobody = parts::values(head, "Return-Path").iter().any(|it| it == "<>");
    let subject = model::fold::fold(&parts::subject(head));
    (server || nobody) && SUBJECTS.iter().any(|it| subject.contains(it))
}

/// The addresses that the bounce itself was sent to, which it cannot be about.
fn ours(head: &Message<'_>) -> Vec<String> {
    head.to().into_iter().flat_map(|it| it.iter()).filter_map(|it| it.address()).map(str::to_ascii_lowercase).collect()
}

fn before_copy(text: &str) -> &str {
    let folded = text.to_ascii_lowercase();
    let end = COPIES.iter().filter_map(|it| folded.find(it)).min().unwrap_or(text.len());
    &text[..end]
}

/// The part of a report that is about an address: from its name to the name of another one, or to the second empty line.
fn about<'a>(report: &'a str, address: &EmailAddress, named: &[EmailAddress]) -> &'a str {
    let folded = report.to_ascii_lowercase();
    let at = folded.find(&address.as_str().to_ascii_lowercase()).unwrap_or(0);
    let others = named.iter().filter(|it| *it != address);
    let next = others.filter_map(|it| folded[at..].find(&it.as_str().to_ascii_lowercase())).min();
    let rest = &report[at..];
    let end = next.or_else(|| rest.match_indices("\n\n").nth(1).map(|it| it.0));
    &rest[..end.unwrap_or(rest.len())]
}

fn addresses(text: &str, but: &[String]) -> Vec<EmailAddress> {
    static PATTERN: OnceLock<Option<Regex>> = OnceLock::new();
    let pattern = PATTERN.get_or_init(|| Regex::new(r"[A-Za-z0-9._%+=-]{1,64}@[A-Za-z0-9.-]{1,253}\.[A-Za-z0-9-]{2,63}").ok());
    let mut found: Vec<EmailAddress> = Vec::new();
    for it in pattern.iter().flat_map(|it| it.find_iter(text)).take(10 * MOST) {
        let Ok(address) = EmailAddress::parse(it.as_str()) else { continue };
        let local = address.local().to_ascii_lowercase();
        let known = but.contains(&address.as_str().to_ascii_lowercase()) || SERVERS.iter().any(|it| local.starts_with(it));
        if !known && !found.contains(&address) && found.len() < MOST {
            found.push(address);
        }
    }
    found
}

fn one(text: &str) -> Option<EmailAddress> {
    EmailAddress::parse(text.trim()).ok()
}
