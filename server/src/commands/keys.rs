//! `posel keys`: changing the master key, and looking whether it opens everything.

use std::path::Path;

use super::Fault;
use super::arguments::RotateOrder;
use crate::boot::{self, key};
use crate::config::{Config, KeySource};

/// Where the new key comes from.
enum Next<'a> {
    /// It is made beside the present one and takes its place.
    Made(&'a Path),
    /// Somebody made it.
    Given(&'a Path),
}

/// Puts everything under a new key.
pub async fn rotate(config: &Config, order: &RotateOrder, say: &(dyn Fn(&str) + Sync)) -> Result<(), Fault> {
    let next = match (&config.key, &order.new_key_file) {
        (_, Some(file)) => Next::Given(file),
        (KeySource::File(file), None) => Next::Made(file),
        (source, None) => {
            let place = key::place(source);
            return Err(Fault::Told(format!("Posel does not write the key in {place}: give the new one by --new-key-file")));
        }
    };
    let (engine, _folder) = boot::open_existing(config).await?;
    let old = key::existing(&config.key, &config.data)?;
    let new = match next {
        Next::Made(file) => key::next(file)?,
        Next::Given(file) => key::read(file)?,
    };
    let done = engine::keys::rotate(&engine, &old, &new).await;
    engine.close().await;
    let keys = done?;
    say(&format!("{} data keys and {} keys of persons are under the new master key.", keys.data, keys.persons));
    match next {
        Next::Made(file) => {
            let kept = key::settle(file)?;
            say(&format!("It is in {}; the old one is in {}, for backups made before.", file.display(), kept.display()));
        }
        Next::Given(file) => {
            say(&format!("From now on only the key in {} opens the data: put it where Posel reads its key.", file.display()));
        }
    }
    Ok(())
}

/// Tries every key.
pub async fn verify(config: &Config, say: &(dyn Fn(&str) + Sync)) -> Result<(), Fault> {
    let (database, key) = boot::database(config)?;
    let keys = engine::keys::verify(&database, &key).await;
    let keys = keys.map_err(|error| boot::worded(error, &config.data, config))?;
    for fault in &keys.faults {
        say(fault);
    }
    if !keys.faults.is_empty() {
        return Err(Fault::Damaged(keys.faults.len()));
    }
    say(&format!("{} data keys and {} keys of persons open by the master key.", keys.data, keys.persons));
    Ok(())
}
