//! What a use case can come back with.

use model::Refusal;

/// A refusal, or a failure of one of the rooms below.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A business "no": never logged above debug.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// The database failed.
    #[error(transparent)]
    Store(store::Error),
    /// The full text failed.
    #[error(transparent)]
    Search(#[from] search::Error),
    /// What was asked for is not opened where the folder is only looked at.
    #[error("the folder is only looked at")]
    OnlyLooking,
    /// Making the content of a mail failed.
    #[error(transparent)]
    Render(#[from] render::Error),
    /// The certificates to trust cannot be read.
    #[error(transparent)]
    Trust(#[from] delivery::smtp::TrustFault),
    /// A key for signing mails could not be made.
    #[error(transparent)]
    Dkim(#[from] delivery::dkim::DkimFault),
    /// A background task ended unexpectedly.
    #[error("a task ended unexpectedly")]
    Task(#[from] tokio::task::JoinError),
    /// A file could not be made.
    #[error(transparent)]
    Table(#[from] tables::write::Error),
    /// A document could not be drawn.
    #[error(transparent)]
    Document(#[from] documents::Error),
    /// A file could not be packed.
    #[error("packing failed: {0}")]
    Pack(#[from] std::io::Error),
    /// The file of an import cannot be read.
    #[error("the file of an import cannot be read: {0}")]
    File(std::io::Error),
    /// Hashing a password failed.
    #[error("hashing failed: {0}")]
    Hash(String),
    /// The operating system's source of randomness failed.
    #[error("no randomness from the system")]
    NoRandomness,
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Refused(refusal) => Self::Refused(refusal),
            store::Error::DiskFull => Self::Refused(Refusal::DiskFull),
            error => Self::Store(error),
        }
    }
}
