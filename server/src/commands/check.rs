//! `posel check`: looks at everything that can be damaged.

use super::Fault;
use crate::boot;
use crate::config::Config;

/// Says each fault, or that there is none.
pub async fn check(config: &Config, say: &(dyn Fn(&str) + Sync)) -> Result<(), Fault> {
    let (engine, _folder) = boot::open_existing(config).await?;
    let faults = engine.check().await?;
    engine.close().await;
    for fault in &faults {
        say(fault);
    }
    if !faults.is_empty() {
        return Err(Fault::Damaged(faults.len()));
    }
    say("Database, vault, action log and search index are in order.");
    Ok(())
}
