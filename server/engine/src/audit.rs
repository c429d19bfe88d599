//! Use cases about the action log.

mod export;
mod index;
mod mail;
mod words;

use std::path::Path;

use model::{AuditEntry, AuditId, AuditQuery, Day, LocalTime, LogAnchor, LogProof, Moment, Page, Permission, Subject};
use store::{Connection, MasterKey, Store};

pub use export::{Export, Telling, export};
pub use index::{index, index_turn};
pub(crate) use index::{open as open_index, waiting};
pub use mail::{mail, mail_turn, set_mail};

use crate::{Ctx, Error, hex};

/// Of how many days the end of the log is told.
const ANCHORS: i64 = 31;

/// Lists entries, newest first. The log of one contact is open to whoever may see contacts.
///
/// # Errors
/// Refuses who may not see the log.
pub async fn list(ctx: &Ctx, query: AuditQuery) -> Result<Page<AuditEntry>, Error> {
    if !matches!(query.subject, Some(Subject::Contact(_))) || !ctx.may(Permission::ContactsView) {
        ctx.require(Permission::LogView)?;
    }
    let mut reader = ctx.engine.store.read().await?;
    let mut page = page(ctx, &mut reader, &query).await?;
    add_changes(ctx, &mut reader, &mut page.rows).await?;
    Ok(page)
}

/// One page of entries: from the full text where words are looked for, from the log itself otherwise.
async fn page(ctx: &Ctx, connection: &mut Connection, query: &AuditQuery) -> Result<Page<AuditEntry>, Error> {
    if query.words.trim().is_empty() {
        return Ok(store::audit::page(connection, query).await?);
    }
    words::page(ctx, connection, query).await
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
    let anchors = anchors(&mut reader, today, ANCHORS).await?;
    Ok(LogProof { key: hex::write(&ctx.engine.store.vault().public_key()), anchors })
}

/// Where the log ended at the end of each of the `n` days up to one, newest first. Days without entries are left out.
async fn anchors(connection: &mut Connection, last: Day, n: i64) -> Result<Vec<LogAnchor>, Error> {
    let begin = |ago: i64| LocalTime { day: Day(last.0 - ago), minute: 0 }.moment();
    let mut ends = Vec::new();
    for ago in -1..n {
        ends.push(store::audit::last_before(connection, begin(ago)).await?);
    }
    let hashes = store::audit::hashes(connection, &ends.iter().copied().flatten().collect::<Vec<_>>()).await?;
    let anchors = ends.windows(2).enumerate().filter_map(|(ago, pair)| {
        let entry = pair[0].filter(|_| pair[0] != pair[1])?;
        Some(LogAnchor { day: Day(last.0 - ago as i64), entry, hash: hex::write(hashes.get(&entry)?) })
    });
    Ok(anchors.collect())
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
