//! Keeps the index of the action log in step with it. The log only grows, so what is new stands behind the last entry of the index; what
//! got another name, or was erased, is put in anew when the entry that says so comes.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::time::Duration;

use model::{Alteration, AuditEntry, AuditId, Deed, Moment, Subject};
use search::{Log, LogBatch, LogEntry, Opened};
use store::{Connection, Store};
use tokio::sync::watch;

use crate::{Engine, Error};

/// How many entries are taken in with one commit.
const BATCH: i64 = 4_000;
/// How many entries about one thing are put in anew at most; older ones keep its earlier name.
const AGAIN: i64 = 20_000;
/// How long entries are collected before a commit.
const COLLECT: Duration = Duration::from_secs(1);

/// Opens the index. One that is new, damaged, foreign or from the future of a restored database begins afresh.
pub(crate) async fn open(store: &Store, folder: PathBuf) -> Result<Log, Error> {
    let key = *store.vault().search_key();
    let (log, opened) = tokio::task::spawn_blocking(move || Log::open(&folder, &key)).await??;
    if let Opened::Existing { last_job } = opened {
        let mut reader = store.read().await?;
        let last = store::audit::last_before(&mut reader, Moment(i64::MAX)).await?;
        if last.map_or(0, |it| it.0) < last_job {
            clear(&log).await?;
        }
    }
    Ok(log)
}

async fn clear(log: &Log) -> Result<(), Error> {
    let log = log.clone();
    Ok(tokio::task::spawn_blocking(move || log.clear()).await??)
}

/// How many entries the index has not taken in yet.
pub(crate) async fn waiting(engine: &Engine, connection: &mut Connection) -> Result<u64, Error> {
    let last = store::audit::last_before(connection, Moment(i64::MAX)).await?.map_or(0, |it| it.0);
    Ok(u64::try_from(last - engine.log_index()?.last()).unwrap_or(0))
}

/// Takes in one batch of entries; tells how many there were. Only one is taken in at a time.
///
/// # Errors
/// Fails when the database or the index fails; the entries are taken in later.
pub async fn index_turn(engine: &Engine) -> Result<usize, Error> {
    let _alone = engine.log_turn.lock().await;
    let log = engine.log_index()?.clone();
    let mut reader = engine.store.read().await?;
    let last = AuditId(log.last());
    let entries = store::audit::behind(&mut reader, last, BATCH).await?;
    let Some(to) = entries.last().map(|it| it.id) else { return Ok(0) };
    let n = entries.len();
    let changes = changes_of(engine, &mut reader, &entries).await?;
    let mut batch = LogBatch { to: to.0, ..LogBatch::default() };
    let renamed: Vec<Subject> = entries.iter().filter(|it| is_renamed(it, &changes)).filter_map(|it| it.deed.subject()).collect();
    let mut again = BTreeMap::new();
    for subject in renamed {
        for entry in store::audit::about(&mut reader, subject, last, AGAIN).await? {
            again.insert(entry.id, entry);
        }
    }
    let again: Vec<AuditEntry> = again.into_values().collect();
    let known = changes_of(engine, &mut reader, &again).await?;
    drop(reader);
    let is_erased = entries.iter().any(|it| matches!(it.deed, Deed::PersonErased(..)));
    batch.new = entries.iter().map(|it| indexed(it, &changes)).collect();
    batch.again = again.iter().map(|it| indexed(it, &known)).collect();
    tokio::task::spawn_blocking(move || log.apply(batch)).await??;
    if is_erased {
        // What is erased leaves the disk as well.
        engine.tidying.ask();
    }
    Ok(n)
}

/// Takes entries in until `stop` becomes true.
pub async fn index(engine: Engine, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        match index_turn(&engine).await {
            Ok(0) => {}
            Ok(_) => continue,
            Err(Error::Search(error @ search::Error::Damaged { .. })) => {
                tracing::warn!(%error, "the index of the action log is built anew");
                if let Ok(log) = engine.log_index()
                    && let Err(error) = clear(log).await
                {
                    tracing::error!(%error, "the index of the action log could not be emptied");
                }
            }
            Err(error) => tracing::error!(%error, "the index of the action log could not take entries in"),
        }
        tokio::select! {
            () = tokio::time::sleep(COLLECT) => {}
            _ = stop.changed() => {}
        }
    }
}

/// What entries changed: in people, and in everything else.
struct Changes {
    people: HashMap<AuditId, Vec<Alteration>>,
    things: HashMap<AuditId, Vec<Alteration>>,
}

async fn changes_of(engine: &Engine, connection: &mut Connection, entries: &[AuditEntry]) -> Result<Changes, Error> {
    let ids: Vec<AuditId> = entries.iter().map(|it| it.id).collect();
    Ok(Changes {
        people: store::alterations::of_people(&engine.store, connection, &ids).await?,
        things: store::alterations::of_entries(&engine.store, connection, &ids).await?,
    })
}

/// Whether earlier entries about the same thing are found by other words from now on.
fn is_renamed(entry: &AuditEntry, changes: &Changes) -> bool {
    matches!(entry.deed, Deed::PersonErased(..) | Deed::ContactsMerged(..))
        || [&changes.people, &changes.things].iter().any(|it| {
            let mut changed = it.get(&entry.id).into_iter().flatten();
            changed.any(|it| it.field.ends_with("name"))
        })
}

fn indexed(entry: &AuditEntry, changes: &Changes) -> LogEntry {
    let values = |changes: &HashMap<AuditId, Vec<Alteration>>| -> Vec<String> {
        changes.get(&entry.id).into_iter().flatten().flat_map(|it| [it.before.clone(), it.after.clone()]).collect()
    };
    let subject = entry.deed.subject();
    let name = match subject {
        // It bears the name of a person, who may be erased or forgotten while no entry about it says so.
        Some(Subject::Message(_)) => String::new(),
        _ => entry.subject.clone(),
    };
    LogEntry {
        id: entry.id.0,
        at: entry.at.0,
        actor: entry.actor.0.0,
        deed: entry.deed.wording().key,
        subject: subject.map(store::audit::code),
        texts: [name, entry.from.clone()].into_iter().chain(values(&changes.things)).collect(),
        people: values(&changes.people),
    }
}
