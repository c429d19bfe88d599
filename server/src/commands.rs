//! What `posel` can be told to do. A command gives back the lines to print; only `main` prints.

mod arguments;
mod audit;
mod check;
mod demo;
mod import;
mod keys;
mod search;
mod serve;
mod user;
mod verify;

use crate::config::{Config, Environment, Faults};
use crate::{boot, logging};

pub use arguments::Arguments;
use arguments::{AuditCommand, Command, ConfigCommand, ImportCommand, KeysCommand, UserCommand};

/// Why a command did not do what it was told.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The configuration is wrong.
    #[error("{0}")]
    Config(#[from] Faults),
    /// Posel cannot start.
    #[error("{0}")]
    Boot(#[from] boot::Fault),
    /// A use case refused or failed.
    #[error("{0}")]
    Engine(#[from] engine::Error),
    /// The demo could not be made.
    #[error("{0}")]
    Demo(#[from] crate::demo::Error),
    /// `check` found something.
    #[error("{0} of the checks failed; restore a backup or ask for help, what is not named above is sound")]
    Damaged(usize),
    /// A part of the server that must always run has ended.
    #[error("{0} ended unexpectedly; see the log")]
    Background(&'static str),
    /// The machine gives no threads.
    #[error("no threads can be started: {0}")]
    Threads(std::io::Error),
    /// A signal cannot be listened for.
    #[error("signals cannot be listened for: {0}")]
    Signals(std::io::Error),
    /// The link cannot be made.
    #[error("{0}")]
    Told(String),
}

/// Does what the arguments say; `say` prints a line at once.
///
/// # Errors
/// Says in a sentence what went wrong.
pub async fn perform(arguments: Arguments, environment: &Environment, say: &(dyn Fn(&str) + Sync)) -> Result<(), Fault> {
    if let Command::Verify(order) = &arguments.command {
        // Whoever was given a sheet needs neither a server nor its settings.
        return verify::verify(order, say);
    }
    let config = Config::gather(&arguments.flags(), environment)?;
    logging::begin(&config);
    match arguments.command {
        Command::Serve(_) => serve::serve(config, say).await,
        Command::Check(_) => check::check(&config, say).await,
        Command::Search(order) => search::search(&config, &order, say).await,
        Command::Verify(order) => verify::verify(&order, say),
        Command::Audit { command: AuditCommand::Verify(order) } => audit::verify(&config, &order, say).await,
        Command::Config { command: ConfigCommand::Check(_) } => {
            say(config.to_string().trim_end());
            Ok(())
        }
        Command::Import { command: ImportCommand::Contacts(order) } => import::contacts(&config, &order, say).await,
        Command::Import { command: ImportCommand::Archive(order) } => import::archive(&config, &order, say).await,
        Command::Import { command: ImportCommand::Suppressions(order) } => import::suppressions(&config, &order, say).await,
        Command::Keys { command: KeysCommand::Rotate(_) } => keys::rotate(&config, say).await,
        Command::Keys { command: KeysCommand::Master(order) } => keys::master(&config, &order, say).await,
        Command::Keys { command: KeysCommand::Verify(_) } => keys::verify(&config, say).await,
        Command::Demo(_) => demo::demo(&config, say).await,
        Command::User { command: UserCommand::Link { email, .. } } => user::link(&config, &email, say).await,
    }
}
