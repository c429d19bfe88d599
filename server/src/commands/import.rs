//! `posel import`: contacts from a file, by the same use cases that the screens call.

mod archive;
mod suppressions;

use std::fmt::Write as _;
use std::io::Read;
use std::path::Path;

use engine::{Ctx, Engine, imports};
use model::{
    ImportId, ImportMode, ImportPlan, ImportPreview, ImportState, ListDraft, ListQuery, Obtained, ObtainedWay, RecipientListId,
    ReportRow, RowOutcome,
};

pub use archive::archive;
pub use suppressions::suppressions;

use super::Fault;
use super::arguments::ImportContacts;
use crate::boot;
use crate::config::Config;

/// How many wrong rows are told one by one.
const TOLD: usize = 50;
/// How much of the file is taken in at once, in bytes; each piece is made durable before the next.
const PIECE: usize = 4 << 20;

/// Imports the contacts of a file.
pub async fn contacts(config: &Config, order: &ImportContacts, say: &(dyn Fn(&str) + Sync)) -> Result<(), Fault> {
    let (engine, _folder) = boot::open_existing(config).await?;
    let done = import(&engine, order, say).await;
    engine.close().await;
    done
}

async fn import(engine: &Engine, order: &ImportContacts, say: &(dyn Fn(&str) + Sync)) -> Result<(), Fault> {
    let ctx = Ctx::system(engine);
    let id = take(&ctx, &order.file).await?;
    let look = imports::look(&ctx, id, None).await?;
    let mode = if order.update { ImportMode::CreateAndUpdate } else { ImportMode::CreateOnly };
    let mut plan = ImportPlan {
        reading: look.reading,
        columns: look.suggested,
        mode,
        home: look.home,
        obtained: Obtained { way: Some(ObtainedWay::Import), ..Obtained::default() },
        ..ImportPlan::default()
    };
    plan.let_proof_miss();
    if order.dry_run {
        let preview = imports::preview_whole(&ctx, id, plan).await;
        imports::forget(&ctx, id).await?;
        let preview = preview?;
        tell_rows(&preview.rows, say);
        say(&counted(order, &preview));
        return Ok(());
    }
    if let Some(name) = &order.list {
        plan.lists.push(list(&ctx, name).await?);
    }
    imports::start(&ctx, id, plan).await?;
    while imports::turn(engine).await? {}
    let import = imports::open(&ctx, id).await?;
    let mut behind = 0;
    let mut bad = Vec::new();
    while let Some((piece, rows)) = imports::report(&ctx, id, behind).await? {
        behind = piece;
        bad.extend(rows.into_iter().filter(|it| matches!(it.outcome, RowOutcome::Bad(_))).take(TOLD - bad.len().min(TOLD)));
    }
    tell_rows(&bad, say);
    let preview = ImportPreview { counts: import.row.counts, whole: true, rows: Vec::new(), hints: Vec::new(), hinted: 0 };
    say(&counted(order, &preview));
    match (import.row.state, import.fault) {
        (ImportState::Finished, _) => Ok(()),
        (_, Some((line, fault))) => Err(Fault::Told(format!("the file cannot be read behind line {line}: {fault:?}"))),
        (state, None) => Err(Fault::Told(format!("the import is {state:?}"))),
    }
}

/// Takes the file in piece by piece.
async fn take(ctx: &Ctx, file: &Path) -> Result<ImportId, Fault> {
    let told = |error: std::io::Error| Fault::Told(format!("{}: {error}", file.display()));
    let mut source = std::fs::File::open(file).map_err(told)?;
    let name = file.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    let id = imports::begin(ctx, &name).await?;
    let mut piece = vec![0; PIECE];
    loop {
        let n = source.read(&mut piece).map_err(told)?;
        if n == 0 {
            break;
        }
        imports::put(ctx, id, &piece[..n]).await?;
    }
    imports::arrived(ctx, id).await?;
    Ok(id)
}

/// The list of that name, made when it is not there.
async fn list(ctx: &Ctx, name: &str) -> Result<RecipientListId, Fault> {
    let query = ListQuery { words: name.to_owned(), ..ListQuery::default() };
    let found = engine::recipient_lists::list(ctx, query).await?;
    match found.rows.into_iter().find(|it| it.name == name) {
        Some(list) => Ok(list.id),
        None => Ok(engine::recipient_lists::save(ctx, None, ListDraft { name: name.to_owned(), ..ListDraft::default() }).await?),
    }
}

fn tell_rows(rows: &[ReportRow], say: &(dyn Fn(&str) + Sync)) {
    for row in rows {
        if let RowOutcome::Bad(fault) = &row.outcome {
            say(&format!("line {}: {fault:?}", row.line));
        }
    }
}

/// The counts in one line: words for people, JSON for programs.
fn counted(order: &ImportContacts, preview: &ImportPreview) -> String {
    let counts = preview.counts;
    if order.json {
        return serde_json::json!({
            "rows": counts.rows, "created": counts.created, "updated": counts.updated, "skipped": counts.skipped, "bad": counts.bad,
            "dry_run": order.dry_run,
        })
        .to_string();
    }
    let mut line = String::new();
    if order.dry_run {
        line.push_str("nothing was written; it would come to: ");
    }
    // Writing to a String never fails.
    let _ = write!(
        line,
        "{} rows, {} created, {} updated, {} skipped, {} bad",
        counts.rows, counts.created, counts.updated, counts.skipped, counts.bad
    );
    line
}
