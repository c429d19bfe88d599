//! The action log as a file.

use model::{AuditEntry, AuditId, AuditQuery, Deed, ExportFormat, LocalTime, Permission, UserId};
use tables::write::{Cell, Column, Writer};

use super::{index, page, words};
use crate::outflow::{Outflow, Pieces};
use crate::{Ctx, Error, hex};

/// The columns whose names and values never depend on the reader.
const STABLE: [&str; 9] = ["entry", "at", "user_id", "user", "deed", "details", "thing", "network", "hash"];

/// How the log is told in the reader's language, beside the stable names.
pub struct Telling {
    /// The title of the column with the time.
    pub when: String,
    /// The title of the column with the deed.
    pub what: String,
    /// What was done, in words.
    pub words: Box<dyn Fn(&Deed) -> String + Send>,
}

/// The log on its way out as CSV, newest first, one piece after the other.
pub struct Export {
    ctx: Ctx,
    query: AuditQuery,
    telling: Telling,
    bytes: Outflow,
    writer: Option<Writer<Outflow>>,
}

/// Begins the export of what a filter lets through. Each row carries its hash, so that the chain can be compared later, and behind the
/// stable columns the time of Slovakia and Czechia and the deed in the reader's words.
///
/// # Errors
/// Refuses who may not see the log or not export.
pub async fn export(ctx: &Ctx, query: AuditQuery, telling: Telling) -> Result<Export, Error> {
    ctx.require(Permission::Export)?;
    ctx.require(Permission::LogView)?;
    let query = AuditQuery { after: None, ..query };
    let n = count(ctx, &query).await?;
    let mut tx = ctx.engine.store.write().await?;
    ctx.log(&mut tx, Deed::LogExported(u32::try_from(n).unwrap_or(u32::MAX))).await?;
    tx.commit().await?;
    let bytes = Outflow::default();
    let mut columns = STABLE.map(|it| Column::new(it, it)).to_vec();
    columns.push(Column::new(&telling.when, "when"));
    columns.push(Column::new(&telling.what, "what"));
    let writer = Writer::new(ExportFormat::Csv, &columns, bytes.clone())?;
    Ok(Export { ctx: ctx.clone(), query, telling, bytes, writer: Some(writer) })
}

/// How many entries leave. Where words are looked for, the full text first takes in what it is behind: a file must not be incomplete.
async fn count(ctx: &Ctx, query: &AuditQuery) -> Result<u64, Error> {
    if query.words.trim().is_empty() {
        let mut reader = ctx.engine.store.read().await?;
        return Ok(store::audit::count(&mut reader, query).await?);
    }
    while 0 < index::index_turn(&ctx.engine).await? {}
    let mut reader = ctx.engine.store.read().await?;
    words::count(ctx, &mut reader, query).await
}

impl Pieces for Export {
    async fn next(&mut self) -> Result<Option<Vec<u8>>, Error> {
        let Some(mut writer) = self.writer.take() else { return Ok(None) };
        let mut reader = self.ctx.engine.store.read().await?;
        let page = page(&self.ctx, &mut reader, &self.query).await?;
        let ids: Vec<AuditId> = page.rows.iter().map(|it| it.id).collect();
        let hashes = store::audit::hashes(&mut reader, &ids).await?;
        for it in &page.rows {
            let hash = hashes.get(&it.id).map(Vec::as_slice).unwrap_or_default();
            row(&mut writer, it, hash, &(self.telling.words)(&it.deed))?;
        }
        match page.next {
            Some(next) => {
                self.query.after = Some(next);
                self.writer = Some(writer);
            }
            None => {
                writer.finish()?;
            }
        }
        Ok(Some(self.bytes.take()))
    }
}

fn row(writer: &mut Writer<Outflow>, it: &AuditEntry, hash: &[u8], words: &str) -> Result<(), Error> {
    let (deed, details) = stored(&it.deed);
    let (UserId(user), name) = (it.actor.0, &it.actor.1);
    Ok(writer.row(&[
        Cell::Number(it.id.0),
        Cell::Text(&it.at.rfc3339()),
        Cell::Number(user),
        Cell::Text(name),
        Cell::Text(&deed),
        Cell::Text(&details),
        Cell::Text(&it.subject),
        Cell::Text(&it.from),
        Cell::Text(&hex::write(hash)),
        Cell::Text(&local(it.at)),
        Cell::Text(words),
    ])?)
}

/// Day and time as they are written in Slovakia and Czechia.
fn local(at: model::Moment) -> String {
    let local = LocalTime::of(at);
    let (year, month, day) = local.day.parts();
    format!("{day}. {month}. {year} {}:{:02}", local.minute / 60, local.minute % 60)
}

/// A deed by the name it is stored under, and what it says beside that as JSON.
fn stored(deed: &Deed) -> (String, String) {
    match serde_json::to_value(deed) {
        Ok(serde_json::Value::String(name)) => (name, String::new()),
        Ok(serde_json::Value::Object(map)) => {
            map.into_iter().next().map(|(name, details)| (name, details.to_string())).unwrap_or_default()
        }
        _ => (String::new(), String::new()),
    }
}
