//! From the configuration to an open engine, and every reason why not.

mod fault;
mod folder;
mod key;

use engine::{Clock, Engine, Options};

pub use fault::Fault;
pub use folder::Folder;

use crate::config::Config;

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

async fn open_in(folder: &Folder, config: &Config, clock: Clock) -> Result<Engine, Fault> {
    let trusted_certificates = certificates(config)?;
    let key = key::obtain(&config.key, folder)?;
    folder.make_database()?;
    let options = Options {
        data: folder.path().to_owned(),
        key,
        public_url: config.public_url.origin().to_owned(),
        helo_name: config.helo_name.clone(),
        trusted_certificates,
        clock,
    };
    Engine::open(options).await.map_err(|error| worded(error, folder, config))
}

fn certificates(config: &Config) -> Result<Option<String>, Fault> {
    let Some(file) = &config.trusted_certificates else { return Ok(None) };
    let text = std::fs::read_to_string(file);
    text.map(Some).map_err(|error| Fault::Certificates { file: file.clone(), error })
}

fn worded(error: engine::Error, folder: &Folder, config: &Config) -> Fault {
    let folder = folder.path().to_owned();
    match error {
        engine::Error::Store(store::Error::WrongKey) => Fault::WrongKey { place: key::place(&config.key), folder },
        engine::Error::Store(store::Error::NewerSchema) => Fault::NewerSchema { folder },
        error => Fault::Engine { folder, error },
    }
}
