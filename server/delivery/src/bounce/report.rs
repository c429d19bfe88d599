//! What a mail in a bounce mailbox is.

use mail_parser::{Message, MessageParser};
use model::{BounceKind, DeliveryId, EmailAddress};

use super::parts::{self, Pieces};
use super::{plain, read_return_path, status};
use crate::EnhancedCode;

/// How many marks of one kind are kept.
const MOST_MARKS: usize = 20;
/// Headers by which servers say which address a mail arrived for.
const ARRIVED_FOR: [&str; 8] =
    ["To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Delivered-To", "X-RCPT-To", "Return-Path"];

/// What a mail turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Returned {
    /// It says what became of a message.
    Report(Report),
    /// A program wrote it, and it says nothing about a delivery: out of office, a receipt, praise (RFC 3834).
    Automatic,
    /// Somebody wrote it.
    Other,
}

/// What a report says, and by which marks its message is found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// What it says about each address.
    pub findings: Vec<Finding>,
    /// Deliveries named by return paths, with the proof that has to be compared.
    pub return_paths: Vec<(DeliveryId, [u8; 10])>,
    /// The ENVIDs (RFC 3461).
    pub envelope_ids: Vec<String>,
    /// The Message-IDs of the returned mail, without brackets.
    pub message_ids: Vec<String>,
}

/// What a report says about one address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The address, if the report names it.
    pub address: Option<EmailAddress>,
    /// What it says.
    pub kind: BounceKind,
    /// The status code.
    pub code: Option<EnhancedCode>,
    /// The other server's words: untrusted text of at most 2 KB.
    pub words: String,
}

/// Reads a mail of a bounce mailbox. Whatever it holds, only its first half megabyte, sixty parts and six levels are looked at.
pub fn read(raw: &[u8]) -> Returned {
    let Some(pieces) = parts::take_apart(raw) else {
        return Returned::Other;
    };
    let mut report = Report::default();
    let mut understood = false;
    for part in &pieces.parts {
        match part.kind.as_str() {
            "message/delivery-status" | "message/global-delivery-status" => {
                let read = status::status(&part.text());
                understood |= read.is_report;
                report.envelope_ids.extend(read.envelope_id);
                report.findings.extend(read.findings);
            }
            "message/feedback-report" => {
                understood = true;
                if let Some(read) = status::complaint(&part.text()) {
                    report.return_paths.extend(read.return_path.as_deref().and_then(read_return_path));
                    report.findings.extend(read.findings);
                }
            }
            _ => {}
        }
    }
    if !understood {
        match plain::findings(&pieces.head, &first_text(&pieces)) {
            Some(findings) => report.findings = findings,
            None if is_automatic(&pieces) => return Returned::Automatic,
            None => return Returned::Other,
        }
    }
    if report.findings.is_empty() {
        return Returned::Automatic;
    }
    trace(&pieces, &mut report);
    Returned::Report(report)
}

fn first_text(pieces: &Pieces<'_>) -> String {
    let readable =
        pieces.parts.iter().find(|it| it.kind == "text/plain").or_else(|| pieces.parts.iter().find(|it| it.kind == "text/html"));
    readable.map(parts::Part::text).unwrap_or_default()
}

/// Collects the marks by which the message is found: in the mail's own headers, in what it returns, and in its text.
fn trace(pieces: &Pieces<'_>, report: &mut Report) {
    marks(&pieces.head, report);
    for name in ["In-Reply-To", "References"] {
        report.message_ids.extend(parts::values(&pieces.head, name).iter().flat_map(|it| ids(it)));
    }
    for part in &pieces.parts {
        match part.kind.as_str() {
            "message/rfc822" | "message/global" | "text/rfc822-headers" | "message/rfc822-headers" | "message/global-headers" => {
                returned(part.source(), report);
            }
            "text/plain" => {
                let text = part.text();
                if let Some(at) = text.to_ascii_lowercase().find("\nmessage-id:") {
                    report.message_ids.extend(ids(text[at..].lines().take(3).collect::<Vec<_>>().join(" ").as_str()));
                }
            }
            _ => {}
        }
    }
    report.return_paths.dedup();
    report.return_paths.truncate(MOST_MARKS);
    report.envelope_ids.truncate(MOST_MARKS);
    report.message_ids.dedup();
    report.message_ids.truncate(MOST_MARKS);
}

fn returned(source: &[u8], report: &mut Report) {
    if let Some(head) = MessageParser::default().parse_headers(source) {
        report.message_ids.extend(parts::values(&head, "Message-ID").iter().flat_map(|it| ids(it)));
        marks(&head, report);
    }
}

fn marks(head: &Message<'_>, report: &mut Report) {
    for name in ARRIVED_FOR {
        for value in parts::values(head, name) {
            let words = value.split(|it: char| it.is_whitespace() || matches!(it, '<' | '>' | ',' | ';'));
            report.return_paths.extend(words.filter_map(read_return_path).take(MOST_MARKS));
        }
    }
}

/// What stands in brackets and could be a Message-ID.
fn ids(text: &str) -> Vec<String> {
    let inside = text.split('<').skip(1).filter_map(|it| it.split_once('>')).map(|it| it.0.trim());
    inside.filter(|it| it.contains('@') && it.len() <= 250).map(str::to_owned).take(MOST_MARKS).collect()
}

/// Whether a program wrote it (RFC 3834 §5, and what programs did before it).
fn is_automatic(pieces: &Pieces<'_>) -> bool {
    let values = |name: &str| parts::values(&pieces.head, name);
    let submitted = values("Auto-Submitted").iter().any(|it| !it.to_ascii_lowercase().starts_with("no"));
    let precedence = values("Precedence").iter().any(|it| {
        let it = it.to_ascii_lowercase();
        ["auto_reply", "auto-reply", "bulk", "junk", "list"].contains(&it.as_str())
    });
    let marked =
        ["X-Autoreply", "X-Autorespond", "X-Auto-Response-Suppress", "X-Autogenerated"].iter().any(|it| !values(it).is_empty());
    let receipt = pieces.report_type.as_deref() == Some("disposition-notification");
    let subject = model::fold::fold(&parts::subject(&pieces.head));
    let says_so = ["out of office", "automatic reply", "automaticka odpoved", "mimo kancelar", "autoreply"];
    submitted || precedence || marked || receipt || says_so.iter().any(|it| subject.contains(it))
}
