//! The index itself: opening, changing, finding.

mod common;
mod folder;
mod state;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::{IndexWriter, Term};

use crate::first::{First, Tally};
use crate::query::Query;
use crate::schema::{CREATED_AT, Fields, ID};
use crate::{Change, Error, Hit, Restriction};
pub(crate) use common::{Core, Layout};
pub(crate) use state::{KINDS, Progress};

/// The open index: cheap to clone, safe to share between threads. Every method blocks for disk and processor; asynchronous callers hand it
/// to a blocking thread.
#[derive(Clone)]
pub struct Index(Arc<Inner>);

struct Inner {
    core: Core,
    fields: Fields,
}

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
    /// The folder belongs to the index alone. Files that are not of an index are left alone.
    ///
    /// # Errors
    /// Fails with [`Error::Busy`] when the folder is open already, and with [`Error::Io`] when the disk refuses.
    pub fn open(path: &Path, key: &[u8; 32]) -> Result<(Self, Opened), Error> {
        let fields = Fields::new();
        let (core, opened) = Core::open(path, key, layout(&fields))?;
        Ok((Self(Arc::new(Inner { core, fields })), opened))
    }

    /// Opens an index for looking alone, also while another process writes it: what is found is what was committed before this moment.
    ///
    /// # Errors
    /// Fails when there is no index that this key opens, when a file is damaged, and when the disk refuses.
    pub fn look(path: &Path, key: &[u8; 32]) -> Result<Self, Error> {
        let fields = Fields::new();
        let core = Core::look(path, key, layout(&fields))?;
        Ok(Self(Arc::new(Inner { core, fields })))
    }

    /// The folder of the index.
    pub fn path(&self) -> PathBuf {
        self.0.core.path()
    }

    /// Applies the changes in order and commits them together with the number of the last job; what returned `Ok` survives a power loss
    /// and is found by the next query.
    ///
    /// # Errors
    /// Fails when the disk refuses or a file is damaged; then nothing of the batch is kept.
    pub fn apply(&self, changes: Vec<Change>, last_job: i64) -> Result<(), Error> {
        self.0.core.apply(|writer, progress| {
            for change in changes {
                self.change(writer, change, progress)?;
            }
            progress.last_job = last_job;
            Ok(())
        })
    }

    /// The number of the last job in the last commit, 0 in a fresh index.
    pub fn last_job(&self) -> i64 {
        self.0.core.progress().last_job
    }

    /// Finds the messages that answer a query, at most `limit`, behind `before` (the last hit of the page before).
    ///
    /// # Errors
    /// Fails when the disk refuses or a file is damaged, never because of the query.
    pub fn find(&self, query: &str, restriction: &Restriction, before: Option<Hit>, limit: usize) -> Result<Vec<Hit>, Error> {
        if limit == 0 {
            return Ok(Vec::new());
        }
        let query = Query::parse(query).compile(&self.0.fields, restriction);
        self.0.core.search(&*query, |times| First::new(times, restriction, before, limit))
    }

    /// Counts the messages that answer a query.
    ///
    /// # Errors
    /// Fails when the disk refuses or a file is damaged, never because of the query.
    pub fn count(&self, query: &str, restriction: &Restriction) -> Result<u64, Error> {
        let query = Query::parse(query).compile(&self.0.fields, restriction);
        self.0.core.search(&*query, |times| Tally::new(times, restriction))
    }

    /// Takes everything out and begins again at job 0, also when files are damaged. Waits for merges that are under way.
    ///
    /// # Errors
    /// Fails when the disk refuses.
    pub fn clear(&self) -> Result<(), Error> {
        self.0.core.clear()
    }

    /// Rewrites the parts of the index that still hold words of removed or replaced documents, so that these words leave the disk. Waits
    /// for merges that are under way.
    ///
    /// # Errors
    /// Fails when the disk refuses or a file is damaged.
    pub fn compact(&self) -> Result<(), Error> {
        self.0.core.compact()
    }

    /// Puts the writer away and waits for merges that are under way. Once the last clone is dropped after it, the folder is free; without
    /// it a merge may hold the folder a little longer. The next change makes a new writer.
    pub fn close(&self) {
        self.0.core.close();
    }

    /// Reads and checks every block of every file of the last commit.
    ///
    /// # Errors
    /// Fails when the disk refuses; damaged files are named in the answer.
    pub fn verify(&self) -> Result<Verification, Error> {
        self.0.core.verify()
    }

    fn change(&self, writer: &IndexWriter, change: Change, progress: &mut Progress) -> Result<(), Error> {
        let fields = &self.0.fields;
        match change {
            Change::Put(document) => {
                // An id above all others replaces nothing; looking for it in every segment would cost more than the document.
                if progress.highest_id.is_none_or(|it| it < document.id) {
                    progress.highest_id = Some(document.id);
                } else {
                    writer.delete_term(Term::from_field_i64(fields.id, document.id));
                }
                writer.add_document(fields.fill(&document))?;
            }
            Change::Remove(id) => {
                writer.delete_term(Term::from_field_i64(fields.id, id));
            }
        }
        Ok(())
    }
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Index").field(&self.0.core.path()).finish()
    }
}

fn layout(fields: &Fields) -> Layout {
    Layout { schema: fields.schema.clone(), numbers: &[CREATED_AT, ID] }
}
