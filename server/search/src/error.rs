//! What can go wrong inside the index. A query never can: every text of a user has an answer.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::TantivyError;
use tantivy::directory::error::{OpenReadError, OpenWriteError};

use crate::directory::Damage;

/// Why the index could not do what was asked.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// Another process, or another [`Index`](crate::Index) of this one, has the folder open.
    #[error("the search index {} is open in another process", .0.display())]
    Busy(PathBuf),
    /// A file of the index was changed, cut off, lost, or written under another key. [`Index::clear`](crate::Index::clear) begins anew.
    #[error("the file {file} of the search index is damaged")]
    Damaged {
        /// The name of the file inside the folder.
        file: String,
    },
    /// The disk or the file system refused.
    #[error("the search index: {}: {source}", path.display())]
    Io {
        /// The file or folder it happened at.
        path: PathBuf,
        /// What the operating system said.
        source: Arc<io::Error>,
    },
    /// The full-text engine failed for another reason.
    #[error("the search index failed: {0}")]
    Engine(String),
}

impl Error {
    /// An error of the file system at a path.
    pub(crate) fn io(path: &Path, error: io::Error) -> Self {
        Self::of_io(path, Arc::new(error))
    }

    fn of_io(path: &Path, error: Arc<io::Error>) -> Self {
        match error.get_ref().and_then(|it| it.downcast_ref::<Damage>()) {
            Some(damage) => Self::Damaged { file: damage.file.clone() },
            None => Self::Io { path: path.to_owned(), source: error },
        }
    }
}

impl From<TantivyError> for Error {
    fn from(error: TantivyError) -> Self {
        match error {
            TantivyError::IoError(error) => Self::of_io(Path::new("a file of the folder"), error),
            TantivyError::OpenReadError(OpenReadError::IoError { io_error, filepath })
            | TantivyError::OpenWriteError(OpenWriteError::IoError { io_error, filepath }) => Self::of_io(&filepath, io_error),
            TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(file)) => {
                Self::Damaged { file: file.display().to_string() }
            }
            TantivyError::DataCorruption(damage) => Self::Damaged { file: format!("{damage:?}") },
            other => Self::Engine(other.to_string()),
        }
    }
}
