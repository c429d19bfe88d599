//! What the sender's domain asks receivers to do with forged mails (DMARC, RFC 7489), and whether ours would count as forged.

use model::{DnsRecord, Evidence, Finding, Readiness, ReadinessCheck};

use super::names::Names;

/// At most so many names are asked on the way up.
const MOST: usize = 6;

/// What is known about the mails of an account.
pub(super) struct Facts<'a> {
    /// Behind the `@` of the sender.
    pub domain: &'a str,
    /// Behind the `@` of the return path.
    pub return_domain: &'a str,
    /// Whether a key of the sender's domain signs.
    pub signs: bool,
    /// Where reports could go.
    pub report_to: &'a str,
}

/// Asks for the record of the domain and, without one, of the domains above it.
pub(super) async fn look(names: &impl Names, facts: &Facts<'_>) -> Readiness {
    let mut found = Readiness {
        check: ReadinessCheck::Dmarc,
        finding: Finding::DmarcMissing,
        about: facts.domain.to_owned(),
        evidence: Vec::new(),
        record: None,
    };
    let mut at = facts.domain;
    for _ in 0..MOST {
        let name = format!("_dmarc.{at}");
        let Some(texts) = names.texts(&name).await else {
            found.finding = Finding::NoAnswer;
            return found;
        };
        let records: Vec<&String> = texts.iter().filter(|it| is_record(it)).collect();
        found.evidence.push(Evidence { asked: format!("{name} TXT"), answer: texts.join("\n") });
        match records.as_slice() {
            [] => {}
            [record] => {
                found.finding = judge(record, at, facts);
                return found;
            }
            // With several records receivers use none (§6.6.3).
            _ => {
                found.finding = Finding::DmarcBroken;
                return found;
            }
        }
        match at.split_once('.') {
            Some((_, above)) if above.contains('.') => at = above,
            _ => break,
        }
    }
    let value = format!("v=DMARC1; p=none; rua=mailto:{}", facts.report_to);
    found.record = Some(DnsRecord { name: format!("_dmarc.{}", facts.domain), value });
    found
}

fn is_record(text: &str) -> bool {
    text.split(';').next().and_then(|it| it.split_once('=')).is_some_and(|(k, v)| k.trim() == "v" && v.trim() == "DMARC1")
}

/// What a record at a domain means for ours, which is it or lies below it.
fn judge(record: &str, at: &str, facts: &Facts<'_>) -> Finding {
    let tag = |name: &str| {
        let tags = record.split(';').filter_map(|it| it.split_once('='));
        tags.map(|(k, v)| (k.trim(), v.trim().to_ascii_lowercase())).find(|it| it.0 == name).map(|it| it.1)
    };
    let below = if at == facts.domain { None } else { tag("sp") };
    let policy = below.or_else(|| tag("p"));
    let strict = tag("aspf").as_deref() == Some("s");
    let returns = facts.return_domain;
    // The place of the record stands for the organisation, so that no list of public suffixes is needed.
    let same = returns == facts.domain || (!strict && (returns == at || returns.ends_with(&format!(".{at}"))));
    match policy.as_deref() {
        Some("none") if same || facts.signs => Finding::DmarcWatches,
        Some("quarantine" | "reject") if same || facts.signs => Finding::DmarcProtects,
        Some("none" | "quarantine" | "reject") => Finding::DmarcUnaligned,
        _ => Finding::DmarcBroken,
    }
}
