//! Whether mails of the sender's domain are signed, and DNS holds the keys (DKIM).

use delivery::dkim;
use model::{DkimFound, DkimState, Evidence, Finding, Readiness, ReadinessCheck};
use store::dkim_keys::StoredKey;

use super::names::Names;

/// Whether one of the keys signs.
pub(super) fn signs(keys: &[StoredKey]) -> bool {
    keys.iter().any(|it| it.state == DkimState::Active)
}

/// Asks for the records of the keys that sign.
pub(super) async fn look(names: &impl Names, domain: &str, keys: &[StoredKey]) -> Readiness {
    let mut found = Readiness {
        check: ReadinessCheck::Dkim,
        finding: if keys.iter().any(|it| it.state == DkimState::New) { Finding::DkimUnused } else { Finding::DkimNone },
        about: domain.to_owned(),
        evidence: Vec::new(),
        record: None,
    };
    for key in keys.iter().filter(|it| it.state == DkimState::Active) {
        let record = dkim::record(&key.domain, &key.selector, key.algorithm, &key.public_key);
        let texts = names.texts(&record.name).await;
        let seen = texts.as_ref().map_or(DkimFound::NoAnswer, |it| dkim::found(it, &key.public_key));
        found.evidence.push(Evidence { asked: format!("{} TXT", record.name), answer: texts.unwrap_or_default().join("\n") });
        match (seen, found.finding) {
            // One bad key is enough: what it signs is taken for forged.
            (DkimFound::Matches, Finding::DkimRecord(_)) => {}
            (DkimFound::Matches, _) => found.finding = Finding::DkimSigns,
            (seen, _) => {
                found.finding = Finding::DkimRecord(seen);
                found.record = Some(record);
            }
        }
    }
    found
}
