//! What can go wrong with the database.

use model::{Noun, Refusal};

use crate::tx::is_full;

/// A failure of the database or the vault, or a refusal that a constraint stands for.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A business "no": not found, stale, taken.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// The database failed.
    #[error("database: {0}")]
    Sqlx(sqlx::Error),
    /// The schema could not be brought up to date.
    #[error("schema: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// The folder was written by a newer version of the program.
    #[error("the data was written by a newer version of Posel")]
    NewerSchema,
    /// The master key does not open this vault.
    #[error("the key does not belong to this data")]
    WrongKey,
    /// A sealed value was changed or cut; the rest is not touched by that.
    #[error("{table}.{column} of row {row} is damaged")]
    Damaged {
        /// Table of the value.
        table: &'static str,
        /// Column of the value.
        column: &'static str,
        /// Row of the value.
        row: i64,
    },
    /// A stored word is not one that this version knows.
    #[error("unknown value {0:?} in the database")]
    UnknownCode(String),
    /// A stored structure cannot be read.
    #[error("unreadable structure in the database: {0}")]
    Json(#[from] serde_json::Error),
    /// The disk is full; the change was not made.
    #[error("the disk is full")]
    DiskFull,
    /// Writing failed earlier in a way after which nothing may be trusted to be durable.
    #[error("writing has stopped after an error of the disk; restart after it is mended")]
    Halted,
    /// The mark beside the database cannot be read or made.
    #[error("the mark beside the database cannot be used: {0}")]
    Mark(std::io::Error),
    /// The operating system's source of randomness failed.
    #[error("no randomness from the system")]
    NoRandomness,
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        if is_full(&error) { Self::DiskFull } else { Self::Sqlx(error) }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// Refuses with *not found* where a row was expected.
pub(crate) fn found<T>(row: Option<T>, noun: Noun) -> Result<T, Error> {
    row.ok_or(Error::Refused(Refusal::NotFound(noun)))
}

/// Refuses with *stale* when a compare-and-set met no row.
pub(crate) fn moved(rows: u64, noun: Noun) -> Result<(), Error> {
    if rows == 0 { Err(Refusal::Stale(noun).into()) } else { Ok(()) }
}
