//! The index itself: opening, changing, finding.

mod folder;
mod state;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use tantivy::indexer::NoMergePolicy;
use tantivy::{IndexWriter, Term};

use crate::first::{First, Tally};
use crate::query::Query;
use crate::schema::Fields;
use crate::{Change, Error, Hit, Restriction};
use folder::Folder;
use state::{Progress, State};

/// The open index: cheap to clone, safe to share between threads. Every method blocks for disk and processor; asynchronous callers hand it
/// to a blocking thread.
#[derive(Clone)]
pub struct Index(Arc<Inner>);

struct Inner {
    folder: Folder,
    fields: Fields,
    /// Replaced when the index is made anew.
    state: RwLock<Arc<State>>,
    /// Made with the first change; whoever holds the lock is the only one to change the index.
    writer: Mutex<Option<IndexWriter>>,
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
        let (folder, state, opened) = folder::open(path, key, &fields)?;
        let inner = Inner { folder, fields, state: RwLock::new(Arc::new(state)), writer: Mutex::new(None) };
        Ok((Self(Arc::new(inner)), opened))
    }

    /// Opens an index for looking alone, also while another process writes it: what is found is what was committed before this moment.
    ///
    /// # Errors
    /// Fails when there is no index that this key opens, when a file is damaged, and when the disk refuses.
    pub fn look(path: &Path, key: &[u8; 32]) -> Result<Self, Error> {
        let fields = Fields::new();
        let (folder, state) = folder::look(path, key, &fields)?;
        Ok(Self(Arc::new(Inner { folder, fields, state: RwLock::new(Arc::new(state)), writer: Mutex::new(None) })))
    }

    /// The folder of the index.
    pub fn path(&self) -> PathBuf {
        self.0.folder.path.clone()
    }

    /// Applies the changes in order and commits them together with the number of the last job; what returned `Ok` survives a power loss
    /// and is found by the next query.
    ///
    /// # Errors
    /// Fails when the disk refuses or a file is damaged; then nothing of the batch is kept.
    pub fn apply(&self, changes: Vec<Change>, last_job: i64) -> Result<(), Error> {
        let mut writer = self.writer();
        let state = self.state();
        let applied = guarded(|| {
            let mut progress = state.progress();
            let writer = self.made(&mut writer, &state)?;
            for change in changes {
                self.change(writer, change, &mut progress)?;
            }
            progress.last_job = last_job;
            let mut commit = writer.prepare_commit()?;
            commit.set_payload(&progress.to_payload());
            commit.commit()?;
            state.committed(progress)
        });
        if applied.is_err() {
            // A writer that failed is not used again: dropping it forgets what was not committed.
            *writer = None;
        }
        applied
    }

    /// The number of the last job in the last commit, 0 in a fresh index.
    pub fn last_job(&self) -> i64 {
        self.state().progress().last_job
    }

    /// Finds the messages that answer a query, at most `limit`, behind `before` (the last hit of the page before).
    ///
    /// # Errors
    /// Fails when the disk refuses or a file is damaged, never because of the query.
    pub fn find(&self, query: &str, restriction: &Restriction, before: Option<Hit>, limit: usize) -> Result<Vec<Hit>, Error> {
        if limit == 0 {
            return Ok(Vec::new());
        }
        let state = self.state();
        let query = Query::parse(query).compile(&self.0.fields, restriction);
        guarded(|| Ok(state.search(&*query, &First::new(&state.times, restriction, before, limit))?))
    }

    /// Counts the messages that answer a query.
    ///
    /// # Errors
    /// Fails when the disk refuses or a file is damaged, never because of the query.
    pub fn count(&self, query: &str, restriction: &Restriction) -> Result<u64, Error> {
        let state = self.state();
        let query = Query::parse(query).compile(&self.0.fields, restriction);
        guarded(|| Ok(state.search(&*query, &Tally::new(&state.times, restriction))?))
    }

    /// Takes everything out and begins again at job 0, also when files are damaged. Waits for merges that are under way.
    ///
    /// # Errors
    /// Fails when the disk refuses.
    pub fn clear(&self) -> Result<(), Error> {
        let mut writer = self.writer();
        rest(&mut writer);
        let state = guarded(|| self.0.folder.renew(&self.0.fields))?;
        *self.0.state.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(state);
        Ok(())
    }

    /// Rewrites the parts of the index that still hold words of removed or replaced documents, so that these words leave the disk. Waits
    /// for merges that are under way.
    ///
    /// # Errors
    /// Fails when the disk refuses or a file is damaged.
    pub fn compact(&self) -> Result<(), Error> {
        let mut writer = self.writer();
        rest(&mut writer);
        let state = self.state();
        guarded(|| {
            let mut own = state.new_writer()?;
            own.set_merge_policy(Box::new(NoMergePolicy));
            for segment in state.index.searchable_segment_metas()? {
                if segment.has_deletes() {
                    own.merge(&[segment.id()]).wait()?;
                }
            }
            state.reload()?;
            own.garbage_collect_files().wait()?;
            Ok(())
        })
    }

    /// Puts the writer away and waits for merges that are under way. Once the last clone is dropped after it, the folder is free; without
    /// it a merge may hold the folder a little longer. The next change makes a new writer.
    pub fn close(&self) {
        rest(&mut self.writer());
    }

    /// Reads and checks every block of every file of the last commit.
    ///
    /// # Errors
    /// Fails when the disk refuses; damaged files are named in the answer.
    pub fn verify(&self) -> Result<Verification, Error> {
        let state = self.state();
        guarded(|| self.0.folder.verify(&state))
    }

    fn state(&self) -> Arc<State> {
        self.0.state.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn writer(&self) -> MutexGuard<'_, Option<IndexWriter>> {
        self.0.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The writer, made when there is none.
    fn made<'w>(&self, writer: &'w mut Option<IndexWriter>, state: &State) -> Result<&'w mut IndexWriter, Error> {
        if writer.is_none() {
            *writer = Some(state.new_writer()?);
        }
        writer.as_mut().ok_or_else(|| Error::Engine("there is no writer".to_owned()))
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
        f.debug_tuple("Index").field(&self.0.folder.path).finish()
    }
}

/// Puts the writer away and waits until its merges have ended; how they end does not matter, the last commit stands.
fn rest(writer: &mut Option<IndexWriter>) {
    if let Some(writer) = writer.take() {
        let _ = writer.wait_merging_threads();
    }
}

/// Runs work of the engine, which may panic on files that are not what it wrote.
fn guarded<T>(work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(Error::Engine("the engine panicked".to_owned())))
}
