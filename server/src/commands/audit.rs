//! `posel audit`: what can be said about the action log.

use model::AuditId;

use super::Fault;
use super::arguments::AuditOrder;
use crate::boot;
use crate::config::Config;

/// Walks through the whole log and names the first entry that does not fit.
pub async fn verify(config: &Config, order: &AuditOrder, say: &(dyn Fn(&str) + Sync)) -> Result<(), Fault> {
    let noted = order.anchor.as_deref().map(noted).transpose()?;
    let (database, key) = boot::database(config)?;
    let verdict = engine::audit::verify(&database, &key, noted).await;
    let verdict = verdict.map_err(|error| boot::worded(error, &config.data, config))?;
    if let Some(entry) = verdict.broken {
        return Err(Fault::Told(format!(
            "the action log was changed at entry {entry}; what stands before it is as it was written"
        )));
    }
    match (verdict.is_as_noted, noted) {
        (Some(false), Some((entry, _))) => Err(Fault::Told(format!(
            "entry {entry} is not the one whose hash was noted: the log fits together, but it is another one than it was then"
        ))),
        (is_as_noted, _) => {
            say(&match verdict.last {
                Some((entry, hash)) => format!("The action log is whole up to entry {entry}, whose hash is {hash}."),
                None => "The action log is empty.".to_owned(),
            });
            if is_as_noted == Some(true) {
                say("The noted entry is still the same.");
            }
            Ok(())
        }
    }
}

/// Reads `ENTRY:HASH`.
fn noted(text: &str) -> Result<(AuditId, &str), Fault> {
    let parts = text.split_once(':').and_then(|(entry, hash)| Some((entry.trim().parse().ok()?, hash.trim())));
    parts.ok_or_else(|| Fault::Told("an anchor is the number of an entry, a colon and its hash, such as 1204:9f86d0…".to_owned()))
}
