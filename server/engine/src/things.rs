//! Keeps the index of everything with a name in step with the database: contacts, campaigns, templates, lists, segments, files, users.
//!
//! What is new is found by walking through the ids, what changed by jobs that the database itself notes. So nothing here is asked of an
//! import: its contacts are taken in when it is done.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

use model::palette::ThingKind;
use search::{Batch, Entry, Opened, Things, Walked};
use store::things::{Job, ThingTexts};
use store::{Reader, Store};
use tokio::sync::watch;

use crate::{Engine, Error};

/// How many jobs are taken in with one commit.
const JOBS: i64 = 1_000;
/// How many new things of a kind are taken in with one commit.
const WALK: i64 = 4_000;
/// How many of those whose whole content is read.
const WALK_CONTENTS: i64 = 4;
/// How long changes are collected before a commit.
const COLLECT: Duration = Duration::from_millis(500);

/// Opens the index. One that is new, damaged, foreign or out of step with the database begins afresh.
pub(crate) async fn open(store: &Store, folder: PathBuf) -> Result<Things, Error> {
    let key = *store.vault().search_key();
    let (things, opened) = tokio::task::spawn_blocking(move || Things::open(&folder, &key)).await??;
    let mut reader = store.read().await?;
    let is_in_step = match opened {
        Opened::Fresh(reason) => {
            tracing::info!(?reason, "the index of things is built anew");
            false
        }
        Opened::Existing { last_job } => is_in_step(&things, last_job, &mut reader).await?,
    };
    if !is_in_step {
        begin_anew(&things, &mut reader).await?;
    }
    Ok(things)
}

/// Whether every job behind the index is still there, and it holds nothing from the future of a restored database.
async fn is_in_step(things: &Things, last_job: i64, reader: &mut Reader) -> Result<bool, Error> {
    let (last_given, oldest) = store::things::given(reader).await?;
    if last_given < last_job || last_job + 1 < oldest.unwrap_or(last_given + 1) {
        return Ok(false);
    }
    for kind in ThingKind::ALL {
        if store::things::last_given(reader, kind).await? < things.walked(kind) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Empties the index; the walks begin again, so that jobs given out before have nothing to say any more.
async fn begin_anew(things: &Things, reader: &mut Reader) -> Result<(), Error> {
    let (last_job, _) = store::things::given(reader).await?;
    let things = things.clone();
    tokio::task::spawn_blocking(move || {
        things.clear()?;
        things.apply(Batch { last_job, ..Batch::default() })
    })
    .await??;
    Ok(())
}

/// Takes changes in; a file that turns out to be damaged while everything runs lets the index begin anew.
async fn turn_or_mend(engine: &Engine) -> Result<usize, Error> {
    match turn(engine).await {
        Err(Error::Search(error @ search::Error::Damaged { .. })) => {
            tracing::warn!(%error, "the index of things is built anew");
            begin_anew(engine.things()?, &mut engine.store.read().await?).await?;
            Ok(1)
        }
        turned => turned,
    }
}

/// Takes in one batch of what changed and of what is new; tells how much it was.
///
/// # Errors
/// Fails when the database or the index fails; what was to be taken in stays so.
pub async fn turn(engine: &Engine) -> Result<usize, Error> {
    let things = engine.things()?.clone();
    let reworded = crate::fields::reword_turn(engine).await?;
    let mut reader = engine.store.read().await?;
    let jobs = store::things::jobs_after(&mut reader, things.last_job(), JOBS).await?;
    let last_job = jobs.last().map_or(things.last_job(), |it| it.0);
    let mut read = Read { last_job, ..Read::default() };
    // Contacts of an import wait until it is done: it needs the processor more.
    let has_import = store::imports::is_any_running(&mut reader).await?;
    let mut n = reworded + jobs.len();
    for kind in ThingKind::ALL {
        changed(engine, &mut reader, kind, behind_the_walk(&jobs, kind, things.walked(kind)), &mut read).await?;
        if kind == ThingKind::Contact && has_import {
            continue;
        }
        let ids = store::things::behind(&mut reader, kind, things.walked(kind), most(kind)).await?;
        let Some(to) = ids.last().copied() else { continue };
        let texts = store::things::texts(&engine.store, &mut reader, kind, &ids).await?;
        read.new.extend(texts.into_iter().map(|it| (kind, it)));
        read.walked.push(Walked { kind, to });
        n += ids.len();
    }
    drop(reader);
    if n == 0 {
        return Ok(0);
    }
    tokio::task::spawn_blocking(move || things.apply(read.batch())).await??;
    if !jobs.is_empty() {
        let mut tx = engine.store.write().await?;
        store::things::done(&mut tx, last_job).await?;
        tx.commit().await?;
    }
    Ok(n)
}

/// What was read of the database for one commit.
#[derive(Default)]
struct Read {
    new: Vec<(ThingKind, ThingTexts)>,
    changed: Vec<(ThingKind, ThingTexts)>,
    gone: Vec<(ThingKind, i64)>,
    walked: Vec<Walked>,
    last_job: i64,
}

impl Read {
    /// As the index takes it. The words of contents are taken out of their markup here, which keeps the processor busy.
    fn batch(self) -> Batch {
        let entries = |read: Vec<(ThingKind, ThingTexts)>| read.into_iter().map(entry).collect();
        let (new, changed) = (entries(self.new), entries(self.changed));
        Batch { new, changed, gone: self.gone, walked: self.walked, last_job: self.last_job }
    }
}

/// How many new ones of a kind are taken in at once.
fn most(kind: ThingKind) -> i64 {
    match kind {
        ThingKind::Template | ThingKind::Campaign => WALK_CONTENTS,
        _ => WALK,
    }
}

/// The ids of a kind that have jobs. What lies before the walk is left to it.
fn behind_the_walk(jobs: &[Job], kind: ThingKind, walked: i64) -> BTreeSet<i64> {
    jobs.iter().filter(|(_, of, id)| *of == kind && *id <= walked).map(|it| it.2).collect()
}

async fn changed(
    engine: &Engine,
    reader: &mut Reader,
    kind: ThingKind,
    mut ids: BTreeSet<i64>,
    read: &mut Read,
) -> Result<(), Error> {
    let asked: Vec<i64> = ids.iter().copied().collect();
    for texts in store::things::texts(&engine.store, reader, kind, &asked).await? {
        ids.remove(&texts.id);
        read.changed.push((kind, texts));
    }
    read.gone.extend(ids.into_iter().map(|id| (kind, id)));
    Ok(())
}

fn entry((kind, told): (ThingKind, ThingTexts)) -> Entry {
    let mut texts: Vec<String> = told.contents.iter().map(content::letter::words).collect();
    texts.push(told.lines);
    Entry { kind, id: told.id, name: told.name, texts }
}

/// How many things the index has not taken in yet.
pub(crate) async fn waiting(engine: &Engine, reader: &mut Reader) -> Result<u64, Error> {
    let things = engine.things()?;
    let walked = ThingKind::ALL.map(|kind| (kind, things.walked(kind)));
    Ok(store::things::waiting(reader, things.last_job(), &walked).await?)
}

/// Takes changes in until `stop` becomes true.
pub async fn run(engine: Engine, mut stop: watch::Receiver<bool>) {
    let mut commits = engine.store.commits();
    while !*stop.borrow() {
        // What is committed from here on wakes the next turn.
        commits.borrow_and_update();
        match turn_or_mend(&engine).await {
            Ok(0) => {}
            Ok(_) => continue,
            Err(error) => tracing::error!(%error, "the index of things could not take changes in"),
        }
        let woken = async {
            let _ = commits.changed().await;
            tokio::time::sleep(COLLECT).await;
        };
        tokio::select! {
            () = woken => {}
            _ = stop.changed() => {}
        }
    }
}
