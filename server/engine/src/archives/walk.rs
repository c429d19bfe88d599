//! Walking through archives in the background. A batch is one transaction that also keeps how far the walk is; what was interrupted goes
//! on behind the last batch that is durable.

use std::sync::atomic::Ordering;
use std::time::Duration;

use model::{ArchiveCounts, ArchiveDeed, ArchiveState, ArchiveStep, Change, Deed, Refusal};
use store::Tx;
use store::archives::Job;
use tokio::sync::watch;

use super::source::is_ours;
use super::take::{Taker, batch, reading};
use crate::imports::Pieces;
use crate::turns::turns;
use crate::{Engine, Error};

/// How long the loop waits when nobody rings.
const PAUSE: Duration = Duration::from_secs(60);
/// Every so many batches screens are told how far it is.
const TOLD: u32 = 4;

/// Walks through the next archive to its end; false when none waits.
///
/// # Errors
/// Fails when the database fails; the walk goes on at the next turn.
pub async fn turn(engine: &Engine) -> Result<bool, Error> {
    let mut tx = engine.store.write().await?;
    let Some(mut job) = store::archives::next_open(&mut tx).await? else { return Ok(false) };
    if job.state == ArchiveState::Looking && 0 < job.counts.read {
        // What was seen in the file is not kept over a stop, so a look begins anew.
        store::archives::begin_anew(&mut tx, job.id).await?;
        job.counts = ArchiveCounts::default();
    }
    tx.commit().await?;
    match walk(engine, job).await {
        // Somebody stopped it meanwhile.
        Err(Error::Refused(Refusal::Stale(_))) => {}
        ended => ended?,
    }
    tell(engine);
    Ok(true)
}

/// Walks until `stop` becomes true. Ends between two batches; what is left goes on after the next start.
pub async fn run(engine: Engine, stop: watch::Receiver<bool>) {
    turns(stop, &engine.archive_bell, PAUSE, "taking an archive in failed", || turn(&engine)).await;
}

async fn walk(engine: &Engine, mut job: Job) -> Result<(), Error> {
    let pieces = Pieces::of_archive(engine, job.id, job.size);
    let seen = pieces.seen();
    let (mut found, reading) = reading(pieces, job.counts.read);
    let mut taker = Taker::new(engine, job.author, job.state == ArchiveState::Looking, job.counts);
    let mut batches = 0_u32;
    loop {
        let batch = batch(&mut found).await;
        if batch.is_empty() {
            break;
        }
        let before = taker.counts.read;
        let mut tx = engine.store.write().await?;
        for it in batch {
            taker.take(&mut tx, it).await?;
        }
        job.counts = taker.counts;
        let progress = seen.load(Ordering::Relaxed).saturating_mul(1_000) / job.size.max(1);
        let notes = std::mem::take(&mut taker.notes);
        store::archives::note(&mut tx, &job, before, progress.min(1_000) as u16, &notes).await?;
        tx.commit().await?;
        batches += 1;
        if batches.is_multiple_of(TOLD) {
            tell(engine);
        }
    }
    let step = match reading.await? {
        Ok(()) => ArchiveStep::Finish,
        Err(error) if is_ours(&error) => return Err(Error::File(error)),
        Err(error) => {
            tracing::info!(archive = %job.id, %error, "an archive cannot be read further");
            ArchiveStep::Fail
        }
    };
    let mut tx = engine.store.write().await?;
    end(engine, &mut tx, &job, step).await?;
    Ok(tx.commit().await?)
}

async fn end(engine: &Engine, tx: &mut Tx, job: &Job, step: ArchiveStep) -> Result<(), Error> {
    let now = engine.clock().now();
    store::archives::set_state(tx, job.id, job.state, job.state.step(step)?, now).await?;
    if job.state == ArchiveState::Running {
        let deed = Deed::Archive(ArchiveDeed::Ended(job.id, job.counts.added));
        store::audit::write(tx, job.author, "", &deed, now).await?;
    }
    Ok(())
}

fn tell(engine: &Engine) {
    engine.tell(Change::Imports);
    engine.tell(Change::Messages);
    engine.index_bell.notify_one();
}
