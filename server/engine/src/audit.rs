//! Use cases about the action log.

use std::path::Path;

use model::{
    AuditEntry, AuditId, AuditQuery, Day, Deed, ExportFormat, LocalTime, LogAnchor, LogProof, Moment, Page, Permission, Subject,
    UserId,
};
use store::{Connection, MasterKey, Store};
use tables::write::{Cell, Column, Writer};

use crate::outflow::{Outflow, Pieces};
use crate::{Ctx, Engine, Error, hex};

/// Of how many days the end of the log is told.
const ANCHORS: i64 = 31;

/// The columns of the log as a file.
const COLUMNS: [&str; 9] = ["entry", "at", "user_id", "user", "deed", "details", "thing", "network", "hash"];

/// Lists entries, newest first. The log of one contact is open to whoever may see contacts.
///
/// # Errors
/// Refuses who may not see the log.
pub async fn list(ctx: &Ctx, query: AuditQuery) -> Result<Page<AuditEntry>, Error> {
    if !matches!(query.subject, Some(Subject::Contact(_))) || !ctx.may(Permission::ContactsView) {
        ctx.require(Permission::LogView)?;
    }
    let mut reader = ctx.engine.store.read().await?;
    let mut page = store::audit::page(&mut reader, &query).await?;
    add_changes(ctx, &mut reader, &mut page.rows).await?;
    Ok(page)
}

/// Tells with each entry what it changed.
pub(crate) async fn add_changes(ctx: &Ctx, connection: &mut Connection, entries: &mut [AuditEntry]) -> Result<(), Error> {
    let ids: Vec<AuditId> = entries.iter().map(|it| it.id).collect();
    let mut changes = store::alterations::of_entries(&ctx.engine.store, connection, &ids).await?;
    for entry in entries {
        entry.changes = changes.remove(&entry.id).unwrap_or_default();
    }
    Ok(())
}

/// The public key of the installation, and where the log ended at the end of each of the last 31 days. Days without entries are left out.
///
/// # Errors
/// Refuses who may not see the log.
pub async fn proof(ctx: &Ctx) -> Result<LogProof, Error> {
    ctx.require(Permission::LogView)?;
    let mut reader = ctx.engine.store.read().await?;
    let today = LocalTime::of(ctx.now()).day;
    let begin = |ago: i64| LocalTime { day: Day(today.0 - ago), minute: 0 }.moment();
    let mut ends = Vec::new();
    for ago in -1..ANCHORS {
        ends.push(store::audit::last_before(&mut reader, begin(ago)).await?);
    }
    let hashes = store::audit::hashes(&mut reader, &ends.iter().copied().flatten().collect::<Vec<_>>()).await?;
    let anchors = ends.windows(2).enumerate().filter_map(|(ago, pair)| {
        let entry = pair[0].filter(|_| pair[0] != pair[1])?;
        Some(LogAnchor { day: Day(today.0 - ago as i64), entry, hash: hex::write(hashes.get(&entry)?) })
    });
    let anchors = anchors.collect();
    Ok(LogProof { key: hex::write(&ctx.engine.store.vault().public_key()), anchors })
}

/// The log on its way out as CSV, newest first, one piece after the other.
pub struct Export {
    engine: Engine,
    query: AuditQuery,
    bytes: Outflow,
    writer: Option<Writer<Outflow>>,
}

/// Begins the export of what a filter lets through. Each row carries its hash, so that the chain can be compared later.
///
/// # Errors
/// Refuses who may not see the log or not export.
pub async fn export(ctx: &Ctx, query: AuditQuery) -> Result<Export, Error> {
    ctx.require(Permission::Export)?;
    ctx.require(Permission::LogView)?;
    let query = AuditQuery { after: None, ..query };
    let mut tx = ctx.engine.store.write().await?;
    let n = store::audit::count(&mut tx, &query).await?;
    ctx.log(&mut tx, Deed::LogExported(u32::try_from(n).unwrap_or(u32::MAX))).await?;
    tx.commit().await?;
    let bytes = Outflow::default();
    let columns = COLUMNS.map(|it| Column::new(it, it));
    let writer = Writer::new(ExportFormat::Csv, &columns, bytes.clone())?;
    Ok(Export { engine: ctx.engine.clone(), query, bytes, writer: Some(writer) })
}

impl Pieces for Export {
    async fn next(&mut self) -> Result<Option<Vec<u8>>, Error> {
        let Some(mut writer) = self.writer.take() else { return Ok(None) };
        let mut reader = self.engine.store.read().await?;
        let page = store::audit::page(&mut reader, &self.query).await?;
        let ids: Vec<AuditId> = page.rows.iter().map(|it| it.id).collect();
        let hashes = store::audit::hashes(&mut reader, &ids).await?;
        for it in &page.rows {
            row(&mut writer, it, hashes.get(&it.id).map(Vec::as_slice).unwrap_or_default())?;
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

fn row(writer: &mut Writer<Outflow>, it: &AuditEntry, hash: &[u8]) -> Result<(), Error> {
    let (deed, details) = words(&it.deed);
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
    ])?)
}

/// A deed by the name it is stored under, and what it says beside that as JSON.
fn words(deed: &Deed) -> (String, String) {
    match serde_json::to_value(deed) {
        Ok(serde_json::Value::String(name)) => (name, String::new()),
        Ok(serde_json::Value::Object(map)) => {
            map.into_iter().next().map(|(name, details)| (name, details.to_string())).unwrap_or_default()
        }
        _ => (String::new(), String::new()),
    }
}

/// What a walk through the whole log found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogVerdict {
    /// The last entry with its hash in hexadecimal; nothing in an empty log.
    pub last: Option<(AuditId, String)>,
    /// The first entry that was changed, or that is missing.
    pub broken: Option<AuditId>,
    /// Whether an entry that was noted elsewhere still has the hash that was noted; nothing when none was named.
    pub is_as_noted: Option<bool>,
}

/// Walks through the whole log of a database, also beside a server that runs; `noted` is an entry with the hash that somebody kept
/// elsewhere.
///
/// # Errors
/// Refuses a wrong key; fails when there is no database.
pub async fn verify(database: &Path, key: &MasterKey, noted: Option<(AuditId, &str)>) -> Result<LogVerdict, Error> {
    let store = Store::look(database, key).await?;
    let mut reader = store.read().await?;
    let broken = store::audit::first_broken(&mut reader).await?;
    let last = match store::audit::last_before(&mut reader, Moment(i64::MAX)).await? {
        Some(id) => store::audit::hash_of(&mut reader, id).await?.map(|it| (id, hex::write(&it))),
        None => None,
    };
    let is_as_noted = match noted {
        Some((entry, hash)) => {
            Some(store::audit::hash_of(&mut reader, entry).await?.is_some_and(|it| hex::write(&it).eq_ignore_ascii_case(hash)))
        }
        None => None,
    };
    drop(reader);
    store.close().await;
    Ok(LogVerdict { last, broken, is_as_noted })
}
