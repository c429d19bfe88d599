//! What can go wrong inside the index. A query never can: every text of a user has an answer.

use std::io;
use std::path::PathBuf;

/// Why the index could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another process, or another [`Index`](crate::Index) of this one, has the folder open.
    #[error("the search index {0} is open in another process")]
    Busy(PathBuf),
    /// A file of the index was changed, cut off, or written under another key.
    #[error("the file {file} of the search index is damaged")]
    Damaged {
        /// The name of the file inside the folder.
        file: String,
    },
    /// The disk or the file system refused.
    #[error("{path}: {source}")]
    Io {
        /// The file or folder it happened at.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// The full-text engine failed for another reason.
    #[error("the search index failed: {0}")]
    Engine(tantivy::TantivyError),
}
