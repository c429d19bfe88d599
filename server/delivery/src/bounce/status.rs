//! Reports that programs can read: delivery status (RFC 3464) and complaints (RFC 5965), which share the form of their fields.

use model::{BounceKind, EmailAddress};

use super::{Finding, judge};
use crate::EnhancedCode;
use crate::visible::visible;

/// How many addresses of one report are looked at.
const MOST: usize = 100;
/// How much of a server's words is kept, in bytes.
const LONGEST_WORDS: usize = 2048;

/// A block of fields: name in small letters, unfolded value.
type Fields = Vec<(String, String)>;

/// A delivery status.
#[derive(Default)]
pub(super) struct Status {
    /// The ENVID that the message left with.
    pub(super) envelope_id: Option<String>,
    /// What it says about each address.
    pub(super) findings: Vec<Finding>,
    /// Whether it spoke of addresses at all, if only to say that all is well.
    pub(super) is_report: bool,
}

/// Reads a delivery status. What has arrived or was handed on is no finding.
pub(super) fn status(text: &str) -> Status {
    let blocks = blocks(text);
    let mut out = Status::default();
    for block in blocks.iter().take(MOST) {
        if let Some(id) = get(block, "original-envelope-id") {
            out.envelope_id = Some(plain(id));
        }
        let about_address = get(block, "final-recipient").is_some() || get(block, "original-recipient").is_some();
        if about_address || get(block, "action").is_some() {
            out.is_report = true;
            out.findings.extend(finding(block));
        }
    }
    out
}

fn finding(block: &Fields) -> Option<Finding> {
    let address = ["original-recipient", "final-recipient"].iter().filter_map(|it| get(block, it)).find_map(address);
    let words = get(block, "diagnostic-code").map(typed).unwrap_or_default();
    let stated = get(block, "status").and_then(|it| EnhancedCode::leading(it.as_bytes()));
    let code = judge::clearest(stated, words);
    let kind = match get(block, "action").map(str::to_ascii_lowercase).as_deref() {
        Some("failed") => judge::kind(code, words),
        Some("delayed") => BounceKind::Delayed,
        Some(_) => return None,
        None => match code {
            Some(it) if it.class == 5 => judge::kind(code, words),
            Some(it) if it.class == 4 => BounceKind::Delayed,
            _ => return None,
        },
    };
    Some(Finding { address, kind, code, words: visible(words.as_bytes(), LONGEST_WORDS) })
}

/// A complaint.
pub(super) struct Complaint {
    /// What it says about each address.
    pub(super) findings: Vec<Finding>,
    /// The return path of the mail that it is about.
    pub(super) return_path: Option<String>,
}

/// Reads a complaint; nothing when the feedback is not one, such as *not spam* or a report about signatures.
pub(super) fn complaint(text: &str) -> Option<Complaint> {
    let block: Fields = blocks(text).into_iter().flatten().collect();
    let kind = get(&block, "feedback-type")?.to_ascii_lowercase();
    if !matches!(kind.as_str(), "abuse" | "fraud" | "virus" | "other" | "opt-out" | "opt-out-list" | "complaint") {
        return None;
    }
    let addresses = block.iter().filter(|it| it.0 == "original-rcpt-to").take(MOST);
    let mut findings: Vec<Finding> = addresses.filter_map(|it| address(&it.1)).map(|it| complained(Some(it), &kind)).collect();
    if findings.is_empty() {
        findings.push(complained(None, &kind));
    }
    Some(Complaint { findings, return_path: get(&block, "original-mail-from").map(str::to_owned) })
}

fn complained(address: Option<EmailAddress>, kind: &str) -> Finding {
    Finding { address, kind: BounceKind::Complaint, code: None, words: visible(kind.as_bytes(), LONGEST_WORDS) }
}

/// Blocks of fields parted by empty lines.
fn blocks(text: &str) -> Vec<Fields> {
    let mut out: Vec<Fields> = vec![Vec::new()];
    for line in text.lines() {
        if line.trim().is_empty() {
            if out.len() < MOST && out.last().is_some_and(|it| !it.is_empty()) {
                out.push(Vec::new());
            }
            continue;
        }
        let Some(block) = out.last_mut() else { break };
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = block.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':')
            && block.len() < MOST
        {
            block.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    out
}

fn get<'a>(block: &'a Fields, name: &str) -> Option<&'a str> {
    block.iter().find(|it| it.0 == name).map(|it| it.1.as_str())
}

/// The text behind `type;`.
fn typed(value: &str) -> &str {
    value.split_once(';').map_or(value, |it| it.1).trim()
}

/// An address of either kind, `rfc822;…` or `utf-8;…`, with or without brackets.
fn address(value: &str) -> Option<EmailAddress> {
    let text = plain(typed(value));
    EmailAddress::parse(text.trim().trim_start_matches('<').trim_end_matches('>')).ok()
}

/// Text in the form of RFC 3461 §4, where `+2B` stands for a plus. A `+` that begins no such pair stays.
fn plain(text: &str) -> String {
    let (mut out, mut rest) = (Vec::new(), text.as_bytes());
    while let Some((first, after)) = rest.split_first() {
        let pair = after.get(..2).filter(|_| *first == b'+').and_then(|it| std::str::from_utf8(it).ok());
        let coded = pair
            .filter(|it| it.bytes().all(|it| it.is_ascii_digit() || (b'A'..=b'F').contains(&it)))
            .and_then(|it| u8::from_str_radix(it, 16).ok());
        match coded {
            Some(byte) => {
                out.push(byte);
                rest = &after[2..];
            }
            None => {
                out.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coded_signs_are_read_and_others_stay() {
        assert_eq!(plain("posel-12"), "posel-12");
        assert_eq!(plain("eva+2Bnews@x.sk"), "eva+news@x.sk");
        assert_eq!(plain("eva+news@x.sk"), "eva+news@x.sk");
        assert_eq!(plain("+"), "+");
    }

    #[test]
    fn folded_fields_are_one_and_blocks_are_parted_by_empty_lines() {
        let read = blocks("A: 1\n  2\n\n\nB: 3\nno field\n");
        assert_eq!(read, [vec![("a".to_owned(), "1 2".to_owned())], vec![("b".to_owned(), "3".to_owned())]]);
    }
}
