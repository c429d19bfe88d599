//! The keys: another master key, further data keys, and looking whether everything opens by them.

use std::path::Path;
use std::time::Duration;

use model::Deed;
use store::{MasterKey, SealedBy, Step, Store, Walk, WrappedKeys};
use tokio::sync::watch;

use crate::{Clock, Ctx, Engine, Error};

/// How often the server looks for a key that was put beside the others.
const PAUSE: Duration = Duration::from_secs(5);
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

/// Takes up a key that was put beside the others, and seals anew what lies under earlier ones until nothing does; `tell` hears how many
/// values that were so far. Answers whether there was anything to do. Every step is a transaction of its own, so that others come between.
///
/// # Errors
/// Names a value that does not open.
pub async fn turn(engine: &Engine, tell: &(dyn Fn(u64) + Sync)) -> Result<bool, Error> {
    let mut reader = engine.store.read().await?;
    if store::key_waits(&mut reader).await? {
        let mut tx = engine.store.write().await?;
        if let Some(number) = engine.store.vault().take_up(&mut tx, engine.clock().now()).await? {
            Ctx::system(engine).log(&mut tx, Deed::DataKeyTakenUp(number)).await?;
        }
        tx.commit().await?;
    }
    if !store::is_unfinished(&mut reader).await? {
        return Ok(false);
    }
    drop(reader);
    let (mut walk, mut n, mut steps) = (Walk::default(), 0, 0);
    loop {
        let mut tx = engine.store.write().await?;
        let step = store::step(&engine.store, &mut tx, &mut walk, engine.clock().now()).await?;
        if step == Step::Done {
            Ctx::system(engine).log(&mut tx, Deed::DataResealed(engine.store.vault().newest_key())).await?;
        }
        tx.commit().await?;
        match step {
            Step::Further(sealed) => (n, steps) = (n + sealed, steps + 1),
            Step::Done => {
                tell(n);
                return Ok(true);
            }
        }
        if steps % STEPS == 0 {
            tell(n);
        }
    }
}

/// Looks for keys that were put beside the others until `stop` becomes true.
pub async fn run(engine: Engine, mut stop: watch::Receiver<bool>) {
    let tell = |values| tracing::info!(values, "sealed anew under the newest data key");
    while !*stop.borrow() {
        tokio::select! {
            turned = turn(&engine, &tell) => if let Err(error) = turned {
                tracing::error!(%error, "sealing anew failed");
            },
            _ = stop.changed() => return,
        }
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            _ = stop.changed() => {}
        }
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
