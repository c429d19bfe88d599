//! `posel import suppressions`: whom we must not write to, from a file.

use engine::{Ctx, Engine, suppressions as use_cases};
use model::suppression::SUPPRESSIONS_AT_ONCE;
use model::{SuppressionReason, SuppressionsDraft};

use super::{Fault, TOLD};
use crate::boot;
use crate::commands::arguments::ImportSuppressions;
use crate::config::Config;

/// Writes down whom we must not write to, ten thousand in a step.
pub async fn suppressions(config: &Config, order: &ImportSuppressions, say: &(dyn Fn(&str) + Sync)) -> Result<(), Fault> {
    let (engine, _folder) = boot::open_existing(config).await?;
    let done = import(&engine, order, say).await;
    engine.close().await;
    done
}

async fn import(engine: &Engine, order: &ImportSuppressions, say: &(dyn Fn(&str) + Sync)) -> Result<(), Fault> {
    let ctx = Ctx::system(engine);
    let told = |error: std::io::Error| Fault::Told(format!("{}: {error}", order.file.display()));
    let max = use_cases::file_limit(&ctx)?;
    let size = std::fs::metadata(&order.file).map_err(told)?.len();
    if max < size {
        return Err(Fault::Told(format!("{}: larger than {max} bytes", order.file.display())));
    }
    let name = order.file.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    let file = use_cases::read_file(&ctx, &name, std::fs::read(&order.file).map_err(told)?).await?;
    for (line, fault) in file.bad.iter().take(TOLD) {
        say(&format!("line {line}: {fault:?}"));
    }
    let (mut added, mut already) = (0_u64, 0_u64);
    if !order.dry_run {
        for piece in file.targets.chunks(SUPPRESSIONS_AT_ONCE) {
            let draft = SuppressionsDraft { targets: piece.join("\n"), reason: reason(&order.reason), note: order.note.clone() };
            let came = use_cases::add_of_file(&ctx, draft).await?;
            added += u64::from(came.added);
            already += u64::from(came.already);
        }
    }
    let (found, bad, lifted) = (file.targets.len(), file.bad_in_all, file.lifted);
    say(&match (order.json, order.dry_run) {
        (true, dry_run) => serde_json::json!({
            "found": found, "added": added, "already": already, "lifted": lifted, "bad": bad, "dry_run": dry_run,
        })
        .to_string(),
        (false, true) => format!("nothing was written; found: {found}, {lifted} lifted, {bad} bad"),
        (false, false) => format!("{found} found, {added} added, {already} there before, {lifted} lifted, {bad} bad"),
    });
    Ok(())
}

/// The reason of that word; the command line lets no other one through.
fn reason(word: &str) -> SuppressionReason {
    match word {
        "requested" => SuppressionReason::Requested,
        "by_hand" => SuppressionReason::ByHand,
        "unsubscribed" => SuppressionReason::Unsubscribed,
        "bounced" => SuppressionReason::Bounced,
        "complained" => SuppressionReason::Complained,
        _ => SuppressionReason::Imported,
    }
}
