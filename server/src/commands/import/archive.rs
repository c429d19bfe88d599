//! `posel import archive`: an old archive as history, by the same use cases that the screens call.

use engine::{Ctx, archives};
use model::{ArchiveCounts, ArchiveNote};

use super::super::Fault;
use super::super::arguments::ImportArchive;
use crate::boot;
use crate::config::Config;

/// How many messages that cannot be taken in are told one by one.
const TOLD: usize = 50;

/// Takes the messages of a file in, straight from where it lies.
pub async fn archive(config: &Config, order: &ImportArchive, say: &(dyn Fn(&str) + Sync)) -> Result<(), Fault> {
    let (engine, _folder) = boot::open_existing(config).await?;
    let taken = archives::take_in_file(&Ctx::system(&engine), &order.file, order.dry_run).await;
    engine.close().await;
    let (counts, notes) = taken?;
    say(&told(order, counts, &notes));
    Ok(())
}

/// The counts and the first places: words for people, JSON for programs.
fn told(order: &ImportArchive, counts: ArchiveCounts, notes: &[ArchiveNote]) -> String {
    if order.json {
        return serde_json::json!({
            "read": counts.read, "added": counts.added, "known": counts.known, "bad": counts.bad, "undated": counts.undated,
            "dry_run": order.dry_run, "notes": notes,
        })
        .to_string();
    }
    let mut lines: Vec<String> = notes.iter().take(TOLD).map(place).collect();
    let begin = if order.dry_run { "nothing was written; it would come to: " } else { "" };
    let ArchiveCounts { read, added, known, bad, undated } = counts;
    lines.push(format!("{begin}{read} messages, {added} taken in, {known} here already, {bad} bad, {undated} without a date"));
    lines.join("\n")
}

fn place(note: &ArchiveNote) -> String {
    format!("message {} at byte {}: {:?}", note.number, note.offset, note.fault)
}
