//! From the configuration to an open engine, and every reason why not.

mod fault;
mod folder;
pub mod key;

use std::path::{Path, PathBuf};

use engine::{Clock, Engine, Options};
use store::MasterKey;

pub use fault::Fault;
pub use folder::Folder;

use crate::config::{Config, KeySource};

/// Takes the data folder and opens the engine over it; a new folder is set up.
///
/// # Errors
/// Says in a sentence why not and what to do.
pub async fn open(config: &Config, clock: Clock) -> Result<(Engine, Folder), Fault> {
    let folder = Folder::take(&config.data)?;
    Ok((open_in(&folder, config, clock).await?, folder))
}

/// Like [`open`], for a folder that was set up before.
///
/// # Errors
/// Says in a sentence why not and what to do.
pub async fn open_existing(config: &Config) -> Result<(Engine, Folder), Fault> {
    let folder = Folder::take_existing(&config.data)?;
    Ok((open_in(&folder, config, Clock::machine()).await?, folder))
}

/// Like [`open`], for a folder that must be new.
///
/// # Errors
/// Says in a sentence why not and what to do.
pub async fn open_new(config: &Config, clock: Clock) -> Result<(Engine, Folder), Fault> {
    let folder = Folder::take(&config.data)?;
    if folder.has_database() {
        return Err(Fault::SomethingThere { folder: folder.path().to_owned() });
    }
    Ok((open_in(&folder, config, clock).await?, folder))
}

/// Opens the engine over a folder for reading alone, also beside a server that runs; nothing is made or locked.
///
/// # Errors
/// Says in a sentence why not and what to do.
pub async fn look(config: &Config) -> Result<Engine, Fault> {
    let options = options(config, present_key(config)?, None, Clock::machine());
    Engine::look(options).await.map_err(|error| worded(error, &config.data, config))
}

/// The database of a folder that was set up before, and the key that opens it.
///
/// # Errors
/// Says in a sentence why not and what to do.
pub fn database(config: &Config) -> Result<(PathBuf, MasterKey), Fault> {
    Ok((folder::existing_database(&config.data)?, present_key(config)?))
}

fn present_key(config: &Config) -> Result<MasterKey, Fault> {
    folder::existing_database(&config.data)?;
    key::existing(&config.key, &config.data)
}

async fn open_in(folder: &Folder, config: &Config, clock: Clock) -> Result<Engine, Fault> {
    let trusted_certificates = certificates(config)?;
    let key = key::obtain(&config.key, folder)?;
    folder.make_database()?;
    let options = |key| options(config, key, trusted_certificates.clone(), clock.clone());
    let opened = match (Engine::open(options(key)).await, &config.key) {
        // A change of the key was stopped between its last two steps: everything is under the new key already.
        (Err(engine::Error::Store(store::Error::WrongKey)), KeySource::File(file)) if key::is_interrupted(file) => {
            let opened = Engine::open(options(key::next(file)?)).await;
            if opened.is_ok() {
                key::settle(file)?;
            }
            opened
        }
        (opened, _) => opened,
    };
    let engine = opened.map_err(|error| worded(error, folder.path(), config))?;
    engine.know_deeds(crate::log_words::all());
    Ok(engine)
}

fn options(config: &Config, key: MasterKey, trusted_certificates: Option<String>, clock: Clock) -> Options {
    Options {
        data: config.data.clone(),
        key,
        public_url: config.public_url.origin().to_owned(),
        helo_name: config.helo_name.clone(),
        trusted_certificates,
        clock,
    }
}

fn certificates(config: &Config) -> Result<Option<String>, Fault> {
    let Some(file) = &config.trusted_certificates else { return Ok(None) };
    let text = std::fs::read_to_string(file);
    text.map(Some).map_err(|error| Fault::Certificates { file: file.clone(), error })
}

/// Words what an engine says over a folder.
pub fn worded(error: engine::Error, folder: &Path, config: &Config) -> Fault {
    let folder = folder.to_owned();
    match error {
        engine::Error::Store(store::Error::WrongKey) => Fault::WrongKey { place: key::place(&config.key), folder },
        engine::Error::Store(store::Error::NewerSchema) => Fault::NewerSchema { folder },
        error => Fault::Engine { folder, error },
    }
}
