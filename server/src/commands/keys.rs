//! `posel keys`: further data keys, another master key, and looking whether everything opens.

use std::path::Path;

use engine::keys::Turned;

use super::Fault;
use super::arguments::MasterOrder;
use crate::boot::{self, Fault as BootFault, key};
use crate::config::{Config, KeySource};

/// Where the new key comes from.
enum Next<'a> {
    /// It is made beside the present one and takes its place.
    Made(&'a Path),
    /// Somebody made it.
    Given(&'a Path),
}

/// Makes a data key. A server that runs takes it up by itself; without one everything is sealed under it at once.
pub async fn rotate(config: &Config, say: &(dyn Fn(&str) + Sync)) -> Result<(), Fault> {
    let (database, key) = boot::database(config)?;
    let number = engine::keys::add(&database, &key).await.map_err(|error| boot::worded(error, &config.data, config))?;
    say(&format!("Data key {number} is made."));
    let (engine, _folder) = match boot::open_existing(config).await {
        Ok(opened) => opened,
        Err(BootFault::InUse { .. }) => {
            say(
                "The server that runs takes it up within seconds and seals the data under it; `posel keys verify` tells how far it is.",
            );
            return Ok(());
        }
        Err(fault) => return Err(fault.into()),
    };
    let done = engine::keys::turn(&engine, &|n| say(&format!("{n} values are sealed anew."))).await;
    engine.close().await;
    if let Turned::Damaged(values) = done? {
        return Err(Fault::Told(format!(
            "{values} values do not open and stay as they are; everything else lies under data key {number}."
        )));
    }
    say(&format!("Everything lies under data key {number}."));
    Ok(())
}

/// Puts all keys under a new master key.
pub async fn master(config: &Config, order: &MasterOrder, say: &(dyn Fn(&str) + Sync)) -> Result<(), Fault> {
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
    let done = engine::keys::rotate_master(&engine, &old, &new).await;
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
    let engine::keys::Verdict { keys, places } = keys.map_err(|error| boot::worded(error, &config.data, config))?;
    for fault in &keys.faults {
        say(fault);
    }
    if !keys.faults.is_empty() {
        return Err(Fault::Damaged(keys.faults.len()));
    }
    say(&format!("{} data keys and {} keys of persons open by the master key.", keys.data, keys.persons));
    for it in places {
        let counts: Vec<String> = it.keys.iter().map(|(number, n)| format!("{n} under data key {number}")).collect();
        say(&format!("{}: {}", it.place, counts.join(", ")));
    }
    Ok(())
}
