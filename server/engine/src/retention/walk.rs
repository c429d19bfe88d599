//! Walking through messages in the background: what has had its time goes into the bin, and what lay there long enough loses its content.
//!
//! Each step is one transaction that also keeps how far the walk is, so a kill at any moment loses nothing and does nothing twice, and
//! whoever else writes comes in between two steps.

use std::collections::BTreeMap;
use std::time::Duration;

use model::{
    Change, ContactId, Deed, LocalTime, MessageId, Moment, RetentionDeed, RetentionKind, RetentionMode, RetentionRules,
    RetentionState, UserId,
};
use store::Tx;
use store::retention::{Job, Overdue, Passed, Standing};
use tokio::sync::watch;

use crate::{Engine, Error};

/// How many messages one step passes.
const STEP: u32 = 1_000;
/// How many messages lose their content in one step.
const PURGE: u32 = 200;
/// How long the loop waits when nobody rings.
const PAUSE: Duration = Duration::from_secs(600);
/// Not before then it begins by itself, in minutes of the day.
const NIGHT: u16 = 2 * 60;
/// What ended is told at most so often, in steps.
const TOLD: u32 = 10;

/// Does the next step; false when there is nothing to do.
///
/// # Errors
/// Fails when the database fails; the next turn does the step again.
pub async fn turn(engine: &Engine) -> Result<bool, Error> {
    Ok(step(engine).await? || purge(engine).await? || begin_nightly(engine).await?)
}

/// Walks until `stop` becomes true.
pub async fn run(engine: Engine, mut stop: watch::Receiver<bool>) {
    let mut steps = 0_u32;
    while !*stop.borrow() {
        match turn(&engine).await {
            Ok(true) => {
                steps += 1;
                if steps.is_multiple_of(TOLD) {
                    tell(&engine);
                }
                continue;
            }
            Ok(false) if 0 < steps => {
                steps = 0;
                tell(&engine);
            }
            Ok(false) => {}
            Err(error) => tracing::error!(%error, "letting messages go failed"),
        }
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            () = engine.retention_bell.notified() => {}
            _ = stop.changed() => {}
        }
    }
}

/// Passes the next messages of the walk that goes on.
async fn step(engine: &Engine) -> Result<bool, Error> {
    let mut reader = engine.store.read().await?;
    let Some(mut job) = store::retention::open(&mut reader).await? else { return Ok(false) };
    if job.mode == RetentionMode::Empty {
        drop(reader);
        return empty(engine, job).await;
    }
    let passed = match job.rules.last_cutoff(job.began_at) {
        Some(cutoff) => store::retention::walk(&mut reader, job.after, cutoff, STEP).await?,
        None => Vec::new(),
    };
    drop(reader);
    let is_last = passed.len() < STEP as usize;
    let mut tx = engine.store.write().await?;
    let due = sort_out(&job, &passed);
    let mut moved: Vec<MessageId> = match job.mode {
        RetentionMode::Apply => put(engine, &mut tx, &job.rules, &due).await?,
        RetentionMode::Look | RetentionMode::Empty => due.iter().map(|it| it.0.id).collect(),
    };
    job.found.comments += store::retention::comments(&mut tx, &moved).await?;
    // The walk goes by time, and what came from an old archive is older than its number.
    moved.sort_unstable();
    for (message, kind) in due.into_iter().filter(|it| moved.binary_search(&it.0.id).is_ok()) {
        job.found.add(kind, message.created_at, message.id);
    }
    note(&mut job, &passed);
    // Whoever stopped it meanwhile wants nothing of this step.
    if !store::retention::note(&mut tx, &job).await? {
        return Ok(true);
    }
    if is_last {
        store::retention::end(&mut tx, RetentionState::Ended, engine.clock().now()).await?;
        if job.mode == RetentionMode::Apply {
            log(engine, &mut tx, job.by, &[RetentionDeed::Ended(job.found.messages())]).await?;
        }
    }
    tx.commit().await?;
    if is_last {
        tell(engine);
    }
    Ok(true)
}

/// Those that have had their time, each with its kind.
fn sort_out<'a>(job: &Job, passed: &'a [Passed]) -> Vec<(&'a Passed, RetentionKind)> {
    let kinds = passed.iter().filter(|it| !it.is_open).map(|it| {
        let kind = if it.is_proof { RetentionKind::Proof } else { RetentionKind::of(it.channel, it.origin, it.campaign) };
        (it, kind)
    });
    kinds.filter(|(it, kind)| job.rules.cutoff(*kind, job.began_at).is_some_and(|cutoff| it.created_at < cutoff)).collect()
}

/// Puts messages into the bin and tells which of them went there. One that moves again meanwhile stays.
async fn put(
    engine: &Engine,
    tx: &mut Tx,
    rules: &RetentionRules,
    due: &[(&Passed, RetentionKind)],
) -> Result<Vec<MessageId>, Error> {
    let now = engine.clock().now();
    let (mut moved, ids) = (Vec::new(), |proofs: bool| -> Vec<MessageId> {
        due.iter().filter(|it| it.0.is_proof == proofs).map(|it| it.0.id).collect()
    });
    for proofs in [false, true] {
        moved.extend(store::retention::bin_due(tx, &ids(proofs), proofs, rules, now).await?);
    }
    if !moved.is_empty() {
        log(engine, tx, UserId::SYSTEM, &[RetentionDeed::BinnedMany(moved.len() as u32)]).await?;
    }
    Ok(moved)
}

/// Keeps in the job how far it came.
fn note(job: &mut Job, passed: &[Passed]) {
    job.done += passed.len() as u64;
    job.found.open += passed.iter().filter(|it| it.is_open).count() as u64;
    job.found.protected += passed.iter().filter(|it| it.is_proof && !it.is_open).count() as u64;
    if let Some(last) = passed.last() {
        job.after = Some((last.created_at, last.id));
    }
}

/// Destroys the content of the next messages that lay in the bin long enough, or deletes them, as was promised when they came there.
async fn purge(engine: &Engine) -> Result<bool, Error> {
    let now = engine.clock().now();
    let mut reader = engine.store.read().await?;
    let overdue = store::retention::overdue(&mut reader, now, PURGE).await?;
    drop(reader);
    if overdue.is_empty() {
        return Ok(false);
    }
    let mut tx = engine.store.write().await?;
    // Read again within the transaction: somebody may have taken one out.
    let overdue = store::retention::overdue(&mut tx, now, PURGE).await?;
    destroy(engine, &mut tx, overdue, UserId::SYSTEM).await?;
    tx.commit().await?;
    engine.tidying.ask();
    Ok(true)
}

/// Destroys the next messages of a bin that is being emptied. What came there since stays.
async fn empty(engine: &Engine, mut job: Job) -> Result<bool, Error> {
    let mut tx = engine.store.write().await?;
    let binned = store::retention::binned_before(&mut tx, job.began_at, PURGE).await?;
    let n = destroy(engine, &mut tx, binned, job.by).await?;
    job.done += u64::from(n);
    // Whoever stopped it meanwhile wants nothing of this step.
    if !store::retention::note(&mut tx, &job).await? {
        return Ok(true);
    }
    let is_last = n < PURGE;
    if is_last {
        store::retention::end(&mut tx, RetentionState::Ended, engine.clock().now()).await?;
    }
    tx.commit().await?;
    engine.tidying.ask();
    if is_last {
        tell(engine);
    }
    Ok(true)
}

/// Destroys the content of messages, or deletes them; tells how many they were.
async fn destroy(engine: &Engine, tx: &mut Tx, overdue: Vec<Overdue>, by: UserId) -> Result<u32, Error> {
    let all = overdue.len() as u32;
    let mut ends: BTreeMap<bool, Vec<MessageId>> = BTreeMap::new();
    for it in overdue {
        ends.entry(it.vanishes).or_default().push(it.id());
    }
    let mut contacts: BTreeMap<ContactId, u32> = BTreeMap::new();
    let mut deeds = Vec::new();
    for (vanish, ids) in ends {
        let n = ids.len() as u32;
        let purged = match vanish {
            true => store::retention::delete(tx, &ids).await?,
            false => store::retention::forget(tx, &ids, engine.clock().now()).await?,
        };
        purged.contacts.into_iter().for_each(|(contact, n)| *contacts.entry(contact).or_default() += n);
        deeds.push(if vanish { RetentionDeed::Deleted(n) } else { RetentionDeed::Anonymised(n) });
    }
    deeds.extend(contacts.into_iter().map(|(contact, n)| RetentionDeed::Forgotten(contact, n)));
    if !deeds.is_empty() {
        log(engine, tx, by, &deeds).await?;
    }
    Ok(all)
}

/// Begins a walk by itself once a night; a server that was off at night begins when it is on again.
async fn begin_nightly(engine: &Engine) -> Result<bool, Error> {
    let now: Moment = engine.clock().now();
    let local = LocalTime::of(now);
    let mut reader = engine.store.read().await?;
    let is_due = |it: &Standing| it.nightly && NIGHT <= local.minute && it.begun_on.is_none_or(|it| it < local.day);
    if !is_due(&store::retention::standing(&mut reader).await?) {
        return Ok(false);
    }
    let total = store::retention::to_pass(&mut reader, RetentionMode::Apply, now).await?;
    drop(reader);
    let mut tx = engine.store.write().await?;
    // Somebody may have switched it off or begun something else since; then this night is not over.
    let begins = is_due(&store::retention::standing(&mut tx).await?)
        && store::retention::begin(&mut tx, RetentionMode::Apply, total, UserId::SYSTEM, now).await?;
    if begins {
        store::retention::set_begun_on(&mut tx, local.day).await?;
        log(engine, &mut tx, UserId::SYSTEM, &[RetentionDeed::Begun]).await?;
        tx.commit().await?;
    }
    Ok(begins)
}

async fn log(engine: &Engine, tx: &mut Tx, actor: UserId, deeds: &[RetentionDeed]) -> Result<(), Error> {
    let deeds: Vec<Deed> = deeds.iter().copied().map(Deed::Retention).collect();
    store::audit::write_all(tx, actor, &deeds, engine.clock().now()).await?;
    Ok(())
}

/// Tells open screens and the full text that messages went.
fn tell(engine: &Engine) {
    engine.tell(Change::Retention);
    engine.tell(Change::Messages);
    engine.index_bell.notify_one();
}
