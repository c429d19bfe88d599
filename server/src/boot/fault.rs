//! Why Posel does not start, in sentences that say what to do.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

/// A reason not to start.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The folder cannot be made or used.
    #[error("the data folder {} cannot be used: {error}; check that it belongs to the user Posel runs as", folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// There is no database where one was expected.
    #[error("there is no Posel in {}: check --data, or start `posel serve` once to set it up", folder.display())]
    NothingThere {
        /// The folder.
        folder: PathBuf,
    },
    /// There are data where none may be.
    #[error("there is a Posel in {} already: give a folder that is new", folder.display())]
    SomethingThere {
        /// The folder.
        folder: PathBuf,
    },
    /// Another process has the folder.
    #[error(
        "the data folder {} is in use by another Posel{}: stop it first, or give this one another --data",
        folder.display(), process.map(|it| format!(" (process {it})")).unwrap_or_default()
    )]
    InUse {
        /// The folder.
        folder: PathBuf,
        /// Its process, if it could be found out.
        process: Option<u32>,
    },
    /// The key is missing although there are data.
    #[error(
        "there are data in {} but no key in {}: put the key file back from your backup of keys, or name it by --key-file; \
         without it the data cannot be read",
        folder.display(), file.display()
    )]
    KeyMissing {
        /// The data folder.
        folder: PathBuf,
        /// Where the key was looked for.
        file: PathBuf,
    },
    /// Others may read the key.
    #[error("others may read the key file {}: run `chmod 600 {}`", file.display(), file.display())]
    KeyOpenToOthers {
        /// The key file.
        file: PathBuf,
    },
    /// The key is not a key.
    #[error("{place} does not hold a key of 64 hexadecimal digits: put the right one there")]
    KeyUnreadable {
        /// File or variable.
        place: String,
    },
    /// The key file cannot be read or written.
    #[error("the key file {} cannot be used: {error}", file.display())]
    KeyFile {
        /// The key file.
        file: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The key belongs to other data.
    #[error("the key in {place} does not belong to the data in {}: put the key file of this installation there", folder.display())]
    WrongKey {
        /// File or variable.
        place: String,
        /// The data folder.
        folder: PathBuf,
    },
    /// The file of certificates cannot be read.
    #[error("the certificates in {} cannot be read: {error}", file.display())]
    Certificates {
        /// The file.
        file: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The data are newer than the program.
    #[error(
        "the data in {} were written by a newer Posel than {}: start that version or a later one, or restore an older backup",
        folder.display(), env!("CARGO_PKG_VERSION")
    )]
    NewerSchema {
        /// The data folder.
        folder: PathBuf,
    },
    /// The engine did not open for another reason.
    #[error("the data in {} cannot be opened: {error}; `posel check` tells more", folder.display())]
    Engine {
        /// The data folder.
        folder: PathBuf,
        /// Why.
        error: engine::Error,
    },
    /// The port is taken or not ours.
    #[error("{listen} cannot be listened on: {error}; choose another --listen")]
    Listen {
        /// Address and port.
        listen: SocketAddr,
        /// Why.
        error: io::Error,
    },
}
