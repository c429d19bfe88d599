//! The master key: changing it, and looking whether everything opens by it.

use std::path::Path;

use model::Deed;
use store::{MasterKey, Store, WrappedKeys};

use crate::{Ctx, Engine, Error};

/// Puts everything under another master key and notes it, all at once: after whatever kill either the old key counts or the new one.
///
/// # Errors
/// Fails when a key does not open by the old master key; then nothing is changed.
pub async fn rotate(engine: &Engine, old: &MasterKey, new: &MasterKey) -> Result<WrappedKeys, Error> {
    let mut tx = engine.store.write().await?;
    let keys = store::rewrap(&mut tx, old, new).await?;
    Ctx::system(engine).log(&mut tx, Deed::MasterKeyChanged).await?;
    tx.commit().await?;
    Ok(keys)
}

/// Tries every key of a database, also beside a server that runs.
///
/// # Errors
/// Refuses a master key of other data; fails when there is no database.
pub async fn verify(database: &Path, key: &MasterKey) -> Result<WrappedKeys, Error> {
    let store = Store::look(database, key).await?;
    let mut reader = store.read().await?;
    let keys = store::wrapped_keys(&mut reader, key).await?;
    drop(reader);
    store.close().await;
    Ok(keys)
}
