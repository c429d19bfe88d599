//! The keys: another master key, further data keys, and looking whether everything opens by them.

use std::path::Path;
use std::time::Duration;

use model::Deed;
use store::{MasterKey, SealedBy, Step, Store, Walk, WrappedKeys};
use tokio::sync::watch;

use crate::{Clock, Ctx, Engine, Error};

/// How often the server looks for a key that was put beside the others.
const PAUSE: Duration = Duration::from_secs(5);
/// After so many looks values that did not open are tried again: an hour.
const LATER: u32 = 720;
/// How many steps of sealing anew follow one another before a progress is told.
const STEPS: u32 = 500;

/// Puts everything under another master key and notes it, all at once: after whatever kill either the old key counts or the new one.
///
/// # Errors
/// Fails when a key does not open by the old master key; then nothing is changed.
pub async fn rotate_master(engine: &Engine, old: &MasterKey, new: &MasterKey) -> Result<WrappedKeys, Error> {
    let mut tx = engine.store.write().await?;
    let keys = store::rewrap(&mut tx, old, new).await?;
    Ctx::system(engine).log(&mut tx, Deed::MasterKeyChanged).await?;
    tx.commit().await?;
    Ok(keys)
}

/// Puts a further data key beside the others and tells its number, also beside a server that runs.
///
/// # Errors
/// Refuses a master key of other data; fails when there is no database.
pub async fn add(database: &Path, key: &MasterKey) -> Result<u32, Error> {
    Ok(store::add_data_key(database, key, Clock::machine().now()).await?)
}

/// What came of a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turned {
    /// There was nothing to do.
    Nothing,
    /// Everything lies under the newest key.
    Done,
    /// So many values do not open and stay as they are; everything else lies under the newest key.
    Damaged(u64),
}

/// Takes up a key that was put beside the others; true when there was one.
///
/// # Errors
/// Fails when the database fails.
async fn take_up(engine: &Engine) -> Result<bool, Error> {
    let mut reader = engine.store.read().await?;
    if !store::key_waits(&mut reader).await? {
        return Ok(false);
    }
    drop(reader);
    let mut tx = engine.store.write().await?;
    let taken = engine.store.vault().take_up(&mut tx, engine.clock().now()).await?;
    if let Some(number) = taken {
        Ctx::system(engine).log(&mut tx, Deed::DataKeyTakenUp(number)).await?;
    }
    tx.commit().await?;
    Ok(taken.is_some())
}

/// Takes up a key that was put beside the others, and seals anew what lies under earlier ones until nothing does; `tell` hears how many
/// values that were so far. Every step that writes is a transaction of its own, so that others come between.
///
/// # Errors
/// Fails when the database fails.
pub async fn turn(engine: &Engine, tell: &(dyn Fn(u64) + Sync)) -> Result<Turned, Error> {
    take_up(engine).await?;
    let mut reader = engine.store.read().await?;
    if !store::is_unfinished(&mut reader).await? {
        return Ok(Turned::Nothing);
    }
    drop(reader);
    let (mut walk, mut n, mut steps) = (Walk::default(), 0, 0);
    loop {
        let mut reader = engine.store.read().await?;
        let step = store::step(&engine.store, &mut reader, &mut walk).await?;
        drop(reader);
        match step {
            Step::Further(sealed) if sealed.is_empty() => steps += 1,
            Step::Further(sealed) => {
                let mut tx = engine.store.write().await?;
                store::put_resealed(&mut tx, &sealed).await?;
                tx.commit().await?;
                (n, steps) = (n + sealed.len() as u64, steps + 1);
            }
            Step::Done(damaged) => {
                tell(n);
                return finish(engine, damaged).await;
            }
        }
        if steps % STEPS == 0 {
            tell(n);
        }
    }
}

async fn finish(engine: &Engine, damaged: u64) -> Result<Turned, Error> {
    if 0 < damaged {
        return Ok(Turned::Damaged(damaged));
    }
    let mut tx = engine.store.write().await?;
    store::set_resealed(&mut tx, engine.clock().now()).await?;
    Ctx::system(engine).log(&mut tx, Deed::DataResealed(engine.store.vault().newest_key())).await?;
    tx.commit().await?;
    Ok(Turned::Done)
}

/// Looks for keys that were put beside the others until `stop` becomes true.
pub async fn run(engine: Engine, mut stop: watch::Receiver<bool>) {
    let mut waits = 0_u32;
    while !*stop.borrow() {
        tokio::select! {
            turned = one(&engine, waits == 0) => match turned {
                Ok(Turned::Damaged(values)) => {
                    tracing::error!(values, "these values do not open and stay under an earlier data key");
                    waits = LATER;
                }
                Ok(_) => waits = waits.saturating_sub(1),
                Err(error) => {
                    tracing::error!(%error, "sealing anew failed");
                    waits = LATER;
                }
            },
            _ = stop.changed() => return,
        }
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            _ = stop.changed() => {}
        }
    }
}

/// A turn, or only a look for a key when the last turn left something that does not open.
async fn one(engine: &Engine, is_due: bool) -> Result<Turned, Error> {
    let tell = |values| tracing::info!(values, "sealed anew under the newest data key");
    match take_up(engine).await? || is_due {
        true => turn(engine, &tell).await,
        false => Ok(Turned::Nothing),
    }
}

/// What trying every key found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The keys there are, and which of them do not open.
    pub keys: WrappedKeys,
    /// What lies under which data key.
    pub places: Vec<SealedBy>,
}

/// Tries every key of a database, also beside a server that runs.
///
/// # Errors
/// Refuses a master key of other data; fails when there is no database.
pub async fn verify(database: &Path, key: &MasterKey) -> Result<Verdict, Error> {
    let store = Store::look(database, key).await?;
    let mut reader = store.read().await?;
    let keys = store::wrapped_keys(&mut reader, key).await?;
    let places = store::sealed_by(&mut reader).await?;
    drop(reader);
    store.close().await;
    Ok(Verdict { keys, places })
}
