//! The index itself.

use std::path::Path;

use crate::{Change, Error, Hit, Restriction};

/// The open index: cheap to clone, safe to share between threads, every method blocks.
#[derive(Clone, Debug)]
pub struct Index;

/// What opening found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opened {
    /// The index is empty: everything has to be indexed again from the first job.
    Fresh(FreshReason),
    /// The index holds every job up to this one.
    Existing {
        /// The number of the last job in the last commit.
        last_job: i64,
    },
}

/// Why the index is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FreshReason {
    /// There was none yet.
    New,
    /// It was written under another key.
    WrongKey,
    /// It was written by another version of the analysis or of the file format.
    OtherVersion,
    /// A file is damaged or missing.
    Damaged {
        /// What was found, naming the file.
        detail: String,
    },
}

/// What a reading of every block found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verification {
    /// Files read.
    pub n_files: u64,
    /// Bytes read, as they lie on the disk.
    pub n_bytes: u64,
    /// The names of the files that are damaged or missing.
    pub damaged: Vec<String>,
}

impl Index {
    /// Opens the index in a folder, which is created when missing; an unusable index is emptied and begins afresh.
    ///
    /// # Errors
    /// Fails with [`Error::Busy`] when it is open already, and when the disk refuses.
    pub fn open(path: &Path, key: &[u8; 32]) -> Result<(Self, Opened), Error> {
        todo!("{path:?}{key:?}")
    }

    /// Applies the changes in order and commits them together with the number of the last job; what returned `Ok` survives a power loss.
    ///
    /// # Errors
    /// Fails when the disk refuses or a file is damaged; then nothing of the batch is kept.
    pub fn apply(&self, changes: Vec<Change>, last_job: i64) -> Result<(), Error> {
        todo!("{changes:?}{last_job}")
    }

    /// The number of the last job in the last commit, 0 in a fresh index.
    pub fn last_job(&self) -> i64 {
        todo!()
    }

    /// Finds the messages that answer a query, newest first, at most `limit`, older than `before` (the last hit of the page before).
    ///
    /// # Errors
    /// Fails when the disk refuses or a file is damaged, never because of the query.
    pub fn find(&self, query: &str, restriction: &Restriction, before: Option<Hit>, limit: usize) -> Result<Vec<Hit>, Error> {
        todo!("{query}{restriction:?}{before:?}{limit}")
    }

    /// Counts the messages that answer a query.
    ///
    /// # Errors
    /// Fails when the disk refuses or a file is damaged, never because of the query.
    pub fn count(&self, query: &str, restriction: &Restriction) -> Result<u64, Error> {
        todo!("{query}{restriction:?}")
    }

    /// Takes every document out and begins again at job 0.
    ///
    /// # Errors
    /// Fails when the disk refuses.
    pub fn clear(&self) -> Result<(), Error> {
        todo!()
    }

    /// Reads and checks every block of every file of the last commit.
    ///
    /// # Errors
    /// Fails when the folder cannot be read; damaged files are named in the answer.
    pub fn verify(&self) -> Result<Verification, Error> {
        todo!()
    }
}
